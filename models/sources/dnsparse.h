// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/source.h"

namespace wg {

/// The packets of one ask of a resolver: one observation per answer, in order. Pure, any thread.
QList<Observation> parseDns(const RawPass &raw);

/// One packet, or why there is none. Outcomes by DESIGN: SERVFAIL is unreachable, REFUSED refused,
/// an absence counts as proof only with the SOA of a zone above the name.
Observation parseDnsAnswer(const RawAnswer &answer);

/// The type number a question's text stands for.
quint16 dnsQuestionType(const Question &question);
/// What is written into the packet for an artifact: the name, or an address's reverse name.
QString dnsQuestionName(const Artifact &asked);

/// What a resolver said about a name that nobody has registered.
enum class InventionVerdict : quint8
{
    Honest,
    Invents,
    Inconclusive
};
InventionVerdict judgeInvention(QByteArrayView packet);

} // namespace wg
