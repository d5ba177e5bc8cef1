// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandrunner.h"
#include "app/enrichmentshapes.h"
#include "app/jsonshapes.h"
#include "core/entitytext.h"
#include "core/untrustedtext.h"
#include "items/certificatefact.h"
#include "items/facttable.h"
#include "items/words.h"

#include <QFile>
#include <QTextStream>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Whom a certificate names, who issued it and how long it holds.
QString certificateText(const Record &record, Instant now)
{
    const auto fact = certificateFact(record);
    QStringList words{fact.title.shown(200)};
    if (fact.nameCount > 1)
        words.append(CommandRunner::tr("%n name(s)", nullptr, int(fact.nameCount)));
    if (!fact.issuer.isEmpty())
        words.append(CommandRunner::tr("issued by %1").arg(fact.issuer.shown(80)));
    if (fact.validFrom)
        words.append(CommandRunner::tr("from %1").arg(toDay(*fact.validFrom)));
    if (fact.hasExpired(now))
        words.append(CommandRunner::tr("expired %1").arg(toDay(*fact.validTo)));
    else if (fact.validTo)
        words.append(CommandRunner::tr("to %1").arg(toDay(*fact.validTo)));
    const auto serial = attribute(record.details, u"serial");
    if (!serial.isEmpty())
        words.append(CommandRunner::tr("serial %1").arg(serial.shown(80)));
    return words.join(u", ");
}

QString valueText(const FactRow &fact, Instant now)
{
    if (fact.reverse)
        return fact.record.owner.value;
    return fact.record.dataset == Dataset::Certificates ? certificateText(fact.record, now)
                                                        : fact.record.value.shown(200);
}

/// The days between which the world is known to have seen it; empty when nobody said.
QString seenText(const FactRow &fact)
{
    const auto first = firstSeen(fact);
    const auto last = lastSeen(fact);
    if (!first && !last)
        return {};
    const auto day = [](const std::optional<Instant> &at) { return at ? toDay(*at) : QString(); };
    return day(first) == day(last) ? u"  "_s + day(first) : u"  %1…%2"_s.arg(day(first), day(last));
}

QString factLine(const FactRow &fact, Instant now)
{
    QStringList sources;
    for (const auto &sighting : fact.sightings)
        sources.append(sighting.source);
    sources.removeDuplicates();
    QString value = valueText(fact, now);
    for (const auto &attribute : fact.record.attributes)
        value += u"  "_s + attribute.name + u' ' + attribute.text.shown(80);
    // How often and by whom is what a sighting has to tell; when stands in its spans.
    for (const auto &detail : fact.record.details) {
        if (fact.record.dataset == Dataset::Sightings && detail.name != "spans"_L1)
            value += u"  "_s + detail.name + u' ' + detail.text.shown(80);
    }
    const QString known = fact.enrichment ? briefEnrichment(*fact.enrichment) : QString();
    if (!known.isEmpty())
        value += u"  ["_s + known + u']';
    value += seenText(fact);
    return value + u"  ("_s + sources.join(u", ") + (fact.gone ? u", gone)"_s : u")"_s);
}

Result<QByteArray> readKey(QIODevice &device)
{
    const QByteArray line = device.readLine(mostTyped);
    if (line.isEmpty())
        return Error{ErrorCode::Usage, u"no key was given on standard input"_s};
    return line;
}

/// How a source stands with its key, for people.
QString keyWords(const SourceState &state)
{
    const auto from = [&state] {
        return CommandRunner::tr("to be had at %1").arg(state.info.keyFrom);
    };
    if (!state.info.takesKey)
        return CommandRunner::tr("none needed");
    switch (state.key) {
    case KeyState::Absent:
        return (state.info.needsKey ? CommandRunner::tr("needed and not set; ")
                                    : CommandRunner::tr("not set, and not needed; "))
            + from();
    case KeyState::Unread:
    case KeyState::Found:
        return CommandRunner::tr("set");
    case KeyState::Locked:
    case KeyState::Failed:
        return CommandRunner::tr("set; ") + madeVisible(state.keyDetail, 200);
    }
    return {};
}

/// Where answers look different from what the source documents.
QString differenceWords(const SourceState &state)
{
    return CommandRunner::tr("the answers look different since %1: no %2")
        .arg(toDay(state.lackingSince.value_or(Instant{})),
             madeVisible(state.lacking.join(u", "_s), 300));
}

QString quotaWords(const QuotaState &quota)
{
    const QString left = CommandRunner::tr("%1 of %2 left").arg(quota.left).arg(quota.limit);
    return quota.wholeAt
        ? left + u", "_s + CommandRunner::tr("all again at %1").arg(toRfc3339(*quota.wholeAt))
        : left;
}

