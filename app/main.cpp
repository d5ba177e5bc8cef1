// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop.h"
#include "app/headless.h"
#include "app/signalwatch.h"
#include "app/verbs.h"
#include "app/workspace.h"

#include "app/exitcode.h"
#include "app/jsonshapes.h"

#include <QApplication>
#include <QJsonDocument>
#include <QTranslator>
#include <clocale>
#include <cstdio>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

/// Says what failed as the command asked for it, and with which code to end.
int tellFailure(const wg::Error &error, const QStringList &words)
{
    if (words.contains(u"--json"_s)) {
        const auto json = QJsonDocument(wg::toJson(error)).toJson(QJsonDocument::Compact) + '\n';
        std::fputs(json.constData(), stdout);
    } else {
        std::fprintf(stderr, "watchglass: %s\n", wg::errorSentence(error).toUtf8().constData());
    }
    return int(wg::exitCodeOf(error.code));
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// Plurals and the user's language; English has a file of its own for "1 alert".
void loadTranslations(QCoreApplication &application, QTranslator &translator)
{
    if (translator.load(QLocale(), u"watchglass"_s, u"_"_s, u":/translations"_s)
        || translator.load(u":/translations/watchglass_en.qm"_s))
        application.installTranslator(&translator);
}

void nameApplication()
{
    QCoreApplication::setApplicationName(u"watchglass"_s);
    QCoreApplication::setApplicationVersion(QLatin1String(WATCHGLASS_VERSION));
    QCoreApplication::setOrganizationName(u"Watchglass"_s);
}

int runHeadless(int argc, char **argv, const QStringList &words)
{
    QCoreApplication application(argc, argv);
    const wg::SignalWatch signalWatch;
    nameApplication();
    QTranslator translator;
    loadTranslations(application, translator);
    const auto command = wg::parseCommand(words);
    if (!command)
        return tellFailure(command.error(), words);
    if (command->help || command->version) {
        const QString text = command->version ? wg::versionText() : wg::helpText(command->verb);
        std::fputs(text.toUtf8().constData(), stdout);
        return 0;
    }
    const auto paths = wg::prepareWorkspace(wg::workspaceFolder(command->workspace));
    if (!paths)
        return tellFailure(paths.error(), words);
    wg::Headless headless(*paths, *command, words);
    QObject::connect(&signalWatch, &wg::SignalWatch::endAsked, &headless, &wg::Headless::stop);
    QObject::connect(&headless, &wg::Headless::failed, &application, [&](const wg::Error &error) {
        QCoreApplication::exit(tellFailure(error, words));
    });
    QMetaObject::invokeMethod(&headless, &wg::Headless::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int runDesktop(int argc, char **argv, const wg::CommandLine &command)
{
    if (!hasDisplay()) {
        return tellFailure(
            {wg::ErrorCode::Usage,
             u"there is no display; use a verb: lookup, monitor, poll, alerts, import, config, "
             "source, backup, restore, check, serve (--help tells more)"_s},
            {});
    }
    QApplication application(argc, argv);
    const wg::SignalWatch signalWatch;
    nameApplication();
    QApplication::setApplicationDisplayName(u"Watchglass"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    QTranslator translator;
    loadTranslations(application, translator);
    const auto paths = wg::prepareWorkspace(wg::workspaceFolder(command.workspace));
    if (!paths)
        return tellFailure(paths.error(), {});
    wg::Desktop desktop(*paths);
    QObject::connect(&signalWatch, &wg::SignalWatch::endAsked, &desktop, &wg::Desktop::quit);
    QMetaObject::invokeMethod(&desktop, &wg::Desktop::start, Qt::QueuedConnection);
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    umask(077);
    wg::SignalWatch::block();
    const rlimit noCores{0, 0};
    setrlimit(RLIMIT_CORE, &noCores);
    std::setlocale(LC_ALL, "");
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    if (words.value(0) == "--"_L1)
        words.removeFirst();
    const auto command = wg::parseCommand(words);
    if (command && command->verb.isEmpty() && !command->help && !command->version)
        return runDesktop(argc, argv, *command);
    return runHeadless(argc, argv, words);
}
