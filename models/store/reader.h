// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"
#include "core/journal.h"
#include "core/pages.h"
#include "core/rdapfile.h"
#include "core/result.h"
#include "core/settings.h"

#include <memory>

namespace wg {

class Database;

/// What the scheduler must know of one eye and what was asked for its sake.
struct EyeSchedule
{
    qint64 row = 0;
    Entity entity;
    Instant since;
    std::optional<Instant> baselineAt;
};
/// The newest state of all questions of one source about one artifact.
struct AskedState
{
    Artifact asked;
    QString source; ///< full name, "dns@192.0.2.53"
    Instant lastAsked; ///< the oldest of its questions
    Outcome worst = Outcome::Complete;
    int failures = 0; ///< unusable checks in a row
    std::optional<Instant> confirmAt; ///< a pending absence wants an answer at this time
};

/// The network whose registration applies to an address.
struct HeldNetwork
{
    Entity address;
    Artifact network;
    bool told = false; ///< by an answer about the address; else the most specific known around it
    QString type; ///< the registry's word: "assigned pa", "direct allocation"

    /// The registry's last word on its addresses: in an allocation there may be smaller networks.
    [[nodiscard]] bool isAssignment() const;
};

/// A dataset of an entity with everything stored, for the command line.
struct StoredDataset
{
    Dataset dataset;
    QList<FactRow> facts;
    QList<CheckState> checks;
};

/// A queued question.
struct QueuedAsk
{
    Entity entity;
    Instant at;
};

/// What a source was last seen doing.
struct SourceMemory
{
    QString name;
    Outcome lastOutcome = Outcome::Unreachable;
    Instant lastAsked;
    std::optional<Instant> lastGood;
    QString detail;
    std::optional<Instant> pausedUntil;
    QHash<QString, QStringList> lacking{}; ///< by question: see Observation::lacking
    std::optional<Instant> lackingSince{}; ///< since the first of them
};

/// What a resolver's last test said.
struct ResolverMemory
{
    QString server;
    Outcome verdict = Outcome::Complete;
    QString detail;
    Instant at;
};

/// All statements that only read. One object per reader thread, on a read-only connection; every
/// method is one short transaction (under 100 ms; long lists come in pages).
class Reader
{
public:
    explicit Reader(Database &database, const Clock &clock);
    ~Reader();

    Result<Settings> settings();
    Result<CardPage> cards(const CardQuery &query);
    Result<CardAnchors> cardAnchors(const CardQuery &query, int step, qint64 most);
    Result<Card> card(const QUuid &id);
    Result<FactPage> facts(const FactQuery &query);
    Result<EntitySummary> summary(const Entity &entity);
    Result<MonitorPage> monitors(const MonitorQuery &query);
    /// Facts and checks of the given datasets; NothingStored when the store knows nothing at all.
    Result<QList<StoredDataset>> stored(const Entity &entity, const QList<Dataset> &datasets);
    /// The network artifact whose registration covers an address: the one it was told, else the
    /// most specific around it; empty if none.
    Result<Artifact> networkOf(const Entity &address);

    Result<QList<EyeSchedule>> eyes(qint64 afterRow, int limit);
    /// Newest states for these artifacts, any source.
    Result<QList<AskedState>> askedStates(const QList<Artifact> &asked);
    /// From where the next ask of a source's questions goes on; only where what was stored of the
    /// answer before still stands.
    Result<QList<Bookmark>> bookmarks(const Artifact &asked, const QString &source);
    /// Of those addresses that lie in a known network.
    Result<QList<HeldNetwork>> networksAround(const QList<Entity> &addresses);
    /// What is told of an entity for its enrichment, without what follows from it.
    Result<Enrichment> enrichment(const Entity &entity);
    Result<bool> isWatched(const Entity &entity);
    Result<qint64> watchedCount();
    Result<QList<Card>> unnotified(int limit);
    Result<qint64> openCards();
    Result<std::optional<Instant>> nextWake();
    Result<QList<SourceMemory>> sourceMemories();
    Result<QList<ResolverMemory>> resolverMemories();
    Result<QList<RdapFile>> rdapFiles();
    Result<QList<QueuedAsk>> queuedAsks();
    /// Consents and releases that people gave, from the journal.
    Result<QSet<QString>> consents();
    Result<QSet<QString>> releases();
    /// Rules that hide changes of an eye, newest first.
    Result<QList<StoredRule>> hideRules();
    /// The rules that a card offers: "hide changes like these". NotFound for an unknown card.
    Result<QList<HideRule>> rulesLike(const QUuid &card);
    /// The newest entry that U would undo; NotFound when there is none.
    Result<JournalEntry> undoable(const QUuid &author);

    /// VACUUM INTO a temporary name beside target, sync, quick_check, rename; 0600. NotWritable,
    /// DiskFull.
    Result<Done> backupTo(const QString &target);
    /// Fingerprint of content that changes whenever anything but checks was written.
    Result<qint64> contentVersion();
    /// "ok", or the first complaints of integrity_check and of our own consistency rules.
    Result<QStringList> integrity();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