QString importText(const ImportReport &report)
{
    const auto bad = CommandRunner::tr("%n bad line(s)", nullptr, int(report.bad));
    if (report.kind == "entities"_L1) {
        const QSet<Artifact> each(report.listed.cbegin(), report.listed.cend());
        return CommandRunner::tr("%n entity(ies) listed", nullptr, int(each.size())) + u", "_s + bad
            + CommandRunner::tr("; --watch would switch their eyes on, nothing else is kept");
    }
    return CommandRunner::tr("%n record(s) taken", nullptr, int(report.records)) + u", "_s
        + CommandRunner::tr("%n new", nullptr, int(report.newRecords)) + u", "_s + bad;
}

QString lookupText(const LookupReport &report, Instant now)
{
    QStringList lines{report.entity.value};
    if (const auto known = enrichmentRows(report.enrichment); !known.isEmpty())
        lines.append(textTable(known));
    for (const auto &dataset : report.datasets) {
        lines.append(QString());
        lines.append(u"%1 (%2)"_s.arg(datasetName(dataset.dataset)).arg(dataset.facts.size()));
        QList<QStringList> rows;
        for (const auto &fact : dataset.facts)
            rows.append({u" "_s,
                         fact.reverse ? Words::reverseType(fact.record.type) : fact.record.type,
                         factLine(fact, now)});
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

/// The error of a source's test that brought nothing usable.
ErrorCode errorOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Refused:
        return ErrorCode::Refused;
    case Outcome::Unreachable:
        return ErrorCode::Unreachable;
    case Outcome::Malformed:
        return ErrorCode::Malformed;
    case Outcome::Complete:
    case Outcome::Truncated:
    case Outcome::Empty:
    case Outcome::SuspiciousEmpty:
        return ErrorCode::Failed;
    }
    Q_UNREACHABLE();
}

QString datasetList(const SourceInfo &info)
{
    QStringList names;
    for (const auto dataset : info.datasets)
        names.append(datasetName(dataset));
    return names.join(u',');
}

QString lastOutcome(const SourceState &state, const QString &never)
{
    return state.lastOutcome ? QString(outcomeName(*state.lastOutcome)) : never;
}

} // namespace

