// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop.h"
#include "app/failure.h"
#include "app/headless.h"
#include "app/signalwatch.h"
#include "app/terminalio.h"
#include "app/verbs.h"
#include "app/workspace.h"
#include "widgets/translations.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// Says what failed before there was a command to say it.
int endWith(const wg::Error &error, const QStringList &words)
{
    const auto form = words.contains(u"--json"_s) ? wg::OutputForm::Json : wg::OutputForm::Text;
    wg::TerminalIo terminal;
    return int(wg::tellFailure(terminal, error, form));
}

constexpr char wayWithoutDisplay[] =
    "use a verb: lookup, monitor, poll, alerts, rule, import, config, source, undo, backup, "
    "restore, check, serve (--help tells more)";

/// Qt ends the process where the display does not answer; this says why and what else can be done.
void tellDisplayFailure(QtMsgType type, const QMessageLogContext & /*context*/,
                        const QString & /*message*/)
{
    if (type != QtFatalMsg)
        return;
    std::fprintf(stderr, "watchglass: the display cannot be opened; %s\n", wayWithoutDisplay);
    _exit(int(wg::ExitCode::Failed));
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

void nameApplication()
{
    QCoreApplication::setApplicationName(u"watchglass"_s);
    QCoreApplication::setApplicationVersion(QLatin1String(WATCHGLASS_VERSION));
    QCoreApplication::setOrganizationName(u"Watchglass"_s);
}

/// A replay never falls into the user's own workspace: it gets a new folder, which is kept.
wg::Result<QString> folderFor(const wg::CommandLine &command)
{
    const auto replay = wg::replayOrder(command);
    if (!replay)
        return replay.error();
    if (command.sample)
        return wg::sampleFolder(command.workspace);
    if (!*replay || !command.workspace.isEmpty())
        return wg::workspaceFolder(command.workspace);
    QTemporaryDir folder(QDir::tempPath() + u"/watchglass-replay-XXXXXX"_s);
    folder.setAutoRemove(false);
    if (!folder.isValid())
        return wg::Error{wg::ErrorCode::NotWritable, folder.errorString()};
    return folder.path();
}

int runHeadless(int argc, char **argv, const QStringList &words)
{
    QCoreApplication application(argc, argv);
    const wg::SignalWatch signalWatch;
    nameApplication();
    wg::installTranslations(application);
    const auto command = wg::parseCommand(words);
    if (!command)
        return endWith(command.error(), words);
    if (command->help || command->version) {
        const QString text = command->version ? wg::versionText() : wg::helpText(command->verb);
        wg::TerminalIo().out(text.toUtf8());
        return 0;
    }
    const auto folder = folderFor(*command);
    if (!folder)
        return endWith(folder.error(), words);
    const auto paths = wg::prepareWorkspace(*folder);
    if (!paths)
        return endWith(paths.error(), words);
    wg::Headless headless(*paths, *command, words);
    QObject::connect(&signalWatch, &wg::SignalWatch::endAsked, &headless, &wg::Headless::stop);
    QMetaObject::invokeMethod(&headless, &wg::Headless::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int runDesktop(int argc, char **argv, const wg::CommandLine &command, const QStringList &words)
{
    if (!hasDisplay()) {
        return endWith(
            {wg::ErrorCode::Usage, u"there is no display; "_s + QLatin1String(wayWithoutDisplay)},
            words);
    }
    qInstallMessageHandler(&tellDisplayFailure);
    QApplication application(argc, argv);
    qInstallMessageHandler(nullptr);
    const wg::SignalWatch signalWatch;
    nameApplication();
    QApplication::setApplicationDisplayName(u"Watchglass"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    const QString folder = command.sample ? wg::sampleFolder(command.workspace)
                                          : wg::workspaceFolder(command.workspace);
    const auto paths = wg::prepareWorkspace(folder);
    if (!paths) {
        const int code = int(wg::exitCodeOf(paths.error().code));
        QObject::connect(&signalWatch, &wg::SignalWatch::endAsked, &application,
                         [code] { QApplication::exit(code); });
        wg::Desktop::sayAndEnd(paths.error(), folder);
        return QApplication::exec();
    }
    wg::Desktop desktop(*paths, command.sample ? wg::World::Sample : wg::World::Own);
    QObject::connect(&signalWatch, &wg::SignalWatch::endAsked, &desktop, &wg::Desktop::quit);
    QMetaObject::invokeMethod(&desktop, &wg::Desktop::start, Qt::QueuedConnection);
    return QApplication::exec();
}

/// What every part of the program takes for granted of the process it runs in.
void prepareProcess()
{
    umask(077);
    wg::SignalWatch::block();
    // A reader that goes away fails one write; whoever else is being answered is not its business.
    std::signal(SIGPIPE, SIG_IGN);
    // A file that may not grow is told like a disk that is full.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit noCores{0, 0};
    setrlimit(RLIMIT_CORE, &noCores);
    // Otherwise the next file opened would become standard output. Opened the wrong way round,
    // so that using one of them fails as it should.
    for (const auto &[descriptor, mode] : {std::pair(STDIN_FILENO, O_WRONLY),
                                           {STDOUT_FILENO, O_RDONLY},
                                           {STDERR_FILENO, O_RDONLY}}) {
        if (fcntl(descriptor, F_GETFD) < 0)
            open("/dev/null", mode);
    }
    if (qEnvironmentVariableIsEmpty("HOME")) {
        if (const passwd *user = getpwuid(geteuid()))
            qputenv("HOME", user->pw_dir);
    }
    std::setlocale(LC_ALL, "");
}

int run(int argc, char **argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    if (words.value(0) == "--"_L1)
        words.removeFirst();
    const auto command = wg::parseCommand(words);
    if (command && command->verb.isEmpty() && !command->help && !command->version)
        return runDesktop(argc, argv, *command, words);
    return runHeadless(argc, argv, words);
}

} // namespace

int main(int argc, char **argv)
{
    prepareProcess();
    const int code = run(argc, argv);
    return code == 0 && std::ferror(stdout) != 0 ? int(wg::ExitCode::Failed) : code;
}
