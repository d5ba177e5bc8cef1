// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandrunner.h"
#include "app/jsonshapes.h"
#include "core/entitytext.h"
#include "core/untrustedtext.h"

#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString factLine(const FactRow &fact)
{
    QStringList sources;
    for (const auto &sighting : fact.sightings)
        sources.append(sighting.source);
    sources.removeDuplicates();
    const QString value = fact.reverse ? fact.record.owner.value : fact.record.value.shown(200);
    return value + u"  ("_s + sources.join(u", ") + (fact.gone ? u", gone)"_s : u")"_s);
}

QString lookupText(const LookupReport &report)
{
    QStringList lines{report.entity.value};
    for (const auto &dataset : report.datasets) {
        lines.append(QString());
        lines.append(u"%1 (%2)"_s.arg(datasetName(dataset.dataset)).arg(dataset.facts.size()));
        QList<QStringList> rows;
        for (const auto &fact : dataset.facts)
            rows.append({u" "_s, fact.record.type, factLine(fact)});
        if (!rows.isEmpty())
            lines.append(textTable(rows));
        for (const auto &check : dataset.checks) {
            lines.append(u"  %1 %2: %3 at %4%5"_s.arg(
                check.question.source, check.question.text, outcomeName(check.outcome),
                toRfc3339(check.at),
                check.detail.isEmpty() ? QString()
                                       : u" ("_s + madeVisible(check.detail, 200) + u')'));
        }
    }
    return lines.join(u'\n');
}

} // namespace

void CommandRunner::runLookup()
{
    if (m_command.arguments.size() != 1)
        return usage(tr("lookup takes one domain or address"));
    const auto entity = parseEntity(m_command.arguments.first());
    if (!entity)
        return fail(entity.error());
    LookupOrder order;
    order.freshness = m_command.has("--offline") ? Freshness::CacheOnly : Freshness::Ask;
    for (const auto &name : m_command.options.value(u"--dataset"_s)) {
        const auto dataset = datasetByName(name);
        if (!dataset)
            return usage(tr("there is no dataset \"%1\"").arg(madeVisible(name, 60)));
        order.datasets.append(*dataset);
    }
    const auto look = [this, entity = *entity, order] {
        await(m_actions.lookup(entity, order), [this](const LookupReport &report) {
            m_actions.looked(report.entity);
            reply(toJson(report), lookupText(report));
        });
    };
    if (m_command.has("--ask-anyway"))
        await(m_actions.release(*entity), [look](Done) { look(); });
    else
        look();
}

void CommandRunner::runSource()
{
    const QString what = m_command.arguments.value(0);
    if (what == "list"_L1)
        return listSources();
    if (what != "test"_L1 || m_command.arguments.size() != 2)
        return usage(tr("source takes: list, or test NAME"));
    await(m_actions.testSource(m_command.arguments[1]), [this](const SourceTest &test) {
        const QJsonObject json{
            {u"source"_s, test.source},
            {u"outcome"_s, QString(outcomeName(test.outcome))},
            {u"detail"_s, test.detail},
        };
        if (isUsable(test.outcome) || m_command.json) {
            reply(json,
                  u"%1: %2 %3"_s.arg(test.source, outcomeName(test.outcome),
                                     madeVisible(test.detail)));
            return;
        }
        fail({test.outcome == Outcome::Refused ? ErrorCode::Refused : ErrorCode::Unreachable,
              test.detail});
    });
}

void CommandRunner::listSources()
{
    await(m_actions.sources(), [this](const QList<SourceState> &states) {
        QJsonArray array;
        QList<QStringList> rows;
        for (const auto &state : states) {
            array.append(toJson(state));
            QStringList datasets;
            for (const auto dataset : state.info.datasets)
                datasets.append(datasetName(dataset));
            rows.append(
                {state.info.name, papName(state.info.pap), datasets.join(u','),
                 state.permitted ? tr("ready") : state.whyNot,
                 state.lastOutcome ? QString(outcomeName(*state.lastOutcome)) : tr("never asked"),
                 state.lastAsked ? toRfc3339(*state.lastAsked) : QString()});
        }
        reply({{u"sources"_s, array}}, textTable(rows));
    });
}

