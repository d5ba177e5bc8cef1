// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/taglists.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// What lists say of entities, and what they must not say.
class TestTagLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesBelowAServiceAreItsCustomers();
    void theServiceItselfIsNone_data();
    void theServiceItselfIsNone();
    void aCnameLeadsToAService();
    void aNameServerTellsOfParking();
    void addressesLieInNetworks();
    void theSmallestNetworkOfAListDecides();
    void familiesAreKeptApart();
    void aNameHasTheTagsOfItsAddresses();
    void anAsnTellsOfItsService();
    void aReverseNameNeedsWordAndAddress_data();
    void aReverseNameNeedsWordAndAddress();
    void namesSpellAddresses_data();
    void namesSpellAddresses();
    void routableNeedsAListThatCouldSayNo();
    void oldListsAreMarked();
    void aListOfTheSameNameTakesThePlace();
    void twoSourcesOfOneReasonAreOneTag();
};

namespace {

constexpr Instant now{1'795'000'000'000}; // 2026-11-18

TagList list(const QString &tag, const TagEntry &entry, const QString &date = u"2026-11-01"_s)
{
    TagList made;
    made.name = tag;
    made.title = u"List of "_s + tag;
    made.tag = tag;
    made.date = date;
    made.entries = {entry};
    return made;
}

TagLists built(const QList<TagList> &all)
{
    TagLists lists;
    for (const TagList &one : all)
        lists.add(one);
    lists.build();
    return lists;
}

Entity entity(const QString &text)
{
    const auto address = parseAddress(text);
    return address ? address->artifact() : Entity{ArtifactKind::Domain, text};
}

QList<SystemTag> tags(const TagLists &lists, const QString &text, const QList<Told> &told = {})
{
    Enrichment known;
    known.entity = entity(text);
    known.told = told;
    return lists.tagsOf(known, now);
}

QStringList words(const QList<SystemTag> &tags)
{
    QStringList words;
    for (const SystemTag &tag : tags)
        words.append(tag.tag);
    return words;
}

Told told(FactRole role, const QString &value, const QString &source = u"dns@192.0.2.53"_s)
{
    return {role, UntrustedText::fromString(value), {}, source};
}

IpNetwork network(const QString &text)
{
    return *parseNetwork(text);
}

TagLists dynamicNames()
{
    TagEntry entry;
    entry.who = u"Dyn Example"_s;
    entry.names = {u"dyn.example"_s, u"deep.dyn.example"_s};
    return built({list(u"dynamic"_s, entry)});
}

TagLists special()
{
    TagEntry wide;
    wide.who = u"set aside"_s;
    wide.addresses = {network(u"192.0.0.0/24"_s), network(u"2001::/23"_s)};
    wide.except = {network(u"192.0.0.9/32"_s), network(u"2001:20::/28"_s)};
    return built({list(notRoutableTag, wide)});
}

} // namespace

void TestTagLists::namesBelowAServiceAreItsCustomers()
{
    const auto found = tags(dynamicNames(), u"home.dyn.example"_s);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0].tag, u"dynamic"_s);
    QCOMPARE(found[0].why.raw(), u"it lies below dyn.example (Dyn Example)"_s);
    QCOMPARE(found[0].list, u"List of dynamic"_s);
    QCOMPARE(found[0].date, u"2026-11-01"_s);
    QVERIFY(!found[0].old);
    // The nearest name of the list says it, once.
    const auto deep = tags(dynamicNames(), u"a.b.deep.dyn.example"_s);
    QCOMPARE(deep.size(), 1);
    QVERIFY(deep[0].why.raw().contains("deep.dyn.example"_L1));
}

void TestTagLists::theServiceItselfIsNone_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"dyn.example", "www.dyn.example", "homedyn.example", "example",
                             "dyn.example.net", "dynamic.example"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestTagLists::theServiceItselfIsNone()
{
    QFETCH(QString, name);
    QVERIFY(tags(dynamicNames(), name).isEmpty());
}

void TestTagLists::aCnameLeadsToAService()
{
    const auto found =
        tags(dynamicNames(), u"shop.example.net"_s, {told(FactRole::Alias, u"x.dyn.example"_s)});
    QCOMPARE(words(found), QStringList{u"dynamic"_s});
    QCOMPARE(found[0].why.raw(), u"its CNAME x.dyn.example leads to dyn.example (Dyn Example)"_s);
    QVERIFY(tags(dynamicNames(), u"shop.example.net"_s, {told(FactRole::Alias, u"xdyn.example"_s)})
                .isEmpty());
}

