// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/cymrusource.h"

#include "core/address.h"
#include "net/nettest.h"
#include "sources/cymruparse.h"
#include "sources/packetmaker.h"
#include "support/dnsserver.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int txtType = 16;
const QString address = u"193.0.6.139"_s;
const QByteArray originName = "139.6.0.193.origin.asn.cymru.com";

/// A zone of TXT records; what is not in it does not exist.
struct Zone
{
    QHash<QByteArray, QByteArrayList> texts;
    int rcode = 0; ///< another one: said to everything

    QList<QByteArray> operator()(const DnsAsked &asked) const
    {
        const QByteArray name = asked.name.toLower();
        const int code = rcode != 0 ? rcode : texts.contains(name) ? 0 : 3;
        PacketMaker out(asked.name, asked.type, code);
        for (const QByteArray &text : texts.value(name))
            out.rr(PacketMaker::Answer, asked.name, txtType,
                   QByteArray(1, char(text.size())) + text);
        if (code != 0)
            out.soa("asn.cymru.com");
        QByteArray packet = out.packet();
        packet.replace(0, 2, asked.packet.left(2));
        return {packet};
    }
};

/// A source with a resolver that serves the zone.
struct Lab
{
    explicit Lab(const Zone &served)
        : zone(served)
    {
        policy.dnsServers = u"127.0.0.1:%1"_s.arg(server.port());
        gate.setPolicy(policy);
        client.setTimes({.timeoutMs = 5000, .tries = 1});
    }
    void order(const QString &about, quint64 ticket = 1)
    {
        AskOrder wish;
        wish.subject = parseAddress(about)->artifact();
        wish.asker = Asker::Person;
        wish.ticket = ticket;
        source->ask(wish, [this](RawPass &&pass) { passes.append(std::move(pass)); });
    }
    Observation ask(const QString &about = address)
    {
        const qsizetype before = passes.size();
        order(about);
        if (!QTest::qWaitFor([&] { return passes.size() > before; }, 8000))
            return {};
        const auto told = passes.last().parse(passes.last());
        return told.size() == 1 ? told.first() : Observation();
    }

    Zone zone;
    DnsServer server{[this](const DnsAsked &asked) { return zone(asked); }};
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    DnsClient client{gate, clock, ledger};
    QList<RawPass> passes;
    std::unique_ptr<CymruSource> source = std::make_unique<CymruSource>(gate, client, clock);
};

QStringList facts(const Observation &o)
{
    QStringList out;
    for (const Record &r : o.records) {
        QString fact = r.type + u'=' + r.value.raw();
        for (const Attribute &a : r.details)
            fact += u" (%1=%2)"_s.arg(a.name, a.text.raw());
        out.append(fact);
    }
    return out;
}

} // namespace

/// Team Cymru's zones through a resolver: what they say, and what a resolver may do instead.
class tst_Cymru : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsPrefixAndWhoAnnouncesIt();
    void looksLikeOtherSourcesRecords();
    void asksForAnIpv6AddressByItsNibbles();
    void severalOriginsAreSeveralFacts();
    void ofSeveralPrefixesTheMostSpecificCounts();
    void whatWasRecordedIsRead();
    void aCountryThatIsNoneIsLeftOut_data();
    void aCountryThatIsNoneIsLeftOut();
    void withoutAHolderTheFactsStand();
    void nxdomainIsEmpty();
    void failuresAreNoAnswers();
    void oddRowsAreMalformed_data();
    void oddRowsAreMalformed();
    void theLedgerNamesTheResolver();
    void privateAddressesAreNotAsked();
    void aProxyKeepsItIn();
    void namesAreNotItsBusiness();
    void theNextResolverIsAskedWhenTheFirstIsGone();
    void cancelAndEndAnswerOnce();
};

void tst_Cymru::tellsPrefixAndWhoAnnouncesIt()
{
    Lab lab(
        {{{originName, {"3333 | 193.0.0.0/21 | NL | ripencc | 1993-09-01"}},
          {"as3333.asn.cymru.com", {"3333 | NL | ripencc | 1996-11-21 | ALPHA-AS - Alpha, NL"}}}});
    const Observation o = lab.ask();
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(o.presence, Presence::Current);
    QCOMPARE(o.parserVersion, 2);
    QCOMPARE(facts(o),
             (QStringList{u"prefix=193.0.0.0/21 (registry=ripencc)"_s,
                          u"asn=AS3333 (holder=ALPHA-AS - Alpha, NL)"_s, u"country=NL"_s}));
    QCOMPARE(lab.server.asked().size(), 2);
}

