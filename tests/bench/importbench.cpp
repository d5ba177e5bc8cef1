// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/bareimport.h"
#include "bench/importfile.h"
#include "bench/stopwatch.h"
#include "sources/importreader.h"
#include "watch/importer.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimer>

// bench_import make FILE RECORDS [apart]   a file of passive DNS
//              parse FILE [BATCH]          read and normalised, nothing stored
//              import FILE FOLDER          into a new workspace
//              bareparse FILE              the same members, read by simdjson alone
//              bareupsert FOLDER NEW       the rows of an imported workspace, into a new database
// Each but the first prints one JSON object; "cpu" is in ms.
namespace wg::bench {

namespace {

constexpr int sampleMs = 20;
/// As an import takes them.
constexpr int batchSize = 1'000;

int failed(const QString &why)
{
    std::fprintf(stderr, "%s\n", qPrintable(why));
    return 1;
}

/// Memory of the process that is no file's, in KiB.
qint64 anonymousKib()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').constFirst().toLongLong();
    }
    return 0;
}

int make(const QString &path, qint64 records, RecordOrder order)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !writeRecords(file, records, order))
        return failed(file.errorString());
    return 0;
}

int parse(QFile &file, int most)
{
    const Stopwatch watch;
    ImportReader reader(file, SystemClock().now(), most);
    QList<Record> batch;
    do {
        if (const auto read = reader.nextRecords(batch); !read)
            return failed(read.error().detail);
    } while (!batch.isEmpty());
    say({{QStringLiteral("cpu"), watch.cpu()},
         {QStringLiteral("records"), reader.tally().records},
         {QStringLiteral("bad"), reader.tally().bad}});
    return 0;
}

/// One import as a workspace does it, with what it took of time, memory and disk.
int import(const QString &path, const QString &folder)
{
    QDir().mkpath(folder);
    const SystemClock clock;
    auto store = Store::open({folder, {}, &clock});
    if (!store)
        return failed(store.error().detail);
    auto file = std::make_shared<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return failed(file->errorString());
    QThreadPool pool;
    QObject context;
    const qint64 idle = anonymousKib();
    qint64 most = idle;
    QTimer sampler;
    QObject::connect(&sampler, &QTimer::timeout, &context,
                     [&most] { most = std::max(most, anonymousKib()); });
    sampler.start(sampleMs);
    const Stopwatch watch;
    Result<Imported> told = Error{ErrorCode::Failed, {}};
    importFile(
        **store, pool, file, {}, {}, clock.now(), &context, [](qint64) {},
        [&told](const Result<Imported> &imported) {
            told = imported;
            QCoreApplication::quit();
        });
    QCoreApplication::exec();
    const double cpu = watch.cpu();
    const double wall = watch.wall();
    if (!told)
        return failed(told.error().detail);
    store->reset(); // all of the journal is in the file then
    say({{QStringLiteral("cpu"), cpu},
         {QStringLiteral("wall"), wall},
         {QStringLiteral("records"), told->records},
         {QStringLiteral("new"), told->newFacts},
         {QStringLiteral("bad"), told->bad},
         {QStringLiteral("idle_kib"), idle},
         {QStringLiteral("most_kib"), most},
         {QStringLiteral("bytes"), QFileInfo(folder + QStringLiteral("/watchglass.db")).size()}});
    return 0;
}

int run(const QStringList &words)
{
    const QString verb = words.value(1);
    const QString path = words.value(2);
    if (verb == QLatin1String("make") && words.size() >= 4)
        return make(path, words.at(3).toLongLong(),
                    words.size() > 4 ? RecordOrder::Apart : RecordOrder::Together);
    if (verb == QLatin1String("import") && words.size() == 4)
        return import(path, words.at(3));
    if (verb == QLatin1String("bareupsert") && words.size() == 4)
        return bareUpsert(path, words.at(3));
    QFile file(path);
    if (words.size() < 3 || words.size() > 4 || !file.open(QIODevice::ReadOnly))
        return failed(
            QStringLiteral("usage: bench_import make|parse|import|bareparse|bareupsert …"));
    if (verb == QLatin1String("parse"))
        return parse(file, words.size() > 3 ? words.at(3).toInt() : batchSize);
    return bareParse(file);
}

} // namespace

} // namespace wg::bench

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return wg::bench::run(QCoreApplication::arguments());
}
