// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnsparse.h"
#include "sources/dnstypes.h"
#include "sources/packetmaker.h"
#include "support/cputime.h"
#include "support/runner.h"

#include <QRandomGenerator>
#include <QTest>
#include <ctime>

using namespace wg;
using namespace Qt::StringLiterals;
using wg::test::PacketMaker;

namespace {

const Artifact publicName{ArtifactKind::Domain, u"www.shop.com"_s};

RawAnswer rawOf(const QByteArray &packet, quint16 type, const Artifact &asked = publicName)
{
    const bool address = type == dnstype::a || type == dnstype::aaaa;
    RawAnswer raw;
    raw.question = {asked, address ? Dataset::Resolutions : Dataset::Dns, u"dns@192.0.2.53"_s,
                    dnsTypeName(type)};
    raw.bytes = packet;
    raw.at = {1000};
    return raw;
}

Observation parsed(const PacketMaker &maker, quint16 type, const Artifact &asked = publicName)
{
    return parseDnsAnswer(rawOf(maker.packet(), type, asked));
}

QStringList values(const Observation &o)
{
    QStringList out;
    for (const Record &r : o.records)
        out.append(r.value.raw());
    return out;
}

} // namespace

/// DNS packets, honest, cut and hostile.
class tst_DnsParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesOfANameAreFactsAboutIt();
    void anAliasIsSeenThroughForAddresses();
    void anAliasHasNothingElse();
    void aliasLoopsEnd();
    void mailServersHavePreferences();
    void textsAreJoinedAndMadeUtf8();
    void theSerialIsNoPartOfTheFact();
    void namesAreLowerCaseAndEscaped();
    void addressesHavePointers();
    void duplicatesCountOnce();
    void absenceNeedsTheSoa_data();
    void absenceNeedsTheSoa();
    void errorsAreNoAnswers_data();
    void errorsAreNoAnswers();
    void anotherQuestionsAnswerIsMalformed();
    void privateAddressesForPublicNamesAreInvented();
    void privateAddressesForPrivateNamesAreFacts();
    void documentationAddressesAreFacts();
    void blockPagesAreInvented();
    void aResolverThatSaysItBlocksIsBelieved();
    void aCutAnswerIsTruncated();
    void everyCutIsAnOutcome();
    void compressionLoopsAreMalformed();
    void everyFlippedByteIsAnOutcome();
    void garbageIsMalformedQuickly();
    void manyRecordsWithLongNamesAreReadInTime();
    void failuresPassThrough();
    void inventionsAreRecognised();
    void itIsQuickEnough();
};

