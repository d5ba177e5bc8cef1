// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/folderimports.h"

#include "actions/actions.h"
#include "core/after.h"
#include "core/record.h"

#include <QFile>
#include <QFileInfo>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Keys of ours in the settings table that people never see: by the path's hash, "version path".
const QString filePrefix = u"internal.file."_s;

QString keyOf(const QString &path)
{
    return filePrefix + hexOf(hashOf(path.toUtf8()));
}

QHash<QString, QString> knownVersions(const Settings &settings)
{
    QHash<QString, QString> known;
    const auto &stored = settings.stored();
    for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
        const qsizetype path = it.value().indexOf(u'/');
        if (it.key().startsWith(filePrefix) && path > 0)
            known.insert(it.value().mid(path), it.value().left(path - 1));
    }
    return known;
}

QString shortName(const QString &path)
{
    return madeVisible(QFileInfo(path).fileName(), 80);
}

/// What a file brought, in one line of the source's state.
QString sentenceOf(const QString &name, const ImportReport &report)
{
    QString text = report.kind == "entities"_L1
        ? u"%1: a list of entities, of which nothing is kept"_s.arg(name)
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
    connect(&m_folder, &WatchedFolder::found, this, &FolderImports::take);
    connect(&m_folder, &WatchedFolder::troubled, this, &FolderImports::tellTrouble);
    connect(&m_folder, &WatchedFolder::readableAgain, this, [this] { Q_EMIT troubleChanged({}); });
}

void FolderImports::watch(const QString &folder, const Settings &settings)
{
    if (folder == m_folder.folder())
        return;
    if (m_waiting.size() > 1)
        m_waiting.resize(1); // of a folder that nobody watches any more
    if (!m_folder.folder().isEmpty())
        Q_EMIT troubleChanged({});
    m_folder.watch(folder, knownVersions(settings));
}

void FolderImports::take(const QString &path, const QString &version)
{
    m_waiting.append({path, version});
    if (m_waiting.size() == 1)
        takeNext();
}

void FolderImports::takeNext()
{
    const auto [path, version] = m_waiting.first();
    const auto over = [this] {
        m_waiting.removeFirst();
        if (!m_waiting.isEmpty())
            takeNext();
    };
    const auto opened = [path = path]() -> Result<std::shared_ptr<QFile>> {
        auto file = std::make_shared<QFile>(path);
        if (file->open(QIODevice::ReadOnly))
            return file;
        return Error{ErrorCode::NotFound,
                     u"%1 cannot be read: %2"_s.arg(shortName(path), file->errorString())};
    };
    after(this, QtConcurrent::run(opened),
          [=, this, path = path, version = version](const Result<std::shared_ptr<QFile>> &file) {
              if (!file) {
                  tellTrouble(file.error().detail);
                  return over();
              }
              after(this, m_actions.importFrom(*file, shortName(path)),
                    [=, this](const Result<ImportReport> &report) {
                        (*file)->close();
                        took(path, version, report);
                        over();
                    });
          });
}

/// A full disk is no fault of the file's: the next start tries again.
void FolderImports::took(const QString &path, const QString &version,
                         const Result<ImportReport> &report)
{
    const QString name = shortName(path);
    const bool wrong = report ? report->records == 0 && report->entities == 0 && report->bad > 0
                              : report.error().code == ErrorCode::Malformed;
    if (report || wrong)
        m_remember(keyOf(path), version + u' ' + path);
    if (!report)
        tellTrouble(u"%1: %2"_s.arg(name, report.error().detail));
    else if (wrong)
        tellTrouble(sentenceOf(name, *report));
    else
        Q_EMIT troubleChanged({});
    if (report && !wrong)
        tell(report->bad > 0 ? Outcome::Truncated : Outcome::Complete, sentenceOf(name, *report));
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
