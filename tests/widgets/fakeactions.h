// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"

namespace wg::test {

/// What the scripted actions answer, and what they were ordered to do. One at a time; begun anew by
/// each test.
struct Script
{
    Settings settings;
    Policy policy;
    std::optional<TableSketch> sketch; ///< of every file that is imported
    Result<ImportReport> imported = ImportReport{}; ///< what became of it
    StoreOpening opening;
    NetworkState network;
    QList<SourceState> sources;
    QList<Party> parties;
    QHash<Artifact, EntitySummary> summaries;
    QHash<Artifact, QHash<Dataset, QList<FactRow>>> facts;
    QList<Card> cards; ///< newest first
    qint64 manyCards = 0; ///< made up as they are read, in place of cards
    QList<MonitorRow> monitors;
    QList<QueuedAsk> queued;
    Result<Done> keyAnswer = Done{};
    QList<StoredRule> rules;
    std::optional<JournalEntry> undone; ///< what every undo says it took back
    std::optional<Error> readError; ///< every page fails with it
    std::optional<Error> lookupError;
    bool silent = false; ///< reads never end
    QStringList orders; ///< "lookup example.com ask", "eye on example.com" …
};

Script &script();
/// Starts a test: nothing stored, nothing ordered.
Script &newScript();
/// Two sources, some entities, cards and eyes: a desk in the middle of a day.
void fillDesk(Script &script);
/// Certificates of the domain on that desk, and a source that tells of them.
void addCertificates(Script &script);

std::unique_ptr<Actions> scriptedActions();

Card madeUpCard(qint64 row);

} // namespace wg::test
