// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/reader.h"

#include "store/backup.h"
#include "store/bookmarkrows.h"
#include "store/database.h"
#include "store/hiderules.h"
#include "store/integrity.h"
#include "store/journalrows.h"
#include "store/readernetworks.h"
#include "store/readersummary.h"
#include "store/smallrows.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The command line shows this many facts of a dataset at most; more come in pages.
constexpr int mostStored = 5000;

} // namespace

struct Reader::Parts
{
    Parts(Database &connection, const Clock &time)
        : database(connection)
        , clock(time)
        , interner(connection)
        , facts(connection, interner)
        , networks(connection, interner)
        , cards(connection, interner)
        , summaries(connection, interner, facts, cards)
        , small(connection, interner)
        , bookmarks(connection, interner)
    { }

    Database &database;
    const Clock &clock;
    Interner interner;
    FactReader facts;
    NetworkReader networks;
    CardReader cards;
    SummaryReader summaries;
    SmallRows small;
    BookmarkRows bookmarks;
};

Reader::Reader(Database &database, const Clock &clock)
    : m_parts(std::make_unique<Parts>(database, clock))
{ }

Reader::~Reader() = default;

Result<Settings> Reader::settings()
{
    return m_parts->database.transact<Settings>([this] { return m_parts->small.settings(); });
}

Result<CardPage> Reader::cards(const CardQuery &query)
{
    return m_parts->database.transact<CardPage>([&] { return m_parts->cards.page(query); });
}

Result<CardAnchors> Reader::cardAnchors(const CardQuery &query, int step, qint64 most)
{
    return m_parts->database.transact<CardAnchors>(
        [&] { return m_parts->cards.anchors(query, step, most); });
}

Result<Card> Reader::card(const QUuid &id)
{
    return m_parts->database.transact<Card>([&] {
        Card card = m_parts->cards.card(id);
        if (card.id.isNull())
            m_parts->database.fail({ErrorCode::NotFound, u"there is no such card"_s});
        return card;
    });
}

Result<FactPage> Reader::facts(const FactQuery &query)
{
    return m_parts->database.transact<FactPage>([&] { return m_parts->facts.page(query); });
}

Result<EntitySummary> Reader::summary(const Entity &entity)
{
    return m_parts->database.transact<EntitySummary>(
        [&] { return m_parts->summaries.summary(entity); });
}

Result<MonitorPage> Reader::monitors(const MonitorQuery &query)
{
    return m_parts->database.transact<MonitorPage>(
        [&] { return m_parts->summaries.monitors(query); });
}

Result<QList<StoredDataset>> Reader::stored(const Entity &entity, const QList<Dataset> &datasets)
{
    return m_parts->database.transact<QList<StoredDataset>>([&] {
        const EntitySummary summary = m_parts->summaries.summary(entity);
        QList<StoredDataset> list;
        if (!summary.known) {
            m_parts->database.fail(
                {ErrorCode::NothingStored, u"nothing is stored about "_s + entity.value});
            return list;
        }
        for (const Dataset dataset : datasets) {
            StoredDataset stored{dataset, {}, {}};
            FactQuery query;
            query.entity = entity;
            query.dataset = dataset;
            query.limit = mostStored;
            stored.facts = m_parts->facts.page(query).rows;
            for (const CheckState &check : summary.checks) {
                if (check.question.dataset == dataset)
                    stored.checks.append(check);
            }
            list.append(stored);
        }
        return list;
    });
}

Result<Artifact> Reader::networkOf(const Entity &address)
{
    return m_parts->database.transact<Artifact>(
        [&] { return m_parts->networks.networkOf(address); });
}

Result<QList<EyeSchedule>> Reader::eyes(qint64 afterRow, int limit)
{
    return m_parts->database.transact<QList<EyeSchedule>>(
        [&] { return m_parts->summaries.eyes(afterRow, limit); });
}

Result<QList<AskedState>> Reader::askedStates(const QList<Artifact> &asked)
{
    return m_parts->database.transact<QList<AskedState>>(
        [&] { return m_parts->summaries.askedStates(asked); });
}

Result<QList<HeldNetwork>> Reader::networksAround(const QList<Entity> &addresses)
{
    return m_parts->database.transact<QList<HeldNetwork>>(
        [&] { return m_parts->networks.around(addresses); });
}

Result<Enrichment> Reader::enrichment(const Entity &entity)
{
    return m_parts->database.transact<Enrichment>(
        [&] { return m_parts->summaries.enrichment(entity); });
}

