// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/folderimports.h"
#include "actions/parts.h"

#include "watch/importer.h"
#include "watch/outlook.h"

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

QFuture<Result<ImportReport>> Actions::importFrom(std::shared_ptr<QIODevice> device,
                                                  const QString &name, const ImportOptions &options)
{
    auto promise = std::make_shared<QPromise<Result<ImportReport>>>();
    promise->start();
    m_parts->imports.append([this, device = std::move(device), name, options, promise] {
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
        importFile(*m_parts->store, m_parts->compute, device, complete, rulesFor(m_parts->policy),
                   m_parts->clock.now(), this, step, done);
    });
    if (m_parts->imports.size() == 1) {
        const auto begin = m_parts->imports.first(); // it may be over, and gone, before this is
        begin();
    }
    return promise->future();
}

/// Imports go one after the other: the writer holds back what concerns eyes until a file's end.
void Actions::Parts::imported(const Result<Imported> &imported)
{
    if (imported) {
        IngestReport told;
        told.cards = imported->cards;
        told.touched = imported->touched;
        onIngested(told);
    }
    imports.removeFirst();
    if (!imports.isEmpty())
        QTimer::singleShot(0, &self, imports.first());
}

/// Files are imported by themselves only where somebody watches, and the source is on.
void Actions::Parts::watchFolder()
{
    const bool on = watching && !policy.disabledSources.contains(filesSource);
    folder.watch(on ? settings.text(folderKey) : QString(), settings);
}

} // namespace wg
