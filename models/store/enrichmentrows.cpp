// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/enrichmentrows.h"

#include "store/codec.h"
#include "store/smallrows.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Somebody may tell hundreds of PTR names; nobody reads them in a tool tip.
constexpr qsizetype mostKept = 64;
constexpr int ownersAtOnce = 200; ///< whoever else wants to write waits for as many

/// Facts of these have to do with enrichment.
constexpr Dataset enriching[] = {Dataset::Network, Dataset::Whois, Dataset::Dns};

} // namespace

QList<Told> EnrichmentRows::kept(qint64 artifact)
{
    QList<Told> list;
    for (const Kept &row : stored(artifact)) {
        Told told;
        told.role = FactRole(row.role);
        told.source = m_interner.sourceOf(row.source);
        told.value = UntrustedText::trusted(m_interner.wordOf(row.value));
        if (row.name != 0)
            told.name = UntrustedText::trusted(m_interner.wordOf(row.name));
        list.append(told);
    }
    return list;
}

QList<EnrichmentRows::Kept> EnrichmentRows::stored(qint64 artifact)
{
    QList<Kept> list;
    auto rows = m_database.query("SELECT role, source, value, name FROM enrichments"
                                 " WHERE artifact=? ORDER BY role, source, value",
                                 artifact);
    while (rows.next())
        list.append({int(rows.number(0)), rows.number(1), rows.number(2), rows.number(3)});
    return list;
}

/// Only current sources count: what was so once says nothing of what is.
QList<EnrichmentRows::Kept> EnrichmentRows::current(qint64 owner)
{
    QList<Kept> kept;
    for (const Dataset dataset : enriching) {
        QList<qint64> types;
        {
            auto rows = m_database.query("SELECT DISTINCT rtype FROM fact"
                                         " WHERE owner=? AND dataset=?",
                                         owner, int(dataset));
            while (rows.next())
                types.append(rows.number(0));
        }
        for (const qint64 type : types) {
            if (!mayEnrich(dataset, m_interner.wordOf(type)))
                continue;
            auto rows = m_database.query(
                "SELECT f.vkey, f.rid, " + std::string(FactRows::spanColumns)
                    + " FROM fact f WHERE f.owner=? AND f.dataset=? AND f.rtype=?"
                      " AND f.gone_seq IS NULL AND (f.traits & 1)=0 ORDER BY f.told_seq DESC LIMIT "
                      "?",
                owner, int(dataset), type, int(mostKept));
            while (rows.next()) {
                const FactKey key =
                    m_facts.keyOf(owner, dataset, type, rows.text(0), rows.bytes(1));
                const SpanRow span = m_facts.spanFrom(rows, 2, key);
                take(kept, m_facts.record(key, span), span.source);
            }
        }
    }
    const auto order = [](const Kept &a, const Kept &b) {
        return std::tie(a.role, a.source, a.value) < std::tie(b.role, b.source, b.value);
    };
    const auto same = [&order](const Kept &a, const Kept &b) {
        return !order(a, b) && !order(b, a);
    };
    std::stable_sort(kept.begin(), kept.end(), order);
    kept.erase(std::unique(kept.begin(), kept.end(), same), kept.end());
    return kept;
}

void EnrichmentRows::take(QList<Kept> &kept, const Record &record, qint64 source)
{
    const auto told = toldBy(record, {});
    if (!told || kept.size() >= mostKept)
        return;
    kept.append({int(told->role), source, m_interner.word(told->value.raw()),
                 told->name.isEmpty() ? 0 : m_interner.word(told->name.raw())});
}

void EnrichmentRows::renew(const QSet<qint64> &owners)
{
    QList<qint64> sorted(owners.cbegin(), owners.cend());
    std::sort(sorted.begin(), sorted.end());
    for (const qint64 owner : std::as_const(sorted)) {
        if (!m_database.failed())
            renew(owner);
    }
}

void EnrichmentRows::renew(qint64 owner)
{
    const QList<Kept> before = stored(owner);
    const QList<Kept> now = current(owner);
    for (const Kept &row : before) {
        if (!now.contains(row)) {
            m_database.run("DELETE FROM enrichments WHERE artifact=? AND role=? AND source=?"
                           " AND value=?",
                           owner, row.role, row.source, row.value);
        }
    }
    for (const Kept &row : now) {
        if (!before.contains(row)) {
            m_database.run("INSERT INTO enrichments (artifact, role, source, value, name)"
                           " VALUES (?,?,?,?,?)",
                           owner, row.role, row.source, row.value, row.name);
        }
    }
}

QList<qint64> EnrichmentRows::candidates(qint64 after, int most)
{
    QList<qint64> owners;
    auto rows =
        m_database.query("SELECT DISTINCT owner FROM fact WHERE owner>? AND dataset IN"
                         " (?,?,?) AND (traits & 1)=0 AND gone_seq IS NULL"
                         " ORDER BY owner LIMIT ?",
                         after, int(enriching[0]), int(enriching[1]), int(enriching[2]), most);
    while (rows.next())
        owners.append(rows.number(0));
    return owners;
}

bool EnrichmentRows::goThroughStored(SmallRows &small)
{
    const QString mark = u"unenriched"_s;
    // The mark is one more than the owner that was the last, 0 once all are done.
    const qint64 from = small.number(mark);
    if (from == 0)
        return false;
    const auto owners = candidates(from - 1, ownersAtOnce);
    renew(QSet<qint64>(owners.cbegin(), owners.cend()));
    small.setNumber(mark, owners.isEmpty() ? 0 : owners.constLast() + 1);
    return !owners.isEmpty();
}

} // namespace wg
