// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace wg {

qsizetype editDistance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(std::size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = std::size_t(j);
            const qsizetype change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[at], std::min({change, row[at] + 1, row[at - 1] + 1}));
        }
    }
    return row.back();
}

QString nearestWord(const QString &word, const QStringList &among)
{
    const auto far = [&word](const QString &right) -> qsizetype {
        return word.size() > 1 && right.startsWith(word) ? 0 : editDistance(word, right);
    };
    const auto best =
        std::min_element(among.cbegin(), among.cend(),
                         [&far](const QString &a, const QString &b) { return far(a) < far(b); });
    const qsizetype most = std::max<qsizetype>(1, word.size() / 3);
    return best != among.cend() && far(*best) <= most ? *best : QString();
}

} // namespace wg
