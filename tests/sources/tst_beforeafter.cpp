// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports.h"
#include "recordedanswers.h"
#include "sources/rdapparse.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

QStringList factsIn(const QString &zone)
{
    const WholeImport read = importData(zone);
    return read.error || read.tally.bad > 0 ? QStringList{u"unread"_s} : read.lines();
}

/// What the later ones have beyond the earlier ones.
QStringList beyond(const QStringList &earlier, const QStringList &later)
{
    QStringList more;
    for (const QString &line : later) {
        if (!earlier.contains(line))
            more.append(line);
    }
    more.sort();
    return more;
}

/// "type=value" of all that a registry's answer about an address tells.
QStringList factsOfState(const QJsonObject &state, const Entity &asked)
{
    RawAnswer answer = answerTo(u"ip"_s, QJsonDocument(state).toJson());
    answer.question = {asked, Dataset::Whois, u"rdap"_s, u"ip"_s};
    const RawPass pass{asked, u"rdap"_s, Purpose::Poll, {answer}, parseRdap};
    QStringList facts;
    for (const Observation &told : parseRdap(pass)) {
        for (const Record &record : told.records)
            facts.append(record.type + u'=' + record.value.raw());
    }
    facts.sort();
    return facts;
}

/// A network by its name and size, or which of its facts alone is another.
QString summaryOf(const QStringList &facts)
{
    if (facts.isEmpty())
        return u"given back"_s;
    if (facts.size() == 1)
        return facts[0].section(u'=', 0, 0);
    const auto valueOf = [&facts](const QString &type) {
        return facts.filter(QRegularExpression(u'^' + type + u'=')).value(0).section(u'=', 1);
    };
    return valueOf(u"name"_s) + u' ' + valueOf(u"network"_s);
}

} // namespace

/// Recordings of the same question at different times differ in what the world changed.
class TstBeforeAfter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDayOfTheRootZoneAddsWhatTwoDomainsGot()
    {
        const QStringList before = factsIn(u"zone/root_2020-09-12_blue-pink.zone"_s);
        const QStringList after = factsIn(u"zone/root_2020-09-13_blue-pink.zone"_s);
        QCOMPARE(before.size(), 28);
        QCOMPARE(beyond(after, before), QStringList());
        QStringList told;
        for (const QString &line : beyond(before, after))
            told.append(line.section(u' ', 0, 0) + u' ' + line.section(u' ', 2, 3));
        const QStringList expected{u"b2.nic.blue A 65.22.31.13"_s,
                                   u"b2.nic.blue AAAA 2a01:8840:21::13"_s,
                                   u"b2.nic.pink A 65.22.31.21"_s,
                                   u"b2.nic.pink AAAA 2a01:8840:21::21"_s,
                                   u"blue DS 13980"_s,
                                   u"blue NS b2.nic.blue"_s,
                                   u"pink DS 52108"_s,
                                   u"pink NS b2.nic.pink"_s};
        QCOMPARE(told, expected);
    }

    /// Fourteen years of one range: contacts, remarks and the registry's own dates were rewritten
    /// time and again.
    void theHistoryOfARangeIsItsTransfers()
    {
        const Entity asked = parseAddress(u"101.203.88.5")->artifact();
        const QJsonArray states =
            QJsonDocument::fromJson(recorded(u"rdap/history/apnic_history_101.203.88.0.json"_s))
                .object()[u"records"_s]
                .toArray();
        QCOMPARE(states.size(), 52);
        const QStringList expected{u"2011-03-07 eAccess 101.203.0.0/17"_s,
                                   u"2014-07-02 abuse_email"_s,
                                   u"2014-07-15 description"_s,
                                   u"2014-07-17 description"_s,
                                   u"2015-06-04 description"_s,
                                   u"2015-07-03 description"_s,
                                   u"2015-07-23 description"_s,
                                   u"2019-12-04 given back"_s,
                                   u"2019-12-04 BBIXINTLNET 101.203.64.0/18"_s,
                                   u"2020-11-04 given back"_s,
                                   u"2020-11-04 BBIXINTLNET 101.203.88.0/21"_s,
                                   u"2021-03-29 description"_s};
        QStringList last;
        QStringList changes;
        for (const QJsonValue &state : states) {
            const QJsonObject network = state[u"content"_s].toObject();
            if (!network[u"startAddress"_s].toString().startsWith("101.203."_L1))
                continue; // around it
            const QStringList now = factsOfState(network, asked);
            if (now != last) {
                changes.append(state[u"applicableFrom"_s].toString().left(10) + u' '
                               + summaryOf(beyond(last, now)));
            }
            last = now;
        }
        QCOMPARE(changes, expected);
    }
};

WG_TEST(TstBeforeAfter)
#include "tst_beforeafter.moc"
