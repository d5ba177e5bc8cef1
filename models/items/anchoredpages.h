// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QtGlobal>

namespace wg {

/// The frame of a long list that is read in pages: which rows belong to which page, and behind
/// which key each page begins. Pages may turn out shorter than planned. A value; any thread.
class AnchoredPages
{
public:
    struct Place
    {
        int page = -1;
        int inPage = 0;
    };

    explicit AnchoredPages(int step = 256)
        : m_step(step)
    { }

    void clear();
    /// The first page alone, before any anchor is known: count rows below a key.
    void setFirstPage(qint64 belowKey, int count);
    /// The keys of every step-th row below the last page's key, which is where the next pages
    /// begin, covering counted rows from there on.
    void extend(const QList<qint64> &keys, qint64 counted);
    /// A page holds fewer rows than planned.
    void setCount(int page, int count);

    [[nodiscard]] int step() const { return m_step; }
    [[nodiscard]] int rows() const { return m_starts.isEmpty() ? 0 : m_starts.last(); }
    [[nodiscard]] int pages() const { return int(m_keys.size()); }
    /// The page's rows lie below this key.
    [[nodiscard]] qint64 key(int page) const { return m_keys.at(page); }
    [[nodiscard]] int start(int page) const { return m_starts.at(page); }
    [[nodiscard]] int count(int page) const { return m_starts.at(page + 1) - m_starts.at(page); }
    [[nodiscard]] Place place(int row) const;

private:
    int m_step;
    QList<qint64> m_keys;
    QList<int> m_starts; ///< one more than keys; the last is the number of rows
};

} // namespace wg
