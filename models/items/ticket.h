// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace wg {

/// Tells whether an answer still belongs to the newest question.
class Ticket
{
public:
    /// A new question: answers to older ones are stale from now on.
    quint64 renew() { return ++m_current; }
    [[nodiscard]] quint64 current() const { return m_current; }
    [[nodiscard]] bool isCurrent(quint64 ticket) const { return ticket == m_current; }

private:
    quint64 m_current = 0;
};

} // namespace wg
