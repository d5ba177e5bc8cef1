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

std::optional<Instant> fromSeconds(std::optional<qint64> seconds)
{
    return seconds ? std::optional(Instant::fromSeconds(*seconds)) : std::nullopt;
}

std::optional<qint64> seconds(std::optional<Instant> at)
{
    return at ? std::optional(at->seconds()) : std::nullopt;
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
    const QString vkey = sortKeyOf(record);
    return {m_interner.artifact(record.owner),
            record.dataset,
            m_interner.word(record.type),
            recordId(record),
            vkey,
            record.identity,
            record.identity == Identity::Value && vkey != record.value.raw()};
}

FactKey FactRows::keyOf(qint64 owner, Dataset dataset, qint64 type, const QString &vkey,
                        const QByteArray &rid)
{
    const Identity identity = identityIn(rid);
    FactKey key{owner, dataset, type, {}, vkey, identity, rid.size() == qsizetype(key.id.size())};
    if (key.cut) {
        std::copy(rid.begin(), rid.end(), key.id.begin());
        return key;
    }
    Record record;
    record.owner = m_interner.artifactOf(owner);
    record.dataset = dataset;
    record.type = m_interner.wordOf(type);
    record.value = UntrustedText::fromString(vkey);
    record.identity = identity;
    key.id = recordId(record);
    return key;
}

const std::string_view FactRows::factOfReverse =
    " JOIN fact f ON f.owner=r.owner AND f.dataset=r.dataset AND f.rtype=r.rtype"
    " AND f.vkey=CASE WHEN r.vkey='' AND length(r.rid)<>1 THEN ? ELSE r.vkey END AND f.rid=r.rid";

const std::string_view FactRows::spanColumns =
    "f.source, f.told_seq, coalesce(f.told_at, (SELECT t.at FROM telling t WHERE "
    "t.seq=f.told_seq)),"
    " f.traits, f.world_first, f.world_last, f.gone_at, f.gone_seq, f.said";

SpanRow FactRows::spanFrom(const Statement &row, int column, const FactKey &key)
{
    SpanRow span;
    span.source = row.number(column);
    span.toldSeq = row.number(column + 1);
    span.toldAt = row.instant(column + 2);
    span.presence = presenceIn(row.number(column + 3));
    span.goneHow = goneHowIn(row.number(column + 3));
    span.worldFirst = fromSeconds(row.numberIfAny(column + 4));
    span.worldLast = fromSeconds(row.numberIfAny(column + 5));
    span.goneAt = row.instantIfAny(column + 6);
    span.goneSeq = row.numberIfAny(column + 7);
    const codec::Said said =
        row.isNull(column + 8) ? codec::Said{} : codec::parted(row.text(column + 8));
    Record told;
    told.identity = key.identity;
    told.value = UntrustedText::fromString(key.vkey + said.rest);
    if (!said.attributes.isEmpty())
        told.attributes = codec::unpacked(said.attributes, m_interner.artifactOf(key.owner).value);
    span.state = recordState(told);
    span.value = std::move(told.value);
    span.attributes = std::move(told.attributes);
    if (!said.details.isEmpty())
        span.details = said.details;
    return span;
}

QList<SpanRow> FactRows::spans(const FactKey &key)
{
    QList<SpanRow> list;
    auto rows = m_database.query(
        "SELECT " + std::string(spanColumns)
            + " FROM fact f WHERE f.owner=? AND f.dataset=? AND f.rtype=? AND f.vkey=? AND f.rid=?"
              " ORDER BY f.source, f.told_seq",
        key.owner, int(key.dataset), key.type, key.vkey, key.rid());
    while (rows.next())
        list.append(spanFrom(rows, 0, key));
    return list;
}

