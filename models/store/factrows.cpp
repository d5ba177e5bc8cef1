// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/factrows.h"

#include "core/contacts.h"
#include "core/enrichment.h"
#include "store/codec.h"

namespace wg {

namespace {

/// Longer values are nothing one pivots to, and too long for an index of PostgreSQL.
constexpr qsizetype longestArtifact = 512;

SpanRow spanFrom(const Statement &row, int column)
{
    SpanRow span;
    span.source = row.number(column);
    span.toldSeq = row.number(column + 1);
    span.toldAt = row.instant(column + 2);
    span.presence = Presence(row.number(column + 3));
    span.worldFirst = row.instantIfAny(column + 4);
    span.worldLast = row.instantIfAny(column + 5);
    span.goneAt = row.instantIfAny(column + 6);
    if (const auto how = row.numberIfAny(column + 7))
        span.goneHow = GoneHow(*how);
    span.state = row.hash(column + 8);
    span.goneSeq = row.numberIfAny(column + 9);
    return span;
}

QString sortKeyOf(const Record &record)
{
    return record.identity == Identity::Value ? codec::sortKey(record.value.raw()) : QString();
}

/// One source knows a number and some names, another the whole certificate; one that a port is
/// open, another what answers there. Of two texts the longer one counts, so that it does not matter
/// who told first.
void takeLonger(Attributes &known, const Attributes &told)
{
    for (const Attribute &detail : told) {
        if (attribute(known, detail.name).raw().size() < detail.text.raw().size())
            setAttribute(known, detail.name, detail.text);
    }
}

} // namespace

FactKey FactRows::keyOf(const Record &record)
{
    return {m_interner.artifact(record.owner), record.dataset, m_interner.word(record.type),
            recordId(record)};
}

QList<SpanRow> FactRows::spans(const FactKey &key)
{
    QList<SpanRow> list;
    auto rows =
        m_database.query("SELECT source, told_seq, told_at, presence, world_first, world_last,"
                         " gone_at, gone_how, state, gone_seq FROM span"
                         " WHERE owner=? AND dataset=? AND rtype=? AND rid=?"
                         " ORDER BY source, told_seq",
                         key.owner, int(key.dataset), key.type, key.id);
    while (rows.next())
        list.append(spanFrom(rows, 0));
    return list;
}

QList<std::pair<FactKey, SpanRow>> FactRows::openSpans(qint64 owner, Dataset dataset, qint64 type,
                                                       qint64 source)
{
    constexpr std::string_view columns =
        "SELECT rtype, rid, source, told_seq, told_at, presence, world_first, world_last, gone_at,"
        " gone_how, state, gone_seq FROM span WHERE owner=? AND dataset=?";
    const std::string sql =
        std::string(columns) + (type ? " AND rtype=?" : "") + " AND source=? AND gone_seq IS NULL";
    auto rows = m_database.query(sql, owner, int(dataset));
    if (type)
        rows.bind(type);
    rows.bind(source);
    QList<std::pair<FactKey, SpanRow>> list;
    while (rows.next())
        list.append({{owner, dataset, rows.number(0), rows.hash(1)}, spanFrom(rows, 2)});
    return list;
}

QList<std::pair<FactKey, SpanRow>> FactRows::openSpansAt(qint64 value, Dataset dataset,
                                                         qint64 source)
{
    auto rows = m_database.query(
        "SELECT s.owner, s.rtype, s.rid, s.source, s.told_seq, s.told_at, s.presence,"
        " s.world_first, s.world_last, s.gone_at, s.gone_how, s.state, s.gone_seq FROM reverse r"
        " JOIN span s ON s.owner=r.owner AND s.dataset=r.dataset AND s.rtype=r.rtype"
        " AND s.rid=r.rid WHERE r.value=? AND r.dataset=? AND s.source=? AND s.gone_seq IS NULL",
        value, int(dataset), source);
    QList<std::pair<FactKey, SpanRow>> list;
    while (rows.next())
        list.append({{rows.number(0), dataset, rows.number(1), rows.hash(2)}, spanFrom(rows, 3)});
    return list;
}

Record FactRows::record(const FactKey &key, const SpanRow &span)
{
    Record record;
    record.owner = m_interner.artifactOf(key.owner);
    record.dataset = key.dataset;
    record.type = m_interner.wordOf(key.type);
    record.worldFirst = span.worldFirst;
    record.worldLast = span.worldLast;
    auto rows = m_database.query("SELECT vkey, value, identity, attributes, details FROM fact"
                                 " WHERE owner=? AND dataset=? AND rtype=? AND rid=? AND state=?",
                                 key.owner, int(key.dataset), key.type, key.id, span.state);
    if (rows.next()) {
        record.value = UntrustedText::fromString(rows.text(rows.isNull(1) ? 0 : 1));
        record.identity = Identity(rows.number(2));
        record.attributes = codec::toAttributes(rows.text(3));
        record.details = codec::toAttributes(rows.text(4));
    }
    return record;
}

std::optional<AbsentRow> FactRows::absence(const FactKey &key, qint64 source)
{
    auto row = m_database.query("SELECT since_at, since_seq FROM absent WHERE owner=? AND dataset=?"
                                " AND rtype=? AND rid=? AND source=?",
                                key.owner, int(key.dataset), key.type, key.id, source);
    if (!row.next())
        return std::nullopt;
    return AbsentRow{row.instant(0), row.number(1)};
}

QList<IpNetwork> FactRows::neighbourhoods(qint64 owner, Dataset dataset, qint64 type, qint64 source,
                                          qint64 uptoSeq)
{
    // A fact has one span or few of a source, so the value's range is walked once.
    auto rows = m_database.query(
        "SELECT f.vkey FROM fact f WHERE f.owner=? AND f.dataset=? AND f.rtype=?"
        " AND EXISTS (SELECT 1 FROM span s WHERE s.owner=f.owner AND s.dataset=f.dataset"
        " AND s.rtype=f.rtype AND s.rid=f.rid AND s.source=? AND s.told_seq<=?)",
        owner, int(dataset), type, source, uptoSeq);
    QHash<QString, IpNetwork> found;
    while (rows.next()) {
        if (const auto address = parseAddress(rows.text(0))) {
            const IpNetwork network = neighbourhood(*address);
            found.insert(network.text(), network);
        }
    }
    return found.values();
}

const std::string_view FactRows::insertFact =
    "INSERT INTO fact (owner, dataset, rtype, vkey, rid, state, identity, value,"
    " attributes, details) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING";

const std::string_view FactRows::insertSpan =
    "INSERT INTO span (owner, dataset, rtype, rid, source, told_seq, told_at, presence,"
    " world_first, world_last, state) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
    " ON CONFLICT (owner, dataset, rtype, rid, source, told_seq) DO UPDATE SET"
    " state=excluded.state, world_first=excluded.world_first,"
    " world_last=excluded.world_last, gone_seq=NULL, gone_at=NULL, gone_how=NULL";

const std::string_view FactRows::insertReverse =
    "INSERT INTO reverse (value, dataset, owner, rtype, rid, vkey) VALUES (?,?,?,?,?,?)"
    " ON CONFLICT DO NOTHING";

void FactRows::bindFact(Statement &to, const FactKey &key, const Record &record,
                        const Hash128 &state)
{
    const QString &value = record.value.raw();
    const QString vkey = sortKeyOf(record);
    to.bind(key.owner);
    to.bind(int(key.dataset));
    to.bind(key.type);
    to.bind(vkey);
    to.bind(key.id);
    to.bind(state);
    to.bind(int(record.identity));
    if (vkey == value)
        to.bind(std::nullopt);
    else
        to.bind(value);
    to.bind(codec::fromAttributes(record.attributes));
    to.bind(codec::fromAttributes(record.details));
}

void FactRows::bindSpan(Statement &to, const FactKey &key, const SpanRow &span)
{
    to.bind(key.owner);
    to.bind(int(key.dataset));
    to.bind(key.type);
    to.bind(key.id);
    to.bind(span.source);
    to.bind(span.toldSeq);
    to.bind(span.toldAt);
    to.bind(int(span.presence));
    to.bind(span.worldFirst);
    to.bind(span.worldLast);
    to.bind(span.state);
}

bool FactRows::add(const FactKey &key, const Record &record, const Hash128 &state)
{
    Statement insert = m_database.prepare(insertFact);
    bindFact(insert, key, record, state);
    insert.run();
    const bool added = insert.changed() == 1;
    if (added)
        addReverse(key, record);
    else
        joinWhereManyTell(key, record, state);
    return added;
}

void FactRows::joinWhereManyTell(const FactKey &key, const Record &told, const Hash128 &state)
{
    if (key.dataset == Dataset::Certificates || key.dataset == Dataset::Services
        || key.dataset == Dataset::Sightings)
        joinDetails(key, told, state);
}

void FactRows::joinDetails(const FactKey &key, const Record &told, const Hash128 &state)
{
    const QString vkey = sortKeyOf(told);
    Attributes details;
    {
        auto row = m_database.query("SELECT details FROM fact WHERE owner=? AND dataset=?"
                                    " AND rtype=? AND vkey=? AND rid=? AND state=?",
                                    key.owner, int(key.dataset), key.type, vkey, key.id, state);
        if (row.next())
            details = codec::toAttributes(row.text(0));
    }
    const Attributes before = details;
    if (key.dataset == Dataset::Sightings)
        joinContact(details, told.details);
    else
        takeLonger(details, told.details);
    if (details == before)
        return;
    m_database.run("UPDATE fact SET details=? WHERE owner=? AND dataset=? AND rtype=? AND vkey=?"
                   " AND rid=? AND state=?",
                   codec::fromAttributes(details), key.owner, int(key.dataset), key.type, vkey,
                   key.id, state);
}

void FactRows::addNetwork(qint64 owner, const Record &record)
{
    if (record.owner.kind != ArtifactKind::Cidr || record.dataset != Dataset::Whois)
        return;
    if (const auto network = parseNetwork(record.owner.value)) {
        m_database.run("INSERT INTO network_range (first, length, artifact) VALUES (?,?,?)"
                       " ON CONFLICT DO NOTHING",
                       network->first.sortKey(), network->length, owner);
    }
}

std::optional<Artifact> FactRows::reverseOf(const Record &record)
{
    auto value = valueArtifact(record);
    if (value && value->value.size() > longestArtifact)
        value.reset();
    return value;
}

std::optional<QString> FactRows::reverseKey(const Record &record, const Artifact &value)
{
    const QString vkey = sortKeyOf(record);
    return vkey == codec::sortKey(value.value) ? std::nullopt : std::optional(vkey);
}

void FactRows::countReverse(qint64 value, Dataset dataset, qint64 added)
{
    if (added > 0) {
        m_database.run("INSERT INTO reverse_count (value, dataset, n) VALUES (?,?,?)"
                       " ON CONFLICT (value, dataset) DO UPDATE SET n=reverse_count.n+excluded.n",
                       value, int(dataset), added);
    }
}

void FactRows::addReverse(const FactKey &key, const Record &record)
{
    addNetwork(key.owner, record);
    const auto value = reverseOf(record);
    if (!value)
        return;
    const qint64 number = m_interner.artifact(*value);
    countReverse(number, key.dataset,
                 m_database.run(insertReverse, number, int(key.dataset), key.owner, key.type,
                                key.id, reverseKey(record, *value)));
}

void FactRows::stir(const FactKey &key)
{
    const bool may = key.dataset == Dataset::Network || key.dataset == Dataset::Whois
        || key.dataset == Dataset::Dns;
    if (may && mayEnrich(key.dataset, m_interner.wordOf(key.type)))
        m_stirred.insert(key.owner);
}

void FactRows::open(const FactKey &key, const SpanRow &span)
{
    if (span.presence == Presence::Current)
        stir(key);
    Statement insert = m_database.prepare(insertSpan);
    bindSpan(insert, key, span);
    insert.run();
}

void FactRows::close(const FactKey &key, const SpanRow &span, qint64 seq, Instant at, GoneHow how)
{
    if (span.presence == Presence::Current)
        stir(key);
    m_database.run("UPDATE span SET gone_seq=?, gone_at=?, gone_how=? WHERE owner=? AND dataset=?"
                   " AND rtype=? AND rid=? AND source=? AND told_seq=?",
                   seq, at, int(how), key.owner, int(key.dataset), key.type, key.id, span.source,
                   span.toldSeq);
}

void FactRows::moveWorld(const FactKey &key, const SpanRow &span)
{
    m_database.run("UPDATE span SET world_first=?, world_last=? WHERE owner=? AND dataset=?"
                   " AND rtype=? AND rid=? AND source=? AND told_seq=?",
                   span.worldFirst, span.worldLast, key.owner, int(key.dataset), key.type, key.id,
                   span.source, span.toldSeq);
}

void FactRows::setPresence(const FactKey &key, const SpanRow &span, Presence presence)
{
    stir(key);
    m_database.run("UPDATE span SET presence=? WHERE owner=? AND dataset=? AND rtype=? AND rid=?"
                   " AND source=? AND told_seq=?",
                   int(presence), key.owner, int(key.dataset), key.type, key.id, span.source,
                   span.toldSeq);
}

void FactRows::markAbsent(const FactKey &key, qint64 source, const AbsentRow &absent)
{
    m_database.run("INSERT INTO absent (owner, dataset, rtype, rid, source, since_at, since_seq)"
                   " VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                   key.owner, int(key.dataset), key.type, key.id, source, absent.since, absent.seq);
}

void FactRows::clearAbsent(const FactKey &key, qint64 source)
{
    m_database.run(
        "DELETE FROM absent WHERE owner=? AND dataset=? AND rtype=? AND rid=? AND source=?",
        key.owner, int(key.dataset), key.type, key.id, source);
}

} // namespace wg
