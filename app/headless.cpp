// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless.h"
#include "store/after.h"

#include "app/commandrunner.h"
#include "app/logging.h"
#include "app/terminalio.h"
#include "store/restore.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace wg {

Headless::Headless(WorkspacePaths paths, CommandLine command, QStringList words)
    : m_paths(std::move(paths))
    , m_command(std::move(command))
    , m_entrance(m_paths, std::move(words))
{
    connect(&m_entrance, &Entrance::owned, this, &Headless::open);
    connect(&m_entrance, &Entrance::answered, this, [this](int code) { leave(code); });
    connect(&m_entrance, &Entrance::failed, this, &Headless::failed);
}

Headless::~Headless() = default;

void Headless::start()
{
    m_entrance.enter();
}

void Headless::stop()
{
    leave(m_command.verb == "serve"_L1 ? int(ExitCode::Done) : int(ExitCode::Failed));
}

void Headless::open()
{
    startLogging(m_paths.folder, LogLevel::Info);
    if (m_command.verb == "restore"_L1)
        return restore();
    auto session = Session::open(m_paths, m_clock);
    if (!session)
        return Q_EMIT failed(session.error());
    m_session = std::move(*session);
    begin();
}

void Headless::begin()
{
    const StoreOpening &opening = m_session->actions().opening();
    if (!opening.keptAside.isEmpty()) {
        const QString from = opening.restoredFrom.isEmpty()
            ? u"an empty one was made"_s
            : u"restored from "_s + opening.restoredFrom;
        TerminalIo().err(
            u"watchglass: the database was damaged; kept as %1, %2\n"_s.arg(opening.keptAside, from)
                .toUtf8());
    }
    after(this, m_session->actions().begin(), [this](const Result<Done> &begun) {
        if (!begun)
            return Q_EMIT failed(begun.error());
        if (m_session->actions().settings().text(u"log.level"_s) == "debug"_L1)
            setLogLevel(LogLevel::Debug);
        if (m_command.verb == "serve"_L1)
            serve();
        else
            runVerb();
    });
}

void Headless::runVerb()
{
    auto *runner =
        new CommandRunner(m_session->actions(), std::make_shared<TerminalIo>(), m_command, this);
    connect(runner, &CommandRunner::finished, this, [this](ExitCode code) {
        // Others may have handed their commands to us meanwhile: they are finished first.
        if (m_session->server().clients() == 0)
            return leave(int(code));
        connect(&m_session->server(), &LocalServer::idle, this, [this, code] { leave(int(code)); });
    });
    runner->start();
}

void Headless::serve()
{
    m_session->actions().startWatching();
    TerminalIo().err(u"watching %1; stop with Ctrl+C\n"_s.arg(m_paths.folder).toUtf8());
}

void Headless::restore()
{
    if (m_command.arguments.size() != 1)
        return Q_EMIT failed({ErrorCode::Usage, u"restore takes one backup file"_s});
    const QString file = QDir::current().absoluteFilePath(m_command.arguments.first());
    const auto aside = restoreBackup(m_paths.folder, file, m_clock);
    if (!aside)
        return Q_EMIT failed(aside.error());
    const QJsonObject json{{u"restored"_s, file}, {u"kept_aside"_s, *aside}};
    const QString text = aside->isEmpty()
        ? u"restored from %1"_s.arg(file)
        : u"restored from %1; what was there is kept as %2"_s.arg(file, *aside);
    TerminalIo().out(m_command.json ? QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n'
                                    : (text + u'\n').toUtf8());
    leave(int(ExitCode::Done));
}

void Headless::leave(int exitCode)
{
    if (m_session)
        m_session->server().close();
    QCoreApplication::exit(exitCode);
}

} // namespace wg
