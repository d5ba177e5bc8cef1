// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logging.h"

#include "core/instant.h"
#include "core/untrustedtext.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 largestLog = 2 << 20;
constexpr int oldLogs = 3;

QString &logPath()
{
    static QString path;
    return path;
}

void rotate(const QString &path)
{
    if (QFile(path).size() < largestLog)
        return;
    QFile::remove(u"%1.%2"_s.arg(path).arg(oldLogs));
    for (int i = oldLogs - 1; i >= 1; --i)
        QFile::rename(u"%1.%2"_s.arg(path).arg(i), u"%1.%2"_s.arg(path).arg(i + 1));
    QFile::rename(path, path + u".1"_s);
}

QLatin1String levelWord(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_L1;
    case QtInfoMsg:
        return "info"_L1;
    case QtWarningMsg:
        return "warning"_L1;
    case QtCriticalMsg:
        return "critical"_L1;
    case QtFatalMsg:
        return "fatal"_L1;
    }
    Q_UNREACHABLE();
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QString line =
        u"%1 %2 %3: %4\n"_s.arg(toRfc3339(SystemClock().now()), levelWord(type),
                                QString::fromUtf8(context.category), madeVisible(message, 4000));
    // One write with O_APPEND: lines of several threads do not mix.
    QFile file(logPath());
    rotate(file.fileName());
    if (file.open(QIODevice::Append | QIODevice::Unbuffered))
        file.write(line.toUtf8());
    if (type == QtFatalMsg)
        std::fputs(line.toLocal8Bit().constData(), stderr);
}

} // namespace

void startLogging(const QString &folder, LogLevel level)
{
    QDir().mkpath(folder + u"/logs"_s);
    logPath() = folder + u"/logs/watchglass.log"_s;
    setLogLevel(level);
    qInstallMessageHandler(&handle);
}

void setLogLevel(LogLevel level)
{
    QLoggingCategory::setFilterRules(level == LogLevel::Debug
                                         ? u"watchglass.*.debug=true"_s
                                         : u"watchglass.*.debug=false\nqt.*.debug=false"_s);
}

} // namespace wg
