// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/folderimports.h"

#include "actions/actions.h"
#include "core/after.h"
#include "core/record.h"

#include <QFileInfo>
#include <QTimer>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Keys of ours in the settings table that people never see: by the path's hash, memory and path.
const QString filePrefix = u"internal.file."_s;

QString keyOf(const QString &path)
{
    return filePrefix + hexOf(hashOf(path.toUtf8()));
}

QHash<QString, FileMemory> memoriesIn(const Settings &settings)
{
    QHash<QString, FileMemory> known;
    const auto &stored = settings.stored();
    for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
        const qsizetype path = it.value().indexOf(u'/');
        if (it.key().startsWith(filePrefix) && path > 0)
            known.insert(it.value().mid(path), FileMemory::fromText(it.value().left(path - 1)));
    }
    return known;
}

/// A log's last line gets its end with the next one, however long that takes; an export may end
/// without one.
bool isLog(const QString &format)
{
    return !format.isEmpty() && format != "csv"_L1 && format != "zone"_L1 && format != "entities"_L1
        && format != "cof"_L1;
}

QString shortName(const QString &path)
{
    return madeVisible(QFileInfo(path).fileName(), 80);
}

/// What a file brought, in one line of the source's state.
QString sentenceOf(const QString &name, const ImportReport &report)
{
    QString text = report.kind == "entities"_L1
        ? u"%1: a list of entities, of which nothing is kept; if it is a table, a file %1.map "
          "beside it says what its columns hold"_s.arg(name)
        : u"%1 (%2): records %3, new %4"_s.arg(name, report.kind)
              .arg(report.records)
              .arg(report.newRecords);
    if (report.bad > 0)
        text += u", bad lines %1 (%2)"_s.arg(report.bad).arg(report.firstBad.value(0));
    return text;
}

} // namespace

FolderImports::FolderImports(Actions &actions, Store &store, const Clock &clock, Remember remember)
    : m_actions(actions)
    , m_store(store)
    , m_clock(clock)
    , m_remember(std::move(remember))
{
    connect(&m_folder, &WatchedFolder::found, this,
            [this](const QString &path, const QString &version) {
                take({path, version});
            });
    connect(&m_folder, &WatchedFolder::troubled, this, &FolderImports::tellTrouble);
    connect(&m_folder, &WatchedFolder::readableAgain, this, [this] { Q_EMIT troubleChanged({}); });
}

void FolderImports::watch(const QString &folder, const Settings &settings)
{
    const int quietMs = int(settings.number(quietKey) * secondMs);
    m_folder.setQuiet(quietMs);
    m_lastLineMs = 3 * quietMs + int(secondMs);
    if (folder == m_folder.folder())
        return;
    if (m_waiting.size() > 1)
        m_waiting.resize(1); // of a folder that nobody watches any more
    if (!m_folder.folder().isEmpty())
        Q_EMIT troubleChanged({});
    m_memories = memoriesIn(settings);
    QHash<QString, QString> known;
    for (auto it = m_memories.cbegin(); it != m_memories.cend(); ++it)
        known.insert(it.key(), it->version);
    m_folder.watch(folder, known);
}

void FolderImports::take(const Found &found)
{
    m_waiting.append(found);
    if (m_waiting.size() == 1)
        takeNext();
}

void FolderImports::over()
{
    m_waiting.removeFirst();
    if (!m_waiting.isEmpty())
        takeNext();
}

void FolderImports::takeNext()
{
    const Found found = m_waiting.first();
    const bool isNew = !m_memories.contains(found.path);
    const auto open = [found, memory = m_memories.value(found.path),
                       kin = isNew ? memoriesOfKin(found.path) : QList<FileMemory>()] {
        const FileMemory known = kin.isEmpty() ? memory : memoryOfSame(found.path, kin);
        return openFilePart(found.path, known, found.lastLine);
    };
    after(this, QtConcurrent::run(open), [this, found, isNew](const Result<FileOpening> &opening) {
        if (opening && opening->device)
            return read(found, *opening);
        if (!opening) {
            tellTrouble(opening.error().detail);
            return over();
        }
        const bool renamed = isNew && opening->from > 0;
        const QString format =
            renamed ? opening->options.format : m_memories.value(found.path).format;
        if (opening->cut && !renamed)
            awaitLastLine(found, format);
        else
            remember(found, *opening, format);
        over();
    });
}

