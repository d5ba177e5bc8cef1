// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandrunner.h"

#include "app/chronicle.h"
#include "app/jsonshapes.h"
#include "app/openingwords.h"
#include "core/entitytext.h"
#include "core/untrustedtext.h"
#include "items/deedwords.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Reasons in one sentence of an error.
constexpr qsizetype mostReasons = 20;

QJsonValue valueOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

CommandRunner::CommandRunner(Actions &actions, std::shared_ptr<CommandIo> io, CommandLine command,
                             QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_io(std::move(io))
    , m_command(std::move(command))
{
    connect(&actions, &Actions::workProgress, this,
            [this](const QString &what, qint64 done, qint64 total) {
                if (total != 0)
                    m_io->progress(tr("%1: %L2").arg(madeVisible(what, 60)).arg(done));
            });
}

CommandRunner::Verb CommandRunner::verbOf(const QString &name)
{
    static const QHash<QString, Verb> verbs{
        {u"lookup"_s, &CommandRunner::runLookup}, {u"monitor"_s, &CommandRunner::runMonitor},
        {u"poll"_s, &CommandRunner::runPoll},     {u"alerts"_s, &CommandRunner::runAlerts},
        {u"rule"_s, &CommandRunner::runRule},     {u"import"_s, &CommandRunner::runImport},
        {u"config"_s, &CommandRunner::runConfig}, {u"source"_s, &CommandRunner::runSource},
        {u"undo"_s, &CommandRunner::runUndo},     {u"backup"_s, &CommandRunner::runBackup},
        {u"check"_s, &CommandRunner::runCheck},
    };
    return verbs.value(name, nullptr);
}

void CommandRunner::start()
{
    Chronicle::commandBegins(m_command.verb, m_command.arguments);
    if (const Verb verb = verbOf(m_command.verb))
        (this->*verb)();
    else
        fail({ErrorCode::Refused,
              tr("%1 needs the workspace for itself; quit the Watchglass that has it open")
                  .arg(m_command.verb)});
}

void CommandRunner::runPoll()
{
    const bool all = m_command.has("--all");
    if (all && m_command.has("--due"))
        return usage(tr("poll takes --due or --all, not both"));
    await(m_actions.poll(all ? PollScope::All : PollScope::Due), [this](const PollReport &report) {
        if (report.checked > 0)
            return replyPoll(report, {});
        await(m_actions.monitors({{}, {}, 20}), [this, report](const MonitorPage &page) {
            QList<Entity> watched;
            for (const auto &monitor : page.monitors)
                watched.append(monitor.entity);
            replyPoll(report, whyNobody(watched));
        });
    });
}

/// What became of checks whose sources' quotas are used up.
QString CommandRunner::waitingWords(qint64 checks)
{
    return tr(
        "%n check(s) wait for the quota of their source (see \"source list\"); they follow by "
        "themselves while Watchglass runs",
        nullptr, int(checks));
}

void CommandRunner::replyPoll(const PollReport &report, const QStringList &reasons)
{
    QJsonObject json = toJson(report);
    json.insert(u"not_asked_because"_s, QJsonArray::fromStringList(reasons));
    reply(json,
          tr("%n eye(s) checked, ", nullptr, int(report.checked))
              + tr("%n changed, ", nullptr, int(report.changed))
              + tr("%n new alert(s), ", nullptr, int(report.alerts))
              + tr("%n failed", nullptr, int(report.failed))
              + (report.waiting > 0 ? u'\n' + waitingWords(report.waiting) : QString())
              + (reasons.isEmpty()
                     ? QString()
                     : u'\n' + tr("nobody may be asked: %1").arg(reasons.join(u" · "_s))));
}

void CommandRunner::runUndo()
{
    await(m_actions.undo(), [this](const JournalReport &report) {
        const JournalEntry undone = report.undone.value_or(JournalEntry{});
        QJsonObject json{
            {u"undone"_s, toJson(undone)},
            {u"on"_s, toJson(report.switchedOn)},
            {u"off"_s, toJson(report.switchedOff)},
            {u"cards"_s, report.cards.size()},
            {u"baseline_kept"_s, report.baselineKept},
        };
        QString text = tr("undone: %1").arg(deedOf(undone));
        if (report.baselineKept)
            text += tr("; the old baseline is kept");
        reply(json, text);
    });
}

void CommandRunner::runBackup()
{
    const QString target = m_command.arguments.value(0);
    const QString path = target.isEmpty() ? QString() : m_io->absolute(target);
    await(m_actions.backup(path), [this](const QString &written) {
        reply({{u"backup"_s, written}}, tr("backup written to %1").arg(madeVisible(written)));
    });
}

void CommandRunner::runCheck()
{
    await(m_actions.checkStore(), [this](QStringList complaints) {
        complaints.removeAll(u"ok"_s);
        const StoreOpening &opening = m_actions.opening();
        const auto code = complaints.isEmpty() ? ErrorCode::Failed : ErrorCode::Corrupt;
        if (!opening.damage.isEmpty())
            complaints.prepend(openingSentence(opening));
        QJsonObject json{
            {u"ok"_s, complaints.isEmpty()},
            {u"complaints"_s, QJsonArray::fromStringList(complaints)},
            {u"kept_aside"_s, valueOrNull(opening.keptAside)},
            {u"restored_from"_s, valueOrNull(opening.restoredFrom)},
        };
        if (complaints.isEmpty())
            return reply(json, tr("the workspace is well"));
        failWith(json, {code, complaints.join(u"; ")});
    });
}

std::optional<QList<Entity>> CommandRunner::entitiesOf(const QStringList &texts)
{
    QList<Entity> entities;
    for (const auto &text : texts) {
        const auto entity = parseEntity(text);
        if (entity && !entities.contains(*entity))
            entities.append(*entity);
        else if (!entity)
            m_invalid.append(invalidText(text, entity.error()));
    }
    if (!tellInvalid(entities, tr("name at least one domain or address")))
        return std::nullopt;
    return entities;
}

/// Lists what is no entity. False when nothing is one, and the command has failed by that.
bool CommandRunner::tellInvalid(const QList<Entity> &valid, const QString &whenNothing)
{
    if (valid.isEmpty()) {
        QStringList why;
        for (const auto &invalid : m_invalid.mid(0, mostReasons))
            why.append(invalid.detail);
        usage(why.isEmpty() ? whenNothing : why.join(u"; "));
        return false;
    }
    for (const auto &invalid : std::as_const(m_invalid))
        warn(errorSentence(invalid));
    return true;
}

/// For a person; a program reads it in the JSON.
void CommandRunner::warn(const QString &sentence)
{
    if (!m_command.json())
        m_io->err((sentence + u'\n').toUtf8());
}

void CommandRunner::reply(const QJsonObject &json, const QString &text)
{
    if (m_command.json())
        tellJson(json);
    else if (!text.isEmpty())
        line(text);
    end(ExitCode::Done);
}

void CommandRunner::tellJson(const QJsonObject &json)
{
    const QJsonDocument document(labelled(json, m_actions.world()));
    m_io->out(document.toJson(QJsonDocument::Compact) + '\n');
}

void CommandRunner::fail(const Error &error)
{
    if (m_ended)
        return;
    end(tellFailure(*m_io, error, m_command.form));
}

/// A failure that has more to tell than its sentence.
void CommandRunner::failWith(QJsonObject json, const Error &error)
{
    if (!m_command.json())
        return fail(error);
    json.insert(u"error"_s, toJson(error).value(u"error"_s));
    tellJson(json);
    end(exitCodeOf(error.code));
}

void CommandRunner::usage(const QString &sentence)
{
    fail({ErrorCode::Usage, sentence});
}

void CommandRunner::end(ExitCode code)
{
    if (std::exchange(m_ended, true))
        return;
    Chronicle::commandEnds(m_command.verb, int(code));
    Q_EMIT finished(code);
}

void CommandRunner::line(const QString &text)
{
    m_io->out((text + u'\n').toUtf8());
}

Error unknownDataset(const QString &name)
{
    QStringList names;
    for (const auto dataset : allDatasets)
        names.append(datasetName(dataset));
    return unknownWord(QCoreApplication::translate("CommandLine", "dataset"), name, names);
}

QString textTable(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const auto &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    QString text;
    for (const auto &row : rows) {
        QString cells;
        for (qsizetype i = 0; i < row.size(); ++i)
            cells += row[i].leftJustified(widths[i] + 2);
        text += cells.trimmed() + u'\n';
    }
    text.chop(1);
    return text;
}

} // namespace wg
