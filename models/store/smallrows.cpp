// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/smallrows.h"

#include "store/codec.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Two looks within this time are one: a second tab, a double click.
constexpr qint64 sameLookMs = 2000;
/// Bootstrap files kept: of the base in use and of a few that were.
constexpr int mostRdapFiles = 12;

} // namespace

qint64 SmallRows::number(const QString &name)
{
    auto row = m_database.query("SELECT number FROM meta WHERE name=?", name);
    return row.next() ? row.number(0) : 0;
}

void SmallRows::setNumber(const QString &name, qint64 number)
{
    m_database.run("INSERT INTO meta (name, number) VALUES (?,?)"
                   " ON CONFLICT (name) DO UPDATE SET number=excluded.number",
                   name, number);
}

qint64 SmallRows::nextSequence()
{
    auto row = m_database.query("INSERT INTO meta (name, number) VALUES ('seq', 1)"
                                " ON CONFLICT (name) DO UPDATE SET number=meta.number+1"
                                " RETURNING number");
    return row.next() ? row.number(0) : 0;
}

void SmallRows::touchContent()
{
    m_database.run("INSERT INTO meta (name, number) VALUES ('content', 1)"
                   " ON CONFLICT (name) DO UPDATE SET number=meta.number+1");
}

Settings SmallRows::settings()
{
    QHash<QString, QString> stored;
    auto rows = m_database.query("SELECT name, value FROM setting");
    while (rows.next())
        stored.insert(rows.text(0), rows.text(1));
    return Settings(stored);
}

void SmallRows::setSetting(const QString &key, const std::optional<QString> &value)
{
    if (!value) {
        m_database.run("DELETE FROM setting WHERE name=?", key);
        return;
    }
    m_database.run("INSERT INTO setting (name, value) VALUES (?,?)"
                   " ON CONFLICT (name) DO UPDATE SET value=excluded.value",
                   key, UntrustedText::fromString(*value).raw());
}

void SmallRows::addLedger(const LedgerEvent &event)
{
    m_database.run("INSERT INTO ledger (at, artifact, source, party, pap, by_person)"
                   " VALUES (?,?,?,?,?,?)",
                   event.at, m_interner.artifact(event.about), m_interner.source(event.source),
                   UntrustedText::fromString(event.party).raw(), int(event.pap),
                   int(event.byPerson));
}

void SmallRows::looked(const Entity &entity, Instant at)
{
    const qint64 artifact = m_interner.artifact(entity);
    m_database.run(
        "INSERT INTO looked (artifact, at) VALUES (?,?) ON CONFLICT (artifact) DO UPDATE SET"
        " before_at=CASE WHEN excluded.at-looked.at>? THEN looked.at ELSE looked.before_at END,"
        " at=excluded.at",
        artifact, at, sameLookMs);
}

void SmallRows::rememberSource(const SourceMemory &memory)
{
    m_database.run(
        "INSERT INTO source_memory (name, outcome, asked_at, good_at, detail, paused_until)"
        " VALUES (?,?,?,?,?,?) ON CONFLICT (name) DO UPDATE SET outcome=excluded.outcome,"
        " asked_at=excluded.asked_at,"
        " good_at=coalesce(excluded.good_at, source_memory.good_at),"
        " detail=excluded.detail, paused_until=excluded.paused_until",
        memory.name, int(memory.lastOutcome), memory.lastAsked, memory.lastGood,
        codec::words(memory.detail), memory.pausedUntil);
}

QList<SourceMemory> SmallRows::sources()
{
    QList<SourceMemory> list;
    auto rows = m_database.query("SELECT name, outcome, asked_at, good_at, detail, paused_until"
                                 " FROM source_memory ORDER BY name");
    while (rows.next()) {
        list.append({rows.text(0), Outcome(rows.number(1)), rows.instant(2), rows.instantIfAny(3),
                     rows.text(4), rows.instantIfAny(5)});
    }
    auto lacks =
        m_database.query("SELECT name, question, fields, since FROM source_lack ORDER BY since");
    while (lacks.next()) {
        const QString name = lacks.text(0);
        const auto memory = std::find_if(list.begin(), list.end(),
                                         [&](const auto &each) { return each.name == name; });
        if (memory == list.end())
            continue;
        memory->lacking.insert(lacks.text(1), lacks.text(2).split(u'\n'));
        memory->lackingSince = memory->lackingSince.value_or(lacks.instant(3));
    }
    return list;
}

void SmallRows::rememberLacking(const QString &source, const QString &question,
                                const QStringList &fields, Instant at)
{
    if (fields.isEmpty()) {
        m_database.run("DELETE FROM source_lack WHERE name=? AND question=?", source, question);
        return;
    }
    m_database.run("INSERT INTO source_lack (name, question, fields, since) VALUES (?,?,?,?)"
                   " ON CONFLICT (name, question) DO UPDATE SET fields=excluded.fields",
                   source, question, fields.join(u'\n'), at);
}

void SmallRows::rememberResolver(const ResolverMemory &memory)
{
    m_database.run("INSERT INTO resolver_memory (server, verdict, detail, at) VALUES (?,?,?,?)"
                   " ON CONFLICT (server) DO UPDATE SET verdict=excluded.verdict,"
                   " detail=excluded.detail, at=excluded.at",
                   memory.server, int(memory.verdict), codec::words(memory.detail), memory.at);
}

QList<ResolverMemory> SmallRows::resolvers()
{
    QList<ResolverMemory> list;
    auto rows =
        m_database.query("SELECT server, verdict, detail, at FROM resolver_memory ORDER BY server");
    while (rows.next())
        list.append({rows.text(0), Outcome(rows.number(1)), rows.text(2), rows.instant(3)});
    return list;
}

void SmallRows::forgetResolvers()
{
    m_database.run("DELETE FROM resolver_memory");
}

void SmallRows::rememberRdapFile(const RdapFile &memory)
{
    m_database.run("INSERT INTO rdap_file (base, name, at, body) VALUES (?,?,?,?)"
                   " ON CONFLICT (base, name) DO UPDATE SET at=excluded.at, body=excluded.body",
                   memory.base, memory.name, memory.at, memory.body);
    m_database.run(
        "DELETE FROM rdap_file WHERE at <"
        " (SELECT min(at) FROM (SELECT at FROM rdap_file ORDER BY at DESC LIMIT ?) kept)",
        mostRdapFiles);
}

QList<RdapFile> SmallRows::rdapFiles()
{
    QList<RdapFile> list;
    auto rows = m_database.query("SELECT base, name, at, body FROM rdap_file ORDER BY base, name");
    while (rows.next())
        list.append({rows.text(0), rows.text(1), rows.bytes(3), rows.instant(2)});
    return list;
}

void SmallRows::enqueue(const Entity &entity, Instant at)
{
    m_database.run("INSERT INTO asked_queue (artifact, at) VALUES (?,?) ON CONFLICT DO NOTHING",
                   m_interner.artifact(entity), at);
}

void SmallRows::dequeue(const Entity &entity)
{
    m_database.run("DELETE FROM asked_queue WHERE artifact=?", m_interner.artifact(entity));
}

QList<QueuedAsk> SmallRows::queue()
{
    QList<QueuedAsk> list;
    auto rows =
        m_database.query("SELECT artifact, at FROM asked_queue ORDER BY at, artifact LIMIT 10000");
    while (rows.next())
        list.append({m_interner.artifactOf(rows.number(0)), rows.instant(1)});
    return list;
}

} // namespace wg
