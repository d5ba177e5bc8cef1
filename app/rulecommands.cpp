// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandrunner.h"
#include "app/jsonshapes.h"
#include "core/ids.h"
#include "core/untrustedtext.h"

#include <QJsonArray>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QJsonObject toJson(const StoredRule &stored)
{
    return {
        {u"id"_s, uuidText(stored.entry)},
        {u"entity"_s, stored.entity.value},
        {u"dataset"_s, QString(datasetName(stored.rule.dataset))},
        {u"type"_s, stored.rule.type},
        {u"name"_s, stored.rule.name()},
        {u"author"_s, stored.author},
        {u"at"_s, toRfc3339(stored.at)},
    };
}

} // namespace

void CommandRunner::runRule()
{
    const QString what = m_command.arguments.value(0);
    const QStringList orders{u"list"_s, u"add"_s, u"remove"_s};
    if (!what.isEmpty() && !orders.contains(what))
        return fail(unknownWord(tr("order"), what, orders));
    const qsizetype words = m_command.arguments.size();
    if (what == "list"_L1 && words == 1)
        return listRules();
    if (what.isEmpty() || what == "list"_L1 || words != 2)
        return usage(tr("rule takes: list, add ID (of an alert) or remove ID (of a rule)"));
    const QString text = m_command.arguments.at(1);
    const QUuid id(text);
    if (id.isNull())
        return usage(tr("\"%1\" is no id").arg(madeVisible(text, 60)));
    what == "add"_L1 ? addRule(id) : removeRule(id);
}

void CommandRunner::listRules()
{
    await(m_actions.hideRules(), [this](const QList<StoredRule> &stored) {
        QJsonArray array;
        QList<QStringList> rows;
        for (const auto &each : stored) {
            array.append(toJson(each));
            rows.append({each.entity.value, madeVisible(each.rule.name(), 80),
                         tr("by %1").arg(madeVisible(each.author, 60)), toRfc3339(each.at),
                         uuidText(each.entry)});
        }
        reply({{u"rules"_s, array}},
              rows.isEmpty() ? tr("no rule hides anything") : textTable(rows));
    });
}

void CommandRunner::addRule(const QUuid &card)
{
    await(m_actions.hideLike(card), [this](const JournalReport &report) {
        if (report.entry.id.isNull()) {
            return reply({{u"rules"_s, QJsonArray()}},
                         tr("such changes are hidden already; \"watchglass rule list\" tells why"));
        }
        await(m_actions.hideRules(), [this, id = report.entry.id](QList<StoredRule> stored) {
            stored.removeIf([&id](const StoredRule &each) { return each.entry != id; });
            QJsonArray array;
            QStringList lines;
            for (const auto &each : std::as_const(stored)) {
                array.append(toJson(each));
                lines.append(u"%1: %2"_s.arg(each.entity.value, madeVisible(each.rule.name(), 80)));
            }
            lines.append(tr("rule %1; \"watchglass undo\" takes it back").arg(uuidText(id)));
            reply({{u"rules"_s, array}}, lines.join(u'\n'));
        });
    });
}

/// By its journal entry; nothing else that was done can be taken back this way.
void CommandRunner::removeRule(const QUuid &id)
{
    await(m_actions.hideRules(), [this, id](const QList<StoredRule> &stored) {
        const bool known = std::any_of(stored.cbegin(), stored.cend(),
                                       [&id](const StoredRule &each) { return each.entry == id; });
        if (!known)
            return fail({ErrorCode::NotFound, tr("there is no rule %1").arg(uuidText(id))});
        await(m_actions.undo(id), [this, id](const JournalReport &) {
            reply({{u"removed"_s, uuidText(id)}}, tr("rule removed; such changes are told again"));
        });
    });
}

} // namespace wg