Result<bool> Reader::isWatched(const Entity &entity)
{
    return m_parts->database.transact<bool>([&] { return m_parts->summaries.isWatched(entity); });
}

Result<qint64> Reader::watchedCount()
{
    return m_parts->database.transact<qint64>([this] { return m_parts->summaries.watchedCount(); });
}

Result<QList<Card>> Reader::unnotified(int limit)
{
    return m_parts->database.transact<QList<Card>>(
        [&] { return m_parts->cards.unnotified(limit); });
}

Result<qint64> Reader::openCards()
{
    return m_parts->database.transact<qint64>([this] { return m_parts->cards.open(); });
}

Result<std::optional<Instant>> Reader::nextWake()
{
    return m_parts->database.transact<std::optional<Instant>>([this] {
        auto row = m_parts->database.query("SELECT min(snoozed_until) FROM card"
                                           " WHERE snoozed_until IS NOT NULL");
        return row.next() ? row.instantIfAny(0) : std::nullopt;
    });
}

Result<QList<SourceMemory>> Reader::sourceMemories()
{
    return m_parts->database.transact<QList<SourceMemory>>(
        [this] { return m_parts->small.sources(); });
}

Result<QList<Bookmark>> Reader::bookmarks(const Artifact &asked, const QString &source)
{
    return m_parts->database.transact<QList<Bookmark>>(
        [&] { return m_parts->bookmarks.of(asked, source); });
}

Result<QList<ResolverMemory>> Reader::resolverMemories()
{
    return m_parts->database.transact<QList<ResolverMemory>>(
        [this] { return m_parts->small.resolvers(); });
}

Result<QList<RdapFile>> Reader::rdapFiles()
{
    return m_parts->database.transact<QList<RdapFile>>(
        [this] { return m_parts->small.rdapFiles(); });
}

Result<QList<QueuedAsk>> Reader::queuedAsks()
{
    return m_parts->database.transact<QList<QueuedAsk>>([this] { return m_parts->small.queue(); });
}

Result<QSet<QString>> Reader::consents()
{
    return m_parts->database.transact<QSet<QString>>([this] {
        QSet<QString> sources;
        // The newest word on each source holds: a consent may be taken back.
        auto rows = m_parts->database.query("SELECT payload FROM journal WHERE verb=? AND undone=0"
                                            " ORDER BY row_id",
                                            QString(verbName(Verb::Consent)));
        while (rows.next()) {
            const auto payload = QJsonDocument::fromJson(rows.bytes(0)).object();
            const QString source = payload.value(u"source"_s).toString();
            if (!payload.value(u"given"_s).toBool(true))
                sources.remove(source);
            else if (!source.isEmpty())
                sources.insert(source);
        }
        return sources;
    });
}

Result<QSet<QString>> Reader::releases()
{
    return m_parts->database.transact<QSet<QString>>([this] {
        QSet<QString> names;
        auto rows = m_parts->database.query("SELECT t.value FROM journal j JOIN journal_target t"
                                            " ON t.entry=j.row_id WHERE j.verb=? AND j.undone=0",
                                            QString(verbName(Verb::Release)));
        while (rows.next())
            names.insert(rows.text(0));
        return names;
    });
}

Result<QList<StoredRule>> Reader::hideRules()
{
    return m_parts->database.transact<QList<StoredRule>>(
        [this] { return storedRules(m_parts->database); });
}

Result<QList<HideRule>> Reader::rulesLike(const QUuid &card)
{
    return m_parts->database.transact<QList<HideRule>>(
        [&] { return wg::rulesLike(m_parts->database, card); });
}

Result<JournalEntry> Reader::undoable(const QUuid &author)
{
    return m_parts->database.transact<JournalEntry>([&] {
        const JournalEntry entry = newestUndoable(m_parts->database, author);
        if (entry.id.isNull())
            m_parts->database.fail({ErrorCode::NotFound, u"there is nothing to undo"_s});
        return entry;
    });
}

Result<Done> Reader::backupTo(const QString &target)
{
    return backup::make(m_parts->database, target);
}

Result<qint64> Reader::contentVersion()
{
    return m_parts->database.transact<qint64>(
        [this] { return m_parts->small.number(u"content"_s); });
}

Result<QStringList> Reader::integrity()
{
    return m_parts->database.transact<QStringList>(
        [this] { return complaintsAbout(m_parts->database); });
}

} // namespace wg
