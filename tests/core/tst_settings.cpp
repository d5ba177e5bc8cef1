// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings.h"
#include "support/runner.h"

#include <QSet>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// The table of settings, and the checking of what people write into it.
class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsComplete();
    void everyDefaultPassesItsOwnCheck();
    void theKeysThatOthersReadExist();
    void valuesBecomeCanonical_data();
    void valuesBecomeCanonical();
    void canonicalValuesStay();
    void wrongValuesSayWhatWasExpected_data();
    void wrongValuesSayWhatWasExpected();
    void patternsStandForOneSource();
    void unknownKeysAreNearKnownOnes();
    void absentKeysHaveTheirDefault();
    void serversAreReadStrictly();
    void hostileValuesAreRefused();
};

void TestSettings::everyRowIsComplete()
{
    QSet<QByteArray> keys;
    for (const SettingInfo &info : settingTable()) {
        QVERIFY2(!keys.contains(info.key), info.key);
        keys.insert(info.key);
        QVERIFY2(qstrlen(info.title) > 3, info.key);
        QVERIFY2(QByteArray(info.meaning).endsWith('.'), info.key);
        QVERIFY2(!QByteArray(info.title).endsWith('.'), info.key);
        QCOMPARE(info.type == SettingType::Choice,
                 qstrlen(info.choices) > 0 && info.type != SettingType::Url);
        QCOMPARE(info.type == SettingType::Int, info.most > info.least);
    }
    QVERIFY(keys.size() >= 20);
}

void TestSettings::everyDefaultPassesItsOwnCheck()
{
    for (const SettingInfo &info : settingTable()) {
        const QString key = QString::fromLatin1(info.key).replace(u'*', u"dns"_s);
        const QString fallback = QString::fromLatin1(info.fallback);
        const auto checked = checkSetting(key, fallback);
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
        QCOMPARE(*checked, fallback);
    }
}

void TestSettings::theKeysThatOthersReadExist()
{
    const QList<std::pair<QString, QString>> defaults{
        {u"dns.servers"_s, QString()},
        {u"pap"_s, u"AMBER"_s},
        {u"cache_only"_s, u"false"_s},
        {u"proxy"_s, QString()},
        {u"rdap.bootstrap"_s, u"https://data.iana.org/rdap/"_s},
        {u"rdap.registrar"_s, u"false"_s},
        {u"source.mnemonic.enabled"_s, u"true"_s},
        {u"source.mnemonic.base_url"_s, QString()},
        {u"source.mnemonic.allow_special"_s, u"false"_s},
        {u"source.mnemonic.allow_http"_s, u"false"_s},
        {u"source.mnemonic.interval"_s, u"0"_s},
        {u"watch.confirm_gap"_s, u"900"_s},
        {u"names.own"_s, QString()},
        {u"tray.keep_running"_s, u"true"_s},
        {u"notifications.enabled"_s, u"true"_s},
        {u"copy.defang"_s, u"true"_s},
        {u"appearance.theme"_s, u"system"_s},
        {u"appearance.density"_s, u"comfortable"_s},
        {u"backup.keep_daily"_s, u"7"_s},
        {u"backup.keep_weekly"_s, u"4"_s},
        {u"log.level"_s, u"info"_s},
        {u"author.name"_s, QString()},
    };
    for (const auto &[key, fallback] : defaults) {
        QVERIFY2(settingInfo(key), qPrintable(key));
        QCOMPARE(Settings().text(key), fallback);
    }
}

