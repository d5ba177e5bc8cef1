// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/folderimports.h"
#include "actions/parts.h"

#include "watch/importer.h"
#include "watch/outlook.h"

#include <QtConcurrent>
#include <algorithm>

namespace wg {

namespace {

ImportReport reportOf(const Imported &imported)
{
    return {imported.kind,
            imported.lines,
            imported.records,
            imported.newFacts,
            imported.entities.size(),
            imported.bad,
            imported.firstBad,
            imported.entities,
            int(imported.cards.size()),
            imported.internal,
            imported.notes};
}

} // namespace

QFuture<std::optional<TableSketch>> Actions::sketchOf(std::shared_ptr<QIODevice> device)
{
    return QtConcurrent::run(&m_parts->readers,
                             [device = std::move(device), now = m_parts->clock.now()] {
                                 return sketchFile(*device, now);
                             });
}

QFuture<Result<ImportReport>> Actions::importFrom(std::shared_ptr<QIODevice> device,
                                                  const QString &name, const ImportOptions &options)
{
    auto promise = std::make_shared<QPromise<Result<ImportReport>>>();
    promise->start();
    const auto begin = [this, device = std::move(device), name, options, promise] {
        const auto step = [this, name](qint64 records) { Q_EMIT workProgress(name, records, -1); };
        const auto done = [this, name, promise](const Result<Imported> &imported) {
            Q_EMIT workProgress(name, 0, 0);
            m_parts->imported(imported);
            promise->addResult(imported ? Result<ImportReport>(reportOf(*imported))
                                        : Result<ImportReport>(imported.error()));
            promise->finish();
        };
        ImportOptions complete = options;
        complete.ownNames = m_parts->policy.ownNames;
        importFile(*m_parts->store, m_parts->readers, device, complete, rulesFor(m_parts->policy),
                   m_parts->importTime(), this, step, done);
    };
    m_parts->imports.append({options.turn, begin});
    m_parts->beginImports();
    return promise->future();
}

/// The writer keeps apart by their time what imports hold back.
Instant Actions::Parts::importTime()
{
    lastImport = std::max(clock.now(), lastImport + 1);
    return lastImport;
}

/// Some go at once, so that a pipe without an end keeps nobody waiting; people before the folder.
void Actions::Parts::beginImports()
{
    while (importsRunning < mostImports && !imports.isEmpty()) {
        const auto person = std::find_if(imports.begin(), imports.end(), [](const auto &waiting) {
            return waiting.turn == ImportTurn::Person;
        });
        const auto next = person != imports.end() ? person : imports.begin();
        const auto begin = next->begin;
        imports.erase(next);
        ++importsRunning;
        begin();
    }
}

void Actions::Parts::imported(const Result<Imported> &imported)
{
    if (imported) {
        IngestReport told;
        told.cards = imported->cards;
        told.touched = imported->touched;
        onIngested(told);
    }
    --importsRunning;
    QTimer::singleShot(0, &self, [this] { beginImports(); });
}

/// Files are imported by themselves only where somebody watches, and the source is on.
void Actions::Parts::watchFolder()
{
    const bool on = watching && !policy.disabledSources.contains(filesSource);
    folder.watch(on ? settings.text(folderKey) : QString(), settings);
}

} // namespace wg
