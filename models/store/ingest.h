// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "store/bookmarkrows.h"
#include "store/rawstore.h"
#include "store/smallrows.h"
#include "store/verdictrows.h"

namespace wg {

/// Everything an ingest writes through; one of each per writer.
struct IngestTables
{
    Database &database;
    Interner &interner;
    CheckRows &checks;
    FactRows &facts;
    EyeRows &eyes;
    CardRows &cards;
    SmallRows &small;
    BookmarkRows &bookmarks;
    RawStore &raw;
    const Clock &clock;
};

/// One call of Writer::ingest: takes passes to check spans, facts, verdicts and cards, inside the
/// caller's transaction.
class Ingest
{
public:
    Ingest(IngestTables tables, const IngestRules &rules);

    IngestReport run(const QList<Pass> &passes);
    /// Facts of a file that concern eyes, judged as one pass; leaves no check span.
    void judgeImport(const Pass &pass, IngestReport &report);
    /// The sequence number of this ingest, taken on first use.
    qint64 sequence();

private:
    void take(Pass pass, qint64 asked);
    void takeQuestions(const Pass &pass, qint64 asked, qint64 source);
    void markBaseline(const Pass &pass, qint64 asked);
    void keepBookmarks(const Pass &pass, qint64 asked, qint64 source);
    void takeChanged(const Pass &pass, QList<OpenQuestion> questions);
    static void joinBefore(QList<OpenQuestion> &questions, QList<Observation> &joined);
    static void countTogether(QList<OpenQuestion> &questions);
    QHash<qsizetype, qint64> judge(const BuiltDelta &built, qint64 source);
    void saveCheck(const OpenQuestion &question, qint64 pending, std::optional<Instant> confirmAt);
    void countExtended(const Delta &delta);
    void keepRaw(const OpenQuestion &question);
    qint64 intervalOf(const QString &source);

    IngestTables m_tables;
    const IngestRules &m_rules;
    UnchangedChecks m_unchanged;
    DeltaBuilder m_builder;
    VerdictRows m_verdicts;
    IngestReport m_report;
    std::optional<Instant> m_confirmAt;
    bool m_mayLackBaseline = false; ///< an eye that this pass concerns
    qsizetype m_mayRepeat = 0; ///< open spans that this pass wrote and nothing waits for
    QHash<QString, qint64> m_intervals; ///< by full source name
};

} // namespace wg
