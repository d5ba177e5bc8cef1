// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/watchedfolder.h"

#include <QDateTime>
#include <QDir>
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

QString versionOf(const QFileInfo &file)
{
    return u"%1 %2"_s.arg(file.size()).arg(file.lastModified().toMSecsSinceEpoch());
}

} // namespace

WatchedFolder::WatchedFolder(int quietMs, int lookMs)
    : m_quietMs(quietMs)
{
    m_looks.setInterval(lookMs);
    m_soon.setSingleShot(true);
    m_soon.setInterval(quietMs);
    connect(&m_looks, &QTimer::timeout, this, &WatchedFolder::look);
    connect(&m_soon, &QTimer::timeout, this, &WatchedFolder::look);
    connect(&m_system, &QFileSystemWatcher::directoryChanged, this, &WatchedFolder::look);
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

bool WatchedFolder::isReadable()
{
    const QFileInfo folder(m_folder);
    if (folder.isDir() && folder.isReadable()) {
        if (std::exchange(m_trouble, false))
            Q_EMIT readableAgain();
        return true;
    }
    if (!std::exchange(m_trouble, true)) {
        Q_EMIT troubled(folder.exists() ? u"%1 is no folder that can be read"_s.arg(m_folder)
                                        : u"there is no folder %1"_s.arg(m_folder));
    }
    return false;
}

void WatchedFolder::look()
{
    if (m_folder.isEmpty() || !isReadable())
        return;
    if (m_system.directories().isEmpty())
        m_system.addPath(m_folder); // also after the folder was away
    const auto files = QDir(m_folder).entryInfoList(QDir::Files, QDir::Time | QDir::Reversed);
    const QHash<QString, Growing> before = std::exchange(m_growing, {});
    for (const QFileInfo &file : files.last(std::min(files.size(), mostFiles))) {
        const QString path = file.absoluteFilePath();
        if (isTemporary(file.fileName()) || !file.isFile())
            continue;
        if (const auto growing = before.constFind(path); growing != before.cend())
            m_growing.insert(path, *growing);
        lookAt(path, versionOf(file));
    }
    if (!m_growing.isEmpty())
        m_soon.start();
}

void WatchedFolder::lookAt(const QString &path, const QString &version)
{
    if (m_known.value(path) == version) {
        m_growing.remove(path);
        return;
    }
    Growing &growing = m_growing[path];
    if (growing.version != version) {
        growing.version = version;
        growing.quiet.start();
    } else if (growing.quiet.hasExpired(m_quietMs - 1)) {
        m_growing.remove(path);
        m_known.insert(path, version);
        Q_EMIT found(path, version);
    }
}

} // namespace wg