/// Of the files beside it whose names begin with the same letters, as those of a log's parts do.
QList<FileMemory> FolderImports::memoriesOfKin(const QString &path) const
{
    const auto stemOf = [](const QString &file) {
        const qsizetype name = file.lastIndexOf(u'/') + 1;
        const auto end =
            std::find_if(file.cbegin() + name, file.cend(), [](QChar c) { return !c.isLetter(); });
        return QStringView(file).first(end - file.cbegin());
    };
    QList<FileMemory> kin;
    for (const auto *memories : {&m_memories, &m_before}) {
        for (auto it = memories->cbegin(); it != memories->cend(); ++it) {
            if (stemOf(it.key()) == stemOf(path))
                kin.append(*it);
        }
    }
    return kin;
}

void FolderImports::read(const Found &found, const FileOpening &opening)
{
    after(this, m_actions.importFrom(opening.device, shortName(found.path), opening.options),
          [=, this](const Result<ImportReport> &report) {
              opening.device->close();
              took(found, opening, report);
              over();
          });
}

/// A full disk is no fault of the file's: the next start tries again.
void FolderImports::took(const Found &found, const FileOpening &opening,
                         const Result<ImportReport> &report)
{
    const QString name = shortName(found.path);
    const bool wrong = report ? report->records == 0 && report->entities == 0 && report->bad > 0
                              : report.error().code == ErrorCode::Malformed;
    if (report || wrong)
        remember(found, opening, report ? report->kind : QString());
    if (!report) {
        const bool table = report.error().detail.contains("--map"_L1);
        tellTrouble(u"%1: %2"_s.arg(name, report.error().detail)
                    + (table ? u", in a file %1.map beside it as map = COLUMN=FIELD,…"_s.arg(name)
                             : QString()));
    } else if (wrong)
        tellTrouble(sentenceOf(name, *report));
    else
        Q_EMIT troubleChanged({});
    if (report && !wrong)
        tell(report->bad > 0 ? Outcome::Truncated : Outcome::Complete, sentenceOf(name, *report));
}

/// Where the last line is awaited, the next start looks at the file again.
void FolderImports::remember(const Found &found, const FileOpening &opening, const QString &format)
{
    const bool awaited = opening.cut && found.lastLine == LastLine::Awaited;
    const FileMemory memory{awaited ? QString() : found.version, opening.map, format, opening.end,
                            opening.start};
    if (opening.from == 0 && m_memories.value(found.path).offset > 0)
        m_before.insert(found.path, m_memories.value(found.path));
    m_memories.insert(found.path, memory);
    m_remember(keyOf(found.path), memory.text() + u' ' + found.path);
    if (awaited)
        awaitLastLine(found, format);
}

void FolderImports::awaitLastLine(const Found &found, const QString &format)
{
    if (isLog(format))
        return; // it comes with the next line
    QTimer::singleShot(m_lastLineMs, this, [this, found] {
        if (m_folder.known(found.path) == found.version)
            take({found.path, found.version, LastLine::Taken});
    });
}

void FolderImports::tell(Outcome outcome, const QString &detail)
{
    after(this, m_store.write<Done>([outcome, detail, at = m_clock.now()](Writer &writer) {
        return writer.rememberSource(filesSource, outcome, at, detail, std::nullopt);
    }),
          [this](const Result<Done> &) { Q_EMIT m_actions.sourcesChanged(); });
}

void FolderImports::tellTrouble(const QString &detail)
{
    tell(Outcome::Malformed, detail);
    Q_EMIT troubleChanged(u"files: "_s + detail);
}

} // namespace wg
