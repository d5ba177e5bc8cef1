// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deltas.h"
#include "support/runner.h"
#include "watch/judge.h"
#include "watch/pagerotation.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

const Entity shop = domain("shop.com");

Record fact(Dataset dataset, const char *value)
{
    Record out;
    out.owner = shop;
    out.dataset = dataset;
    out.type = dataset == Dataset::Cookies ? u"cookie"_s
        : dataset == Dataset::HostPairs    ? u"child"_s
                                           : u"Title"_s;
    out.identity = dataset == Dataset::Components ? Identity::Type : Identity::Value;
    out.value = UntrustedText::trusted(QString::fromLatin1(value));
    return out;
}

/// A visit that exchanged members, swaps times within three checks.
Delta visit(Dataset dataset, int swaps)
{
    Delta delta = pollOf(shop);
    delta.source = u"http"_s;
    QuestionDelta &question = delta.questions[0];
    question.answer.question = {shop, dataset, u"http"_s, u"page"_s};
    question.recentSwaps = swaps;
    return delta;
}

void appears(Delta &delta, const Record &record)
{
    delta.questions[0].appeared.append(appeared(record));
    delta.questions[0].answer.records.append(record);
}

void goes(Delta &delta, const Record &record)
{
    delta.questions[0].vanished.append(vanished(record, day0 - hourMs));
}

/// What is told aloud: "+added", "-removed", "~other value".
QStringList told(const Delta &delta)
{
    QStringList texts;
    for (const Card &card : judge(delta).cards) {
        for (const Change &change : card.changes) {
            if (card.state != CardState::New)
                continue;
            const QString sign = change.kind == ChangeKind::Removed ? u"-"_s
                : change.kind == ChangeKind::Modified               ? u"~"_s
                                                                    : u"+"_s;
            texts.append(sign + (change.after.isEmpty() ? change.before : change.after).raw());
        }
    }
    texts.sort();
    return texts;
}

} // namespace

/// What a web page exchanges with every visit is no news; what is foreign to it is.
class TstPageRotation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNumberInANameIsNoNews_data()
    {
        QTest::addColumn<Dataset>("dataset");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<bool>("calm");
        QTest::newRow("a cookie") << Dataset::Cookies << QByteArray("sid_12; domain=shop.com")
                                  << QByteArray("sid_9f; domain=shop.com") << true;
        QTest::newRow("a cookie of another domain")
            << Dataset::Cookies << QByteArray("sid_12; domain=shop.com")
            << QByteArray("sid_9f; domain=.evil7.com") << false;
        QTest::newRow("another cookie") << Dataset::Cookies << QByteArray("sid_12; domain=shop.com")
                                        << QByteArray("uid_12; domain=shop.com") << false;
        QTest::newRow("a host") << Dataset::HostPairs << QByteArray("img1.cdn.net")
                                << QByteArray("img7.cdn.net") << true;
        QTest::newRow("a host of others") << Dataset::HostPairs << QByteArray("img1.cdn1.net")
                                          << QByteArray("img1.cdn2.net") << false;
        QTest::newRow("an address")
            << Dataset::HostPairs << QByteArray("192.0.2.7") << QByteArray("203.0.113.7") << false;
    }
    void aNumberInANameIsNoNews()
    {
        QFETCH(Dataset, dataset);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(bool, calm);
        Delta delta = visit(dataset, 1);
        appears(delta, fact(dataset, after.constData()));
        goes(delta, fact(dataset, before.constData()));
        const QStringList both{u'+' + QString::fromLatin1(after),
                               u'-' + QString::fromLatin1(before)};
        QCOMPARE(told(delta), calm ? QStringList() : both);
    }

    void anotherHostOfTheSameHandsIsTakenOnceThePageRotates()
    {
        for (const int swaps : {1, 2}) {
            Delta delta = visit(Dataset::HostPairs, swaps);
            appears(delta, fact(Dataset::HostPairs, "west.cdn.net"));
            appears(delta, fact(Dataset::HostPairs, "collect.evil.net"));
            goes(delta, fact(Dataset::HostPairs, "east.cdn.net"));
            goes(delta, fact(Dataset::HostPairs, "static.partner.org"));
            const QStringList foreign{u"+collect.evil.net"_s, u"-static.partner.org"_s};
            const QStringList all{u"+collect.evil.net"_s, u"+west.cdn.net"_s, u"-east.cdn.net"_s,
                                  u"-static.partner.org"_s};
            QCOMPARE(told(delta), swaps == 1 ? all : foreign);
        }
    }

    void whatGoesAndLeavesNothingAlikeIsTold()
    {
        Delta delta = visit(Dataset::Cookies, 2);
        delta.questions[0].answer.outcome = Outcome::Empty;
        goes(delta, fact(Dataset::Cookies, "sid_12; domain=shop.com"));
        QCOMPARE(told(delta), QStringList{u"-sid_12; domain=shop.com"_s});
    }

    void aNumberThatGoesWithoutAnExchangeIsTold()
    {
        Delta delta = visit(Dataset::HostPairs, 0);
        delta.questions[0].answer.records.append(fact(Dataset::HostPairs, "img7.cdn.net"));
        goes(delta, fact(Dataset::HostPairs, "img1.cdn.net"));
        QCOMPARE(told(delta), QStringList{u"-img1.cdn.net"_s});
    }

    void aTitleThatCountsIsNoNewsAndOneThatRotatesNeither()
    {
        const auto retitled = [](const char *before, const char *after, int swaps) {
            Delta delta = visit(Dataset::Components, swaps);
            delta.questions[0].altered.append(
                {fact(Dataset::Components, before), fact(Dataset::Components, after)});
            return told(delta);
        };
        QCOMPARE(retitled("(3) Shop, 1,234 sold", "(12) Shop, 999 sold", 1), QStringList());
        QCOMPARE(retitled("Shop", "Hacked", 1), QStringList{u"~Hacked"_s});
        QCOMPARE(retitled("Shop", "Hacked", 2), QStringList{u"~Hacked"_s}); // or it would be hidden
        QCOMPARE(retitled("Shop", "Offers of the day", 3), QStringList());
    }

    void otherSourcesAreNotCalmed()
    {
        Delta delta = visit(Dataset::HostPairs, 3);
        delta.questions[0].answer.presence = Presence::Historical;
        appears(delta, fact(Dataset::HostPairs, "img7.cdn.net"));
        delta.questions[0].vanished.append(vanished(fact(Dataset::HostPairs, "img1.cdn.net")));
        delta.questions[0].appeared[0].record.worldFirst = day0;
        QCOMPARE(told(delta), QStringList{u"+img7.cdn.net"_s});
    }
};

WG_TEST(TstPageRotation)
#include "tst_pagerotation.moc"
