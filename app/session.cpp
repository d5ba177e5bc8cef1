// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "app/localclient.h"
#include "app/logging.h"

#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// How often a replay's workspace notes its time, for a process that is killed.
constexpr int noteTimeMs = 60'000;
constexpr int patienceMs = 10'000;
/// In place of where the owner listens.
const QString tellingStory = u"telling"_s;

/// What stops a workspace from opening names the workspace and what can be done.
Error withWayOut(const Error &error, const QString &folder)
{
    if (error.code != ErrorCode::NotWritable)
        return error;
    return {error.code,
            u"the workspace %1 cannot be written (%2); name another with --workspace DIR"_s.arg(
                folder, error.detail)};
}

} // namespace

Session::Session(QString folder, Stage stage)
    : m_folder(std::move(folder))
    , m_stage(std::move(stage))
{
    if (!m_stage.mark)
        return;
    QObject::connect(&m_noteTime, &QTimer::timeout, &m_noteTime, [this] { noteTime(); });
    m_noteTime.start(noteTimeMs);
}

Session::~Session()
{
    if (!m_stage.mark)
        return;
    m_noting.waitForFinished();
    m_stage.mark->at = m_stage.clock->now();
    if (const auto noted = writeReplayMark(m_folder, *m_stage.mark); !noted)
        qWarning().noquote() << noted.error().detail;
}

void Session::noteTime()
{
    if (m_noting.isRunning())
        return;
    m_stage.mark->at = m_stage.clock->now();
    m_noting = QtConcurrent::run(&writeReplayMark, m_folder, *m_stage.mark);
}

void Session::replayEnded()
{
    m_stage.mark->ended = true;
}

Result<std::shared_ptr<Ground>> Session::prepare(const WorkspacePaths &paths, const Stage &stage)
{
    auto ground = Actions::prepare(paths, *stage.clock, stage.recording);
    return ground ? ground : withWayOut(ground.error(), paths.folder);
}

std::unique_ptr<Session> Session::begin(const WorkspacePaths &paths, Stage stage,
                                        LocalServer::Face face, Ground &&ground)
{
    std::unique_ptr<Session> session(new Session(paths.folder, std::move(stage)));
    session->m_actions =
        std::make_unique<Actions>(std::move(ground), paths, *session->m_stage.clock,
                                  &session->m_keyChain, session->m_stage.recording);
    session->m_chronicle = std::make_unique<Chronicle>(*session->m_actions);
    session->m_server = std::make_unique<LocalServer>(*session->m_actions, face);
    return session;
}

Result<std::unique_ptr<Session>> Session::open(const WorkspacePaths &paths, WorkspaceLock &lock,
                                               Stage stage, LocalServer::Face face, Ground &&ground)
{
    const auto path = socketPath(paths.folder);
    if (!path)
        return path.error();
    auto session = begin(paths, std::move(stage), face, std::move(ground));
    if (const auto listening = session->m_server->listen(*path); !listening)
        return listening.error();
    if (const auto announced = lock.announce(*path); !announced)
        return announced.error();
    return session;
}

Result<std::unique_ptr<Session>> Session::openAlone(const WorkspacePaths &paths,
                                                    WorkspaceLock &lock, Stage stage)
{
    if (const auto announced = lock.announce(tellingStory); !announced)
        return announced.error();
    auto ground = prepare(paths, stage);
    if (!ground)
        return ground.error();
    return begin(paths, std::move(stage), LocalServer::Face::None, std::move(**ground));
}

void Session::followLogLevel()
{
    const auto follow = [actions = m_actions.get()] {
        const bool debug = actions->settings().text(u"log.level"_s) == "debug"_L1;
        setLogLevel(debug ? LogLevel::Debug : LogLevel::Info);
    };
    follow();
    QObject::connect(m_actions.get(), &Actions::settingsChanged, m_actions.get(), follow);
}

Entrance::Entrance(WorkspacePaths paths, QStringList words, QObject *parent)
    : QObject(parent)
    , m_paths(std::move(paths))
    , m_words(std::move(words))
    , m_retry(this)
    , m_deadline(patienceMs)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(100);
    connect(&m_retry, &QTimer::timeout, this, &Entrance::enter);
}

void Entrance::enter()
{
    const auto ours = m_lock.tryLock(m_paths.folder);
    if (!ours)
        return Q_EMIT failed(ours.error());
    if (*ours)
        return Q_EMIT owned();
    handOver();
}

void Entrance::handOver()
{
    // The owner may be opening still: it will listen where it says so, most likely where we would.
    const QString announced = m_lock.announced();
    if (announced == tellingStory) {
        m_deadline.setRemainingTime(patienceMs);
        Q_EMIT waiting(For::Story);
        m_retry.start();
        return;
    }
    const auto path = announced.isEmpty() ? socketPath(m_paths.folder) : Result<QString>(announced);
    if (!path)
        return Q_EMIT failed(path.error());
    auto *client = new LocalClient(this);
    connect(client, &LocalClient::finished, this, &Entrance::answered);
    connect(client, &LocalClient::unheard, this, [this, client] {
        client->deleteLater();
        goOnWaiting();
    });
    connect(client, &LocalClient::lost, this, [this] {
        Q_EMIT failed({ErrorCode::Failed,
                       u"the Watchglass that was at work on this command has ended before it was "
                       "done"_s});
    });
    if (m_words.isEmpty())
        client->raise(*path);
    else
        client->run(*path, m_words);
}

void Entrance::goOnWaiting()
{
    if (!m_deadline.hasExpired()) {
        Q_EMIT waiting(For::Command);
        m_retry.start();
        return;
    }
    const QString sentence = m_words.isEmpty()
        ? u"a Watchglass without a window (a command, or \"serve\") has the workspace %1 open; "
          "open the window when it has ended"_s
        : u"another Watchglass has the workspace %1 open and does not answer"_s;
    Q_EMIT failed({ErrorCode::WorkspaceBusy, sentence.arg(m_paths.folder)});
}

} // namespace wg