void CommandRunner::runLookup()
{
    const QString text = m_command.arguments.value(0);
    const auto entity = parseEntity(text);
    if (!entity) {
        const auto several = findEntities(text, 2);
        return several.size() < 2
            ? fail(entity.error())
            : usage(tr("lookup takes one domain or address; this names several: %1, %2 …")
                        .arg(several[0].value, several[1].value));
    }
    LookupOrder order;
    order.freshness = m_command.has("--offline") ? Freshness::CacheOnly : Freshness::Ask;
    for (const auto &name : m_command.options.value(u"--dataset"_s)) {
        const auto dataset = datasetByName(name);
        if (!dataset)
            return fail(unknownDataset(name));
        order.datasets.append(*dataset);
    }
    order.sources = m_command.options.value(u"--source"_s);
    const auto look = [this, entity = *entity, order] {
        await(m_actions.lookup(entity, order), [this](const LookupReport &report) {
            m_actions.looked(report.entity);
            if (report.queued && !m_command.json())
                m_io->err((tr("nobody could be reached; the open Watchglass asks again when the "
                              "network is back")
                           + u'\n')
                              .toUtf8());
            reply(toJson(report), lookupText(report, m_actions.now()));
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
    const QString name = m_command.arguments.value(1);
    const bool named = m_command.arguments.size() == 2 && !name.isEmpty();
    if (what == "list"_L1 && m_command.arguments.size() == 1)
        return listSources();
    if (what == "show"_L1 && named)
        return showSource(name);
    if (what == "test"_L1 && named)
        return testSource(name);
    if (what == "set-key"_L1 && named)
        return setKey(name);
    if (what == "set-key"_L1 && m_command.arguments.size() > 2) {
        return usage(tr("a key is read from standard input, never from the command line, where "
                        "others on this machine can see it"));
    }
    if (what == "remove-key"_L1 && named)
        return removeKey(name);
    if (what == "recordings"_L1)
        return runRecordings();
    const QStringList orders{u"list"_s,    u"show"_s,       u"test"_s,
                             u"set-key"_s, u"remove-key"_s, u"recordings"_s};
    if (what.isEmpty() || orders.contains(what)) {
        return usage(
            tr("source takes: list, show NAME, test NAME, set-key NAME, remove-key NAME or "
               "recordings"));
    }
    fail(unknownWord(tr("order"), what, orders));
}

/// The key is one line of standard input; on a terminal it is not shown.
void CommandRunner::setKey(const QString &name)
{
    m_io->openInput(hiddenInput, [this, name](const Result<std::shared_ptr<QIODevice>> &opened) {
        if (!opened)
            return fail(opened.error());
        const auto line = QtConcurrent::run([device = *opened] { return readKey(*device); });
        await(line, [this, name](const QByteArray &key) {
            await(m_actions.setSourceKey(name, key), [this, name](const Done &) {
                reply({{u"source"_s, name}, {u"key"_s, u"set"_s}},
                      tr("The key of %1 is in the key chain; \"watchglass source test %1\" tries "
                         "it.")
                          .arg(name));
            });
        });
    });
}

void CommandRunner::removeKey(const QString &name)
{
    await(m_actions.removeSourceKey(name), [this, name](const Done &) {
        reply({{u"source"_s, name}, {u"key"_s, u"removed"_s}},
              tr("The key of %1 is gone from the key chain.").arg(name));
    });
}

void CommandRunner::testSource(const QString &name)
{
    await(m_actions.testSource(name), [this](const SourceTest &test) {
        if (!isUsable(test.outcome))
            return fail({errorOf(test.outcome), test.detail});
        const QJsonObject json{
            {u"source"_s, test.source},
            {u"outcome"_s, QString(outcomeName(test.outcome))},
            {u"detail"_s, test.detail},
        };
        reply(json,
              u"%1: %2 %3"_s.arg(test.source, outcomeName(test.outcome), madeVisible(test.detail)));
    });
}

void CommandRunner::showSource(const QString &name)
{
    await(m_actions.sources(), [this, name](const QList<SourceState> &states) {
        QStringList names;
        for (const auto &state : states) {
            if (state.broken)
                continue;
            names.append(state.info.name);
            if (state.info.name != name)
                continue;
            QList<QStringList> rows{
                {tr("source"), name},
                {tr("datasets"), datasetList(state.info)},
                {tr("PAP"), papName(state.info.pap)},
                {tr("presence"), presenceName(state.info.presence)},
                {tr("who learns what"), state.info.learns},
                {tr("terms"), state.info.terms},
                {tr("key"), keyWords(state)},
                {tr("state"), state.permitted ? tr("ready") : state.whyNot},
                {tr("last outcome"), lastOutcome(state, tr("never asked"))},
            };
            if (state.lastAsked)
                rows.append({tr("last asked"), toRfc3339(*state.lastAsked)});
            if (!state.lastDetail.isEmpty())
                rows.append({tr("said"), madeVisible(state.lastDetail, 300)});
            if (!state.lacking.isEmpty())
                rows.append({tr("answers"), differenceWords(state)});
            if (state.quota)
                rows.append({tr("quota"), quotaWords(*state.quota)});
            if (state.pausedUntil)
                rows.append({tr("paused until"), toRfc3339(*state.pausedUntil)});
            return reply(toJson(state), textTable(rows));
        }
        fail({ErrorCode::NotFound, unknownWord(tr("source"), name, names).detail});
    });
}

void CommandRunner::listSources()
{
    await(m_actions.sources(), [this](const QList<SourceState> &states) {
        QJsonArray array;
        QList<QStringList> rows;
        QJsonArray broken;
        for (const auto &state : states) {
            if (state.broken) {
                broken.append(
                    QJsonObject{{u"file"_s, state.info.name}, {u"error"_s, state.whyNot}});
                rows.append({state.info.name, tr("cannot be used"), {}, state.whyNot, {}, {}});
                continue;
            }
            array.append(toJson(state));
            rows.append(
                {state.info.name, papName(state.info.pap), datasetList(state.info),
                 state.permitted ? tr("ready") : state.whyNot,
                 lastOutcome(state, tr("never asked"))
                     + (state.lacking.isEmpty() ? QString() : u"; "_s + differenceWords(state)),
                 state.lastAsked ? toRfc3339(*state.lastAsked) : QString()});
        }
        reply({{u"sources"_s, array}, {u"broken"_s, broken}}, textTable(rows));
    });
}

void CommandRunner::runImport()
{
    if (m_command.arguments.size() != 1)
        return usage(tr("import takes one file, or - for standard input"));
    const QString path = m_command.arguments.first();
    ImportOptions options{m_command.value("--format"), m_command.value("--map"), {}, {}};
    if (const QString name = m_command.value("--dataset"); !name.isEmpty()) {
        options.dataset = datasetByName(name);
        if (!options.dataset)
            return fail(unknownDataset(name));
    }
    m_io->openInput(path, [this, path, options](const Result<std::shared_ptr<QIODevice>> &opened) {
        if (!opened)
            return fail(opened.error());
        await(m_actions.importFrom(*opened, path, options), [this](const ImportReport &report) {
            if (report.records == 0 && report.entities == 0 && report.bad > 0) {
                return fail({ErrorCode::Malformed,
                             tr("none of %n line(s) is good; ", nullptr, int(report.bad))
                                 + report.firstBad.value(0)});
            }
            if (m_command.has("--watch") && !report.listed.isEmpty())
                return watchImported(report);
            if (m_command.has("--watch"))
                warn(tr("the file lists no entities: no eye was switched on"));
            for (const QString &note : report.notes)
                warn(madeVisible(note));
            reply(toJson(report),
                  importText(report)
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
    if (what == "list"_L1 && m_command.arguments.size() == 1)
        return listConfig();
    if (what == "set"_L1 && m_command.arguments.size() >= 3 && m_command.arguments.size() % 2 == 1)
        return setConfig(m_command.arguments.mid(1), {});
    if (what == "unset"_L1 && m_command.arguments.size() == 2) {
        await(m_actions.setSetting(key, std::nullopt),
              [this, key](const QString &) { replySetting(key); });
        return;
    }
    const QStringList orders{u"get"_s, u"set"_s, u"unset"_s, u"list"_s};
    if (!what.isEmpty() && !orders.contains(what))
        return fail(unknownWord(tr("order"), what, orders));
    if (what != "get"_L1 || m_command.arguments.size() != 2)
        return usage(tr("config takes: get KEY, set KEY VALUE…, unset KEY, or list"));
    withSettings([this, key](const QStringList &keys) {
        if (!keys.contains(key)) {
            auto error = unknownWord(tr("setting"), key, keys);
            error.detail += tr("; \"watchglass config list\" names them all");
            return fail(error);
        }
        const QString value = m_actions.settings().text(key);
        reply({{u"key"_s, key}, {u"value"_s, value}}, value);
    });
}

/// Goes on with the key of every setting, those of each source included.
void CommandRunner::withSettings(std::function<void(QStringList)> then)
{
    await(m_actions.sources(), [then = std::move(then)](const QList<SourceState> &states) {
        QStringList keys;
        for (const auto &info : settingTable()) {
            const QString key = QLatin1String(info.key);
            if (!key.contains(u'*')) {
                keys.append(key);
                continue;
            }
            for (const auto &state : states) {
                if (state.broken)
                    continue;
                if (state.info.asksOutside || key.endsWith(".enabled"_L1))
                    keys.append(QString(key).replace(u'*', state.info.name));
            }
        }
        then(keys);
    });
}

/// Key after key, each with its value; the first that cannot be set ends it.
void CommandRunner::setConfig(const QStringList &pairs, QStringList done)
{
    const QString key = pairs.value(0);
    await(m_actions.setSetting(key, pairs.value(1)),
          [this, key, pairs, done](const QString &stored) {
              const QStringList all = done + QStringList{key};
              const auto goOn = [this, pairs, all] {
                  if (pairs.size() > 2)
                      setConfig(pairs.mid(2), all);
                  else
                      replySet(all);
              };
              // Typing it is the consent: the command line has no second question to ask.
              if (key == "pap"_L1 && stored == papName(Pap::Green))
                  await(m_actions.consent(u"dns"_s, Consent::Given), [goOn](Done) { goOn(); });
              else if (key.endsWith(".enabled"_L1) && m_actions.settings().flag(key))
                  consentTo(key.section(u'.', 1, 1), goOn);
              else
                  goOn();
          });
}

/// Switching on a source that meets the target; live DNS alone is on from the beginning, so that
/// only "pap GREEN" says it.
void CommandRunner::consentTo(const QString &name, const std::function<void()> &goOn)
{
    await(m_actions.sources(), [this, name, goOn](const QList<SourceState> &states) {
        const bool meets = std::any_of(states.cbegin(), states.cend(), [&](const auto &state) {
            return state.info.name == name && state.info.pap == Pap::Green;
        });
        if (meets && name != "dns"_L1)
            await(m_actions.consent(name, Consent::Given), [goOn](Done) { goOn(); });
        else
            goOn();
    });
}

void CommandRunner::replySet(const QStringList &keys)
{
    const Settings &settings = m_actions.settings();
    if (keys.size() == 1)
        return replySetting(keys.first());
    QJsonObject json;
    QStringList lines;
    for (const auto &key : keys) {
        json.insert(key, settings.text(key));
        lines.append(u"%1 = %2"_s.arg(key, settings.text(key)));
    }
    reply({{u"settings"_s, json}}, lines.join(u'\n'));
}

void CommandRunner::replySetting(const QString &key)
{
    const QString value = m_actions.settings().text(key);
    reply({{u"key"_s, key}, {u"value"_s, value}}, u"%1 = %2"_s.arg(key, value));
}

void CommandRunner::listConfig()
{
    withSettings([this](const QStringList &keys) {
        const Settings &settings = m_actions.settings();
        QJsonObject json;
        QList<QStringList> rows;
        for (const auto &key : keys) {
            json.insert(key, settings.text(key));
            rows.append(
                {key, settings.text(key), settings.isSet(key) ? QString() : tr("(default)")});
        }
        reply({{u"settings"_s, json}}, textTable(rows));
    });
}

} // namespace wg
