// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "app/localclient.h"

using namespace Qt::StringLiterals;

namespace wg {

Result<std::unique_ptr<Session>> Session::open(const WorkspacePaths &paths, const Clock &clock)
{
    const auto path = socketPath(paths.folder);
    if (!path)
        return path.error();
    StoreConfig config;
    config.folder = paths.folder;
    config.clock = &clock;
    auto store = Store::open(config);
    if (!store)
        return store.error();
    std::unique_ptr<Session> session(new Session);
    session->m_actions = std::make_unique<Actions>(std::move(*store), paths, clock);
    session->m_server = std::make_unique<LocalServer>(*session->m_actions);
    const auto listening = session->m_server->listen(*path);
    if (!listening)
        return listening.error();
    return session;
}

Entrance::Entrance(WorkspacePaths paths, QStringList words, QObject *parent)
    : QObject(parent)
    , m_paths(std::move(paths))
    , m_words(std::move(words))
    , m_retry(this)
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
    const auto path = socketPath(m_paths.folder);
    if (!path)
        return Q_EMIT failed(path.error());
    auto *client = new LocalClient(this);
    connect(client, &LocalClient::finished, this, &Entrance::answered);
    connect(client, &LocalClient::unheard, this, [this, client] {
        client->deleteLater();
        if (--m_triesLeft > 0) {
            Q_EMIT waiting();
            m_retry.start();
            return;
        }
        Q_EMIT failed({ErrorCode::WorkspaceBusy,
                       u"another Watchglass has the workspace %1 open and does not answer"_s.arg(
                           m_paths.folder)});
    });
    if (m_words.isEmpty())
        client->raise(*path);
    else
        client->run(*path, m_words);
}

} // namespace wg