void TestTagLists::aNameServerTellsOfParking()
{
    TagEntry entry;
    entry.who = u"Parker"_s;
    entry.nameServers = {u"parking.example"_s};
    const auto lists = built({list(u"parked"_s, entry)});
    const auto found =
        tags(lists, u"shop.example.net"_s, {told(FactRole::NameServer, u"ns1.parking.example"_s)});
    QCOMPARE(words(found), QStringList{u"parked"_s});
    QCOMPARE(found[0].why.raw(),
             u"its name server ns1.parking.example is one of parking.example (Parker)"_s);
    // A name server's name says nothing as a name, nor as a CNAME.
    QVERIFY(tags(lists, u"ns1.parking.example"_s).isEmpty());
    QVERIFY(tags(lists, u"a.example"_s, {told(FactRole::Alias, u"x.parking.example"_s)}).isEmpty());
    QVERIFY(tags(lists, u"a.example"_s, {told(FactRole::NameServer, u"ns.noparking.example"_s)})
                .isEmpty());
}

void TestTagLists::addressesLieInNetworks()
{
    TagEntry entry;
    entry.addresses = {network(u"198.51.100.0/25"_s), network(u"203.0.113.9/32"_s),
                       network(u"2001:db8:1::/48"_s)};
    const auto lists = built({list(u"cdn"_s, entry)});
    for (const char *inside : {"198.51.100.0", "198.51.100.127", "203.0.113.9",
                               "2001:db8:1::", "2001:db8:1:ffff:ffff:ffff:ffff:ffff"})
        QCOMPARE(words(tags(lists, QString::fromLatin1(inside))), QStringList{u"cdn"_s});
    for (const char *outside : {"198.51.100.128", "198.51.99.255", "203.0.113.8", "203.0.113.10",
                                "2001:db8:0:ffff::", "2001:db8:2::"})
        QVERIFY2(tags(lists, QString::fromLatin1(outside)).isEmpty(), outside);
    QCOMPARE(tags(lists, u"198.51.100.5"_s)[0].why.raw(), u"198.51.100.5 is in 198.51.100.0/25"_s);
}

void TestTagLists::theSmallestNetworkOfAListDecides()
{
    for (const char *aside : {"192.0.0.8", "192.0.0.10", "2001:1::", "2001:1ff::1"})
        QCOMPARE(words(tags(special(), QString::fromLatin1(aside))), QStringList{notRoutableTag});
    for (const char *free : {"192.0.0.9", "192.0.1.0", "2001:20::1", "2001:2f::1", "2001:200::1"})
        QCOMPARE(words(tags(special(), QString::fromLatin1(free))), QStringList{u"routable"_s});
}

void TestTagLists::familiesAreKeptApart()
{
    TagEntry entry;
    entry.addresses = {network(u"::/8"_s), network(u"0.0.0.0/8"_s)};
    const auto lists = built({list(notRoutableTag, entry)});
    QCOMPARE(words(tags(lists, u"198.51.100.5"_s)), QStringList{u"routable"_s});
    QCOMPARE(words(tags(lists, u"::5"_s)), QStringList{notRoutableTag});
    QCOMPARE(words(tags(lists, u"0.1.2.3"_s)), QStringList{notRoutableTag});
}

void TestTagLists::aNameHasTheTagsOfItsAddresses()
{
    TagEntry entry;
    entry.who = u"Trap"_s;
    entry.addresses = {network(u"192.0.0.0/24"_s)};
    const auto lists = built({list(u"sinkhole"_s, entry), list(notRoutableTag, entry)});
    const auto found = tags(lists, u"bad.example"_s, {told(FactRole::Address, u"192.0.0.66"_s)});
    // That it is not routable is the address's matter, not the name's.
    QCOMPARE(words(found), QStringList{u"sinkhole"_s});
    QCOMPARE(found[0].why.raw(), u"its address 192.0.0.66 is in 192.0.0.0/24 (Trap)"_s);
}

void TestTagLists::anAsnTellsOfItsService()
{
    TagEntry entry;
    entry.who = u"Example CDN"_s;
    entry.asns = {u"AS64496"_s};
    const auto lists = built({list(u"cdn"_s, entry)});
    const auto found =
        tags(lists, u"198.51.100.7"_s, {told(FactRole::Asn, u"AS64496"_s, u"cymru"_s)});
    QCOMPARE(words(found), QStringList{u"cdn"_s});
    QCOMPARE(found[0].why.raw(), u"it is announced by AS64496 (Example CDN)"_s);
    QVERIFY(tags(lists, u"198.51.100.7"_s, {told(FactRole::Asn, u"AS644960"_s)}).isEmpty());
}

void TestTagLists::aReverseNameNeedsWordAndAddress_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dynamic");
    const auto row = [](const char *name, bool dynamic) {
        QTest::newRow(name) << QString::fromLatin1(name) << dynamic;
    };
    row("198-51-100-7.dyn.access.example", true);
    row("pool-198-51-100-7.access.example", true);
    row("7.100.51.198.dhcp.access.example", true);
    row("dyn12-c6336407.access.example", true);
    row("ppp198-051-100-007.access.example", true);
    row("pool.ntp.example", false); // no address in it
    row("198-51-100-7.access.example", false); // no word
    row("198-51-100-7.dynamics.example", false); // another word
    row("198-51-100-8.dyn.access.example", false); // a neighbour's
    row("static-198-51-100-7.pool.access.example", false); // it says the opposite
}

