// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <simdjson.h>

namespace wg {

/// What one scan's page of urlscan.io ("/api/v1/result/UUID/") tells of the host whose page was
/// shown in the end: trackers, components, hostpairs, cookies of its own and its certificates, all
/// seen at the time of the scan; at most 2,000 facts. Nothing where the answer names no such host,
/// or no time before it was told. Pure; any thread. Source: https://urlscan.io/docs/result/
QList<Record> urlscanRecords(simdjson::dom::element result, Instant told);

} // namespace wg
