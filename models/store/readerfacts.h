// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "store/enrichmentreader.h"
#include "store/factrows.h"

namespace wg {

/// Facts about an entity from both sides: those it owns, those of its registration, and those whose
/// value it is. Reader thread.
class FactReader
{
public:
    FactReader(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
        , m_facts(database, interner)
        , m_enrichments(database, interner)
    { }

    FactPage page(const FactQuery &query);
    /// The artifact whose whois applies: registered domain or covering network; empty when unknown.
    Artifact registrationOf(const Entity &entity);
    /// The look before the newest one.
    std::optional<Instant> lookedBefore(qint64 artifact);

    /// One run of facts in key order.
    struct Segment
    {
        qint64 artifact = 0;
        bool reverse = false;
    };
    QList<Segment> segmentsOf(const Entity &entity, Dataset dataset);
    qint64 count(const Segment &segment, Dataset dataset);

private:
    struct Cursor;
    struct Walk;
    static QString pack(const Cursor &cursor);
    static Cursor unpack(const QString &key);
    static bool fits(const Walk &walk, const QString &text);
    static bool fitsDetails(const Walk &walk, const Record &record);
    bool fitsSource(const QString &part);
    bool walkOwned(Walk &walk, const Segment &segment, Cursor &cursor);
    bool walkReverse(Walk &walk, const Segment &segment, Cursor &cursor);
    bool mayFit(const Walk &walk, const Cursor &cursor, const QString &value);
    void take(Walk &walk, const FactKey &key, const QList<SpanRow> &spans, bool reverse);
    void takeState(Walk &walk, const FactKey &key, const SpanRow &first,
                   const QList<SpanRow> &spans, bool reverse);
    static QList<SpanRow> tellingSpans(const FactKey &key, QList<SpanRow> spans,
                                       const Hash128 &state);
    static std::optional<Hash128> revokedState(const QList<SpanRow> &spans);
    QList<Sighting> sightings(Walk &walk, const FactKey &key, const QList<SpanRow> &spans,
                              const Hash128 &state, FactRow &row);
    std::optional<Instant> lastUsable(Walk &walk, const FactKey &key, qint64 source);
    bool isWatched(Walk &walk, const Artifact &artifact);
    std::shared_ptr<const Enrichment> enrichment(Walk &walk, const Artifact &artifact);

    Database &m_database;
    Interner &m_interner;
    FactRows m_facts;
    EnrichmentReader m_enrichments;
};

} // namespace wg
