// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/enrichment.h"
#include "core/names.h"
#include "core/taglists.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// What follows from an entity's name and from what is told of it.
class TestEnrichment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsTellInOneForm_data();
    void recordsTellInOneForm();
    void otherRecordsTellNothing_data();
    void otherRecordsTellNothing();
    void theCountryOfADomainsOwnerIsNotTheDomains();
    void holdersComeWithTheirAsn();
    void sourcesThatDifferStandSideBySide();
    void namesHaveARegisteredDomainAndASkeleton();
    void addressesHaveNone();
    void lookAlikesAreToldAgainstOwnNames();
    void asnTagsAreShort_data();
    void asnTagsAreShort();
    void disagreeingSourcesGiveATagEach();
};

namespace {

constexpr Instant now{1'795'000'000'000};

Record record(Dataset dataset, const QString &type, const QString &value)
{
    Record record;
    record.owner = {ArtifactKind::Ipv4, u"198.51.100.7"_s};
    record.dataset = dataset;
    record.type = type;
    record.value = UntrustedText::fromString(value);
    return record;
}

Told asn(const QString &number, const QString &holder, const QString &source)
{
    return {FactRole::Asn, UntrustedText::fromString(number), UntrustedText::fromString(holder),
            source};
}

Enrichment named(const QString &name, const QStringList &ownNames = {})
{
    Enrichment known;
    known.entity = {ArtifactKind::Domain, name};
    return enriched(known, {}, now, ownNames);
}

} // namespace

void TestEnrichment::recordsTellInOneForm_data()
{
    QTest::addColumn<Dataset>("dataset");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("value");
    QTest::addColumn<FactRole>("role");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, Dataset dataset, const QString &type,
                        const QString &value, FactRole role, const QString &told) {
        QTest::newRow(name) << dataset << type << value << role << told;
    };
    row("asn", Dataset::Network, u"asn"_s, u"AS64496"_s, FactRole::Asn, u"AS64496"_s);
    row("small asn", Dataset::Network, u"asn"_s, u"as64496"_s, FactRole::Asn, u"AS64496"_s);
    row("bare asn", Dataset::Network, u"asn"_s, u" 64496 "_s, FactRole::Asn, u"AS64496"_s);
    row("greatest asn", Dataset::Network, u"asn"_s, u"AS4294967295"_s, FactRole::Asn,
        u"AS4294967295"_s);
    row("prefix", Dataset::Network, u"prefix"_s, u"198.51.100.7/24"_s, FactRole::Prefix,
        u"198.51.100.0/24"_s);
    row("country", Dataset::Network, u"country"_s, u"nl"_s, FactRole::Country, u"NL"_s);
    row("registry's country", Dataset::Whois, u"country"_s, u"NL"_s, FactRole::Country, u"NL"_s);
    row("registrar", Dataset::Whois, u"registrar"_s, u"Example  Registrar"_s, FactRole::Registrar,
        u"Example Registrar"_s);
    row("whois name server", Dataset::Whois, u"nameserver"_s, u"NS1.Example.NET."_s,
        FactRole::NameServer, u"ns1.example.net"_s);
    row("NS", Dataset::Dns, u"NS"_s, u"ns1.example.net"_s, FactRole::NameServer,
        u"ns1.example.net"_s);
    row("CNAME", Dataset::Dns, u"CNAME"_s, u"www.example.net"_s, FactRole::Alias,
        u"www.example.net"_s);
    row("PTR", Dataset::Dns, u"PTR"_s, u"host.example.net"_s, FactRole::ReverseName,
        u"host.example.net"_s);
}

void TestEnrichment::recordsTellInOneForm()
{
    QFETCH(Dataset, dataset);
    QFETCH(QString, type);
    QFETCH(QString, value);
    const auto told = toldBy(record(dataset, type, value), u"ripestat"_s);
    QVERIFY(told);
    QVERIFY(mayEnrich(dataset, type));
    QTEST(told->role, "role");
    QTEST(told->value.raw(), "told");
    QCOMPARE(told->source, u"ripestat"_s);
}

void TestEnrichment::otherRecordsTellNothing_data()
{
    QTest::addColumn<Dataset>("dataset");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("value");
    QTest::newRow("asn zero") << Dataset::Network << u"asn"_s << u"AS0"_s;
    QTest::newRow("asn too great") << Dataset::Network << u"asn"_s << u"AS4294967296"_s;
    QTest::newRow("asn with words") << Dataset::Network << u"asn"_s << u"AS64496 EXAMPLE"_s;
    QTest::newRow("empty asn") << Dataset::Network << u"asn"_s << u"AS"_s;
    QTest::newRow("no prefix") << Dataset::Network << u"prefix"_s << u"198.51.100.0"_s;
    QTest::newRow("long country") << Dataset::Network << u"country"_s << u"Netherlands"_s;
    QTest::newRow("no country") << Dataset::Network << u"country"_s << u"--"_s;
    QTest::newRow("other type") << Dataset::Network << u"city"_s << u"Delft"_s;
    QTest::newRow("other dataset") << Dataset::Services << u"asn"_s << u"AS64496"_s;
    QTest::newRow("mail server") << Dataset::Dns << u"MX"_s << u"mail.example.net"_s;
    QTest::newRow("no host") << Dataset::Dns << u"NS"_s << u"not a host"_s;
}

void TestEnrichment::otherRecordsTellNothing()
{
    QFETCH(Dataset, dataset);
    QFETCH(QString, type);
    QFETCH(QString, value);
    QVERIFY(!toldBy(record(dataset, type, value), u"ripestat"_s));
}

