// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"
#include "app/commandio.h"
#include "app/entitylist.h"
#include "app/exitcode.h"
#include "app/verbs.h"
#include "net/recording.h"

#include <QFutureWatcher>
#include <QJsonObject>
#include <QObject>

namespace wg {

/// Runs one command on the actions of the process that owns the workspace, whoever typed it. Lives
/// on the main thread; emits finished() once. Deleting it lets go of what it waits for.
class CommandRunner : public QObject
{
    Q_OBJECT

public:
    CommandRunner(Actions &actions, std::shared_ptr<CommandIo> io, CommandLine command,
                  QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(wg::ExitCode code);

private:
    using Verb = void (CommandRunner::*)();
    [[nodiscard]] static Verb verbOf(const QString &name);

    void runLookup();
    void runMonitor();
    void addMonitors();
    void addMonitorsOf(const QString &file);
    void switchListed(const EntityList &list);
    void switchEyes(const QList<Entity> &entities, EyeState state);
    void removeMonitors();
    void listSomeMonitors();
    void listMonitors(std::optional<qint64> afterRow);
    void checkMonitors();
    void checkWatched(const QList<Entity> &entities, const QList<Entity> &watched);
    void runPoll();
    void replyPoll(const PollReport &report, const QStringList &reasons);
    [[nodiscard]] QStringList whyNobody(const QList<Entity> &entities) const;
    void runAlerts();
    void changeAlerts(const QString &what);
    void listAlerts(const CardQuery &query);
    void replyAlerts();
    void runRule();
    void listRules();
    void addRule(const QUuid &card);
    void removeRule(const QUuid &id);
    void runImport();
    void watchImported(const ImportReport &report);
    void runConfig();
    void setConfig(const QStringList &pairs, QStringList done);
    void consentTo(const QString &name, const std::function<void()> &goOn);
    void replySet(const QStringList &keys);
    void replySetting(const QString &key);
    void listConfig();
    void withSettings(std::function<void(QStringList)> then);
    void runSource();
    void listSources();
    void showSource(const QString &name);
    [[nodiscard]] static QString waitingWords(qint64 checks);
    void testSource(const QString &name);
    void setKey(const QString &name);
    void removeKey(const QString &name);
    void runRecordings();
    void replyRecording(const RecordingState &state, const QString &text);
    void runUndo();
    void runBackup();
    void runCheck();

    /// The entities of the arguments; each invalid one is told. Nothing when none was valid.
    std::optional<QList<Entity>> entitiesOf(const QStringList &texts);
    bool tellInvalid(const QList<Entity> &valid, const QString &whenNothing);
    void warn(const QString &sentence);
    void reply(const QJsonObject &json, const QString &text);
    void tellJson(const QJsonObject &json);
    void fail(const Error &error);
    void failWith(QJsonObject json, const Error &error);
    void usage(const QString &sentence);
    void end(ExitCode code);
    void line(const QString &text);

    /// Waits for a future and takes its value, or fails the command.
    template <class T, class Then>
    void await(const QFuture<Result<T>> &future, Then then)
    {
        auto *watcher = new QFutureWatcher<Result<T>>(this);
        connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, then] {
            watcher->deleteLater();
            if (watcher->future().resultCount() == 0) {
                fail({ErrorCode::Cancelled, QStringLiteral("the program was closed meanwhile")});
                return;
            }
            const Result<T> result = watcher->result();
            if (result)
                then(*result);
            else
                fail(result.error());
        });
        watcher->setFuture(future);
    }

    Actions &m_actions;
    std::shared_ptr<CommandIo> m_io;
    CommandLine m_command;
    QList<Entity> m_listed; ///< only these, if any
    QList<MonitorRow> m_monitors;
    QList<Card> m_cards;
    qint64 m_cardTotal = 0;
    qint64 m_cardLimit = 0;
    QList<Error> m_invalid;
    bool m_ended = false;
};

/// Usage that names the nearest dataset.
Error unknownDataset(const QString &name);

/// A card in two lines, for the terminal.
QString cardText(const Card &card);

/// For tables in the terminal: columns padded to their widest cell.
QString textTable(const QList<QStringList> &rows);

} // namespace wg
