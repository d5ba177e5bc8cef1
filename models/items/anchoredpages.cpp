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

void AnchoredPages::setFirstPage(qint64 firstKey, int count)
{
    m_keys = {firstKey};
    m_starts = {0, count};
}

void AnchoredPages::setAnchors(const QList<qint64> &keys, qint64 counted)
{
    clear();
    if (keys.isEmpty() || counted <= 0)
        return;
    m_keys = {keys.first()};
    m_starts = {0, 0};
    extend(keys, counted);
}

void AnchoredPages::extend(const QList<qint64> &keys, qint64 counted)
{
    if (m_keys.isEmpty() || keys.isEmpty() || keys.first() != m_keys.last())
        return;
    m_starts.removeLast();
    for (qsizetype i = 1; i < keys.size(); ++i) {
        m_keys.append(keys.at(i));
        m_starts.append(m_starts.last() + m_step);
    }
    const int lastCount = int(counted - qint64(keys.size() - 1) * m_step);
    m_starts.append(m_starts.last() + std::clamp(lastCount, 0, m_step));
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
