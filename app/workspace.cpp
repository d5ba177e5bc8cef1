// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString systemWords()
{
    return QString::fromLocal8Bit(strerror(errno));
}

/// A folder only we can enter, made or found; nothing when somebody else's.
bool isOwnPrivateFolder(const QString &path)
{
    QDir().mkpath(path);
    const QByteArray name = QFile::encodeName(path);
    struct stat info = {};
    if (lstat(name.constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != geteuid())
        return false;
    return (info.st_mode & 077) == 0 || chmod(name.constData(), 0700) == 0;
}

} // namespace

QString workspaceFolder(const QString &asked)
{
    if (!asked.isEmpty())
        return QDir(asked).absolutePath();
    if (const QString named = qEnvironmentVariable("WATCHGLASS_WORKSPACE"); !named.isEmpty())
        return QDir(named).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/watchglass"_s;
}

QString sampleFolder(const QString &asked)
{
    if (!asked.isEmpty())
        return QDir(asked).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/watchglass-sample"_s;
}

Result<WorkspacePaths> prepareWorkspace(const QString &folder)
{
    const bool existed = QDir(folder).exists();
    if (!QDir().mkpath(folder)) {
        return Error{
            ErrorCode::NotWritable,
            u"the workspace %1 cannot be made (%2); name another with --workspace DIR"_s.arg(
                folder, systemWords())};
    }
    if (!existed)
        chmod(QFile::encodeName(folder).constData(), 0700);
    if (access(QFile::encodeName(folder).constData(), W_OK | X_OK) != 0) {
        return Error{
            ErrorCode::NotWritable,
            u"the workspace %1 cannot be written (%2); name another with --workspace DIR"_s.arg(
                folder, systemWords())};
    }
    return WorkspacePaths{folder, folder + u"/backups"_s};
}

Result<QString> socketPath(const QString &folder)
{
    QString base = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (base.isEmpty() || base.size() > 60
        || access(QFile::encodeName(base).constData(), W_OK) != 0)
        base = QDir::tempPath() + u"/watchglass-%1"_s.arg(geteuid());
    else
        base += u"/watchglass"_s;
    if (!isOwnPrivateFolder(base)) {
        return Error{
            ErrorCode::NotWritable,
            u"%1 is not a private folder of yours; set XDG_RUNTIME_DIR to one"_s.arg(base)};
    }
    const QString real = QFileInfo(folder).canonicalFilePath();
    const QByteArray hash =
        QCryptographicHash::hash(real.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return base + u'/' + QString::fromLatin1(hash);
}

WorkspaceLock::~WorkspaceLock()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

Result<bool> WorkspaceLock::tryLock(const QString &folder)
{
    const QByteArray path = QFile::encodeName(folder + u"/lock"_s);
    if (m_descriptor < 0)
        m_descriptor = open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_descriptor < 0) {
        return Error{
            ErrorCode::NotWritable,
            u"the workspace %1 cannot be written (%2); name another with --workspace DIR"_s.arg(
                folder, systemWords())};
    }
    if (flock(m_descriptor, LOCK_EX | LOCK_NB) == 0) {
        if (ftruncate(m_descriptor, 0) == 0) // a dead owner's
            return true;
        return Error{ErrorCode::NotWritable,
                     u"the workspace's lock cannot be written: %1"_s.arg(systemWords())};
    }
    if (errno == EWOULDBLOCK)
        return false;
    return Error{ErrorCode::Failed,
                 u"the workspace's lock cannot be taken: %1"_s.arg(systemWords())};
}

Result<Done> WorkspaceLock::announce(const QString &socket)
{
    const QByteArray text = QFile::encodeName(socket) + '\n';
    if (pwrite(m_descriptor, text.constData(), size_t(text.size()), 0) == text.size())
        return Done{};
    return Error{ErrorCode::NotWritable,
                 u"the workspace's lock cannot be written: %1"_s.arg(systemWords())};
}

QString WorkspaceLock::announced() const
{
    struct stat info = {};
    const bool isOurs = m_descriptor >= 0 && fstat(m_descriptor, &info) == 0
        && info.st_uid == geteuid() && (info.st_mode & 022) == 0;
    std::array<char, 256> text{};
    const auto got = isOurs ? pread(m_descriptor, text.data(), text.size(), 0) : 0;
    const QByteArray line(text.data(), std::max<ssize_t>(got, 0));
    return line.endsWith('\n') ? QFile::decodeName(line.chopped(1)) : QString();
}

} // namespace wg