void CommandRunner::runImport()
{
    if (m_command.arguments.size() != 1)
        return usage(tr("import takes one file, or - for standard input"));
    const QString path = m_command.arguments.first();
    m_io->openInput(path, [this, path](const Result<std::shared_ptr<QIODevice>> &opened) {
        if (!opened)
            return fail(opened.error());
        await(m_actions.importFrom(*opened, path), [this](const ImportReport &report) {
            if (m_command.has("--watch") && !report.listed.isEmpty())
                return watchImported(report);
            const QString kind = report.kind == "cof"_L1
                ? tr("%n record(s)", nullptr, int(report.records))
                : tr("%n entity(ies)", nullptr, int(report.entities));
            reply(toJson(report),
                  tr("%1 taken, %2 new, %3 bad line(s)")
                          .arg(kind)
                          .arg(report.newRecords)
                          .arg(report.bad)
                      + (report.firstBad.isEmpty()
                             ? QString()
                             : u'\n' + madeVisible(report.firstBad.join(u"; "))));
        });
    });
}

void CommandRunner::watchImported(const ImportReport &report)
{
    await(m_actions.switchEyes(report.listed, EyeState::On), [this, report](const EyeReport &eyes) {
        QJsonObject json = toJson(report);
        json.insert(u"watched"_s, eyes.journal.switchedOn.size());
        reply(json, tr("%n eye(s) switched on", nullptr, int(eyes.journal.switchedOn.size())));
    });
}

void CommandRunner::runConfig()
{
    const QString what = m_command.arguments.value(0);
    const QString key = m_command.arguments.value(1);
    if (what == "list"_L1)
        return listConfig();
    if (what == "set"_L1 && m_command.arguments.size() == 3)
        return setConfig(key, m_command.arguments[2]);
    if (what == "unset"_L1 && m_command.arguments.size() == 2)
        return setConfig(key, std::nullopt);
    if (what != "get"_L1 || m_command.arguments.size() != 2)
        return usage(tr("config takes: get KEY, set KEY VALUE, unset KEY, or list"));
    if (!settingInfo(key)) {
        return usage(tr("there is no setting \"%1\"; did you mean \"%2\"?")
                         .arg(madeVisible(key, 60), nearestSetting(key)));
    }
    const QString value = m_actions.settings().text(key);
    reply({{u"key"_s, key}, {u"value"_s, value}}, value.isEmpty() ? u"\"\""_s : value);
}

void CommandRunner::setConfig(const QString &key, const std::optional<QString> &value)
{
    await(m_actions.setSetting(key, value), [this, key](const QString &stored) {
        const auto say = [this, key, stored] {
            reply({{u"key"_s, key}, {u"value"_s, stored}}, u"%1 = %2"_s.arg(key, stored));
        };
        // Typing it is the consent: the command line has no second question to ask.
        if (key == "pap"_L1 && stored == papName(Pap::Green))
            await(m_actions.consent(u"dns"_s, Consent::Given), [say](Done) { say(); });
        else
            say();
    });
}

void CommandRunner::listConfig()
{
    QJsonObject json;
    QList<QStringList> rows;
    const Settings &settings = m_actions.settings();
    QStringList keys;
    for (const auto &info : settingTable()) {
        if (!QLatin1String(info.key).contains(u'*'))
            keys.append(QLatin1String(info.key));
    }
    for (const auto &key : settings.stored().keys()) {
        if (!keys.contains(key) && settingInfo(key))
            keys.append(key);
    }
    for (const auto &key : std::as_const(keys)) {
        json.insert(key, settings.text(key));
        rows.append({key, settings.text(key), settings.isSet(key) ? QString() : tr("(default)")});
    }
    reply({{u"settings"_s, json}}, textTable(rows));
}

} // namespace wg
