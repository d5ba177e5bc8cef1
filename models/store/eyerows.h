// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/delta.h"
#include "store/hiderules.h"
#include "store/interner.h"

namespace wg {

/// The eye of one entity as stored, on or off.
struct EyeRow
{
    qint64 row = 0;
    QUuid id;
    bool on = false;
    Instant since;
    std::optional<Instant> baselineAt;
    qint64 baselineSeq = 0;
};

/// Which of a pass's datasets make eyes below a registration see it.
enum class Reaches : quint8
{
    AskedOnly,
    Registration
};

/// The monitor table. Writer thread.
class EyeRows
{
public:
    EyeRows(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
        , m_rules(database)
    { }

    std::optional<EyeRow> find(qint64 artifact);
    /// A new eye, or the old one with a new baseline.
    void switchOn(const Entity &entity, Instant at, qint64 seq, const QString &author);
    void switchOff(qint64 row);
    /// Puts back what an undone entry had changed; before has no id when there was no eye.
    void restore(qint64 artifact, const EyeRow &before);

    bool isOn(qint64 artifact);
    /// Switched-on eyes that an answer about asked concerns: its own; for registrations also the
    /// hosts below a registered domain, and the addresses inside the networks.
    QList<EyeView> concerned(const Artifact &asked, Reaches reaches,
                             const QList<IpNetwork> &networks, Instant now);
    /// The first usable answer after the toggle; later ones leave it. A registration is also the
    /// first of the eyes below it.
    void markBaseline(qint64 artifact, Reaches reaches, Instant at);
    void countCard(qint64 artifact, Instant at);
    /// The journal got a rule, or lost one: they are read again.
    void rulesChanged() { m_rules.forget(); }

private:
    /// Keeps the number of eyes that are on, so that no page counts them.
    void countOn(qint64 by);
    void awaitBaseline(qint64 artifact, std::optional<qint64> registration);
    QList<EyeView> views(Statement rows, Instant now);

    Database &m_database;
    Interner &m_interner;
    HideRules m_rules;
};

} // namespace wg