void TestSettings::valuesBecomeCanonical_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("canonical");
    int row = 0;
    const auto add = [&row](const char *key, const char *value, const char *canonical) {
        QTest::addRow("%d %s", ++row, key)
            << QString::fromLatin1(key) << QString::fromUtf8(value) << QString::fromUtf8(canonical);
    };
    for (const char *yes : {"true", "on", "YES", "1", " On "})
        add("cache_only", yes, "true");
    for (const char *no : {"false", "off", "NO", "0"})
        add("cache_only", no, "false");
    add("pap", "green", "GREEN");
    add("pap", " Red", "RED");
    add("watch.confirm_gap", "0", "0");
    add("watch.confirm_gap", "86400", "86400");
    add("watch.confirm_gap", "007", "7");
    add("appearance.theme", "DARK", "dark");
    add("log.level", "Debug", "debug");
    add("dns.servers", "9.9.9.9", "9.9.9.9");
    add("dns.servers", " 9.9.9.9:53 , [2620:FE::FE]:5353,2620:fe::9 ",
        "9.9.9.9,[2620:fe::fe]:5353,2620:fe::9");
    add("dns.servers", "9.9.9.9,9.9.9.9:53", "9.9.9.9");
    add("dns.servers", "", "");
    add("dns.servers", ",,", "");
    add("names.own", "Example.COM, Bücher.ch;internal example.com",
        "example.com,xn--bcher-kva.ch,internal");
    add("names.own", ".example.com", "example.com");
    add("names.own", "", "");
    add("files.folder", "/srv/logs/", "/srv/logs");
    add("files.folder", "/", "/");
    add("files.folder", "", "");
    add("proxy", "", "");
    add("proxy", "SOCKS5://127.0.0.1:9050", "socks5://127.0.0.1:9050");
    add("proxy", "socks5h://Tor.Example.com:9050/", "socks5h://tor.example.com:9050");
    add("proxy", "http://[2001:DB8::1]:3128", "http://[2001:db8::1]:3128");
    add("rdap.bootstrap", "HTTPS://Data.IANA.org/rdap/", "https://data.iana.org/rdap/");
    add("source.dns.base_url", "http://127.0.0.1:8080", "http://127.0.0.1:8080");
    add("source.rdap.base_url", "http://localhost:8080/a/b", "http://localhost:8080/a/b");
    add("source.rdap.base_url", "https://bücher.ch/", "https://xn--bcher-kva.ch/");
    add("source.rdap.base_url", "", "");
    add("author.name", "  Zoë Müller ", "Zoë Müller");
}

void TestSettings::valuesBecomeCanonical()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, canonical);
    const auto checked = checkSetting(key, value);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
    QCOMPARE(*checked, canonical);
}

void TestSettings::canonicalValuesStay()
{
    for (const QString &value : {u"9.9.9.9,[2620:fe::fe]:5353,2620:fe::9"_s, u"192.0.2.53:5353"_s})
        QCOMPARE(*checkSetting(u"dns.servers"_s, value), value);
    for (const QString &value : {u"socks5://127.0.0.1:9050"_s, u"http://[2001:db8::1]:3128"_s})
        QCOMPARE(*checkSetting(u"proxy"_s, value), value);
}

