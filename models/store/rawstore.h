// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"
#include "store/database.h"

namespace wg {

/// Limits of the raw file.
struct RawLimits
{
    qint64 mostBytes = 512LL * 1024 * 1024;
    qint64 mostAgeMs = 90 * dayMs;
};

/// Answers as received, compressed, once per content, in a second file of their own. Best effort:
/// an ingest never fails because of it. Writer thread.
class RawStore
{
public:
    /// An empty path keeps nothing.
    explicit RawStore(const QString &file, RawLimits limits = {});
    ~RawStore();

    /// Held until flush(), which follows the commit of what the answer told.
    void keep(const Observation &answer);
    void flush();
    void drop() { m_waiting.clear(); }
    /// Deletes what is too old, then the oldest until the rest is small enough; one short step.
    void tidy(Instant now);
    /// The newest raw answer to a question, or nothing.
    [[nodiscard]] QByteArray newest(const Question &question);

private:
    void write(const Observation &answer);

    std::unique_ptr<Database> m_database;
    RawLimits m_limits;
    QList<Observation> m_waiting;
};

} // namespace wg
