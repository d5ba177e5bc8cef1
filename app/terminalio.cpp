// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminalio.h"

#include <QDir>
#include <QFile>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace wg {

TerminalIo::~TerminalIo()
{
    endProgress();
}

void TerminalIo::out(const QByteArray &bytes)
{
    endProgress();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

void TerminalIo::err(const QByteArray &bytes)
{
    endProgress();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
}

void TerminalIo::progress(const QString &line)
{
    if (!isatty(STDERR_FILENO))
        return;
    const QByteArray bytes = "\r\x1b[K" + line.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    m_progressShown = true;
}

void TerminalIo::endProgress()
{
    if (std::exchange(m_progressShown, false))
        std::fputs("\r\x1b[K", stderr);
}

void TerminalIo::openInput(const QString &path, Opened opened)
{
    auto file = std::make_shared<QFile>(path);
    const bool open =
        path == "-"_L1 ? file->open(stdin, QIODevice::ReadOnly) : file->open(QIODevice::ReadOnly);
    if (open)
        opened(std::shared_ptr<QIODevice>(file));
    else
        opened(
            Error{ErrorCode::NotFound, u"%1 cannot be read: %2"_s.arg(path, file->errorString())});
}

QString TerminalIo::absolute(const QString &path) const
{
    return QDir::current().absoluteFilePath(path);
}

} // namespace wg
