// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <algorithm>

namespace wg {

/// How many questions one server is trusted with at once: the congestion window of RFC 5681, with
/// questions for segments. Grows while it is full and answers come, halves once for all that were
/// lost together. A few silent ones among many answers are names that are dead, not packets that
/// were lost. Owned by the DNS client.
class DnsPace
{
public:
    /// Enough for one look-up at once, few enough for a home router.
    static constexpr int first = 16;
    /// Names that a resolver never answers look like losses; they must not stop the others.
    static constexpr int least = 8;
    /// Of so many answers one may be missing before that counts as a loss.
    static constexpr int answersPerDeadName = 8;

    explicit DnsPace(int most)
        : m_most(std::max(1, most))
        , m_window(std::min(first, m_most))
        , m_linearFrom(m_most)
    { }

    [[nodiscard]] int window() const { return m_window; }
    [[nodiscard]] bool hasRoom() const { return m_open < m_window; }

    /// A question goes out for the first time.
    void enter() { ++m_open; }
    /// It was answered, or its time is up.
    void leave() { --m_open; }
    /// The number of a packet that is sent now.
    [[nodiscard]] quint64 number() { return ++m_sent; }

    /// A first try was answered; before it leaves.
    void answered()
    {
        count(m_answers);
        if (m_open < m_window || m_window >= m_most)
            return;
        if (m_window >= m_linearFrom) {
            if (++m_credit < m_window)
                return;
            m_credit = 0;
        }
        ++m_window;
    }
    /// The packet of that number was not answered in its time.
    void lost(quint64 number)
    {
        count(m_losses);
        if (number <= m_halvedAt || m_losses * answersPerDeadName <= m_answers)
            return;
        m_halvedAt = m_sent;
        m_window = std::min(m_most, std::max(least, m_window / 2));
        m_linearFrom = m_window;
        m_credit = 0;
    }
    /// The server is silent: when it comes back it is a new one.
    void restart()
    {
        m_window = std::min(first, m_most);
        m_linearFrom = m_most;
        m_credit = 0;
        m_answers = 0;
        m_losses = 0;
    }

private:
    /// Both counts fade, so that what is judged is of late.
    void count(int &what)
    {
        ++what;
        if (m_answers + m_losses < std::max(64, 2 * m_window))
            return;
        m_answers /= 2;
        m_losses /= 2;
    }

    int m_most;
    int m_window;
    int m_linearFrom; ///< from this window on it grows by one a round, below by one an answer
    int m_open = 0;
    int m_credit = 0;
    int m_answers = 0;
    int m_losses = 0;
    quint64 m_sent = 0;
    quint64 m_halvedAt = 0; ///< what was sent until then is part of the last loss
};

} // namespace wg
