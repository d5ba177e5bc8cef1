// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/importoptions.h"
#include "core/pages.h"
#include "store/store.h"

#include <QIODevice>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace wg {

/// What an import brought.
struct Imported
{
    QString kind; ///< "cof", "zone", "entities", "csv", or the name of a log's format
    qint64 lines = 0;
    qint64 records = 0;
    qint64 newFacts = 0;
    qint64 bad = 0;
    QStringList firstBad; ///< "line 7: …"
    QList<Artifact> entities; ///< of a list
    QList<Card> cards;
    QList<Artifact> touched;
    qint64 internal = 0; ///< lines about own hosts among themselves
    QStringList notes;
};
/// What to ask a person about a file before it is imported; nothing for most. Any thread; the
/// device is left where it was.
std::optional<TableSketch> sketchFile(QIODevice &device, Instant now);

using ImportDone = std::function<void(Result<Imported>)>;
using ImportStep = std::function<void(qint64 records)>;

/// Streams a file into the store in bounded memory: batch after batch is read on the compute pool,
/// then taken by the writer. done and step come on context's thread.
void importFile(Store &store, QThreadPool &compute, std::shared_ptr<QIODevice> device,
                const ImportOptions &options, const IngestRules &rules, Instant at,
                QObject *context, ImportStep step, ImportDone done);

} // namespace wg
