// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless.h"

#include "app/commandrunner.h"
#include "app/failure.h"
#include "app/logging.h"
#include "app/openingwords.h"
#include "app/replayrun.h"
#include "core/after.h"
#include "store/restore.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace wg {

Result<std::optional<ReplayOrder>> replayOrder(const CommandLine &command)
{
    constexpr double fastest = 1'000'000;
    const QStringList &words = command.arguments;
    const bool replays = command.verb == "source"_L1 && words.value(0) == "recordings"_L1
        && words.value(1) == "replay"_L1 && !words.value(2).isEmpty();
    if (!replays)
        return std::optional<ReplayOrder>();
    ReplayOrder order{QDir::current().absoluteFilePath(words.value(2))};
    if (!command.has("--speed"))
        return std::optional(order);
    bool isNumber = false;
    order.speed = command.value("--speed").toDouble(&isNumber);
    if (!isNumber || !(order.speed > 0 && order.speed <= fastest)) {
        return Error{ErrorCode::Usage, u"--speed takes a number above 0, at most 1000000"_s};
    }
    return std::optional(order);
}

Headless::Headless(WorkspacePaths paths, CommandLine command, QStringList words)
    : m_paths(std::move(paths))
    , m_command(std::move(command))
    , m_entrance(m_paths, std::move(words))
    , m_terminal(std::make_shared<TerminalIo>())
{
    connect(&m_entrance, &Entrance::owned, this, &Headless::open);
    connect(&m_entrance, &Entrance::answered, this, [this](int code) { leave(code); });
    connect(&m_entrance, &Entrance::failed, this, &Headless::fail);
    connect(&m_entrance, &Entrance::waiting, this, [this](Entrance::For what) {
        if (what == Entrance::For::Story)
            m_terminal->progress(tr("waiting until the sample story has been told"));
    });
}

Headless::~Headless() = default;

void Headless::start()
{
    m_entrance.enter();
}

void Headless::stop()
{
    if (m_session && m_command.verb == "serve"_L1)
        return leave(int(ExitCode::Done));
    m_terminal->cancel();
    fail({ErrorCode::Cancelled, u"stopped before it was done"_s});
}

void Headless::open()
{
    startLogging(m_paths.folder, LogLevel::Info);
    const auto order = replayOrder(m_command);
    if (!order)
        return fail(order.error());
    if (m_command.sample && (*order || m_command.verb == "restore"_L1))
        return fail(
            {ErrorCode::Usage, u"the sample story is neither replayed over nor restored"_s});
    if (m_command.verb == "restore"_L1)
        return restore();
    if (*order) {
        m_terminal->err(u"replaying in %1\n"_s.arg(m_paths.folder).toUtf8());
        m_replays = true;
        after(this, replayStage(m_paths.folder, (*order)->folder, (*order)->speed),
              [this](const Result<Stage> &stage) { openOn(stage); });
    } else if (m_command.sample) {
        openSample();
    } else {
        openWorld();
    }
}

void Headless::openWorld()
{
    after(this, stageOf(m_paths.folder), [this](const Result<Stage> &stage) { openOn(stage); });
}

void Headless::openSample()
{
    after(this, replayStage(m_paths.folder, sampleRecording, 0),
          [this](const Result<Stage> &stage) {
              if (stage && stage->mark->ended)
                  return openWorld();
              m_replays = true;
              openOn(stage);
          });
}

void Headless::openOn(const Result<Stage> &stage)
{
    if (m_left)
        return;
    if (!stage)
        return fail(stage.error());
    auto session = openSession(*stage);
    if (!session)
        return fail(session.error());
    m_session = std::move(*session);
    begin();
}

Result<std::unique_ptr<Session>> Headless::openSession(const Stage &stage)
{
    if (m_replays && m_command.sample)
        return Session::openAlone(m_paths, m_entrance.lock(), stage);
    auto ground = Session::prepare(m_paths, stage);
    if (!ground)
        return ground.error();
    return Session::open(m_paths, m_entrance.lock(), stage, LocalServer::Face::None,
                         std::move(**ground));
}

void Headless::begin()
{
    const StoreOpening &opening = m_session->actions().opening();
    if (!opening.damage.isEmpty() && m_command.verb != "check"_L1) // which tells it itself
        m_terminal->err((u"watchglass: "_s + openingSentence(opening) + u'\n').toUtf8());
    after(this, m_session->actions().begin(), [this](const Result<Done> &begun) {
        if (!begun)
            return fail(begun.error());
        m_session->followLogLevel();
        if (m_replays)
            replay();
        else if (m_command.verb == "serve"_L1)
            serve();
        else
            runVerb();
    });
}

/// The bundled story is told to its end before anybody does something in its workspace.
void Headless::replay()
{
    const auto manner = m_command.sample ? ReplayRun::Manner::Quiet : ReplayRun::Manner::Told;
    auto *run = new ReplayRun(*m_session, m_terminal, m_command.form, manner, this);
    connect(run, &ReplayRun::finished, this, [this, run](ExitCode code) {
        run->deleteLater();
        if (!m_command.sample || code != ExitCode::Done)
            return leaveWhenIdle(code);
        m_replays = false;
        m_session.reset();
        openWorld();
    });
    run->start();
}

void Headless::runVerb()
{
    auto *runner = new CommandRunner(m_session->actions(), m_terminal, m_command, this);
    connect(runner, &CommandRunner::finished, this, &Headless::leaveWhenIdle);
    runner->start();
}

/// Others may have handed their commands to us meanwhile: they are finished first.
void Headless::leaveWhenIdle(ExitCode code)
{
    if (m_session->server().clients() == 0)
        return leave(int(code));
    connect(&m_session->server(), &LocalServer::idle, this, [this, code] { leave(int(code)); });
}

void Headless::serve()
{
    m_session->actions().startWatching();
    m_terminal->err(u"watching %1; stop with Ctrl+C\n"_s.arg(m_paths.folder).toUtf8());
}

void Headless::restore()
{
    if (m_command.arguments.size() != 1)
        return fail({ErrorCode::Usage, u"restore takes one backup file"_s});
    const QString file = QDir::current().absoluteFilePath(m_command.arguments.first());
    const auto aside = restoreBackup(m_paths.folder, file, SystemClock());
    if (!aside)
        return fail(aside.error());
    const QJsonObject json{{u"restored"_s, file}, {u"kept_aside"_s, *aside}};
    const QString text = aside->isEmpty()
        ? u"restored from %1"_s.arg(file)
        : u"restored from %1; what was there is kept as %2"_s.arg(file, *aside);
    m_terminal->out(m_command.json() ? QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n'
                                     : (text + u'\n').toUtf8());
    leave(int(ExitCode::Done));
}

/// Says why and ends.
void Headless::fail(const Error &error)
{
    if (m_left)
        return;
    leave(int(tellFailure(*m_terminal, error, m_command.form)));
}

void Headless::leave(int exitCode)
{
    if (std::exchange(m_left, true))
        return;
    if (m_session)
        m_session->server().close();
    QCoreApplication::exit(exitCode);
}

} // namespace wg