void tst_Cymru::looksLikeOtherSourcesRecords()
{
    Lab lab({{{originName, {"3333 | 193.0.0.0/21 | NL | ripencc | 1993-09-01"}}}});
    const Observation o = lab.ask();
    Record prefix;
    prefix.owner = {ArtifactKind::Ipv4, address};
    prefix.dataset = Dataset::Network;
    prefix.type = u"prefix"_s;
    prefix.value = UntrustedText::fromString(u"193.0.0.0/21"_s);
    prefix.identity = Identity::Type;
    Record asn = prefix;
    asn.type = u"asn"_s;
    asn.value = UntrustedText::fromString(u"AS3333"_s);
    asn.identity = Identity::Value;
    Record country = prefix;
    country.type = u"country"_s;
    country.value = UntrustedText::fromString(u"NL"_s);
    QCOMPARE(o.records.size(), 3);
    QCOMPARE(recordId(o.records[2]), recordId(country));
    QCOMPARE(recordState(o.records[2]), recordState(country));
    QCOMPARE(recordState(o.records[0]), recordState(prefix));
    QCOMPARE(recordState(o.records[1]), recordState(asn));
    QCOMPARE(recordId(o.records[1]), recordId(asn));
}

void tst_Cymru::asksForAnIpv6AddressByItsNibbles()
{
    const QByteArray name =
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.2.0.c.7.6.0.1.0.0.2.origin6.asn.cymru.com";
    Lab lab({{{name, {"3333 | 2001:67c:2e8::/48 | NL | ripencc | 2009-09-01"}}}});
    QCOMPARE(facts(lab.ask(u"2001:67c:2e8::1"_s)),
             (QStringList{u"prefix=2001:67c:2e8::/48 (registry=ripencc)"_s, u"asn=AS3333"_s,
                          u"country=NL"_s}));
}

void tst_Cymru::severalOriginsAreSeveralFacts()
{
    Lab lab({{{originName,
               {"3333 1234 | 193.0.0.0/21 | NL | ripencc | 1993-09-01",
                "5555 | 193.0.0.0/21 | NL | ripencc | 1993-09-01"}},
              {"as1234.asn.cymru.com", {"1234 | FI | ripencc | 1993-09-01 | FORTUM-AS, FI"}}}});
    QStringList told = facts(lab.ask());
    told.sort();
    QCOMPARE(told,
             (QStringList{u"asn=AS1234 (holder=FORTUM-AS, FI)"_s, u"asn=AS3333"_s, u"asn=AS5555"_s,
                          u"country=NL"_s, u"prefix=193.0.0.0/21 (registry=ripencc)"_s}));
}

void tst_Cymru::ofSeveralPrefixesTheMostSpecificCounts()
{
    Lab lab({{{originName,
               {"1 | 193.0.0.0/16 | FR | ripencc | 1993-09-01",
                "3333 | 193.0.0.0/21 | NL | ripencc | 1993-09-01",
                "2 | 193.0.0.0/8 | EU | ripencc | 1993-09-01"}}}});
    QCOMPARE(facts(lab.ask()),
             (QStringList{u"prefix=193.0.0.0/21 (registry=ripencc)"_s, u"asn=AS3333"_s,
                          u"country=NL"_s}));
}

void tst_Cymru::whatWasRecordedIsRead()
{
    Lab lab({{{"34.216.184.93.origin.asn.cymru.com",
               {"15133 | 93.184.216.0/24 | US | ripencc | 2008-06-02"}},
              {"as15133.asn.cymru.com", {"15133 | US | arin | 2007-03-19 | EDGECAST, US"}}}});
    QCOMPARE(facts(lab.ask(u"93.184.216.34"_s)),
             (QStringList{u"prefix=93.184.216.0/24 (registry=ripencc)"_s,
                          u"asn=AS15133 (holder=EDGECAST, US)"_s, u"country=US"_s}));
}

void tst_Cymru::aCountryThatIsNoneIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("country");
    QTest::newRow("blank") << QByteArray();
    QTest::newRow("a word") << QByteArray("other");
    QTest::newRow("no letters") << QByteArray("12");
    QTest::newRow("a letter that is none of these") << QByteArray("\xc3\x84\xc3\x84");
}

void tst_Cymru::aCountryThatIsNoneIsLeftOut()
{
    QFETCH(QByteArray, country);
    Lab lab({{{originName, {"3333 | 193.0.0.0/21 | " + country + " | ripencc | 1993-09-01"}}}});
    QCOMPARE(facts(lab.ask()),
             (QStringList{u"prefix=193.0.0.0/21 (registry=ripencc)"_s, u"asn=AS3333"_s}));
}

