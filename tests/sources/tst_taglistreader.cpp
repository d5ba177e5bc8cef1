// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/taglistreader.h"
#include "support/runner.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Lists as files: the program's own, a user's, and ones with mistakes.
class TestTagListReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theProgramsListsAreSound();
    void theySayWhatTheyShould_data();
    void theySayWhatTheyShould();
    void theSpecialPurposeListAgreesWithTheGate_data();
    void theSpecialPurposeListAgreesWithTheGate();
    void aUsersListCounts();
    void aUsersListTakesThePlaceOfTheProgramsOwn();
    void mistakesAreNamedWithTheirPlace_data();
    void mistakesAreNamedWithTheirPlace();
    void aBrokenFileLeavesTheOthers();
    void oneNameIsGivenOnce();
};

namespace {

constexpr Instant now{1'795'000'000'000}; // 2026-11-18

const TagLists &own()
{
    static const ReadTagLists read = readTagLists({});
    return *read.lists;
}

QStringList tagsOf(const TagLists &lists, const QString &text, const QList<Told> &told = {})
{
    const auto address = parseAddress(text);
    Enrichment known;
    known.entity = address ? address->artifact() : Entity{ArtifactKind::Domain, text};
    known.told = told;
    QStringList words;
    for (const SystemTag &tag : lists.tagsOf(known, now)) {
        if (!words.contains(tag.tag))
            words.append(tag.tag);
    }
    return words;
}

void lay(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// A list whose entries are given.
QByteArray listOf(const QByteArray &entries, const QByteArray &name = "ours")
{
    return R"({
    "list": 1,
    "name": ")"
        + name + R"(",
    "title": "Our own",
    "tag": "ours",
    "date": "2026-11-01",
    "source": "ourselves",
    "entries": [)"
        + entries + "]\n}\n";
}

} // namespace

void TestTagListReader::theProgramsListsAreSound()
{
    const ReadTagLists read = readTagLists({});
    QVERIFY2(read.broken.isEmpty(),
             read.broken.isEmpty() ? "" : qPrintable(read.broken.first().why));
    QStringList names;
    for (const TagList &list : read.lists->lists()) {
        names.append(list.name);
        QVERIFY2(!list.licence.isEmpty(), qPrintable(list.name));
        QVERIFY2(!list.own, qPrintable(list.name));
        QSet<QString> met;
        for (const TagEntry &entry : list.entries) {
            QStringList all = entry.names + entry.asns;
            for (const IpNetwork &network : entry.addresses)
                all.append(network.text());
            for (const QString &text : std::as_const(all)) {
                QVERIFY2(!met.contains(text), qPrintable(list.name + u": twice "_s + text));
                met.insert(text);
            }
        }
    }
    QCOMPARE(names,
             (QStringList{u"cdn-networks"_s, u"cdn"_s, u"dynamic-addresses"_s, u"dynamic-dns"_s,
                          u"parking"_s, u"sinkholes"_s, u"special-purpose"_s}));
}

void TestTagListReader::theySayWhatTheyShould_data()
{
    QTest::addColumn<QString>("entity");
    QTest::addColumn<int>("role");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("tags");
    const auto row = [](const char *entity, FactRole role, const char *value,
                        const QStringList &tags) {
        QTest::addRow("%s %s", entity, value)
            << QString::fromLatin1(entity) << int(role) << QString::fromLatin1(value) << tags;
    };
    const auto bare = [&row](const char *entity, const QStringList &tags) {
        row(entity, FactRole::Country, "NL", tags);
    };
    bare("home.duckdns.org", {u"dynamic"_s});
    bare("duckdns.org", {});
    bare("www.duckdns.org", {});
    bare("pool.ntp.org", {});
    bare("cdn.example.com", {});
    bare("d111111abcdef8.cloudfront.net", {u"cdn"_s});
    bare("sinkhole.example.com", {});
    bare("parking.example.com", {});
    bare("104.16.1.1", {u"cdn"_s, u"routable"_s});
    bare("104.32.0.0", {u"routable"_s});
    bare("2606:4700::6810:1", {u"cdn"_s, u"routable"_s});
    bare("199.2.137.5", {u"sinkhole"_s, u"routable"_s});
    bare("199.59.243.200", {u"parked"_s, u"routable"_s});
    bare("198.51.100.7", {u"not-routable"_s});
    row("shop.example.com", FactRole::Alias, "shop.example.com.edgekey.net", {u"cdn"_s});
    row("shop.example.com", FactRole::Alias, "cdn.shop.example.com", {});
    row("example.com", FactRole::NameServer, "ns1.sedoparking.com", {u"parked"_s});
    row("example.com", FactRole::NameServer, "ns7.microsoftinternetsafety.net", {u"sinkhole"_s});
    row("example.com", FactRole::NameServer, "dns1.registrar-servers.com", {});
    row("example.com", FactRole::NameServer, "ns1.sedo.com", {});
    row("1.1.1.1", FactRole::Asn, "AS13335", {u"cdn"_s, u"routable"_s});
    row("52.94.0.1", FactRole::Asn, "AS16509", {u"routable"_s}); // not every Amazon is a CDN
    row("84.131.0.1", FactRole::ReverseName, "p54830001.dip0.t-ipconnect.de",
        {u"dynamic"_s, u"routable"_s});
    row("84.131.0.1", FactRole::ReverseName, "static.84-131-0-1.dyn.example", {u"routable"_s});
    row("162.159.200.1", FactRole::ReverseName, "pool.ntp.org", {u"cdn"_s, u"routable"_s});
}

void TestTagListReader::theySayWhatTheyShould()
{
    QFETCH(QString, entity);
    QFETCH(int, role);
    QFETCH(QString, value);
    const Told told{FactRole(role), UntrustedText::fromString(value), {}, u"dns"_s};
    QTEST(tagsOf(own(), entity, {told}), "tags");
}

void TestTagListReader::theSpecialPurposeListAgreesWithTheGate_data()
{
    QTest::addColumn<QString>("address");
    for (const char *address :
         {"0.0.0.1",        "9.255.255.255", "10.0.0.1",        "100.63.255.255",
          "100.64.0.0",     "126.0.0.1",     "127.0.0.1",       "169.254.1.1",
          "172.15.255.255", "172.16.0.0",    "172.32.0.0",      "192.0.2.1",
          "192.168.1.1",    "192.169.0.0",   "198.17.255.255",  "198.18.0.0",
          "198.20.0.0",     "203.0.113.5",   "223.255.255.255", "224.0.0.1",
          "239.0.0.1",      "240.0.0.1",     "255.255.255.255", "::1",
          "fe80::1",        "fd00::1",       "ff02::1",         "2001:db8::1",
          "2a00::1",        "2400:cb00::1",  "3fff::1",         "4000::1",
          "100::1",         "2606:4700::1"})
        QTest::newRow(address) << QString::fromLatin1(address);
}

void TestTagListReader::theSpecialPurposeListAgreesWithTheGate()
{
    QFETCH(QString, address);
    const bool reached = reachOf(*parseAddress(address)) == Reach::Public;
    QCOMPARE(tagsOf(own(), address).contains(notRoutableTag), !reached);
    QCOMPARE(tagsOf(own(), address).contains(u"routable"_s), reached);
}

void TestTagListReader::aUsersListCounts()
{
    const QTemporaryDir folder;
    lay(folder, u"ours.json"_s,
        listOf(
            R"({"who": "Us", "addresses": ["8.8.8.8", "2a00::/16"], "names": ["Our.Example."]})"));
    lay(folder, u"readme.txt"_s, "no list");
    const ReadTagLists read = readTagLists(folder.path());
    QVERIFY(read.broken.isEmpty());
    QVERIFY(tagsOf(*read.lists, u"8.8.8.8"_s).contains(u"ours"_s));
    QVERIFY(!tagsOf(*read.lists, u"8.8.8.9"_s).contains(u"ours"_s));
    QVERIFY(tagsOf(*read.lists, u"2a00::1"_s).contains(u"ours"_s));
    QVERIFY(tagsOf(*read.lists, u"a.our.example"_s).contains(u"ours"_s));
    QVERIFY(tagsOf(*read.lists, u"home.duckdns.org"_s).contains(u"dynamic"_s));
    QVERIFY(read.lists->lists().constLast().own);
}

void TestTagListReader::aUsersListTakesThePlaceOfTheProgramsOwn()
{
    const QTemporaryDir folder;
    lay(folder, u"newer.json"_s, listOf(R"({"names": ["our.example"]})", "dynamic-dns"));
    const ReadTagLists read = readTagLists(folder.path());
    QVERIFY(tagsOf(*read.lists, u"home.duckdns.org"_s).isEmpty());
    QCOMPARE(tagsOf(*read.lists, u"a.our.example"_s), QStringList{u"ours"_s});
}

void TestTagListReader::mistakesAreNamedWithTheirPlace_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("why");
    const auto entry = [](const char *name, const QByteArray &text, const QString &why) {
        QTest::newRow(name) << listOf('\n' + text) << why;
    };
    entry("no entry", "{\"who\": \"Us\"}", u"9:1: an entry needs"_s);
    entry("misspelt", "{\"names\": [\"a.example\"], \"name\": []}", u"9:26: "_s);
    entry("no host", "{\"names\": [\"a.example\", \"a b\"]}", u"9:25: \"a b\" is no host name"_s);
    entry("wildcard", "{\"names\": [\"*.a.example\"]}", u"9:12: "_s);
    entry("no network", "{\"addresses\": [\"192.0.2.0/33\"]}", u"9:16: \"192.0.2.0/33\" is no"_s);
    entry("no asn", "{\"asns\": [\"64496\"]}", u"9:11: \"64496\" is not written like AS64496"_s);
    entry("no list", "{\"names\": \"a.example\"}", u"9:11: \"names\" must be a list"_s);
    entry("no text", "{\"names\": [5]}", u"9:12: a text is expected"_s);
    entry("two words", "{\"words\": [\"a b\"]}", u"9:12: "_s);
    const auto whole = [](const char *name, const QByteArray &from, const QByteArray &to,
                          const QString &why) {
        QTest::newRow(name) << listOf("{\"names\": [\"a.example\"]}").replace(from, to) << why;
    };
    whole("no date", "    \"date\": \"2026-11-01\",\n", "", u"1:1: \"date\" is missing"_s);
    whole("bad date", "2026-11-01", "2026-11-31", u"6:13: \"date\" must be a day"_s);
    whole("bad tag", "\"ours\",\n    \"date", "\"Our Tag\",\n    \"date", u"5:12: "_s);
    whole("no source", "    \"source\": \"ourselves\",\n", "", u"1:1: \"source\" is missing"_s);
    whole("newer shape", "\"list\": 1", "\"list\": 2", u"2:13: "_s);
    whole("half a file", "\"entries\"", "", u"8:"_s);
    QTest::newRow("empty") << QByteArray() << u"1:1: "_s;
}

