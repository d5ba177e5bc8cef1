// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/watchedfolder.h"

#include "actions/filepart.h"
#include "core/after.h"

#include <QDateTime>
#include <QDir>
#include <QtConcurrent>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Where there are more, somebody named the wrong folder.
constexpr qsizetype mostFiles = 10'000;

/// Names under which editors, browsers and copying programs keep what is not ready.
bool isTemporary(const QString &name)
{
    constexpr std::array ends{"~"_L1,        ".tmp"_L1,      ".temp"_L1,       ".part"_L1,
                              ".partial"_L1, ".swp"_L1,      ".crdownload"_L1, ".swx"_L1,
                              ".lock"_L1,    ".filepart"_L1, ".bak~"_L1,       ".download"_L1};
    const auto endsName = [&name](QLatin1String end) {
        return name.endsWith(end, Qt::CaseInsensitive);
    };
    return name.startsWith(u'.') || name.startsWith(u'#') || name.startsWith("~$"_L1)
        || std::any_of(ends.begin(), ends.end(), endsName);
}

/// A log that is written to without pause is told of after so many times the wanted quiet.
constexpr int mostQuiets = 20;

QString versionOf(const QFileInfo &file)
{
    const QString own = u"%1 %2"_s.arg(file.size()).arg(file.lastModified().toMSecsSinceEpoch());
    const QString mapping = mappingFileOf(file.absoluteFilePath());
    return mapping.isEmpty()
        ? own
        : own + u' ' + QString::number(QFileInfo(mapping).lastModified().toMSecsSinceEpoch());
}

} // namespace

/// On the compute pool: a folder may lie on a disk that takes its time.
WatchedFolder::Listing WatchedFolder::listed(const QString &path)
{
    const QFileInfo folder(path);
    Listing listing;
    if (!folder.isDir() || !folder.isReadable()) {
        listing.trouble = folder.exists() ? u"%1 is no folder that can be read"_s.arg(path)
                                          : u"there is no folder %1"_s.arg(path);
        return listing;
    }
    const auto files = QDir(path).entryInfoList(QDir::Files, QDir::Time | QDir::Reversed);
    for (const QFileInfo &file : files.last(std::min(files.size(), mostFiles))) {
        if (!isTemporary(file.fileName()) && !isMappingFile(file.fileName()) && file.isFile())
            listing.files.append({file.absoluteFilePath(), versionOf(file)});
    }
    return listing;
}

WatchedFolder::WatchedFolder(int quietMs, int lookMs)
{
    setQuiet(quietMs);
    m_looks.setInterval(lookMs);
    m_soon.setSingleShot(true);
    connect(&m_looks, &QTimer::timeout, this, &WatchedFolder::look);
    connect(&m_soon, &QTimer::timeout, this, &WatchedFolder::look);
    connect(&m_system, &QFileSystemWatcher::directoryChanged, this, &WatchedFolder::lookSoon);
}

void WatchedFolder::setQuiet(int quietMs)
{
    if (quietMs == m_quietMs)
        return;
    m_quietMs = quietMs;
    m_soon.setInterval(quietMs);
}

void WatchedFolder::watch(const QString &folder, const QHash<QString, QString> &known)
{
    if (folder == m_folder)
        return;
    if (const QStringList before = m_system.directories(); !before.isEmpty())
        m_system.removePaths(before);
    m_folder = folder;
    m_known = known;
    m_growing.clear();
    m_trouble = false;
    m_soon.stop();
    if (folder.isEmpty())
        return m_looks.stop();
    m_looks.start();
    QTimer::singleShot(0, this, &WatchedFolder::look); // whoever set it is still at work
}

/// However many changes the system tells of, the folder is listed once for them.
void WatchedFolder::lookSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void WatchedFolder::look()
{
    if (m_folder.isEmpty() || m_looking)
        return;
    m_looking = true;
    after(this, QtConcurrent::run(&WatchedFolder::listed, m_folder),
          [this, folder = m_folder](const Listing &listing) {
              m_looking = false;
              if (folder == m_folder)
                  take(listing);
              else
                  look();
          });
}

void WatchedFolder::take(const Listing &listing)
{
    const bool troubledBefore = std::exchange(m_trouble, !listing.trouble.isEmpty());
    if (m_trouble) {
        if (!troubledBefore)
            Q_EMIT troubled(listing.trouble);
        return;
    }
    if (troubledBefore)
        Q_EMIT readableAgain();
    if (m_system.directories().isEmpty())
        m_system.addPath(m_folder); // also after the folder was away
    const QHash<QString, Growing> before = std::exchange(m_growing, {});
    for (const auto &[path, version] : listing.files) {
        if (const auto growing = before.constFind(path); growing != before.cend())
            m_growing.insert(path, *growing);
        lookAt(path, version);
    }
    if (!m_growing.isEmpty())
        lookSoon();
}

void WatchedFolder::lookAt(const QString &path, const QString &version)
{
    if (m_known.value(path) == version) {
        m_growing.remove(path);
        return;
    }
    Growing &growing = m_growing[path];
    if (!growing.since.isValid())
        growing.since.start();
    const bool changed = std::exchange(growing.version, version) != version;
    if (changed)
        growing.quiet.start();
    if ((!changed && growing.quiet.hasExpired(m_quietMs - 1))
        || growing.since.hasExpired(qint64(m_quietMs) * mostQuiets)) {
        m_growing.remove(path);
        m_known.insert(path, version);
        Q_EMIT found(path, version);
    }
}

} // namespace wg
