// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/writer.h"

#include "store/database.h"
#include "store/enrichmentrows.h"
#include "store/importer.h"
#include "store/journalrows.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString rawFileBeside(const DatabaseConfig &config)
{
    return config.file.isEmpty() ? QString()
                                 : QFileInfo(config.file).absolutePath() + u"/watchglass-raw.db"_s;
}

} // namespace

struct Writer::Parts
{
    Parts(Database &connection, const Clock &time)
        : database(connection)
        , clock(time)
        , interner(connection)
        , checks(connection)
        , facts(connection, interner)
        , enrichments(connection, interner)
        , eyes(connection, interner)
        , cards(connection, interner, eyes)
        , small(connection, interner)
        , bookmarks(connection, interner)
        , raw(rawFileBeside(connection.config()))
        , journal(connection, interner, eyes, cards, small)
        , whileOff(connection, interner, facts, eyes, checks)
        , importer(tables())
    { }

    IngestTables tables()
    {
        return {database, interner, checks, facts, eyes, cards, small, bookmarks, raw, clock};
    }

    /// One transaction that changes more than checks.
    template <class T>
    Result<T> change(const std::function<T()> &work)
    {
        return database.transact<T>([&] {
            T value = work();
            small.touchContent();
            return value;
        });
    }

    QList<Card> tellWhileOff(const IngestRules &rules);

    Database &database;
    const Clock &clock;
    Interner interner;
    CheckRows checks;
    FactRows facts;
    EnrichmentRows enrichments;
    EyeRows eyes;
    CardRows cards;
    SmallRows small;
    BookmarkRows bookmarks;
    RawStore raw;
    JournalRows journal;
    WhileOff whileOff;
    Importer importer;
};

Writer::Writer(Database &database, const Clock &clock)
    : m_parts(std::make_unique<Parts>(database, clock))
{ }

Writer::~Writer() = default;

Result<IngestReport> Writer::ingest(const QList<Pass> &passes, const IngestRules &rules)
{
    m_parts->raw.drop();
    auto report = m_parts->database.transact<IngestReport>([&] {
        IngestReport told = Ingest(m_parts->tables(), rules).run(passes);
        m_parts->enrichments.renew(m_parts->facts.takeStirred());
        if (told.seq != 0)
            m_parts->small.touchContent();
        return told;
    });
    if (report)
        m_parts->raw.flush();
    return report;
}

Result<IngestReport> Writer::import(const QString &source, const FactBatch &facts, Instant at,
                                    const IngestRules &rules)
{
    return m_parts->change<IngestReport>([&] {
        IngestReport told = m_parts->importer.take(source, facts, at, rules);
        m_parts->enrichments.renew(m_parts->facts.takeStirred());
        return told;
    });
}

Result<JournalReport> Writer::apply(const JournalEntry &entry, const IngestRules &rules)
{
    const auto report = m_parts->change<JournalReport>([&] {
        JournalReport done = m_parts->journal.apply(entry, m_parts->clock.now());
        done.raised = m_parts->tellWhileOff(rules);
        return done;
    });
    if (entry.verb == Verb::RuleAdd || entry.verb == Verb::Undo)
        m_parts->eyes.rulesChanged();
    return report;
}

QList<Card> Writer::Parts::tellWhileOff(const IngestRules &rules)
{
    IngestReport told;
    for (const OffSince &off : journal.resumed()) {
        Delta delta = whileOff.since(off, clock.now(), rules);
        if (delta.questions.isEmpty() || !rules.judge || database.failed())
            continue;
        delta.seq = small.nextSequence();
        VerdictRows(facts, cards).applyCards(rules.judge(delta), delta, told);
    }
    return told.cards;
}

Result<Done> Writer::setSetting(const QString &key, const std::optional<QString> &value)
{
    return m_parts->change<Done>([&] {
        m_parts->small.setSetting(key, value);
        return Done{};
    });
}