void TestTagLists::aReverseNameNeedsWordAndAddress()
{
    QFETCH(QString, name);
    QFETCH(bool, dynamic);
    TagEntry entry;
    entry.words = {u"dhcp"_s, u"dyn"_s, u"pool"_s, u"ppp"_s};
    entry.unless = {u"static"_s};
    const auto lists = built({list(u"dynamic"_s, entry)});
    const auto found = tags(lists, u"198.51.100.7"_s, {told(FactRole::ReverseName, name)});
    QCOMPARE(words(found), dynamic ? QStringList{u"dynamic"_s} : QStringList());
    // Of a name there is no reverse name.
    QVERIFY(tags(lists, u"a.example"_s, {told(FactRole::ReverseName, name)}).isEmpty());
}

void TestTagLists::namesSpellAddresses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("spells");
    const auto row = [](const char *name, const char *address, bool spells) {
        QTest::addRow("%s of %s", name, address)
            << QString::fromLatin1(name) << QString::fromLatin1(address) << spells;
    };
    row("host1-2-3-4.example", "1.2.3.4", true);
    row("4.3.2.1.example", "1.2.3.4", true);
    row("x01020304.example", "1.2.3.4", true);
    row("1-2-3.example", "1.2.3.4", false);
    row("1-2-34.example", "1.2.3.4", false);
    row("2-1-3-4.example", "1.2.3.4", false);
    row("", "1.2.3.4", false);
    row("99999999999999999999-2-3-4.example", "1.2.3.4", false);
    row("20010db8000000000000000000000001.example", "2001:db8::1", true);
    row("2001-0db8-0000-0000-0000-0000-0000-0001.example", "2001:db8::1", true);
    row("2001-db8--2.example", "2001:db8::1", false);
}

void TestTagLists::namesSpellAddresses()
{
    QFETCH(QString, name);
    QFETCH(QString, address);
    QFETCH(bool, spells);
    QCOMPARE(spellsAddress(name, *parseAddress(address)), spells);
}

void TestTagLists::routableNeedsAListThatCouldSayNo()
{
    QVERIFY(tags(dynamicNames(), u"198.51.100.7"_s).isEmpty());
    const auto found = tags(special(), u"198.51.100.7"_s);
    QCOMPARE(words(found), QStringList{u"routable"_s});
    QCOMPARE(found[0].list, u"List of not-routable"_s);
    QVERIFY(tags(special(), u"example.net"_s).isEmpty());
}

void TestTagLists::oldListsAreMarked()
{
    QVERIFY(!isOld(u"2026-11-18"_s, now));
    QVERIFY(!isOld(u"2025-11-18"_s, now));
    QVERIFY(!isOld(u"2025-11-17"_s, now));
    QVERIFY(isOld(u"2025-11-16"_s, now));
    QVERIFY(isOld({}, now));
    QVERIFY(!isOld(u"2027-01-01"_s, now));
    TagEntry entry;
    entry.addresses = {network(u"198.51.100.0/24"_s)};
    const auto lists = built({list(u"parked"_s, entry, u"2024-04-22"_s)});
    QVERIFY(tags(lists, u"198.51.100.7"_s)[0].old);
}

void TestTagLists::aListOfTheSameNameTakesThePlace()
{
    TagEntry before;
    before.names = {u"before.example"_s};
    TagEntry after;
    after.names = {u"after.example"_s};
    const auto lists = built({list(u"cdn"_s, before), list(u"cdn"_s, after)});
    QCOMPARE(lists.lists().size(), 1);
    QVERIFY(tags(lists, u"a.before.example"_s).isEmpty());
    QCOMPARE(words(tags(lists, u"a.after.example"_s)), QStringList{u"cdn"_s});
}

void TestTagLists::twoSourcesOfOneReasonAreOneTag()
{
    TagEntry entry;
    entry.nameServers = {u"parking.example"_s};
    const auto lists = built({list(u"parked"_s, entry)});
    const auto found =
        tags(lists, u"example.net"_s,
             {told(FactRole::NameServer, u"ns1.parking.example"_s, u"rdap"_s),
              told(FactRole::NameServer, u"ns1.parking.example"_s, u"dns@192.0.2.53"_s),
              told(FactRole::NameServer, u"ns2.parking.example"_s, u"rdap"_s)});
    QCOMPARE(found.size(), 2); // two reasons
}

WG_TEST(TestTagLists)

#include "tst_taglists.moc"
