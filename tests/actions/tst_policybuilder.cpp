// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/policybuilder.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

class TstPolicyBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsTellNobodyTheTarget()
    {
        const Policy policy = policyFrom(Settings(), {}, {});
        QCOMPARE(policy.ceiling, Pap::Amber);
        QVERIFY(!policy.cacheOnly);
        QVERIFY(policy.consents.isEmpty());
        QVERIFY(policy.ownServers.isEmpty());
        QVERIFY(!policy.rdapRegistrar);
        QCOMPARE(policy.rdapBootstrap, QUrl(u"https://data.iana.org/rdap/"_s));
        QCOMPARE(policy.confirmGapMs, 900'000);
    }

    void keysOfASourceBelongToIt()
    {
        Settings settings;
        settings.set(u"source.rdap.enabled"_s, u"false"_s);
        settings.set(u"source.mnemonic.base_url"_s, u"http://127.0.0.1:8080"_s);
        settings.set(u"source.dns.allow_special"_s, u"true"_s);
        settings.set(u"source.dns.interval"_s, u"60"_s);
        const Policy policy = policyFrom(settings, {u"dns"_s}, {u"held.example.com"_s});
        QCOMPARE(policy.disabledSources, QSet<QString>{u"rdap"_s});
        QCOMPARE(policy.baseUrls.value(u"mnemonic"_s), QUrl(u"http://127.0.0.1:8080"_s));
        QVERIFY(policy.ownServers.contains(u"mnemonic"_s));
        QVERIFY(policy.specialAllowed.contains(u"dns"_s));
        QCOMPARE(policy.intervals.value(u"dns"_s), 60'000);
        QVERIFY(policy.consents.contains(u"dns"_s));
        QVERIFY(policy.released.contains(u"held.example.com"_s));
    }

    void namedServersAreOnesOwn()
    {
        Settings settings;
        settings.set(u"dns.servers"_s, u"127.0.0.1:5353"_s);
        settings.set(u"rdap.bootstrap"_s, u"http://127.0.0.1:1/"_s);
        const Policy policy = policyFrom(settings, {}, {});
        QVERIFY(policy.ownServers.contains(u"dns"_s));
        QVERIFY(policy.ownServers.contains(u"rdap"_s));
    }

    void aSourceIsToldItsFile()
    {
        Settings settings;
        QVERIFY(policyFrom(settings, {}, {}).files.isEmpty());
        settings.set(u"source.maxmind.file"_s, u"/data/GeoLite2-ASN.mmdb"_s);
        const Policy policy = policyFrom(settings, {}, {});
        QCOMPARE(policy.files.value(u"maxmind"_s), u"/data/GeoLite2-ASN.mmdb"_s);
    }
};

WG_TEST(TstPolicyBuilder)
#include "tst_policybuilder.moc"
