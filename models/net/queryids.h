// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <array>

namespace wg {

/// Unpredictable query ids, fetched from the system many at a time. Owned by the DNS client.
class QueryIds
{
public:
    quint16 next()
    {
        if (m_left == 0) {
            QRandomGenerator::system()->fillRange(m_words.data(), qsizetype(m_words.size()));
            m_left = idsAtOnce;
        }
        --m_left;
        return static_cast<quint16>(m_words[m_left / 2] >> (m_left % 2 * 16));
    }

private:
    static constexpr size_t idsAtOnce = 512;

    std::array<quint32, idsAtOnce / 2> m_words{};
    size_t m_left = 0;
};

} // namespace wg