void TestSettings::wrongValuesSayWhatWasExpected_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    int row = 0;
    const auto add = [&row](const char *key, const char *value, const char *says) {
        QTest::addRow("%d %s", ++row, key)
            << QString::fromLatin1(key) << QString::fromUtf8(value) << QString::fromLatin1(says);
    };
    add("cache_only", "maybe", "expected true or false");
    add("cache_only", "", "expected true or false");
    add("pap", "white", "expected RED, AMBER or GREEN");
    add("pap", "", "expected RED, AMBER or GREEN");
    add("watch.confirm_gap", "-1", "a number of seconds from 0 to 86400");
    add("watch.confirm_gap", "86401", "a number of seconds from 0 to 86400");
    add("watch.confirm_gap", "15m", "a number of seconds from 0 to 86400");
    add("watch.confirm_gap", "1e3", "a number of seconds");
    add("watch.confirm_gap", "99999999999999999999", "a number of seconds");
    add("backup.keep_daily", "many", "a whole number from 0 to 365");
    add("appearance.theme", "pink", "expected system or light or dark");
    add("dns.servers", "resolver.example.com", "expected an IP address");
    add("dns.servers", "9.9.9.9 1.1.1.1", "expected an IP address");
    add("dns.servers", "127.1", "expected an IP address");
    add("dns.servers", "9.9.9.9:", "expected a port");
    add("dns.servers", "9.9.9.9:0", "expected a port");
    add("dns.servers", "9.9.9.9:65536", "expected a port");
    add("dns.servers", "9.9.9.9:dns", "expected a port");
    add("dns.servers", "fe80::1%eth0", "expected an IP address");
    add("dns.servers", "[2620:fe::fe", "expected an IP address");
    add("dns.servers", "]:53", "expected an IP address");
    add("dns.servers", "https://dns.example/dns-query", "expected an IP address");
    add("names.own", "exa mple!.com", "expected domain names");
    add("names.own", "192.0.2.1", "expected domain names");
    add("proxy", "127.0.0.1:9050", "begins with socks5:// or socks5h:// or http://");
    add("proxy", "https://127.0.0.1:9050", "begins with socks5://");
    add("proxy", "socks5://127.0.0.1", "expected a port after the host");
    add("proxy", "socks5://127.1:9050", "a host name or an IP address");
    add("proxy", "socks5://:9050", "a host name or an IP address");
    add("proxy", "socks5://user:secret@127.0.0.1:9050", "without user name and password");
    add("proxy", "http://127.0.0.1:3128/path", "only a host and a port");
    add("rdap.bootstrap", "data.iana.org", "begins with https:// or http://");
    add("rdap.bootstrap", "file:///etc/passwd", "begins with https:// or http://");
    add("rdap.bootstrap", "javascript:alert(1)", "begins with https:// or http://");
    add("rdap.bootstrap", "https://", "a host name or an IP address");
    add("rdap.bootstrap", "https://a b/", "a host name or an IP address");
    add("rdap.bootstrap", "https://user@example.com/", "without user name and password");
    add("rdap.bootstrap", "https://example.com:0/", "a port from 1 to 65535");
    add("rdap.bootstrap", "https://example.com:x/", "a port from 1 to 65535");
    add("rdap.bootstrap", "https://[::1/", "a host name or an IP address");
    add("rdap.bootstrap", "https://[127.0.0.1]/", "a host name or an IP address");
    add("rdap.bootstrap", "https://0x7f.1/", "a host name or an IP address");
    add("rdap.bootstrap", "https://example.com/?q=1", "without query");
    add("rdap.bootstrap", "https://example.com/#f", "without query, fragment");
    add("rdap.bootstrap", "https://example.com/a b", "spaces and backslashes");
    add("rdap.bootstrap", "https://example.com\\evil", "spaces and backslashes");
    add("author.name", "a\nb", "one line");
    add("author.name", "a\u202eb", "one line");
    add("no.such.key", "1", "There is no setting \"no.such.key\"");
    add("dns.server", "1", "Did you mean dns.servers?");
}

void TestSettings::wrongValuesSayWhatWasExpected()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, says);
    const auto checked = checkSetting(key, value);
    QVERIFY2(!checked, checked ? qPrintable(*checked) : "");
    QCOMPARE(checked.error().code, ErrorCode::Usage);
    QVERIFY2(checked.error().detail.contains(says), qPrintable(checked.error().detail));
}

void TestSettings::patternsStandForOneSource()
{
    QVERIFY(settingInfo(u"source.dns.enabled"));
    QVERIFY(settingInfo(u"source.cert-spotter_2.enabled"));
    for (const char *key : {"source..enabled", "source.enabled", "source.*.enabled",
                            "source.a.b.enabled", "source.A.enabled", "source.a b.enabled",
                            "source.dns.", "source.dns", "source.dns.enabled.x", "", "*", "."})
        QVERIFY2(!settingInfo(QString::fromLatin1(key)), key);
}