void TestTagListReader::mistakesAreNamedWithTheirPlace()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, why);
    const auto list = readTagList(bytes);
    QVERIFY(!list);
    QCOMPARE(list.error().code, ErrorCode::Malformed);
    QVERIFY2(list.error().detail.startsWith(why), qPrintable(list.error().detail));
}

void TestTagListReader::aBrokenFileLeavesTheOthers()
{
    const QTemporaryDir folder;
    lay(folder, u"a.json"_s, "{\n\"list\": 1,,");
    lay(folder, u"b.json"_s, listOf(R"({"names": ["our.example"]})"));
    const ReadTagLists read = readTagLists(folder.path());
    QCOMPARE(read.broken.size(), 1);
    QCOMPARE(read.broken[0].file, u"lists/a.json"_s);
    QVERIFY2(read.broken[0].why.startsWith("2:"_L1), qPrintable(read.broken[0].why));
    QCOMPARE(tagsOf(*read.lists, u"a.our.example"_s), QStringList{u"ours"_s});
}

void TestTagListReader::oneNameIsGivenOnce()
{
    const QTemporaryDir folder;
    lay(folder, u"a.json"_s, listOf(R"({"names": ["first.example"]})"));
    lay(folder, u"b.json"_s, listOf(R"({"names": ["second.example"]})"));
    const ReadTagLists read = readTagLists(folder.path());
    QCOMPARE(read.broken.size(), 1);
    QCOMPARE(read.broken[0].file, u"lists/b.json"_s);
    QCOMPARE(tagsOf(*read.lists, u"a.first.example"_s), QStringList{u"ours"_s});
    QVERIFY(tagsOf(*read.lists, u"a.second.example"_s).isEmpty());
}

WG_TEST(TestTagListReader)

#include "tst_taglistreader.moc"