Result<Done> Writer::rememberNotes(const QHash<QString, QString> &values)
{
    return m_parts->database.transact<Done>([&] {
        for (auto it = values.cbegin(); it != values.cend(); ++it)
            m_parts->small.setSetting(it.key(), it.value());
        return Done{};
    });
}

Result<Done> Writer::told(const QList<LedgerEvent> &events)
{
    return m_parts->change<Done>([&] {
        for (const LedgerEvent &event : events)
            m_parts->small.addLedger(event);
        return Done{};
    });
}

Result<Done> Writer::looked(const Entity &entity, Instant at)
{
    return m_parts->change<Done>([&] {
        m_parts->small.looked(entity, at);
        return Done{};
    });
}

Result<Done> Writer::rememberSource(const QString &name, Outcome outcome, Instant at,
                                    const QString &detail, std::optional<Instant> pausedUntil)
{
    return m_parts->database.transact<Done>([&] {
        m_parts->small.rememberSource({name, outcome, at,
                                       isUsable(outcome) ? std::optional(at) : std::nullopt, detail,
                                       pausedUntil});
        return Done{};
    });
}

Result<Done> Writer::rememberLacking(const QString &source, const QString &question,
                                     const QStringList &fields, Instant at)
{
    return m_parts->database.transact<Done>([&] {
        m_parts->small.rememberLacking(source, question, fields, at);
        return Done{};
    });
}

Result<Done> Writer::forgetBookmarks(const QString &source)
{
    return m_parts->database.transact<Done>([&] {
        m_parts->bookmarks.forget(source);
        return Done{};
    });
}

Result<Done> Writer::rememberResolver(const QString &server, Outcome verdict, const QString &detail,
                                      Instant at)
{
    return m_parts->database.transact<Done>([&] {
        m_parts->small.rememberResolver({server, verdict, detail, at});
        return Done{};
    });
}

Result<Done> Writer::forgetResolvers()
{
    return m_parts->database.transact<Done>([&] {
        m_parts->small.forgetResolvers();
        return Done{};
    });
}

Result<Done> Writer::rememberRdapFile(const RdapFile &memory)
{
    return m_parts->database.transact<Done>([&] {
        m_parts->small.rememberRdapFile(memory);
        return Done{};
    });
}

Result<Done> Writer::markNotified(const QList<QUuid> &cards)
{
    return m_parts->change<Done>([&] {
        for (const QUuid &card : cards)
            m_parts->cards.markNotified(card);
        return Done{};
    });
}

Result<QList<Card>> Writer::wakeSnoozed(Instant now)
{
    return m_parts->change<QList<Card>>([&] {
        QList<Card> woken;
        const auto due = m_parts->cards.dueSnoozes(now);
        for (const auto &[row, id] : due) {
            m_parts->cards.setState(row, CardState::New, std::nullopt);
            woken.append(m_parts->cards.load(row));
        }
        return woken;
    });
}

Result<Done> Writer::enqueueAsk(const Entity &entity, Instant at)
{
    return m_parts->change<Done>([&] {
        m_parts->small.enqueue(entity, at);
        return Done{};
    });
}

Result<Done> Writer::dequeueAsk(const Entity &entity)
{
    return m_parts->change<Done>([&] {
        m_parts->small.dequeue(entity);
        return Done{};
    });
}

Result<bool> Writer::enrichStored()
{
    return m_parts->database.transact<bool>(
        [this] { return m_parts->enrichments.goThroughStored(m_parts->small); });
}

Result<Done> Writer::tidy(Instant now)
{
    m_parts->raw.tidy(now);
    if (m_parts->database.engine() != Engine::Sqlite)
        return Done{}; // PostgreSQL has its own housekeeper
    return m_parts->database.transact<Done>([this] {
        m_parts->database.execute("PRAGMA optimize");
        return Done{};
    });
}

} // namespace wg