void TestSettings::unknownKeysAreNearKnownOnes()
{
    QCOMPARE(nearestSetting(u"dns.server"_s), u"dns.servers"_s);
    QCOMPARE(nearestSetting(u"PAP"_s), u"pap"_s);
    QCOMPARE(nearestSetting(u"theme"_s), u"appearance.theme"_s);
    QCOMPARE(nearestSetting(u"source.rdap.enable"_s), u"source.rdap.enabled"_s);
    QCOMPARE(nearestSetting(u"source.rdap.baseurl"_s), u"source.rdap.base_url"_s);
    QVERIFY(!nearestSetting(QString()).isEmpty());
    QVERIFY(!nearestSetting(QString(1'000'000, u'x')).isEmpty());
}

void TestSettings::absentKeysHaveTheirDefault()
{
    Settings settings;
    QCOMPARE(settings.number(u"watch.confirm_gap"_s), 900);
    QCOMPARE(settings.flag(u"copy.defang"_s), true);
    QCOMPARE(settings.isSet(u"pap"_s), false);
    settings.set(u"pap"_s, u"RED"_s);
    settings.set(u"copy.defang"_s, u"false"_s);
    QCOMPARE(settings.text(u"pap"_s), u"RED"_s);
    QCOMPARE(settings.flag(u"copy.defang"_s), false);
    settings.unset(u"pap"_s);
    QCOMPARE(settings.text(u"pap"_s), u"AMBER"_s);
    QCOMPARE(settings.text(u"no.such.key"_s), QString());
    QCOMPARE(settings.flag(u"no.such.key"_s), false);
    // what a newer program wrote, or a damaged row, never reads as a wild number
    settings.set(u"watch.confirm_gap"_s, u"soon"_s);
    QCOMPARE(settings.number(u"watch.confirm_gap"_s), 900);
    settings.set(u"watch.confirm_gap"_s, u"-7"_s);
    QCOMPARE(settings.number(u"watch.confirm_gap"_s), 900);
    settings.set(u"pap"_s, u"PURPLE"_s);
    QCOMPARE(settings.text(u"pap"_s), u"AMBER"_s);
}

void TestSettings::serversAreReadStrictly()
{
    const auto servers =
        parseServers(u"192.0.2.53:5353,[2001:db8::53]:5353,2001:db8::53,198.51.100.1"_s);
    QVERIFY(servers);
    QCOMPARE(servers->size(), 4);
    QCOMPARE(servers->at(0), (ServerAddress{u"192.0.2.53"_s, 5353}));
    QCOMPARE(servers->at(1).text(), u"[2001:db8::53]:5353"_s);
    QCOMPARE(servers->at(2).text(), u"2001:db8::53"_s);
    QCOMPARE(servers->at(3).port, 53);
    QVERIFY(!parseServers(u"192.0.2.53,nonsense"_s));
    QCOMPARE(parseServers(QString())->size(), 0);
}

void TestSettings::hostileValuesAreRefused()
{
    for (const QString &folder : {u"logs"_s, u"~/logs"_s, u"/srv/\u202elogs"_s, u"/srv/\nlogs"_s}) {
        const auto checked = checkSetting(u"files.folder"_s, folder);
        QVERIFY(!checked);
        QVERIFY(checked.error().detail.contains(u"an absolute path"_s));
    }
    for (const SettingInfo &info : settingTable()) {
        const QString key = QString::fromLatin1(info.key).replace(u'*', u"dns"_s);
        for (const QString &value :
             {QString(1'000'000, u'1'), u"\u0000\u202e"_s, u"%1%2%3 %s %n"_s + QChar(0xd800)}) {
            const auto checked = checkSetting(key, value);
            QVERIFY2(!checked || info.type == SettingType::Text, info.key);
            if (!checked) {
                QVERIFY(!checked.error().detail.contains(QChar(0x202e)));
                QVERIFY(checked.error().detail.size() < 500);
            }
        }
    }
}

WG_TEST(TestSettings)
#include "tst_settings.moc"
