// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/anchoredpages.h"

#include <algorithm>

namespace wg {

void AnchoredPages::clear()
{
    m_keys.clear();
    m_starts.clear();
}

void AnchoredPages::setFirstPage(qint64 belowKey, int count)
{
    m_keys = {belowKey};
    m_starts = {0, count};
}

void AnchoredPages::extend(const QList<qint64> &keys, qint64 counted)
{
    if (m_keys.isEmpty() || counted <= 0 || (!keys.isEmpty() && keys.first() >= m_keys.last()))
        return;
    m_starts.removeLast();
    qint64 left = counted;
    for (const qint64 key : keys) {
        left -= m_step;
        m_starts.append(m_starts.last() + m_step);
        if (left <= 0)
            return; // nothing below the last key yet
        m_keys.append(key);
    }
    m_starts.append(m_starts.last() + int(std::min<qint64>(left, m_step)));
}

void AnchoredPages::setCount(int page, int count)
{
    const int less = this->count(page) - count;
    for (qsizetype i = page + 1; i < m_starts.size(); ++i)
        m_starts[i] -= less;
}

AnchoredPages::Place AnchoredPages::place(int row) const
{
    if (row < 0 || row >= rows())
        return {};
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), row);
    const int page = int(after - m_starts.begin()) - 1;
    return {page, row - m_starts.at(page)};
}

} // namespace wg
