// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace wg {

/// Letters put in, left out or exchanged to make one word of the other (Levenshtein); small words
/// only.
qsizetype editDistance(const QString &a, const QString &b);

/// The right word that was most likely meant, for "did you mean"; empty when none is near.
QString nearestWord(const QString &word, const QStringList &among);

} // namespace wg
