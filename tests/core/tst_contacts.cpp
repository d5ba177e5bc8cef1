// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contacts.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

Attributes seen(qint64 first, qint64 last, qint64 count, const QStringList &hosts = {})
{
    return contactDetails(
        ContactSpan{Instant::fromSeconds(first), Instant::fromSeconds(last), count}, count, hosts);
}

QString text(const Attributes &details, QStringView name)
{
    return attribute(details, name).raw();
}

} // namespace

/// How logs of the same contact add up.
class tst_Contacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameLogAddsNothing()
    {
        Attributes known = seen(100, 200, 5, {u"b"_s, u"a"_s});
        const Attributes before = known;
        joinContact(known, before);
        QCOMPARE(known, before);
        QCOMPARE(text(known, u"hosts"), u"a, b"_s);
    }

    void logsOfOtherDaysAddUpInAnyOrder()
    {
        Attributes one = seen(100, 200, 5, {u"a"_s});
        Attributes two = seen(300, 400, 7, {u"b"_s});
        const Attributes first = one;
        joinContact(one, two);
        joinContact(two, first);
        QCOMPARE(one, two);
        QCOMPARE(text(one, u"count"), u"12"_s);
        QCOMPARE(text(one, u"hosts"), u"a, b"_s);
        joinContact(one, first);
        QCOMPARE(text(one, u"count"), u"12"_s);
    }

    void aLogThatHasGrownCountsOnce()
    {
        Attributes known = seen(100, 200, 5);
        joinContact(known, seen(100, 300, 9));
        QCOMPARE(text(known, u"count"), u"9"_s);
        joinContact(known, seen(100, 200, 5));
        QCOMPARE(text(known, u"count"), u"9"_s);
    }

    void logsThatOverlapInPartAreNeitherLostNorDoubled()
    {
        const Attributes one = seen(100, 200, 5);
        const Attributes two = seen(150, 300, 9);
        const Attributes three = seen(250, 400, 6);
        Attributes known = one;
        joinContact(known, two);
        QCOMPARE(text(known, u"count"), u"9"_s);
        QCOMPARE(text(known, u"count_at_most"), u"14"_s);
        joinContact(known, three); // the first and the last are apart
        QCOMPARE(text(known, u"count"), u"11"_s);
        QCOMPARE(text(known, u"count_at_most"), u"20"_s);
        const Attributes before = known;
        for (const Attributes &again : {two, one, three})
            joinContact(known, again);
        QCOMPARE(known, before);
        Attributes otherOrder = three;
        joinContact(otherOrder, one);
        QVERIFY(text(otherOrder, u"count_at_most").isEmpty());
        joinContact(otherOrder, two);
        QCOMPARE(otherOrder, before);
    }

    void whatFollowsAtTheSameMomentAddsUp()
    {
        Attributes known = seen(100, 200, 5);
        joinContact(known, seen(200, 300, 4));
        QCOMPARE(text(known, u"count"), u"9"_s);
        QVERIFY(text(known, u"count_at_most").isEmpty());
    }

    void partsOfALogWithinASecondAddUp()
    {
        const auto part = [](qint64 first, qint64 last, qint64 count) {
            return contactDetails(ContactSpan{Instant{first}, Instant{last}, count}, count, {});
        };
        Attributes known = part(100'100, 100'300, 5);
        joinContact(known, part(100'300, 100'900, 4));
        joinContact(known, part(100'950, 160'000, 3));
        QCOMPARE(text(known, u"count"), u"12"_s);
        QVERIFY(text(known, u"count_at_most").isEmpty());
        const Attributes before = known;
        joinContact(known, part(100'300, 100'900, 4));
        QCOMPARE(known, before);
        joinContact(known, part(100'950, 170'000, 8)); // the last part has grown
        QCOMPARE(text(known, u"count"), u"17"_s);
    }

    void aLogKnownToTheSecondIsTheSameOne()
    {
        Attributes known = seen(100, 200, 5);
        const Attributes exact =
            contactDetails(ContactSpan{Instant{100'250}, Instant{200'750}, 5}, 5, {});
        joinContact(known, exact);
        QCOMPARE(known, exact);
        joinContact(known, seen(100, 200, 5));
        QCOMPARE(known, exact);
    }

    void manySpansBecomeFewer()
    {
        Attributes known = seen(0, 1, 1);
        for (qint64 i = 1; i < 500; ++i)
            joinContact(known, seen(10 * i, 10 * i + 1, 1));
        QCOMPARE(text(known, u"count"), u"500"_s);
        QVERIFY(text(known, u"spans").size() < 5000);
        joinContact(known, seen(0, 1, 1));
        QCOMPARE(text(known, u"count"), u"500"_s);
    }

    void withoutDatesTheGreaterCountHolds()
    {
        Attributes known = contactDetails({}, 5, {});
        joinContact(known, contactDetails({}, 3, {}));
        QCOMPARE(text(known, u"count"), u"5"_s);
    }

    void manyHostsAreNotAllNamed()
    {
        QStringList hosts;
        for (int i = 0; i < 50; ++i)
            hosts.append(u"10.0.0.%1"_s.arg(i));
        Attributes known = seen(1, 2, 50, hosts);
        const QString told = text(known, u"hosts");
        QCOMPARE(told.count(u','), mostContactHosts);
        QVERIFY(told.endsWith(u"and more"_s));
        joinContact(known, seen(1, 2, 50, hosts));
        QCOMPARE(text(known, u"hosts"), told);
    }

    void damagedDetailsDoNoHarm()
    {
        Attributes known;
        setAttribute(known, u"spans"_s, UntrustedText::fromString(u"x/y/z //// 1"_s));
        joinContact(known, seen(1, 2, 3));
        QCOMPARE(text(known, u"count"), u"3"_s);
    }
};

WG_TEST(tst_Contacts)
#include "tst_contacts.moc"
