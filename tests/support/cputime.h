// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <ctime>

namespace wg::test {

/// CPU time of this thread since it was made; other work on the machine does not count.
class CpuTime
{
public:
    [[nodiscard]] qint64 ns() const { return now() - m_began; }
    [[nodiscard]] qint64 ms() const { return ns() / 1'000'000; }

private:
    static qint64 now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
    }
    qint64 m_began = now();
};

} // namespace wg::test
