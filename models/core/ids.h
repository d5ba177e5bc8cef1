// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"

#include <QByteArray>
#include <QUuid>

namespace wg {

/// RFC 9562 version 7: time-ordered, random.
QUuid newUuid(Instant now);
/// UUIDv5 below Watchglass's own name space: the same content gives the same id everywhere.
QUuid contentUuid(const QByteArray &canonicalContent);
/// Without braces.
QString uuidText(const QUuid &id);

} // namespace wg
