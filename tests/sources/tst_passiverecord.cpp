// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/passiverecord.h"

#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant askedAt = Instant::fromSeconds(1'790'000'000);

} // namespace

/// Sentences of passive DNS, as worded by many tellers.
class tst_PassiveRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsEveryWording_data();
    void understandsEveryWording();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void preferencesAreAttributes();
    void namesakesShareTheirText();
    void timesAreToldApartBySize();
    void impossibleDatesAreDropped();
    void firstIsNeverAfterLast();
};

void tst_PassiveRecord::understandsEveryWording_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("told"); // owner, dataset, type, value
    const auto row = [](const char *tag, const QByteArray &name, const QByteArray &type,
                        const QByteArray &data, const QString &told) {
        QTest::newRow(tag) << name << type << data << told;
    };
    row("plain", "a.com", "A", "192.0.2.1", u"a.com resolutions A 192.0.2.1"_s);
    row("dots and case", "WWW.A.com.", "a", "192.0.2.1", u"www.a.com resolutions A 192.0.2.1"_s);
    row("number", "a.com", "28", "2001:DB8:0::1", u"a.com resolutions AAAA 2001:db8::1"_s);
    row("swapped", "192.0.2.1", "A", "a.com.", u"a.com resolutions A 192.0.2.1"_s);
    row("swapped v6", "2001:db8::14", "AAAA", "a.com", u"a.com resolutions AAAA 2001:db8::14"_s);
    row("mapped", "a.com", "AAAA", "::ffff:192.0.2.1", u"a.com resolutions AAAA 192.0.2.1"_s);
    row("idn", "bücher.example", "NS", "NS.BÜCHER.example.",
        u"xn--bcher-kva.example dns NS ns.xn--bcher-kva.example"_s);
    row("ptr", "1.2.0.192.in-addr.arpa.", "PTR", "A.com.", u"192.0.2.1 dns PTR a.com"_s);
    row("ptr v6", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "PTR",
        "a.com", u"2001:db8::1 dns PTR a.com"_s);
    row("ptr of a zone", "2.0.192.in-addr.arpa", "NS", "ns.a.com",
        u"2.0.192.in-addr.arpa dns NS ns.a.com"_s);
    row("mx", "a.com", "MX", "10 MX.a.com.", u"a.com dns MX mx.a.com"_s);
    row("null mx", "a.com", "MX", "0 .", u"a.com dns MX ."_s);
    row("mx bare", "a.com", "MX", "mx.a.com.", u"a.com dns MX mx.a.com"_s);
    row("soa", "a.com", "SOA", "NS.a.com. Host.a.com. 2024 7200 900 1209600 300",
        u"a.com dns SOA ns.a.com host.a.com"_s);
    row("txt quoted", "a.com", "TXT", "\"v=spf1 \" \"\\\"-all\\\"\\033\"",
        u"a.com dns TXT v=spf1 \"-all\"!"_s);
    row("txt bare", "a.com", "TXT", "v=spf1 -all", u"a.com dns TXT v=spf1 -all"_s);
    row("caa", "a.com", "257", "0 issue \"ca.org\"", u"a.com dns CAA 0 issue \"ca.org\""_s);
    row("caa bare", "a.com", "CAA", "0 ISSUE ca.org", u"a.com dns CAA 0 issue \"ca.org\""_s);
    row("unknown number", "a.com", "65280", "\\# 1 00", u"a.com dns TYPE65280 \\# 1 00"_s);
    row("unknown word", "a.com", "WALLET", "x", u"a.com dns WALLET x"_s);
    row("odd target", "a.com", "CNAME", "with space.a.com.", u"a.com dns CNAME with space.a.com"_s);
    row("wildcard", "*.a.com", "A", "192.0.2.1", u"*.a.com resolutions A 192.0.2.1"_s);
    row("underscore", "_dmarc.a.com", "TXT", "x", u"_dmarc.a.com dns TXT x"_s);
}

void tst_PassiveRecord::understandsEveryWording()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    PassiveRecordMaker maker(askedAt);
    Record r;
    const QLatin1String problem =
        maker.make({name.toStdString(), type.toStdString(), data.toStdString(), {}, {}}, r);
    QVERIFY2(problem.isEmpty(), problem.data());
    QTEST(QStringList({r.owner.value, QString(datasetName(r.dataset)), r.type, r.value.raw()})
              .join(u' '),
          "told");
}