void TestEnrichment::theCountryOfADomainsOwnerIsNotTheDomains()
{
    Record country = record(Dataset::Whois, u"country"_s, u"NL"_s);
    country.owner = {ArtifactKind::Domain, u"example.net"_s};
    QVERIFY(!toldBy(country, u"rdap"_s));
    country.owner = {ArtifactKind::Cidr, u"198.51.100.0/24"_s};
    QVERIFY(toldBy(country, u"rdap"_s));
}

void TestEnrichment::holdersComeWithTheirAsn()
{
    Record told = record(Dataset::Network, u"asn"_s, u"AS64496"_s);
    setAttribute(told.details, u"holder"_s, UntrustedText::fromString(u"EXAMPLE\n- Example"_s));
    QCOMPARE(toldBy(told, u"cymru"_s)->name.raw(), u"EXAMPLE - Example"_s);
    told.type = u"prefix"_s;
    told.value = UntrustedText::fromString(u"198.51.100.0/24"_s);
    QVERIFY(toldBy(told, u"cymru"_s)->name.isEmpty());
}

void TestEnrichment::sourcesThatDifferStandSideBySide()
{
    const QList<Told> told{asn(u"AS64496"_s, {}, u"maxmind"_s),
                           asn(u"AS64511"_s, u"OTHER"_s, u"cymru"_s),
                           asn(u"AS64511"_s, u"OTHER-NET"_s, u"ripestat"_s)};
    const auto list = sayings(told, FactRole::Asn);
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[0].value.raw(), u"AS64511"_s);
    QCOMPARE(list[0].name.raw(), u"OTHER"_s);
    QCOMPARE(list[0].sources, (QStringList{u"cymru"_s, u"ripestat"_s}));
    QCOMPARE(list[1].sources, QStringList{u"maxmind"_s});
    QVERIFY(sayings(told, FactRole::Country).isEmpty());
}

void TestEnrichment::namesHaveARegisteredDomainAndASkeleton()
{
    const Enrichment known = named(u"www.shop.bbc.co.uk"_s);
    QCOMPARE(known.registeredDomain, u"bbc.co.uk"_s);
    QCOMPARE(known.suffixListDate, publicSuffixListDate());
    QVERIFY(known.lookAlike.isEmpty());
    // Cyrillic а, р, р, ӏ, е
    const Enrichment fake = named(u"xn--80ak6aa92e.com"_s);
    QCOMPARE(fake.skeleton, named(u"apple.com"_s).skeleton);
    QVERIFY2(fake.lookAlike.contains("apple.com"_L1), qPrintable(fake.lookAlike));
    QVERIFY(named(u"appie.com"_s).skeleton != named(u"apple.com"_s).skeleton);
}

void TestEnrichment::addressesHaveNone()
{
    Enrichment known;
    known.entity = {ArtifactKind::Ipv4, u"198.51.100.7"_s};
    const Enrichment made = enriched(known, {}, now);
    QVERIFY(made.registeredDomain.isEmpty());
    QVERIFY(made.suffixListDate.isEmpty());
    QVERIFY(made.skeleton.isEmpty());
    QVERIFY(made.tags.isEmpty());
}

void TestEnrichment::lookAlikesAreToldAgainstOwnNames()
{
    QVERIFY(named(u"wldget-works.example"_s).lookAlike.isEmpty());
    const auto known = named(u"w1dget-works.net"_s, {u"wldget-works.net"_s});
    QVERIFY2(known.lookAlike.contains("wldget-works.net"_L1), qPrintable(known.lookAlike));
}

void TestEnrichment::asnTagsAreShort_data()
{
    QTest::addColumn<QString>("holder");
    QTest::addColumn<QString>("tag");
    QTest::newRow("cymru") << u"CLOUDFLARENET, US"_s << u"asn:cloudflarenet"_s;
    QTest::newRow("ripestat") << u"VPLSNET - Krypt Technologies"_s << u"asn:vplsnet"_s;
    QTest::newRow("dashes") << u"EXAMPLE-NET-AS-"_s << u"asn:example-net-as"_s;
    QTest::newRow("begins oddly") << u"\"Example\" Ltd"_s << u"asn:example"_s;
    QTest::newRow("long") << QString(60, u'x') << u"asn:"_s + QString(24, u'x');
    QTest::newRow("none") << QString() << u"asn:as64496"_s;
    QTest::newRow("not latin") << u"Пример"_s << u"asn:as64496"_s;
}

void TestEnrichment::asnTagsAreShort()
{
    QFETCH(QString, holder);
    Enrichment known;
    known.entity = {ArtifactKind::Ipv4, u"198.51.100.7"_s};
    known.told = {asn(u"AS64496"_s, holder, u"cymru"_s)};
    const auto tags = enriched(known, {}, now).tags;
    QCOMPARE(tags.size(), 1);
    QTEST(tags[0].tag, "tag");
    QVERIFY(tags[0].why.raw().contains("AS64496"_L1));
    QVERIFY(tags[0].why.raw().contains("cymru"_L1));
    QVERIFY(tags[0].list.isEmpty());
}

void TestEnrichment::disagreeingSourcesGiveATagEach()
{
    Enrichment known;
    known.entity = {ArtifactKind::Ipv4, u"198.51.100.7"_s};
    known.told = {asn(u"AS64496"_s, u"ONE"_s, u"cymru"_s), asn(u"AS64511"_s, u"TWO"_s, u"rdap"_s),
                  asn(u"AS64496"_s, u"ONE"_s, u"ripestat"_s)};
    const auto tags = enriched(known, {}, now).tags;
    QCOMPARE(tags.size(), 2);
    QCOMPARE(tags[0].tag, u"asn:one"_s);
    QCOMPARE(tags[0].why.raw(), u"AS64496 (ONE), says cymru, ripestat"_s);
    QCOMPARE(tags[1].tag, u"asn:two"_s);
}

WG_TEST(TestEnrichment)

#include "tst_enrichment.moc"