QList<std::pair<FactKey, SpanRow>> FactRows::openSpans(qint64 owner, Dataset dataset, qint64 type,
                                                       qint64 source)
{
    const std::string sql = "SELECT f.rtype, f.vkey, f.rid, " + std::string(spanColumns)
        + " FROM fact f WHERE f.owner=? AND f.dataset=?" + (type ? " AND f.rtype=?" : "")
        + " AND f.source=? AND f.gone_seq IS NULL";
    auto rows = m_database.query(sql, owner, int(dataset));
    if (type)
        rows.bind(type);
    rows.bind(source);
    QList<std::pair<FactKey, SpanRow>> list;
    while (rows.next()) {
        const FactKey key = keyOf(owner, dataset, rows.number(0), rows.text(1), rows.bytes(2));
        list.append({key, spanFrom(rows, 3, key)});
    }
    return list;
}

QList<std::pair<FactKey, SpanRow>> FactRows::openSpansAt(qint64 value, Dataset dataset,
                                                         qint64 source)
{
    auto rows = m_database.query(
        "SELECT f.owner, f.rtype, f.vkey, f.rid, " + std::string(spanColumns) + " FROM reverse r"
            + std::string(factOfReverse)
            + " WHERE r.value=? AND r.dataset=? AND f.source=? AND f.gone_seq IS NULL",
        codec::sortKey(m_interner.artifactOf(value).value), value, int(dataset), source);
    QList<std::pair<FactKey, SpanRow>> list;
    while (rows.next()) {
        const FactKey key =
            keyOf(rows.number(0), dataset, rows.number(1), rows.text(2), rows.bytes(3));
        list.append({key, spanFrom(rows, 4, key)});
    }
    return list;
}

Record FactRows::record(const FactKey &key, const SpanRow &span)
{
    return record(key, span, span.details.isNull() ? spans(key) : QList<SpanRow>());
}

Record FactRows::record(const FactKey &key, const SpanRow &span, const QList<SpanRow> &spans)
{
    Record record;
    record.owner = m_interner.artifactOf(key.owner);
    record.dataset = key.dataset;
    record.type = m_interner.wordOf(key.type);
    record.value = span.value;
    record.identity = key.identity;
    record.attributes = span.attributes;
    record.worldFirst = span.worldFirst;
    record.worldLast = span.worldLast;
    QString details = span.details;
    for (const SpanRow &other : spans) {
        if (details.isNull() && other.state == span.state)
            details = other.details;
    }
    record.details = codec::unpacked(details, record.owner.value);
    return record;
}

std::optional<AbsentRow> FactRows::absence(const FactKey &key, qint64 source)
{
    auto row = m_database.query("SELECT since_at, since_seq FROM absent WHERE owner=? AND dataset=?"
                                " AND rtype=? AND vkey=? AND rid=? AND source=?",
                                key.owner, int(key.dataset), key.type, key.vkey, key.rid(), source);
    if (!row.next())
        return std::nullopt;
    return AbsentRow{row.instant(0), row.number(1)};
}

