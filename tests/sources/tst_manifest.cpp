// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/catalogue.h"
#include "sources/manifest.h"
#include "sources/outside.h"
#include "support/runner.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

/// A small manifest, sound. (In a file of its own: moc takes "//" within a raw string for a
/// comment.)
const QByteArray &soundManifest()
{
    static const QByteArray text = [] {
        QFile file(QStringLiteral(TEST_DATA "/manifest/inhouse.json"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }();
    return text;
}

QByteArray with(const char *what, const char *instead)
{
    QByteArray changed = soundManifest();
    changed.replace(what, instead);
    return changed;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

/// Sources that are described, and how a mistake in a description is told.
class tst_Manifest : public QObject
{
    Q_OBJECT

    static void row(const char *name, const QByteArray &text, const char *why)
    {
        QTest::newRow(name) << text << QString::fromUtf8(why);
    }
    static void followingMistakes()
    {
        row("rows that are followed by nobody",
            with("\"completeness\": \"whole\"",
                 R"("follows": {"question": "host", "each": "/rows"}, "completeness": "partial")"),
            "\"{row}\" must stand once in \"path\" or \"query\"");
        row("following all there is",
            with("v1/{entity}\",",
                 "v1/{row}\", \"follows\": {\"question\": \"host\", \"each\": \"\"},"),
            "what follows rows is \"historical\" and \"partial\", without pages");
        row("following nobody",
            with("v1/{entity}\",\n            \"completeness\": \"whole\"",
                 "v1/{row}\", \"follows\": {\"question\": \"hots\", \"each\": \"\"},"
                 "\"presence\": \"historical\", \"completeness\": \"partial\""),
            "no question \"hots\" asks about the same, so none can follow it");
    }
    static void requestMistakes()
    {
        row("misspelt placeholder", with("{entity}", "{entitty}"),
            "13:9: {entitty} stands for nothing here; there is {entity}, {kind}");
        row("of nobody", with("/v1/{entity}", "/v1/all"), "{entity} is missing: of whom is asked");
        row("a form and json",
            with("\"completeness\"",
                 R"("form": {"q": "{entity}"}, "json": {"q": "{entity}"}, "completeness")"),
            "a question has a \"form\" or \"json\", not both");
        row("rules for lines", with("\"completeness\"", R"("format": "cof", "completeness")"),
            "\"records\" say nothing where the \"format\" has its own");
        row("a key among the headers",
            with("\"quota\"", R"("headers": {"Authorization": "Bearer x"}, "quota")"),
            "10:16: a key is kept in the key chain");
        row("a header that cannot be sent",
            with("\"quota\"", R"("headers": {"X A": "b"}, "quota")"),
            "10:16: \"X A\" is no header that can be sent");
        row("a header of two lines", with("\"quota\"", R"("headers": {"X": "b\nc"}, "quota")"),
            "\"X\" is no header that can be sent");
        row("a header that ends in a line feed",
            with("\"quota\"", R"("headers": {"X": "b\n"}, "quota")"),
            "\"X\" is no header that can be sent");
        row("misspelt in a header",
            with("\"completeness\"", R"("headers": {"X": "{entiti}"}, "completeness")"),
            "{entiti} stands for nothing here");
        row("misspelt in a body",
            with("\"completeness\"", R"("json": {"q": [{"a": "{row}"}]}, "completeness")"),
            "{row} stands for nothing here");
        row("a URL among the hosts",
            with("\"quota\"", "\"hosts\": [\"https:/\" \"/x\"], \"quota\"").replace("\" \"", ""),
            "is no host name");
    }
    static void questionMistakes()
    {
        row("wrong kind of entity", with("[\"ipv4\"]", "[\"mail\"]"),
            "15:22: \"mail\" is no kind of entity");
        row("wrong dataset", with("[\"osint\"]", "[\"gossip\"]"),
            "16:25: \"gossip\" is no dataset");
        row("relative path", with("\"/v1/", "\"v1/"), "\"path\" must begin with a slash");
        row("no place", with("\"/rows/*\"", "\"rows\""),
            "20:26: a place is expected, like \"/data/0/ip\" or \"1/name\"");
        row("many where one is due", with("\"0/text\"", "\"/rows/*/text\""),
            "20:70: \"*\" stands for many values");
        row("misspelt transform", with("\"trim\"", "\"trm\""),
            "20:87: no transform is called \"trm\"; did you mean \"trim\"?");
        row("transform without its text", with("\"before:;\"", "\"before\""),
            "\"before\" needs a text behind a colon");
        row("transform with a text too many", with("\"trim\"", "\"trim:x\""),
            "\"trim\" takes nothing behind a colon");
        row("one place and all", with("\"at\"", "\"all\": [\"0\"], \"at\""),
            "\"at\" and \"all\" exclude each other");
        row("nothing to compare",
            with(
                "\"completeness\"",
                R"("conditions": [{"status": 200, "is_not": "ok", "outcome": "refused"}], "completeness")"),
            "\"at\" is missing: what is compared");
        row("rows without a number", with("\"whole\"", R"({"rows": "/rows"})"),
            "\"total\" or \"most\" is missing");
        row("a number without rows", with("\"whole\"", R"({"most": 5})"), "\"rows\" is missing");
        row("a limit of nothing", with("\"whole\"", R"({"most": 0, "rows": "/rows"})"),
            "\"most\" must be a whole number from 1 to 1000000");
        row("paging that says whole",
            with(
                "\"completeness\"",
                R"("paging": {"by": "page", "parameter": "p", "size": 9, "rows": ""}, "completeness")"),
            "an answer with \"paging\" is not \"whole\" at once");
        row("paging without an end",
            with(
                "\"completeness\": \"whole\"",
                R"("paging": {"by": "page", "parameter": "p", "rows": ""}, "completeness": "paged")"),
            "\"size\" or \"pages\" is missing");
        row("nobody to ask about", with("[\"ipv4\"]", "[]"), "15:22: \"about\" must not be empty");
        row("status in words",
            with(
                "\"completeness\"",
                R"("conditions": [{"status": [404, "none"], "outcome": "empty"}], "completeness")"),
            "an HTTP status is expected");
        row("the same question twice",
            with("        {\n            \"question\": \"host\",",
                 "{\"question\": \"host\", \"about\": \"ipv4\", \"datasets\": \"osint\","
                 "\"path\": \"/x/{entity}\", \"completeness\": \"whole\", \"records\":"
                 "[{\"each\": \"/a/*\", \"type\": \"=b\", \"value\": \"0\"}]},"
                 "{\"question\": \"host\","),
            "there is a question \"host\" about the same already");
        row("no records", with("\"records\"", "\"record\""), "\"records\" is missing");
    }

private Q_SLOTS:
    void aSoundManifestDeclaresItsSource()
    {
        const auto manifest = readManifest(soundManifest());
        QVERIFY2(manifest.ok(), qPrintable(manifest ? QString() : manifest.error().detail));
        const SourceInfo &info = manifest->info;
        QCOMPARE(info.name, u"inhouse"_s);
        QCOMPARE(info.party, u"list.corp.example"_s);
        QCOMPARE(info.pap, Pap::Amber);
        QCOMPARE(info.presence, Presence::Current);
        QCOMPARE(info.intervalMs, dayMs);
        QVERIFY(fills(info, {ArtifactKind::Ipv4, u"192.0.2.1"_s}, Dataset::Osint));
        QVERIFY(!fills(info, {ArtifactKind::Domain, u"a.com"_s}, Dataset::Osint));
        QCOMPARE(manifest->windows.size(), 2);
        QCOMPARE(manifest->windows[1].count, 1000);
        QCOMPARE(manifest->windows[1].perMs, 2 * dayMs);
    }

    void aServerMayBeAnAddress()
    {
        for (const char *server : {"https://198.51.100.7", "https://[2001:db8::7]:8443"}) {
            const auto manifest = readManifest(with("https://list.corp.example", server));
            QVERIFY2(manifest.ok(), qPrintable(manifest ? QString() : manifest.error().detail));
        }
    }

    void aByteOrderMarkIsNoMistake()
    {
        const QByteArray mark("\xEF\xBB\xBF");
        QVERIFY(readManifest(mark + soundManifest()));
        const auto broken = readManifest(mark + with("    \"presence\": \"current\",\n", ""));
        QVERIFY(!broken && broken.error().detail.startsWith(u"1:1: \"presence\" is missing"_s));
    }

    void mistakesAreToldWithTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("why");
        row("no JSON", with("\"name\": \"inhouse\",", "\"name\": \"inhouse\""), "4:6: ");
        row("no object", "[1]", "1:1: a JSON object is expected");
        row("nothing", "", "1:1: ");
        row("no presence", with("    \"presence\": \"current\",\n", ""),
            "1:1: \"presence\" is missing");
        row("wrong presence", with("\"current\"", "\"now\""),
            "8:17: \"presence\" cannot be \"now\"; known are current, historical");
        row("no completeness", with("            \"completeness\": \"whole\",\n", ""),
            "13:9: \"completeness\" is missing");
        row("no question", with("\"question\": \"host\",", ""), "13:9: \"question\" is missing");
        row("misspelt member", with("\"quota\"", "\"quotas\""),
            "10:5: \"quotas\" is unknown here; did you mean \"quota\"?");
        row("twice", with("\"manifest\": 1,", "\"manifest\": 1, \"manifest\": 1,"),
            "2:20: \"manifest\" stands here twice");
        row("key without a way",
            with("\"quota\"", R"("key": {"needed": true, "from": "x"}, "quota")"),
            "10:12: \"sent\" is missing");
        row("key in a header without a name",
            with("\"quota\"", R"("key": {"sent": "header", "needed": true, "from": "x"}, "quota")"),
            "\"name\" is missing");
        row("key that is not in its text",
            with(
                "\"quota\"",
                R"("key": {"sent": "query", "name": "k", "value": "x", "needed": true, "from": "x"}, "quota")"),
            "\"value\" must hold {key}");
        row("key nobody knows whether it is needed",
            with("\"quota\"", R"("key": {"sent": "bearer", "from": "x"}, "quota")"),
            "\"needed\" is missing");
        row("another form", with("\"manifest\": 1", "\"manifest\": 2"),
            "2:17: \"manifest\" must be a whole number from 1 to 1");
        row("wrong kind of value", with("\"Our own list\"", "7"), "4:14: \"title\" must be a text");
        row("wrong name", with("\"inhouse\"", "\"In House\""),
            "3:13: \"name\" must be lower-case letters, digits and hyphens");
        row("plain http", with("https://list", "http://list"),
            "9:15: \"server\" must be https:// and a host");
        row("a path in the server", with("corp.example\"", "corp.example/v1\""),
            "9:15: \"server\" must be https:// and a host");
        row("wrong quota", with("10/minute", "10 a minute"),
            "10:14: \"10 a minute\" is no quota; write it like \"100/minute\"");
        row("harmless that nobody asks", with("\"192.0.2.1\"", "\"iana.org\""),
            "11:17: \"harmless\" must be an entity that a question is about");
        requestMistakes();
        questionMistakes();
        followingMistakes();
    }
    void mistakesAreToldWithTheirPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, why);
        const auto manifest = readManifest(text);
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().code, ErrorCode::Malformed);
        QVERIFY2(manifest.error().detail.contains(why), qPrintable(manifest.error().detail));
    }

    void halfAManifestIsNone()
    {
        for (qsizetype length = 0; length < soundManifest().size() - 2; ++length)
            QVERIFY(!readManifest(soundManifest().left(length)));
    }

    void theProgramsOwnManifestsAreSound()
    {
        const Catalogue catalogue = readCatalogue({});
        for (const auto &broken : catalogue.broken)
            QFAIL(qPrintable(broken.file + u':' + broken.why));
        QStringList names;
        for (const auto &info : catalogue.infos()) {
            names.append(info.name);
            QVERIFY(!info.title.isEmpty() && !info.learns.isEmpty() && !info.terms.isEmpty()
                    && !info.datasets.isEmpty());
        }
        QCOMPARE(
            names,
            (QStringList{u"dns"_s,        u"rdap"_s,           u"whois"_s,     u"tls"_s,
                         u"http"_s,       u"mnemonic"_s,       u"abuseipdb"_s, u"certspotter"_s,
                         u"circl"_s,      u"crtsh"_s,          u"dnsdb"_s,     u"greynoise"_s,
                         u"internetdb"_s, u"malwarebazaar"_s,  u"otx"_s,       u"passivetotal"_s,
                         u"ripestat"_s,   u"securitytrails"_s, u"shodan"_s,    u"threatfox"_s,
                         u"urlhaus"_s,    u"urlscan"_s,        u"validin"_s,   u"virustotal"_s,
                         u"cymru"_s,      u"maxmind"_s,        u"files"_s}));
    }

    void whoLearnsDependsOnWhatIsAsked()
    {
        Policy policy;
        policy.sources = readCatalogue({}).infos();
        const auto told = [&](const Artifact &entity) {
            QStringList parties;
            for (const Learner &learner : whoLearns(policy, entity)) {
                if (learner.permitted)
                    parties.append(learner.who);
            }
            return parties;
        };
        const QStringList ofName = told({ArtifactKind::Domain, u"shop.com"_s});
        QVERIFY(ofName.contains(u"api.certspotter.com"_s) && ofName.contains(u"crt.sh"_s));
        QVERIFY(!ofName.contains(u"internetdb.shodan.io"_s));
        const QStringList ofAddress = told({ArtifactKind::Ipv4, u"1.1.1.1"_s});
        QVERIFY(ofAddress.contains(u"internetdb.shodan.io"_s));
        QVERIFY(!ofAddress.contains(u"crt.sh"_s));
    }

    void aUsersManifestIsASourceAndABrokenOneIsNamed()
    {
        QTemporaryDir folder;
        QVERIFY(write(folder.filePath(u"a.json"_s), soundManifest()));
        QVERIFY(write(folder.filePath(u"again.json"_s), soundManifest()));
        QVERIFY(write(folder.filePath(u"b.json"_s), with("\"pap\": \"AMBER\",", "")));
        QVERIFY(write(folder.filePath(u"c.json"_s), with("inhouse", "rdap")));
        QVERIFY(write(folder.filePath(u"notes.txt"_s), "no manifest"));
        const Catalogue catalogue = readCatalogue(folder.path());
        QCOMPARE(catalogue.manifests.last()->info.name, u"inhouse"_s);
        QStringList broken;
        for (const auto &each : catalogue.broken)
            broken.append(each.file + u' ' + each.why);
        QCOMPARE(broken,
                 (QStringList{u"again.json there is a source \"inhouse\" already"_s,
                              u"b.json 1:1: \"pap\" is missing"_s,
                              u"c.json there is a source \"rdap\" already"_s}));
    }
};

WG_TEST(tst_Manifest)
#include "tst_manifest.moc"
