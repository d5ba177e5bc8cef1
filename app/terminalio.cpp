// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminalio.h"

#include <QDir>
#include <cerrno>
#include <cstdio>
#include <cstring>
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
    if (std::ferror(stdout) != 0)
        return;
    const size_t written = std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    if (written == size_t(bytes.size()) && std::fflush(stdout) == 0)
        return;
    // A reader that has seen enough, as "head" does, is told nothing.
    if (errno != EPIPE) {
        err(u"watchglass: standard output cannot be written: %1\n"_s
                .arg(QString::fromLocal8Bit(strerror(errno)))
                .toUtf8());
    }
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
    const auto input = InputFile::openPath(path);
    if (!input)
        return opened(input.error());
    m_input = *input;
    opened(std::shared_ptr<QIODevice>(*input));
}

QString TerminalIo::absolute(const QString &path) const
{
    return QDir::current().absoluteFilePath(path);
}

void TerminalIo::cancel()
{
    if (const auto input = m_input.lock())
        input->cancel();
}

} // namespace wg
