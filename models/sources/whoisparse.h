// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/source.h"

namespace wg {

/// The registry's answer about a domain (RFC 3912, which leaves the form to each of them): one
/// observation with the records that RDAP would bring. Pure, any thread.
QList<Observation> parseWhois(const RawPass &raw);

/// Facts of an answer, owned by the asked name; those of other names beside it are passed over.
/// Empty where the answer does not name it.
QList<Record> whoisRecords(const QString &text, const Artifact &asked);

/// The server that IANA's answer about a top-level domain names; empty when none.
QString whoisServerOf(const QByteArray &ianaAnswer);

} // namespace wg
