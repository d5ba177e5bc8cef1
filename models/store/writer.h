// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"
#include "core/instant.h"
#include "core/journal.h"
#include "core/ledger.h"
#include "core/result.h"

#include <QHash>
#include <memory>

namespace wg {

class FactBatch;

class Database;
struct RdapFile;

/// Numbers the rules need that are settings, not facts.
struct IngestRules
{
    QHash<QString, qint64> intervals; ///< ms by base source name ("dns" for "dns@…")
    qint64 confirmGapMs = 900'000;
    Judge judge;
};

/// (asked, source) wants to be asked again at a certain time: a first absence, to be confirmed.
struct Confirmation
{
    Artifact asked;
    QString source;
    Instant at;
};

/// What one ingest did. Told on after the commit.
struct IngestReport
{
    qint64 seq = 0; ///< sequence number of this ingest
    int observations = 0;
    int unchanged = 0; ///< answered by the one-row update
    int newFacts = 0;
    int changes = 0; ///< of visible cards
    QList<Card> cards; ///< newly raised and visible, with row and changes
    QList<QUuid> amended; ///< cards that got another change
    QList<Artifact> amendedFor; ///< eyes that those changes concern
    QList<Artifact> touched; ///< entities whose page should be read again
    QList<Confirmation> confirmations;
    QHash<Artifact, int> extended; ///< eye → facts new to us that extended its baseline
};

/// What a journal entry did.
struct JournalReport
{
    JournalEntry entry;
    QList<Artifact> switchedOn; ///< eyes whose state really changed
    QList<Artifact> switchedOff;
    QList<Artifact> already; ///< targets that were so before
    QList<QUuid> cards; ///< cards whose state changed
    QList<QUuid> unknown; ///< targets that are no cards
    std::optional<JournalEntry> undone; ///< of an undo: what it took back
    bool baselineKept = false; ///< an undo of "off"
    std::optional<Instant> replacedBaseline; ///< switched on again: when the old baseline was made
    QList<Card> raised; ///< by an undo of "off": what changed meanwhile, new and visible
};

/// All statements that change the store. Lives on the writer thread; every method is one
/// transaction and synchronous there. Errors: DiskFull, NotWritable, Conflict, NotFound, Failed; a
/// failed method changed nothing.
class Writer
{
public:
    explicit Writer(Database &database, const Clock &clock);
    ~Writer();

    /// Takes the passes of one or more asks, sorted by key inside. Unchanged questions extend their
    /// check span in place and write nothing else; the others are compared, judged and applied.
    /// The first usable pass after a toggle sets the watched entities' baselineAt.
    Result<IngestReport> ingest(const QList<Pass> &passes, const IngestRules &rules);
    /// Bulk facts of a historical file, sorted by key; one pass per owner is judged as Import only
    /// for owners (or values) with an eye. Call repeatedly with batches, then once with an empty
    /// one.
    Result<IngestReport> import(const QString &source, const FactBatch &facts, Instant at,
                                const IngestRules &rules);

    /// Appends the entry and applies its effects; one that changes nothing is not kept. EyeOff
    /// keeps the monitor's row and baseline; EyeOn on a known entity makes a new baseline; Undo
    /// (basedOn) reverts the newest entry that is not undone or, with a null basedOn, the author's
    /// newest undoable one. NotFound when there is nothing to undo. An undo of EyeOff tells what
    /// came in while the eye was off, by the rules.
    Result<JournalReport> apply(const JournalEntry &entry, const IngestRules &rules = {});

    Result<Done> setSetting(const QString &key, const std::optional<QString> &value);
    Result<Done> told(const QList<LedgerEvent> &events);
    /// A person looked at the entity's page: "since you looked" starts over at the next look.
    Result<Done> looked(const Entity &entity, Instant at);
    /// Settings that no person made: what is known of quotas. No reason for another backup.
    Result<Done> rememberNotes(const QHash<QString, QString> &values);
    Result<Done> rememberSource(const QString &name, Outcome outcome, Instant at,
                                const QString &detail, std::optional<Instant> pausedUntil);
    /// Which documented fields the answers to one question lack; none: they have all again.
    Result<Done> rememberLacking(const QString &source, const QString &question,
                                 const QStringList &fields, Instant at);
    /// Another key may see something else: every question of the source is asked from its
    /// beginning again.
    Result<Done> forgetBookmarks(const QString &source);
    Result<Done> rememberResolver(const QString &server, Outcome verdict, const QString &detail,
                                  Instant at);
    /// The next test of a resolver is its first.
    Result<Done> forgetResolvers();
    /// A good bootstrap file replaces the one before from the same base.
    Result<Done> rememberRdapFile(const RdapFile &memory);
    /// Persisted before a notification is shown, so that nothing is told twice.
    Result<Done> markNotified(const QList<QUuid> &cards);
    /// Cards whose snooze is over become New again.
    Result<QList<Card>> wakeSnoozed(Instant now);
    /// The queue of questions asked while offline.
    Result<Done> enqueueAsk(const Entity &entity, Instant at);
    Result<Done> dequeueAsk(const Entity &entity);
    /// Keeps the enrichment of some more entities whose facts are older than enrichments. True
    /// while there may be others: it is to be called again. No reason for another backup.
    Result<bool> enrichStored();
    /// Old raw answers beyond age and size, optimise, incremental tidy; short steps.
    Result<Done> tidy(Instant now);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
