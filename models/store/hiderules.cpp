// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/hiderules.h"

#include "core/journal.h"
#include "store/database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QList<HideRule> rulesIn(const QByteArray &payload)
{
    QList<HideRule> rules;
    const QJsonArray list = QJsonDocument::fromJson(payload).object().value("rules"_L1).toArray();
    for (const QJsonValue &value : list) {
        const QJsonObject rule = value.toObject();
        const auto dataset = datasetByName(rule.value("dataset"_L1).toString());
        const QString type = rule.value("type"_L1).toString();
        if (dataset && !type.isEmpty())
            rules.append({*dataset, type});
    }
    return rules;
}

} // namespace

QList<StoredRule> storedRules(Database &database)
{
    QList<StoredRule> stored;
    auto rows = database.query("SELECT j.id, j.author_name, j.at, j.payload, t.kind, t.value"
                               " FROM journal j JOIN journal_target t ON t.entry=j.row_id"
                               " WHERE j.verb=? AND j.undone=0 ORDER BY j.row_id DESC, t.place",
                               QString(verbName(Verb::RuleAdd)));
    while (rows.next()) {
        const HybridTime time{quint64(rows.number(2))};
        for (const HideRule &rule : rulesIn(rows.bytes(3))) {
            stored.append({rows.uuid(0),
                           {ArtifactKind(rows.number(4)), rows.text(5)},
                           rule,
                           rows.text(1),
                           time.instant()});
        }
    }
    return stored;
}

QList<HideRule> rulesLike(Database &database, const QUuid &card)
{
    qint64 row = 0;
    qint64 entity = 0;
    qint64 day = 0;
    bool storm = false;
    {
        auto found = database.query("SELECT row_id, entity, day, cause FROM card WHERE id=?", card);
        if (!found.next()) {
            database.fail({ErrorCode::NotFound, u"there is no such card"_s});
            return {};
        }
        row = found.number(0);
        entity = found.number(1);
        day = found.number(2);
        storm = Cause(found.number(3)) == Cause::Storm;
    }
    constexpr std::string_view one =
        "SELECT h.dataset, w.words, count(*) FROM card_change h JOIN word w ON w.id=h.rtype"
        " WHERE h.card=? GROUP BY h.dataset, w.words ORDER BY 3 DESC, 1, 2";
    // What other rules hide made no storm.
    constexpr std::string_view ofDay =
        "SELECT h.dataset, w.words, count(*) FROM card_entity e JOIN card c ON c.row_id=e.card"
        " JOIN card_change h ON h.card=c.row_id JOIN word w ON w.id=h.rtype"
        " WHERE e.artifact=? AND +c.day=? AND (c.hidden_by IS NULL OR c.hidden_by='storm')"
        " GROUP BY h.dataset, w.words ORDER BY 3 DESC, 1, 2 LIMIT 1";
    auto rows = storm ? database.query(ofDay, entity, day) : database.query(one, row);
    QList<HideRule> rules;
    while (rows.next())
        rules.append({Dataset(rows.number(0)), rows.text(1)});
    return rules;
}

QList<HideRule> HideRules::of(const Artifact &entity)
{
    if (!m_known) {
        m_known.emplace();
        for (const StoredRule &stored : storedRules(m_database))
            (*m_known)[stored.entity].append(stored.rule);
    }
    return m_known->value(entity);
}

} // namespace wg
