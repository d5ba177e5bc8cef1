// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>
#include <ctime>

namespace wg::bench {

inline double milliseconds(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Wall time and the CPU time of the process or of this thread, from where it was made.
class Stopwatch
{
public:
    explicit Stopwatch(clockid_t cpu = CLOCK_PROCESS_CPUTIME_ID)
        : m_clock(cpu)
        , m_wall(milliseconds(CLOCK_MONOTONIC))
        , m_cpu(milliseconds(cpu))
    { }
    [[nodiscard]] double wall() const { return milliseconds(CLOCK_MONOTONIC) - m_wall; }
    [[nodiscard]] double cpu() const { return milliseconds(m_clock) - m_cpu; }

private:
    clockid_t m_clock;
    double m_wall;
    double m_cpu;
};

inline void say(const QJsonObject &told)
{
    std::printf("%s\n", QJsonDocument(told).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace wg::bench
