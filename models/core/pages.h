// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/enrichment.h"
#include "core/ledger.h"
#include "core/result.h"
#include "core/sourceinfo.h"

#include <QFuture>
#include <memory>

namespace wg {

/// Which cards, newest first. All conditions must hold.
struct CardQuery
{
    std::optional<Artifact> entity; ///< the card's entity or one it concerns
    std::optional<Dataset> dataset;
    QString day; ///< UTC "YYYY-MM-DD" of detection
    QList<CardState> states; ///< empty: all but Suppressed
    std::optional<qint64> beforeRow; ///< page after this row (older)
    std::optional<qint64> afterRow; ///< only rows newer than this, oldest first
    bool grouped = false; ///< one row a group (its newest card)
    bool withChanges = false;
    int limit = 256;
};
struct CardPage
{
    QList<Card> cards;
    qint64 total = 0; ///< of the whole query without beforeRow; -1 when not counted
};
/// Keys of a long list, so that a view can jump: the row of every step-th card.
struct CardAnchors
{
    QList<qint64> rows;
    int step = 256;
    qint64 counted = 0; ///< how many cards the anchors cover
};

/// One fact as the entity page shows it, with every source that says it.
struct Sighting
{
    QString source;
    std::optional<Instant> worldFirst;
    std::optional<Instant> worldLast;
    Instant toldAt;
    std::optional<Instant> goneAt;
};
struct FactRow
{
    Record record;
    QList<Sighting> sightings; ///< never empty
    bool current = false; ///< a current source says it now
    bool gone = false; ///< every current source that said it confirmed it gone
    bool newSinceLooked = false;
    std::optional<Instant> goneSinceLooked;
    bool reverse = false; ///< seen from the value's side: show the owner
    bool watched = false; ///< the value (or owner, when reverse) has its eye on
    std::shared_ptr<const Enrichment> enrichment; ///< of what a resolution or subdomain leads to
};
struct FactQuery
{
    Artifact entity;
    Dataset dataset = Dataset::Resolutions;
    QString filter; ///< part of a value, owner, type, source, or of what a certificate says
    bool newOnly = false;
    QString afterKey; ///< opaque, from the page before
    int limit = 500;
};
struct FactPage
{
    QList<FactRow> rows;
    QString nextKey; ///< empty: no more
    qint64 total = 0;
};

/// The newest check of one question.
struct CheckState
{
    Question question;
    Outcome outcome = Outcome::Unreachable;
    Instant from; ///< since when it is so
    Instant at; ///< last asked
    qint64 count = 1;
    QString detail;
    std::optional<Instant> lastUsable; ///< last time it brought facts or proof
};

/// All that the head of an entity page shows.
struct EntitySummary
{
    Artifact entity;
    Artifact registration; ///< registered domain or network whose whois applies; empty if unknown
    bool known = false; ///< anything is stored about it
    bool watched = false;
    std::optional<Instant> watchedSince;
    std::optional<Instant> baselineAt;
    std::optional<Instant> lastChecked; ///< last usable answer
    std::optional<Instant> nextDue;
    int baselineHave = 0; ///< permitted sources whose first answer is in, of; filled by actions
    int baselineWant = 0;
    std::optional<Instant> firstSeen;
    std::optional<Instant> lastSeen;
    std::optional<Instant> lookedAt; ///< when somebody looked before now
    QHash<Dataset, qint64> counts;
    QHash<Dataset, qint64> newSinceLooked;
    QHash<Dataset, qint64> goneSinceLooked;
    QList<CheckState> checks;
    QList<Attribute>
        headFacts; ///< "registrar", "created", "country", "network" …, in order of importance
    QList<Card> lastCards; ///< at most five, without changes
    QString warning; ///< confusable or special-use words, ours
    Enrichment enrichment;
};

/// One switched-on eye.
struct MonitorRow
{
    QUuid id;
    Artifact entity;
    Instant since;
    std::optional<Instant> baselineAt;
    std::optional<Instant> lastChecked; ///< last usable answer
    std::optional<Instant> nextDue;
    QString author;
    qint64 openCards = 0;
    std::optional<Instant> lastChangeAt;
    QString trouble; ///< "resolver unreachable since …", ours; empty when well
    qint64 row = 0;
};
struct MonitorQuery
{
    QString filter;
    std::optional<qint64> afterRow;
    int limit = 256;
};
struct MonitorPage
{
    QList<MonitorRow> monitors;
    std::optional<qint64> nextRow; ///< afterRow of the next page, which may be empty; none: no more
    qint64 total = 0; ///< -1 when not counted
};

/// Reads pages for item models; every answer comes asynchronously and is dropped by who no longer
/// waits. Called from the GUI thread, answered from the readers.
class PageReader
{
public:
    virtual ~PageReader() = default;
    virtual QFuture<Result<CardPage>> cards(const CardQuery &query) = 0;
    virtual QFuture<Result<CardAnchors>> cardAnchors(const CardQuery &query, int step,
                                                     qint64 most) = 0;
    virtual QFuture<Result<Card>> card(const QUuid &id) = 0;
    virtual QFuture<Result<FactPage>> facts(const FactQuery &query) = 0;
    virtual QFuture<Result<EntitySummary>> summary(const Entity &entity) = 0;
    virtual QFuture<Result<MonitorPage>> monitors(const MonitorQuery &query) = 0;
    virtual QFuture<Result<QList<SourceState>>> sources() = 0;
};

} // namespace wg