void tst_PassiveRecord::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("no name") << QByteArray() << QByteArray("A") << QByteArray("192.0.2.1");
    QTest::newRow("empty label") << QByteArray("a..com") << QByteArray("A")
                                 << QByteArray("192.0.2.1");
    QTest::newRow("long label") << QByteArray(64, 'a') + ".com" << QByteArray("A")
                                << QByteArray("192.0.2.1");
    QTest::newRow("long name") << QByteArray("a.").repeated(130) + "com" << QByteArray("A")
                               << QByteArray("192.0.2.1");
    QTest::newRow("no type") << QByteArray("a.com") << QByteArray() << QByteArray("192.0.2.1");
    QTest::newRow("odd type") << QByteArray("a.com") << QByteArray("A A")
                              << QByteArray("192.0.2.1");
    QTest::newRow("long type") << QByteArray("a.com") << QByteArray(30, 'A')
                               << QByteArray("192.0.2.1");
    QTest::newRow("no address") << QByteArray("a.com") << QByteArray("A")
                                << QByteArray("192.0.2.256");
    QTest::newRow("short address")
        << QByteArray("a.com") << QByteArray("A") << QByteArray("192.0.2");
    QTest::newRow("octal address")
        << QByteArray("a.com") << QByteArray("A") << QByteArray("192.0.02.1");
    QTest::newRow("other address")
        << QByteArray("a.com") << QByteArray("A") << QByteArray("2001:db8::1");
    QTest::newRow("no data") << QByteArray("a.com") << QByteArray("NS") << QByteArray();
}

void tst_PassiveRecord::saysWhatIsWrong()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    PassiveRecordMaker maker(askedAt);
    Record r;
    QVERIFY(!maker.make({name.toStdString(), type.toStdString(), data.toStdString(), {}, {}}, r)
                 .isEmpty());
}

void tst_PassiveRecord::preferencesAreAttributes()
{
    PassiveRecordMaker maker(askedAt);
    Record r;
    QVERIFY(maker.make({"a.com", "MX", "10 mx.a.com.", {}, {}}, r).isEmpty());
    QCOMPARE(attribute(r.attributes, u"preference").raw(), u"10"_s);
    Record s;
    QVERIFY(maker.make({"a.com", "SOA", "ns.a.com. h.a.com. 2024 1 2 3 4", {}, {}}, s).isEmpty());
    QCOMPARE(attribute(s.details, u"serial").raw(), u"2024"_s);
    QVERIFY(s.attributes.isEmpty());
}

void tst_PassiveRecord::namesakesShareTheirText()
{
    PassiveRecordMaker maker(askedAt);
    Record one;
    Record two;
    QVERIFY(maker.make({"a.com", "A", "192.0.2.1", {}, {}}, one).isEmpty());
    QVERIFY(!maker.make({"..", "A", "192.0.2.1", {}, {}}, two).isEmpty());
    QVERIFY(maker.make({"a.com", "A", "192.0.2.2", {}, {}}, two).isEmpty());
    QCOMPARE(one.owner.value.constData(), two.owner.value.constData());
}

void tst_PassiveRecord::timesAreToldApartBySize()
{
    QCOMPARE(passiveTime(1340308340.0)->ms, 1340308340000);
    QCOMPARE(passiveTime(1340308340123.0)->ms, 1340308340123);
    QCOMPARE(passiveTime(1340308340123456.0)->ms, 1340308340123);
    QCOMPARE(passiveTime(std::string_view("1340308340"))->ms, 1340308340000);
    QCOMPARE(passiveTime(std::string_view("1575364260.5"))->ms, 1575364260500);
    QCOMPARE(passiveTime(std::string_view("2012-06-21T19:52:20Z"))->ms, 1340308340000);
    for (const char *none : {"", "0", "-5", "nan", "inf", "1e300", "yesterday", "12x", "null"})
        QVERIFY2(!passiveTime(std::string_view(none)), none);
}

/// Whoever says it: COF, mnemonic and what comes.
void tst_PassiveRecord::impossibleDatesAreDropped()
{
    PassiveRecordMaker maker(askedAt);
    const auto dates = [&](std::optional<Instant> first, std::optional<Instant> last) {
        Record r;
        const bool made = maker.make({"a.com", "A", "192.0.2.1", first, last}, r).isEmpty();
        return made ? std::pair(r.worldFirst, r.worldLast) : std::pair(first, last);
    };
    using Dates = std::pair<std::optional<Instant>, std::optional<Instant>>;
    const Instant good = askedAt - 1000 * dayMs;
    QCOMPARE(dates(good, askedAt + hourMs), Dates(good, askedAt + hourMs)); // clocks differ
    QCOMPARE(dates(good, Instant::fromSeconds(9'999'999'999)), Dates(good, std::nullopt));
    QCOMPARE(dates(Instant{-5000}, good), Dates(std::nullopt, good));
    QCOMPARE(dates(Instant{0}, askedAt + 2 * dayMs), Dates(std::nullopt, std::nullopt));
}

void tst_PassiveRecord::firstIsNeverAfterLast()
{
    PassiveRecordMaker maker(askedAt);
    Record r;
    QVERIFY(maker.make({"a.com", "A", "192.0.2.1", Instant{2000}, Instant{1000}}, r).isEmpty());
    QCOMPARE(r.worldFirst->ms, 1000);
    QCOMPARE(r.worldLast->ms, 2000);
}

WG_TEST(tst_PassiveRecord)
#include "tst_passiverecord.moc"
