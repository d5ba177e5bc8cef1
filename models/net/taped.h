// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnsclient.h"
#include "net/fetcher.h"
#include "net/tape.h"
#include "net/tlsclient.h"
#include "net/whoisclient.h"

namespace wg {

// How each transport's question and answer look on a tape, and what is made of them when it is
// played. Answers that are played came now.

WireRequest wireRequest(const HttpQuestion &question);
WireRequest wireRequest(const WhoisQuestion &question);
WireRequest wireRequest(const TlsQuestion &question);
WireRequest wireRequest(const ServerAddress &server, const QString &name, quint16 type);

/// Notes what left and what came of it; whatever was ended or refused on our side is left out.
void note(Tape &tape, const HttpQuestion &question, const Result<HttpAnswer> &answer, Asker asker);
WhoisDone noting(Tape &tape, const WhoisQuestion &question, WhoisDone done);
TlsDone noting(Tape &tape, const TlsQuestion &question, TlsDone done);
DnsDone noting(Tape &tape, const Permit &permit, const WireRequest &request, DnsDone done);

Result<HttpAnswer> httpAnswer(const Played &played, Instant now);
Result<WhoisAnswer> whoisAnswer(const Played &played, Instant now);
Result<TlsAnswer> tlsAnswer(const Played &played, Instant now);
DnsReply dnsReply(const Played &played, Instant now);
/// What an honest resolver says to a name that nobody has: tests of resolvers are not recorded.
DnsReply noSuchName(const QString &name, quint16 type, Instant now);

} // namespace wg
