// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/manifest.h"
#include "sources/source.h"

namespace wg {

/// What was taken of the answer to one question.
struct AnswerTaken
{
    Outcome outcome = Outcome::Malformed;
    bool overflowed = false; ///< there were more rows than can be taken
    qsizetype rows = 0;
};

/// From where the question is asked: an eye goes on behind the last answer where the manifest says
/// how; people and a toggle ask for everything. print is of the request for the whole.
AskedFrom askedFrom(const ManifestQuestion &question, const AskOrder &order, const Hash128 &print,
                    Instant now);
/// What tells the server which answer is known here.
QList<std::pair<QByteArray, QByteArray>> conditionalHeaders(const Bookmark &before);
/// Takes from an answer's headers by what its server knows it again.
void noteValidators(AskedFrom &from, const QHash<QByteArray, QByteArray> &headers);

/// What is to be kept with the answer; nothing where what is kept may stay. Pure and thread-safe.
std::optional<Bookmark> bookmarkAfter(const ManifestQuestion &question,
                                      const QList<const RawAnswer *> &pages,
                                      const AnswerTaken &taken);

} // namespace wg
