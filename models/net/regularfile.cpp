// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/regularfile.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

Error unopened(bool writes)
{
    const QString why = QString::fromLocal8Bit(strerror(errno));
    switch (errno) {
    case ENOENT:
        return {ErrorCode::NotFound, u"it is not there"_s};
    case ELOOP:
        return {ErrorCode::Refused, u"it is a link"_s};
    case ENXIO: // a pipe without a reader
    case EISDIR:
        return {ErrorCode::Refused, u"it is no regular file"_s};
    default:
        return {writes ? ErrorCode::NotWritable : ErrorCode::Failed,
                u"it cannot be opened: "_s + why};
    }
}

} // namespace

Result<Done> openRegular(QFile &file, QIODevice::OpenMode mode, Links links)
{
    if (file.fileName().startsWith(u':')) {
        if (file.open(mode))
            return Done{};
        return Error{ErrorCode::NotFound, u"it is not there"_s};
    }
    const bool writes = mode.testFlag(QIODevice::WriteOnly);
    int flags = O_CLOEXEC | O_NONBLOCK | (writes ? O_RDWR | O_APPEND | O_CREAT : O_RDONLY);
    if (links == Links::Refused)
        flags |= O_NOFOLLOW;
    const int descriptor = open(QFile::encodeName(file.fileName()).constData(), flags, 0600);
    if (descriptor < 0)
        return unopened(writes);
    struct stat info = {};
    if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(descriptor);
        return Error{ErrorCode::Refused, u"it is no regular file"_s};
    }
    if (file.open(descriptor, mode, QFileDevice::AutoCloseHandle))
        return Done{};
    close(descriptor);
    return Error{ErrorCode::Failed, u"it cannot be opened: "_s + file.errorString()};
}

Result<QByteArray> readRegular(const QString &path, qint64 mostBytes, Links links)
{
    QFile file(path);
    if (const auto opened = openRegular(file, QIODevice::ReadOnly, links); !opened)
        return opened.error();
    QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        return Error{ErrorCode::TooLarge, u"it is larger than %1 KiB"_s.arg(mostBytes >> 10)};
    if (file.error() != QFileDevice::NoError)
        return Error{ErrorCode::Failed, u"it cannot be read: "_s + file.errorString()};
    return bytes;
}

} // namespace wg