void tst_Cymru::withoutAHolderTheFactsStand()
{
    Lab lab({{{originName, {"3333 | 193.0.0.0/21 | NL | ripencc | 1993-09-01"}},
              {"as3333.asn.cymru.com", {"nonsense", "4444 | NL | x | y | Somebody Else"}}}});
    const Observation o = lab.ask();
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(facts(o).at(1), u"asn=AS3333"_s);
}

void tst_Cymru::nxdomainIsEmpty()
{
    Lab lab({});
    const Observation o = lab.ask();
    QCOMPARE(o.outcome, Outcome::Empty);
    QCOMPARE(o.detail, u"nobody announces the address"_s);
    QVERIFY(o.records.isEmpty());
}

void tst_Cymru::failuresAreNoAnswers()
{
    Lab lab({{}, 2});
    QCOMPARE(lab.ask().outcome, Outcome::Unreachable);
    lab.zone.rcode = 5;
    QCOMPARE(lab.ask().outcome, Outcome::Refused);
}

void tst_Cymru::oddRowsAreMalformed_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("words") << QByteArray("please call us");
    QTest::newRow("another network") << QByteArray("3333 | 8.8.8.0/24 | US | arin | x");
    QTest::newRow("no number") << QByteArray("NA | 193.0.0.0/21 | NL | ripencc | x");
    QTest::newRow("number zero") << QByteArray("0 | 193.0.0.0/21 | NL | ripencc | x");
    QTest::newRow("too large a number") << QByteArray("99999999999 | 193.0.0.0/21 | NL | x | x");
    QTest::newRow("no prefix") << QByteArray("3333 | 193.0.0.0/99 | NL | ripencc | x");
    QTest::newRow("bars") << QByteArray(200, '|');
}

void tst_Cymru::oddRowsAreMalformed()
{
    QFETCH(QByteArray, row);
    Lab lab({{{originName, {row}}}});
    const Observation o = lab.ask();
    QCOMPARE(o.outcome, Outcome::Malformed);
    QVERIFY(o.records.isEmpty());
    QCOMPARE(lab.server.asked().size(), 1);
}

void tst_Cymru::theLedgerNamesTheResolver()
{
    Lab lab({});
    lab.ask();
    QCOMPARE(lab.ledger.events.size(), 1);
    QCOMPARE(lab.ledger.events[0].source, u"cymru"_s);
    QCOMPARE(lab.ledger.events[0].party, lab.policy.dnsServers);
    QCOMPARE(lab.ledger.events[0].about.value, address);
}

void tst_Cymru::privateAddressesAreNotAsked()
{
    Lab lab({});
    for (const QString &inside : {u"10.0.0.1"_s, u"192.168.1.1"_s, u"fd00::1"_s, u"192.0.2.1"_s})
        QCOMPARE(lab.ask(inside).outcome, Outcome::Refused);
    QVERIFY(lab.server.asked().isEmpty());
    QVERIFY(!lab.passes[0].answers[0].sent);
}

void tst_Cymru::aProxyKeepsItIn()
{
    Lab lab({});
    lab.policy.proxy = QUrl(u"socks5://127.0.0.1:1"_s);
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.ask().outcome, Outcome::Refused);
    QVERIFY(lab.server.asked().isEmpty());
}

void tst_Cymru::namesAreNotItsBusiness()
{
    Lab lab({});
    QVERIFY(lab.source->subject(domain(u"ripe.net"_s)).isEmpty());
}

void tst_Cymru::theNextResolverIsAskedWhenTheFirstIsGone()
{
    Lab lab({{{originName, {"3333 | 193.0.0.0/21 | NL | ripencc | 1993-09-01"}}}});
    DnsServer silent([](const DnsAsked &) { return QList<QByteArray>(); });
    lab.client.setTimes({.timeoutMs = 60, .tries = 1});
    lab.policy.dnsServers = u"127.0.0.1:%1,"_s.arg(silent.port()) + lab.policy.dnsServers;
    lab.gate.setPolicy(lab.policy);
    const Observation o = lab.ask();
    QVERIFY(!silent.asked().isEmpty());
    QCOMPARE(o.outcome, Outcome::Complete);
}

void tst_Cymru::cancelAndEndAnswerOnce()
{
    Lab lab({});
    lab.order(address, 1);
    lab.order(address, 2);
    lab.source->cancel(1);
    lab.source->cancel(1);
    QCOMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.passes[0].answers[0].failure, Outcome::Unreachable);
    lab.source.reset();
    QCOMPARE(lab.passes.size(), 2);
    QTRY_COMPARE(lab.client.pending(), 0);
    QCOMPARE(lab.passes.size(), 2);
}

WG_TEST(tst_Cymru)
#include "tst_cymru.moc"
