// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tlsclient.h"
#include "sources/source.h"

namespace wg {

/// The questions that one handshake answers: one a dataset, in the order of answers.
QList<Question> tlsQuestions(const Artifact &subject);

/// A handshake as it is kept: a line for each thing agreed on, an empty line, the chain as PEM.
QByteArray tlsAnswerBytes(const TlsAnswer &answer);

/// What a handshake tells: the server's own certificate, and that it serves at port 443. Answers
/// are bytes of tlsAnswerBytes(). Pure, as ParseFunction wants it.
QList<Observation> parseTls(const RawPass &raw);

} // namespace wg