QList<IpNetwork> FactRows::neighbourhoods(qint64 owner, Dataset dataset, qint64 type, qint64 source,
                                          qint64 uptoSeq)
{
    auto rows = m_database.query("SELECT vkey FROM fact WHERE owner=? AND dataset=? AND rtype=?"
                                 " AND source=? AND told_seq<=?",
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
    "INSERT INTO fact (owner, dataset, rtype, vkey, rid, source, told_seq, traits,"
    " world_first, world_last, said, told_at)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING";

const std::string_view FactRows::insertReverse =
    "INSERT INTO reverse (value, dataset, owner, rtype, vkey, rid)"
    " VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING";

const std::string_view FactRows::countReverse =
    "INSERT INTO reverse_count (value, dataset, n) VALUES (?,?,?)"
    " ON CONFLICT (value, dataset) DO UPDATE SET n=reverse_count.n+excluded.n";

bool FactRows::noteTelling(qint64 seq, Instant at)
{
    if (m_telling == seq && m_rollbacks == m_database.rollbacks())
        return m_tellingAt == at;
    m_rollbacks = m_database.rollbacks();
    m_telling = seq;
    m_tellingAt = at;
    if (m_database.run("INSERT INTO telling (seq, at) VALUES (?,?) ON CONFLICT DO NOTHING", seq, at)
        == 1)
        return true;
    auto row = m_database.query("SELECT at FROM telling WHERE seq=?", seq);
    if (row.next())
        m_tellingAt = row.instant(0);
    return m_tellingAt == at;
}

void FactRows::bindFact(Statement &to, const FactKey &key, const SpanRow &span,
                        const Record &record, const std::optional<QString> &details)
{
    const bool atOnce = noteTelling(span.toldSeq, span.toldAt);
    const QString &owner = record.owner.value;
    const QString &value = record.value.raw();
    to.bind(key.owner);
    to.bind(int(key.dataset));
    to.bind(key.type);
    to.bind(key.vkey);
    to.bind(key.rid());
    to.bind(span.source);
    to.bind(span.toldSeq);
    to.bind(traitsOf(span.presence, std::nullopt));
    to.bind(seconds(span.worldFirst));
    to.bind(seconds(span.worldLast));
    to.bind(codec::joined({details.value_or(QString()),
                           codec::packed(record.attributes, owner).value_or(QString()),
                           value.mid(key.vkey.size())}));
    to.bind(atOnce ? std::nullopt : std::optional(span.toldAt));
}

/// What a row's details must become when its telling says another state: those of the new state
/// stand in one row, and what it kept for others of the old state goes to one of them.
std::optional<QString> FactRows::detailsFor(const FactKey &key, const SpanRow &told,
                                            const Record &record, const QList<SpanRow> &known)
{
    const Hash128 state = recordState(record);
    const SpanRow *twin = nullptr;
    const SpanRow *heir = nullptr;
    bool kept = false;
    for (const SpanRow &span : known) {
        if (span.source == told.source && span.toldSeq == told.toldSeq)
            twin = &span;
        else if (span.state == state)
            kept = true;
    }
    if (!twin)
        return kept ? std::nullopt : codec::packed(record.details, record.owner.value);
    if (twin->state == state)
        return twin->details.isNull() ? std::nullopt : std::optional(twin->details);
    for (const SpanRow &span : known) {
        if (&span != twin && span.state == twin->state)
            heir = &span;
    }
    if (heir && heir->details.isNull() && !twin->details.isNull())
        setDetails(key, *heir, twin->details);
    return kept ? std::nullopt : codec::packed(record.details, record.owner.value);
}

void FactRows::setDetails(const FactKey &key, const SpanRow &span,
                          const std::optional<QString> &details)
{
    const QString attributes =
        codec::packed(span.attributes, m_interner.artifactOf(key.owner).value).value_or(QString());
    m_database.run("UPDATE fact SET said=? WHERE owner=? AND dataset=? AND rtype=? AND vkey=?"
                   " AND rid=? AND source=? AND told_seq=?",
                   codec::joined({details.value_or(QString()), attributes,
                                  span.value.raw().mid(key.vkey.size())}),
                   key.owner, int(key.dataset), key.type, key.vkey, key.rid(), span.source,
                   span.toldSeq);
}

bool FactRows::tell(const FactKey &key, const SpanRow &span, const Record &record)
{
    if (span.presence == Presence::Current)
        stir(key);
    const Hash128 state = recordState(record);
    const QList<SpanRow> known = spans(key);
    const bool knownState = std::any_of(known.cbegin(), known.cend(),
                                        [&](const SpanRow &other) { return other.state == state; });
    // Told twice in one telling, the later word counts.
    static const std::string sql = std::string(insertFact.substr(0, insertFact.rfind(" ON CON")))
        + " ON CONFLICT (owner, dataset, rtype, vkey, rid, source, told_seq) DO UPDATE SET"
          " traits=excluded.traits, world_first=excluded.world_first,"
          " world_last=excluded.world_last, said=excluded.said, gone_seq=NULL, gone_at=NULL";
    {
        const auto details = detailsFor(key, span, record, known);
        Statement insert = m_database.prepare(sql);
        bindFact(insert, key, span, record, details);
        insert.run();
    }
    // Another state of what has one value is another value.
    if (known.isEmpty() || (!knownState && key.identity == Identity::Type))
        addReverse(key, record);
    if (knownState)
        joinWhereManyTell(key, record, state);
    return !knownState;
}

void FactRows::joinWhereManyTell(const FactKey &key, const Record &told, const Hash128 &state)
{
    if (manyTell(key.dataset))
        joinDetails(key, told, state);
}

void FactRows::joinDetails(const FactKey &key, const Record &told, const Hash128 &state)
{
    QList<SpanRow> same = spans(key);
    same.removeIf([&state](const SpanRow &span) { return span.state != state; });
    if (same.isEmpty())
        return;
    const auto having = std::find_if(same.cbegin(), same.cend(),
                                     [](const SpanRow &span) { return !span.details.isNull(); });
    const SpanRow &keeper = having == same.cend() ? same.constFirst() : *having;
    const QString &owner = told.owner.value;
    Attributes details = codec::unpacked(keeper.details, owner);
    const Attributes before = details;
    if (key.dataset == Dataset::Sightings)
        joinContact(details, told.details);
    else
        takeLonger(details, told.details);
    if (details == before)
        return;
    setDetails(key, keeper, codec::packed(details, owner));
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

void FactRows::addReverse(const FactKey &key, const Record &record)
{
    addNetwork(key.owner, record);
    const auto value = reverseOf(record);
    if (!value)
        return;
    const qint64 number = m_interner.artifact(*value);
    const bool own = key.identity == Identity::Value && key.vkey == codec::sortKey(value->value);
    Statement insert = m_database.prepare(insertReverse);
    insert.bind(number);
    insert.bind(int(key.dataset));
    insert.bind(key.owner);
    insert.bind(key.type);
    insert.bind(own ? QString() : key.vkey);
    insert.bind(key.rid());
    insert.run();
    if (insert.changed() > 0)
        m_database.run(countReverse, number, int(key.dataset), insert.changed());
}

void FactRows::stir(const FactKey &key)
{
    const bool may = key.dataset == Dataset::Network || key.dataset == Dataset::Whois
        || key.dataset == Dataset::Dns;
    if (may && mayEnrich(key.dataset, m_interner.wordOf(key.type)))
        m_stirred.insert(key.owner);
}

void FactRows::close(const FactKey &key, const SpanRow &span, qint64 seq, Instant at, GoneHow how)
{
    if (span.presence == Presence::Current)
        stir(key);
    m_database.run(
        "UPDATE fact SET gone_seq=?, gone_at=?, traits=(traits & 1)|? WHERE owner=? AND dataset=?"
        " AND rtype=? AND vkey=? AND rid=? AND source=? AND told_seq=?",
        seq, at, traitsOf(Presence::Current, how), key.owner, int(key.dataset), key.type, key.vkey,
        key.rid(), span.source, span.toldSeq);
}

void FactRows::moveWorld(const FactKey &key, const SpanRow &span)
{
    m_database.run("UPDATE fact SET world_first=?, world_last=? WHERE owner=? AND dataset=?"
                   " AND rtype=? AND vkey=? AND rid=? AND source=? AND told_seq=?",
                   seconds(span.worldFirst), seconds(span.worldLast), key.owner, int(key.dataset),
                   key.type, key.vkey, key.rid(), span.source, span.toldSeq);
}

void FactRows::setPresence(const FactKey &key, const SpanRow &span, Presence presence)
{
    stir(key);
    m_database.run(
        "UPDATE fact SET traits=(traits & ~1)|? WHERE owner=? AND dataset=? AND rtype=? AND vkey=?"
        " AND rid=? AND source=? AND told_seq=?",
        traitsOf(presence, std::nullopt), key.owner, int(key.dataset), key.type, key.vkey,
        key.rid(), span.source, span.toldSeq);
}

void FactRows::markAbsent(const FactKey &key, qint64 source, const AbsentRow &absent)
{
    m_database.run(
        "INSERT INTO absent (owner, dataset, rtype, vkey, rid, source, since_at, since_seq)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        key.owner, int(key.dataset), key.type, key.vkey, key.rid(), source, absent.since,
        absent.seq);
}

void FactRows::clearAbsent(const FactKey &key, qint64 source)
{
    m_database.run("DELETE FROM absent WHERE owner=? AND dataset=? AND rtype=? AND vkey=? AND "
                   "rid=? AND source=?",
                   key.owner, int(key.dataset), key.type, key.vkey, key.rid(), source);
}

} // namespace wg
