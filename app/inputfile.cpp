// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inputfile.h"

#include "app/commandio.h"

#include <QFile>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

Error unreadable(const QString &path, int number)
{
    return {ErrorCode::NotFound,
            u"%1 cannot be read: %2"_s.arg(path, QString::fromLocal8Bit(strerror(number)))};
}

} // namespace

Result<std::shared_ptr<InputFile>> InputFile::openPath(const QString &path)
{
    const bool hidden = path == hiddenInput;
    const bool standard = hidden || path == "-"_L1;
    const int file =
        standard ? STDIN_FILENO : ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    struct stat info = {};
    if (file < 0 || fstat(file, &info) != 0)
        return unreadable(path, errno);
    if (S_ISDIR(info.st_mode)) {
        if (!standard)
            ::close(file);
        return unreadable(path, EISDIR);
    }
    std::shared_ptr<InputFile> input(new InputFile(file, eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)));
    input->open(ReadOnly | Unbuffered);
    if (hidden && isatty(file))
        input->hideTyping();
    return input;
}

InputFile::InputFile(int file, int cancelled)
    : m_file(file)
    , m_cancelled(cancelled)
{ }

void InputFile::hideTyping()
{
    termios shown{};
    if (tcgetattr(m_file, &shown) != 0)
        return;
    termios hiding = shown;
    hiding.c_lflag &= ~tcflag_t(ECHO);
    hiding.c_lflag |= ECHONL;
    if (tcsetattr(m_file, TCSAFLUSH, &hiding) != 0)
        return;
    m_terminal = shown;
    std::fputs(qPrintable(tr("Key (it is not shown): ")), stderr);
}

InputFile::~InputFile()
{
    if (m_terminal)
        tcsetattr(m_file, TCSAFLUSH, &*m_terminal);
    if (m_file != STDIN_FILENO)
        ::close(m_file);
    ::close(m_cancelled);
}

void InputFile::cancel()
{
    eventfd_write(m_cancelled, 1);
}

bool InputFile::isReady() const
{
    pollfd wait{m_file, POLLIN, 0};
    return poll(&wait, 1, 0) > 0;
}

qint64 InputFile::readData(char *data, qint64 most)
{
    while (true) {
        pollfd waits[] = {{m_file, POLLIN, 0}, {m_cancelled, POLLIN, 0}};
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            break;
        if (waits[1].revents != 0) {
            setErrorString(u"cancelled"_s);
            return -1;
        }
        if (waits[0].revents == 0)
            continue;
        const ssize_t got = ::read(m_file, data, size_t(most));
        if (got >= 0)
            return got;
        if (errno != EINTR && errno != EAGAIN)
            break;
    }
    setErrorString(QString::fromLocal8Bit(strerror(errno)));
    return -1;
}

qint64 InputFile::writeData(const char *data, qint64 size)
{
    Q_UNUSED(data);
    Q_UNUSED(size);
    return -1;
}

} // namespace wg