void tst_DnsParse::addressesOfANameAreFactsAboutIt()
{
    const Observation o = parsed(PacketMaker("www.shop.com", 1)
                                     .a("www.shop.com", {198, 51, 100, 7})
                                     .a("www.shop.com", {8, 8, 4, 100})
                                     .a("other.shop.com", {9, 9, 9, 9}),
                                 dnstype::a);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(values(o), QStringList({u"198.51.100.7"_s, u"8.8.4.100"_s}));
    const Record &r = o.records.first();
    QCOMPARE(r.owner, publicName);
    QCOMPARE(r.dataset, Dataset::Resolutions);
    QCOMPARE(r.type, u"A"_s);
    QCOMPARE(r.identity, Identity::Value);
    QVERIFY(r.attributes.isEmpty());
    QCOMPARE(attribute(r.details, u"ttl").raw(), u"300"_s);
    QCOMPARE(o.presence, Presence::Current);
    QCOMPARE(o.at.ms, 1000);
    QVERIFY(o.raw.isEmpty());

    const Observation six =
        parsed(PacketMaker("www.shop.com", 28)
                   .a("www.shop.com", {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
               dnstype::aaaa);
    QCOMPARE(values(six), QStringList(u"2001:db8::1"_s));
}

void tst_DnsParse::anAliasIsSeenThroughForAddresses()
{
    // The chain in reverse order, as no rule forbids it.
    const Observation o =
        parsed(PacketMaker("www.shop.com", 1)
                   .a("edge.cdn.net", {192, 0, 2, 1})
                   .rr(PacketMaker::Answer, "Shop.CDN.net", 5, PacketMaker::name("edge.cdn.net"))
                   .rr(PacketMaker::Answer, "www.shop.com", 5, PacketMaker::name("shop.cdn.NET")),
               dnstype::a);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(values(o), QStringList(u"192.0.2.1"_s));
    QCOMPARE(o.records.first().owner, publicName);
    QCOMPARE(attribute(o.records.first().details, u"via").raw(), u"edge.cdn.net"_s);

    const Observation alias =
        parsed(PacketMaker("www.shop.com", 5)
                   .rr(PacketMaker::Answer, "www.shop.com", 5, PacketMaker::name("shop.cdn.NET")),
               dnstype::cname);
    QCOMPARE(alias.outcome, Outcome::Complete);
    QCOMPARE(values(alias), QStringList(u"shop.cdn.net"_s));
}

void tst_DnsParse::anAliasHasNothingElse()
{
    const auto alias = [](quint16 type, int rcode = 0) {
        return PacketMaker("www.shop.com", type, rcode)
            .rr(PacketMaker::Answer, "www.shop.com", 5, PacketMaker::name("shop.cdn.net"));
    };
    auto mail = alias(15).rr(PacketMaker::Answer, "shop.cdn.net", 15,
                             PacketMaker::u16(10) + PacketMaker::name("mx.cdn.net"));
    QCOMPARE(parsed(mail, dnstype::mx).outcome, Outcome::Empty);
    QVERIFY(parsed(mail, dnstype::mx).records.isEmpty());
    QCOMPARE(parsed(alias(2), dnstype::ns).outcome, Outcome::Empty);
    // An alias into nothing exists itself: never "nxdomain".
    const Observation dangling = parsed(alias(1, 3).soa("cdn.net"), dnstype::a);
    QCOMPARE(dangling.outcome, Outcome::Empty);
    QVERIFY(dangling.detail != u"nxdomain"_s);
    QCOMPARE(parsed(alias(1), dnstype::a).outcome, Outcome::SuspiciousEmpty);
}

void tst_DnsParse::aliasLoopsEnd()
{
    const Observation o =
        parsed(PacketMaker("www.shop.com", 1)
                   .rr(PacketMaker::Answer, "www.shop.com", 5, PacketMaker::name("b.com"))
                   .rr(PacketMaker::Answer, "b.com", 5, PacketMaker::name("www.shop.com")),
               dnstype::a);
    QCOMPARE(o.outcome, Outcome::SuspiciousEmpty);
}

void tst_DnsParse::mailServersHavePreferences()
{
    const Observation o = parsed(PacketMaker("www.shop.com", 15)
                                     .rr(PacketMaker::Answer, "www.shop.com", 15,
                                         PacketMaker::u16(20) + PacketMaker::name("MX.shop.com"))
                                     .rr(PacketMaker::Answer, "www.shop.com", 15,
                                         PacketMaker::u16(10) + PacketMaker::name("mx.shop.com"))
                                     .rr(PacketMaker::Answer, "www.shop.com", 15,
                                         PacketMaker::u16(0) + PacketMaker::name("")),
                                 dnstype::mx);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(values(o), QStringList({u"mx.shop.com"_s, u"."_s}));
    QCOMPARE(attribute(o.records[0].attributes, u"preference").raw(), u"10"_s);
    QCOMPARE(o.records[0].dataset, Dataset::Dns);
}

void tst_DnsParse::textsAreJoinedAndMadeUtf8()
{
    const Observation o =
        parsed(PacketMaker("www.shop.com", 16)
                   .rr(PacketMaker::Answer, "www.shop.com", 16, QByteArray("\x07v=spf1 \x04-all"))
                   .rr(PacketMaker::Answer, "www.shop.com", 16,
                       QByteArray("\x04"
                                  "a\xff\x00z",
                                  5)),
               dnstype::txt);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(o.records.size(), 2);
    QCOMPARE(o.records[0].value.raw(), u"v=spf1 -all"_s);
    QCOMPARE(o.records[1].value, UntrustedText::fromUtf8(QByteArray("a\xff\x00z", 4)));
    QVERIFY(!o.records[1].value.raw().contains(QChar(0)));
    const Observation bad =
        parsed(PacketMaker("www.shop.com", 16)
                   .rr(PacketMaker::Answer, "www.shop.com", 16, QByteArray("\x09short")),
               dnstype::txt);
    QCOMPARE(bad.outcome, Outcome::Malformed);
}

void tst_DnsParse::theSerialIsNoPartOfTheFact()
{
    const auto with = [](quint32 serial) {
        return parsed(
            PacketMaker("www.shop.com", 6).soa("www.shop.com", PacketMaker::Answer, serial),
            dnstype::soa);
    };
    const Observation one = with(2024010101);
    const Observation two = with(2024010102);
    QCOMPARE(values(one), QStringList(u"ns1.www.shop.com hostmaster.www.shop.com"_s));
    QCOMPARE(attribute(one.records[0].details, u"serial").raw(), u"2024010101"_s);
    QCOMPARE(attribute(one.records[0].details, u"minimum").raw(), u"300"_s);
    QCOMPARE(attribute(one.records[0].details, u"ttl").raw(), u"300"_s);
    QVERIFY(one.records != two.records);
    QCOMPARE(setHash(one.records), setHash(two.records));
}

void tst_DnsParse::namesAreLowerCaseAndEscaped()
{
    QByteArray odd = QByteArray("\x05"
                                "a.B\x00\xe4",
                                6)
        + PacketMaker::name("_Srv.COM");
    const Observation o =
        parsed(PacketMaker("www.shop.com", 2).rr(PacketMaker::Answer, "www.shop.com", 2, odd),
               dnstype::ns);
    QCOMPARE(values(o), QStringList(u"a\\046b\\000\\228._srv.com"_s));
}

void tst_DnsParse::addressesHavePointers()
{
    const Artifact address{ArtifactKind::Ipv4, u"192.0.2.9"_s};
    const Observation o = parsed(PacketMaker("9.2.0.192.in-addr.arpa", 12)
                                     .rr(PacketMaker::Answer, "9.2.0.192.in-addr.arpa", 12,
                                         PacketMaker::name("Mail.Shop.COM")),
                                 dnstype::ptr, address);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(values(o), QStringList(u"mail.shop.com"_s));
    QCOMPARE(o.records[0].owner, address);
    QCOMPARE(o.records[0].dataset, Dataset::Dns);
    const Artifact six{ArtifactKind::Ipv6, u"2001:db8::1"_s};
    const QByteArray name = dnsQuestionName(six).toLatin1();
    QVERIFY(name.endsWith(".8.b.d.0.1.0.0.2.ip6.arpa"));
    QCOMPARE(
        parsed(PacketMaker(name, 12, 3).soa("8.b.d.0.1.0.0.2.ip6.arpa"), dnstype::ptr, six).detail,
        u"nxdomain"_s);
}

void tst_DnsParse::duplicatesCountOnce()
{
    PacketMaker maker("www.shop.com", 1);
    for (int i = 0; i < 100; ++i)
        maker.a("www.shop.com", {192, 0, 2, i % 40});
    QCOMPARE(parsed(maker, dnstype::a).records.size(), 40);
}

void tst_DnsParse::absenceNeedsTheSoa_data()
{
    QTest::addColumn<int>("rcode");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("detail");
    QTest::newRow("nodata") << 0 << QByteArray("shop.com") << Outcome::Empty << QString();
    QTest::newRow("nxdomain") << 3 << QByteArray("shop.com") << Outcome::Empty << u"nxdomain"_s;
    QTest::newRow("nxdomain of the top")
        << 3 << QByteArray("com") << Outcome::Empty << u"nxdomain"_s;
    QTest::newRow("nxdomain of the root") << 3 << QByteArray() << Outcome::Empty << u"nxdomain"_s;
    QTest::newRow("nodata bare") << 0 << QByteArray("-") << Outcome::SuspiciousEmpty
                                 << u"no records, but without the zone's SOA as proof"_s;
    QTest::newRow("nxdomain bare") << 3 << QByteArray("-") << Outcome::SuspiciousEmpty
                                   << u"no such name, but without the zone's SOA as proof"_s;
    QTest::newRow("another zone's SOA") << 3 << QByteArray("rpz.local") << Outcome::SuspiciousEmpty
                                        << u"no such name, but without the zone's SOA as proof"_s;
    QTest::newRow("no label border") << 3 << QByteArray("hop.com") << Outcome::SuspiciousEmpty
                                     << u"no such name, but without the zone's SOA as proof"_s;
}

void tst_DnsParse::absenceNeedsTheSoa()
{
    QFETCH(int, rcode);
    QFETCH(QByteArray, zone);
    PacketMaker maker("www.shop.com", 1, rcode);
    if (zone != "-")
        maker.rr(PacketMaker::Authority, zone, 6,
                 PacketMaker::name("ns") + PacketMaker::name("h") + QByteArray(20, '\0'));
    const Observation o = parsed(maker, dnstype::a);
    QTEST(o.outcome, "outcome");
    QTEST(o.detail, "detail");
    QVERIFY(o.records.isEmpty());
}

void tst_DnsParse::errorsAreNoAnswers_data()
{
    QTest::addColumn<int>("rcode");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("formerr") << 1 << Outcome::Malformed;
    QTest::newRow("servfail") << 2 << Outcome::Unreachable;
    QTest::newRow("notimp") << 4 << Outcome::Refused;
    QTest::newRow("refused") << 5 << Outcome::Refused;
    QTest::newRow("notauth") << 9 << Outcome::Refused;
    QTest::newRow("unknown") << 11 << Outcome::Malformed;
}

void tst_DnsParse::errorsAreNoAnswers()
{
    QFETCH(int, rcode);
    QFETCH(Outcome, outcome);
    const Observation o = parsed(PacketMaker("www.shop.com", 1, rcode), dnstype::a);
    QCOMPARE(o.outcome, outcome);
    QVERIFY(!o.detail.isEmpty());
    // A bare header is enough for an error, not for an absence.
    QByteArray bare = PacketMaker("www.shop.com", 1, rcode).packet().left(12);
    bare[5] = 0;
    QCOMPARE(parseDnsAnswer(rawOf(bare, dnstype::a)).outcome, outcome);
    bare[3] = char(0x83);
    QCOMPARE(parseDnsAnswer(rawOf(bare, dnstype::a)).outcome, Outcome::Malformed);
}

void tst_DnsParse::anotherQuestionsAnswerIsMalformed()
{
    QCOMPARE(parsed(PacketMaker("www.shop.org", 1).a("www.shop.org", {192, 0, 2, 1}), dnstype::a)
                 .outcome,
             Outcome::Malformed);
    QCOMPARE(parsed(PacketMaker("www.shop.com", 28), dnstype::a).outcome, Outcome::Malformed);
    QCOMPARE(parsed(PacketMaker("WWW.Shop.com", 1).a("www.shop.com", {192, 0, 2, 1}), dnstype::a)
                 .outcome,
             Outcome::Complete);
    QCOMPARE(parsed(PacketMaker("www.shop.com", 1, 0, 0x0100), dnstype::a).outcome,
             Outcome::Malformed);
    const Observation bad =
        parsed(PacketMaker("www.shop.com", 1).rr(PacketMaker::Answer, "www.shop.com", 1, "abc"),
               dnstype::a);
    QCOMPARE(bad.outcome, Outcome::Malformed);
    QVERIFY(!bad.raw.isEmpty());
    QVERIFY(bad.records.isEmpty());
}

void tst_DnsParse::privateAddressesForPublicNamesAreInvented()
{
    const Observation o = parsed(PacketMaker("www.shop.com", 1)
                                     .a("www.shop.com", {192, 0, 2, 1})
                                     .a("www.shop.com", {10, 0, 0, 1}),
                                 dnstype::a);
    QCOMPARE(o.outcome, Outcome::SuspiciousEmpty);
    QVERIFY(o.records.isEmpty());
    QVERIFY(o.detail.contains(u"10.0.0.1"_s));
    QCOMPARE(
        parsed(PacketMaker("www.shop.com", 1).a("www.shop.com", {0, 0, 0, 0}), dnstype::a).outcome,
        Outcome::SuspiciousEmpty);
}

void tst_DnsParse::privateAddressesForPrivateNamesAreFacts()
{
    const Artifact local{ArtifactKind::Domain, u"printer.internal"_s};
    QCOMPARE(parsed(PacketMaker("printer.internal", 1).a("printer.internal", {10, 0, 0, 1}),
                    dnstype::a, local)
                 .outcome,
             Outcome::Complete);
}

void tst_DnsParse::documentationAddressesAreFacts()
{
    QCOMPARE(parsed(PacketMaker("www.shop.com", 1).a("www.shop.com", {203, 0, 113, 9}), dnstype::a)
                 .outcome,
             Outcome::Complete);
}

void tst_DnsParse::blockPagesAreInvented()
{
    const Observation o =
        parsed(PacketMaker("www.shop.com", 1).a("www.shop.com", {146, 112, 61, 106}), dnstype::a);
    QCOMPARE(o.outcome, Outcome::SuspiciousEmpty);
    QVERIFY(o.detail.contains(u"block page"_s));
}

void tst_DnsParse::aResolverThatSaysItBlocksIsBelieved()
{
    const Observation o = parsed(
        PacketMaker("www.shop.com", 1, 3).soa("shop.com").extendedError(15, "on a list\x1b[31m"),
        dnstype::a);
    QCOMPARE(o.outcome, Outcome::SuspiciousEmpty);
    QVERIFY(o.detail.contains(u"on a list"_s));
    QVERIFY(!o.detail.contains(QChar(0x1b)));
    // "Stale answer" is no blocking.
    QCOMPARE(
        parsed(
            PacketMaker("www.shop.com", 1).a("www.shop.com", {192, 0, 2, 1}).extendedError(3, {}),
            dnstype::a)
            .outcome,
        Outcome::Complete);
}

void tst_DnsParse::aCutAnswerIsTruncated()
{
    const auto flags = quint16(PacketMaker::Response | PacketMaker::Cut);
    const Observation o = parsed(
        PacketMaker("www.shop.com", 1, 0, flags).a("www.shop.com", {192, 0, 2, 1}), dnstype::a);
    QCOMPARE(o.outcome, Outcome::Truncated);
    QCOMPARE(values(o), QStringList(u"192.0.2.1"_s));
    QCOMPARE(parsed(PacketMaker("www.shop.com", 1, 0, flags), dnstype::a).outcome,
             Outcome::Truncated);
    const QByteArray cut = PacketMaker("www.shop.com", 1, 0, flags)
                               .a("www.shop.com", {192, 0, 2, 1})
                               .packet()
                               .chopped(2);
    QCOMPARE(parseDnsAnswer(rawOf(cut, dnstype::a)).outcome, Outcome::Truncated);
}

void tst_DnsParse::everyCutIsAnOutcome()
{
    const QByteArray whole = PacketMaker("www.shop.com", 15)
                                 .rr(PacketMaker::Answer, "www.shop.com", 15,
                                     PacketMaker::u16(10) + PacketMaker::name("mx.shop.com"))
                                 .soa("shop.com")
                                 .extendedError(3, "stale")
                                 .packet();
    QCOMPARE(parseDnsAnswer(rawOf(whole, dnstype::mx)).outcome, Outcome::Complete);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const Observation o =
            parseDnsAnswer(rawOf(QByteArray(whole.constData(), size), dnstype::mx));
        QCOMPARE(o.outcome, Outcome::Malformed);
        QVERIFY(!o.detail.isEmpty());
        QVERIFY(o.records.isEmpty());
    }
}

void tst_DnsParse::compressionLoopsAreMalformed()
{
    const PacketMaker head("www.shop.com", 1);
    const auto at = int(head.packet().size());
    const auto withOwner = [&](const QByteArray &owner) {
        QByteArray packet = head.packet();
        packet[7] = 1;
        packet += owner + PacketMaker::u16(5) + PacketMaker::u16(1) + PacketMaker::u32(1)
            + PacketMaker::u16(2) + owner.right(2);
        return parseDnsAnswer(rawOf(packet, dnstype::cname)).outcome;
    };
    const auto pointer = [](int to) { return PacketMaker::u16(0xc000 | to); };
    QCOMPARE(withOwner(pointer(at)), Outcome::Malformed); // to itself
    QCOMPARE(withOwner(pointer(at + 20)), Outcome::Malformed); // forwards
    QCOMPARE(withOwner(pointer(4)), Outcome::Malformed); // into the header
    QCOMPARE(withOwner("\x01"
                       "a"
                       + pointer(at)),
             Outcome::Malformed);
    QCOMPARE(withOwner("\x40"
                       "a"
                       + pointer(12)),
             Outcome::Malformed);
}

void tst_DnsParse::everyFlippedByteIsAnOutcome()
{
    const QByteArray whole = PacketMaker("www.shop.com", 6)
                                 .soa("www.shop.com", PacketMaker::Answer)
                                 .soa("shop.com")
                                 .extendedError(22, "no reachable authority")
                                 .packet();
    for (qsizetype i = 0; i < whole.size(); ++i) {
        for (int value = 0; value < 256; ++value) {
            QByteArray hostile = whole;
            hostile[i] = char(value);
            const Observation o = parseDnsAnswer(rawOf(hostile, dnstype::soa));
            QVERIFY(o.records.isEmpty() || isUsable(o.outcome));
        }
    }
}

void tst_DnsParse::garbageIsMalformedQuickly()
{
    QByteArray garbage(10 << 20, Qt::Uninitialized);
    QRandomGenerator(7).fillRange(reinterpret_cast<quint32 *>(garbage.data()), garbage.size() / 4);
    const test::CpuTime timer;
    QVERIFY(!isUsable(parseDnsAnswer(rawOf(garbage, dnstype::a)).outcome));
    // Behind a proper head that promises as much as can be promised.
    QByteArray headed = PacketMaker("www.shop.com", 1).packet();
    headed.replace(6, 6, QByteArray(6, '\xff'));
    QVERIFY(!isUsable(parseDnsAnswer(rawOf(headed + garbage, dnstype::a)).outcome));
    QVERIFY(timer.ms() < 2000);
}

void tst_DnsParse::manyRecordsWithLongNamesAreReadInTime()
{
    // 64 KiB of records that all point to one name of 255 octets full of escapes, in an alias maze.
    const QByteArray label = char(63) + QByteArray(63, '\xff');
    PacketMaker maker("www.shop.com", 1);
    QByteArray packet = maker.packet();
    const auto longName = int(packet.size()) + 12;
    packet +=
        QByteArray("\xc0\x0c") + PacketMaker::u16(2) + PacketMaker::u16(1) + PacketMaker::u32(1);
    const QByteArray name = label + label + label + char(61) + QByteArray(61, '\xfe') + '\0';
    packet += PacketMaker::u16(int(name.size())) + name;
    int count = 1;
    while (packet.size() < 65500) {
        packet += PacketMaker::u16(0xc000 | longName) + PacketMaker::u16(5) + PacketMaker::u16(1)
            + PacketMaker::u32(1) + PacketMaker::u16(2) + PacketMaker::u16(0xc000 | longName);
        ++count;
    }
    packet.replace(6, 2, PacketMaker::u16(count));
    const test::CpuTime timer;
    QCOMPARE(parseDnsAnswer(rawOf(packet, dnstype::a)).outcome, Outcome::SuspiciousEmpty);
    QVERIFY(timer.ms() < 1000);
}

void tst_DnsParse::failuresPassThrough()
{
    RawAnswer raw = rawOf({}, dnstype::a);
    raw.failure = Outcome::Unreachable;
    raw.detail = u"nobody answered"_s;
    RawPass pass{publicName, u"dns@192.0.2.53"_s, Purpose::Poll, {raw, raw}, parseDns};
    const auto observations = pass.parse(pass);
    QCOMPARE(observations.size(), 2);
    QCOMPARE(observations[1].outcome, Outcome::Unreachable);
    QCOMPARE(observations[1].detail, u"nobody answered"_s);
    QCOMPARE(observations[1].question.text, u"A"_s);
    // What came instead of an answer is kept, so that it can be looked at.
    raw.failure = Outcome::Malformed;
    raw.bytes = QByteArray("noise");
    const Observation unreadable = parseDnsAnswer(raw);
    QCOMPARE(unreadable.outcome, Outcome::Malformed);
    QCOMPARE(unreadable.raw, QByteArray("noise"));
}

void tst_DnsParse::inventionsAreRecognised()
{
    QCOMPARE(judgeInvention(PacketMaker("x.com", 1).a("x.com", {192, 0, 2, 1}).packet()),
             InventionVerdict::Invents);
    QCOMPARE(judgeInvention(PacketMaker("x.com", 1, 3).packet()), InventionVerdict::Honest);
    QCOMPARE(judgeInvention(PacketMaker("x.com", 1).soa("com").packet()), InventionVerdict::Honest);
    QCOMPARE(judgeInvention(PacketMaker("x.com", 1, 5).packet()), InventionVerdict::Inconclusive);
    QCOMPARE(judgeInvention(PacketMaker("x.com", 1, 2).packet()), InventionVerdict::Inconclusive);
    QCOMPARE(judgeInvention({}), InventionVerdict::Inconclusive);
}

void tst_DnsParse::itIsQuickEnough()
{
    const RawAnswer raw = rawOf(PacketMaker("www.shop.com", 1)
                                    .a("www.shop.com", {93, 184, 216, 34})
                                    .a("www.shop.com", {93, 184, 216, 35})
                                    .packet(),
                                dnstype::a);
    constexpr int count = 200'000;
    qsizetype records = 0;
    const std::clock_t before = std::clock();
    for (int i = 0; i < count; ++i)
        records += parseDnsAnswer(raw).records.size();
    const double seconds = double(std::clock() - before) / CLOCKS_PER_SEC;
    QCOMPARE(records, qsizetype(2) * count);
    qInfo("%.0f packets per CPU second", count / seconds);
}

WG_TEST(tst_DnsParse)
#include "tst_dnsparse.moc"
