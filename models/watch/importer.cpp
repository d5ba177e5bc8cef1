// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/importer.h"

#include "core/after.h"
#include "sources/answertext.h"
#include "sources/importreader.h"
#include "sources/tablesketch.h"
#include "store/factbatch.h"

#include <QPointer>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Records, or lines of a log, between two reports of how far it is.
constexpr int batchSize = 20'000;
constexpr int sliceSize = 1'000;
/// Of the text of a batch; a record has a few MiB at most.
constexpr std::size_t batchBytes = 32 << 20;

/// What was left aside, and why, in sentences.
QStringList notesOf(const ImportTally &tally)
{
    QStringList notes;
    if (!tally.ignored.isEmpty()) {
        notes.append(u"columns not taken: %1 (--map \"COLUMN=FIELD,…\" says what they hold)"_s.arg(
            madeVisible(tally.ignored.join(", "_L1), 300)));
    }
    if (!tally.unread.isEmpty())
        notes.append(u"taken as a list of entities, because %1"_s.arg(tally.unread));
    if (tally.internal > 0) {
        notes.append(u"lines left out, own hosts among themselves or their own servers: %1"_s.arg(
            tally.internal));
    }
    if (tally.elsewise > 0)
        notes.append(u"lines left out, not about contact: %1"_s.arg(tally.elsewise));
    return notes;
}

/// One import under way; kept alive by its own continuations.
class ImportRun : public std::enable_shared_from_this<ImportRun>
{
public:
    ImportRun(Store &store, QThreadPool &compute, std::shared_ptr<QIODevice> device,
              const ImportOptions &options, const IngestRules &rules, Instant at, QObject *context,
              ImportStep step, ImportDone done)
        : m_store(store)
        , m_compute(compute)
        , m_device(std::move(device))
        , m_reader(*m_device, at, sliceSize, options)
        , m_rules(rules)
        , m_at(at)
        , m_context(context)
        , m_step(std::move(step))
        , m_done(std::move(done))
    { }

    void start()
    {
        onPool([this] { return m_reader.kind(); },
               [this](const Result<ImportKind> &kind) {
                   if (!kind) {
                       m_done(kind.error());
                       return;
                   }
                   m_imported.kind = m_reader.kindName();
                   if (*kind == ImportKind::EntityList)
                       readEntities();
                   else if (*kind == ImportKind::Log)
                       readLog();
                   else
                       readRecords();
               });
    }

private:
    template <class Work, class Then>
    void onPool(Work work, Then then)
    {
        auto self = shared_from_this();
        after(m_context, QtConcurrent::run(&m_compute, [self, work] { return work(); }),
              [self, then](const std::invoke_result_t<Work> &result) { then(result); });
    }

    /// What a log holds is known at its end; until then there is only how far it is read.
    void readLog()
    {
        onPool([this] { return readBatchAhead(); },
               [this](const Result<bool> &more) {
                   if (!more) {
                       m_done(more.error());
                       return;
                   }
                   m_step(m_reader.tally().lines);
                   if (*more)
                       readLog();
                   else
                       readRecords();
               });
    }

    Result<bool> readBatchAhead()
    {
        Result<bool> more = true;
        for (int lines = 0; lines < batchSize && more && *more; lines += sliceSize)
            more = m_reader.readAhead();
        return more;
    }

    void readRecords()
    {
        onPool([this] { return fillBatch(); },
               [this](const Result<Done> &read) {
                   if (!read)
                       m_done(read.error());
                   else
                       storeRecords();
               });
    }

    /// In slices whose records are in the processor's cache still when they become facts.
    Result<Done> fillBatch()
    {
        m_batch->clear();
        const auto hasRoom = [this] {
            return m_batch->size() < batchSize && m_batch->textSize() < batchBytes;
        };
        while (hasRoom()) {
            if (m_taken == m_slice.size()) {
                m_taken = 0;
                if (const auto read = m_reader.nextRecords(m_slice); !read)
                    return read.error();
                if (m_slice.isEmpty())
                    break;
            }
            for (; m_taken < m_slice.size() && hasRoom(); ++m_taken)
                m_batch->add(m_slice.at(m_taken));
        }
        return Done{};
    }

    void storeRecords()
    {
        auto self = shared_from_this();
        after(m_context,
              m_store.write<IngestReport>(
                  [batch = m_batch, rules = m_rules, at = m_at](Writer &writer) {
                      return writer.import(u"files"_s, *batch, at, rules);
                  }),
              [self, last = m_batch->isEmpty()](const Result<IngestReport> &report) {
                  self->stored(report, last);
              });
    }

    void stored(const Result<IngestReport> &report, bool last)
    {
        if (!report) {
            m_done(report.error());
            return;
        }
        m_imported.newFacts += report->newFacts;
        m_imported.cards.append(report->cards);
        if (m_imported.touched.size() < 1000)
            m_imported.touched.append(report->touched.mid(0, 1000));
        m_step(m_reader.tally().records);
        if (last)
            finish();
        else
            readRecords();
    }

    void readEntities()
    {
        onPool([this] { return m_reader.nextEntities(); },
               [this](const Result<QList<Artifact>> &batch) {
                   if (!batch) {
                       m_done(batch.error());
                       return;
                   }
                   m_imported.entities.append(*batch);
                   m_step(m_imported.entities.size());
                   if (batch->isEmpty())
                       finish();
                   else
                       readEntities();
               });
    }

    void finish()
    {
        const ImportTally &tally = m_reader.tally();
        m_imported.lines = tally.lines;
        m_imported.records = tally.records;
        m_imported.bad = tally.bad;
        m_imported.internal = tally.internal;
        m_imported.notes = notesOf(tally);
        for (const auto &bad : tally.firstBad)
            m_imported.firstBad.append(u"line %1: %2"_s.arg(bad.line).arg(bad.why));
        m_done(m_imported);
    }

    Store &m_store;
    QThreadPool &m_compute;
    std::shared_ptr<QIODevice> m_device;
    ImportReader m_reader;
    QList<Record> m_slice;
    qsizetype m_taken = 0; ///< of the slice
    /// Filled by the pool, then read by the writer, and filled again.
    std::shared_ptr<FactBatch> m_batch = std::make_shared<FactBatch>();
    IngestRules m_rules;
    Instant m_at;
    QObject *m_context;
    ImportStep m_step;
    ImportDone m_done;
    Imported m_imported;
};

} // namespace

std::optional<TableSketch> sketchFile(QIODevice &device, Instant now)
{
    constexpr qint64 mostBytes = 1 << 18;
    constexpr qsizetype padding = 64;
    QByteArray beginning = withoutMark(device.peek(mostBytes));
    const qsizetype size = beginning.size();
    beginning.append(padding, '\0');
    return sketchTable(QByteArrayView(beginning).first(size), now);
}

void importFile(Store &store, QThreadPool &compute, std::shared_ptr<QIODevice> device,
                const ImportOptions &options, const IngestRules &rules, Instant at,
                QObject *context, ImportStep step, ImportDone done)
{
    std::make_shared<ImportRun>(store, compute, std::move(device), options, rules, at, context,
                                std::move(step), std::move(done))
        ->start();
}

} // namespace wg
