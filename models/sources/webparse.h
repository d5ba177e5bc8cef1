// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/source.h"

namespace wg {

/// The questions that one visit to a web server answers: one a dataset, in the order of answers.
QList<Question> webQuestions(const Artifact &subject);

/// Answers of this text are a visit's pages, those of the other its icon.
inline constexpr QLatin1String webPageText{"page"};
inline constexpr QLatin1String webIconText{"icon"};

/// What a visit tells: components by its headers and its page, cookies by name and domain, pairs
/// with the hosts that it has something fetched from or leads to, tracker ids. Answers are bytes of
/// webAnswerBytes(). Pure, as ParseFunction wants it.
QList<Observation> parseWeb(const RawPass &raw);

} // namespace wg
