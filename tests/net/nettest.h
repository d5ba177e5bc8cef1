// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger.h"
#include "net/gate.h"

namespace wg::test {

/// A clock that stands still until moved; owned by the test.
class HeldClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return m_now; }
    void advance(qint64 ms) { m_now = m_now + ms; }

private:
    Instant m_now = Instant::fromSeconds(1'760'000'000);
};

/// Keeps what the ledger was told; owned by the test.
class LedgerLog final : public LedgerSink
{
public:
    void told(const LedgerEvent &event) override { events.append(event); }
    QList<LedgerEvent> events;
};

inline Artifact domain(const QString &name)
{
    return {ArtifactKind::Domain, name};
}

/// An intent of a source without resolvers about a public name.
inline Intent intentOf(const QString &source, Asker asker = Asker::Eye,
                       const QString &about = QStringLiteral("interfaxru.com"))
{
    return {source, source, Pap::Amber, domain(about), asker};
}

} // namespace wg::test
