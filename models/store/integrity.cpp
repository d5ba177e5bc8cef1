// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/integrity.h"

#include "store/database.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

struct Rule
{
    const char *complaint;
    std::string_view breaches; ///< a query that counts them
};

constexpr Rule rules[] = {
    {"%1 facts were told at no time",
     "SELECT count(*) FROM fact f WHERE NOT EXISTS (SELECT 1 FROM telling t WHERE "
     "t.seq=f.told_seq)"},
    {"%1 reverse rows have no fact",
     "SELECT count(*) FROM reverse r LEFT JOIN artifact a ON a.id=r.value WHERE NOT EXISTS"
     " (SELECT 1 FROM fact f WHERE f.owner=r.owner AND f.dataset=r.dataset AND f.rtype=r.rtype"
     " AND f.vkey=CASE WHEN r.vkey='' AND length(r.rid)<>1 THEN substr(a.value, 1, 96) ELSE r.vkey "
     "END"
     " AND f.rid=r.rid)"},
    {"%1 pending absences have no open span",
     "SELECT count(*) FROM absent a WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.owner=a.owner"
     " AND f.dataset=a.dataset AND f.rtype=a.rtype AND f.vkey=a.vkey AND f.rid=a.rid"
     " AND f.source=a.source AND f.gone_seq IS NULL)"},
    {"%1 facts belong to no artifact",
     "SELECT count(*) FROM fact f WHERE NOT EXISTS (SELECT 1 FROM artifact a WHERE a.id=f.owner)"},
    {"%1 checks are about no artifact",
     "SELECT count(*) FROM check_now c WHERE NOT EXISTS (SELECT 1 FROM artifact a WHERE "
     "a.id=c.artifact)"},
    {"%1 repeated checks repeat nothing",
     "SELECT count(*) FROM check_repeat r WHERE NOT EXISTS (SELECT 1 FROM check_open c"
     " WHERE c.artifact=r.artifact AND c.source=r.source AND c.repeats=1)"},
    {"%1 kinds of cards are counted wrongly",
     "SELECT count(*) FROM (SELECT state, lead, count(*) AS n FROM card GROUP BY state, lead) c"
     " WHERE NOT EXISTS (SELECT 1 FROM card_count k WHERE k.state=c.state AND k.lead=c.lead AND "
     "k.n=c.n)"},
    {"%1 values are counted wrongly",
     "SELECT count(*) FROM (SELECT value, dataset, count(*) AS n FROM reverse GROUP BY value,"
     " dataset) r WHERE NOT EXISTS (SELECT 1 FROM reverse_count k WHERE k.value=r.value AND"
     " k.dataset=r.dataset AND k.n=r.n)"},
    {"the eyes that are on are counted wrongly",
     "SELECT count(*) FROM (SELECT count(*) AS n FROM monitor WHERE is_on=1) m WHERE m.n<>"
     "coalesce((SELECT number FROM meta WHERE name='watched'), 0)"},
    {"%1 cards have another number of changes than they say",
     "SELECT count(*) FROM card c WHERE c.change_count<"
     "(SELECT count(*) FROM card_change h WHERE h.card=c.row_id)"},
};

/// SQLite's report as one line: "*** in database main ***\nPage 13: …" → "Page 13: …".
QString inOneLine(const QString &report)
{
    QStringList lines = report.split(u'\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString &line) { return line.startsWith("***"_L1); });
    return lines.isEmpty() ? report.simplified() : lines.join(u"; "_s);
}

} // namespace

Result<Done> quickCheck(Database &database)
{
    QString words;
    {
        auto rows = database.query("PRAGMA quick_check(1)");
        words = rows.next() ? rows.text(0) : QString();
    }
    if (database.failed())
        return database.takeError();
    return words == "ok"_L1 ? Result<Done>(Done{})
                            : Result<Done>(Error{ErrorCode::Corrupt, inOneLine(words)});
}

QStringList complaintsAbout(Database &database)
{
    QStringList complaints;
    if (database.engine() == Engine::Sqlite) {
        auto rows = database.query("PRAGMA integrity_check(20)");
        while (rows.next()) {
            if (rows.text(0) == "ok"_L1)
                continue;
            complaints.append(inOneLine(rows.text(0)));
            database.noteDamage();
        }
        auto keys = database.query("PRAGMA foreign_key_check");
        for (int n = 0; n < 20 && keys.next(); ++n)
            complaints.append(u"a row of %1 refers to nothing"_s.arg(keys.text(0)));
    }
    for (const Rule &rule : rules) {
        auto row = database.query(rule.breaches);
        if (row.next() && row.number(0) > 0)
            complaints.append(QString::fromLatin1(rule.complaint).arg(row.number(0)));
    }
    return complaints.isEmpty() ? QStringList{u"ok"_s} : complaints;
}

} // namespace wg
