// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/gate.h"
#include "net/nettest.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QString victim = u"3f9a1c7be04d5586a2c1.evil-mail.com"_s;

Policy green()
{
    Policy policy;
    policy.ceiling = Pap::Green;
    policy.consents = {u"dns"_s};
    return policy;
}

Intent dnsIntent(const QString &about = u"interfaxru.com"_s, Asker asker = Asker::Eye)
{
    return {u"dns"_s, u"dns@9.9.9.9"_s, Pap::Green, domain(about), asker};
}

Intent about(const Artifact &artifact)
{
    return {u"rdap"_s, u"rdap"_s, Pap::Amber, artifact, Asker::Person};
}

} // namespace

/// Every refusal and every allowance of the gate.
class tst_Gate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesByPolicy_data();
    void refusesByPolicy();
    void allowsByPolicy_data();
    void allowsByPolicy();
    void holdsPerVictimNamesUntilReleased();
    void personAndEyeAreTreatedAlike();
    void aPermitIsJudgedAgainByANewPolicy();
    void refusesDestinations_data();
    void refusesDestinations();
    void allowsDestinations_data();
    void allowsDestinations();
    void judgesRedirections_data();
    void judgesRedirections();
    void onlyThePageItselfMayBeAskedInTheClear();

private:
    static void refusesByWhatIsAsked_rows();
};

void tst_Gate::refusesByPolicy_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<Intent>("intent");
    QTest::addColumn<QString>("says");

    QTest::newRow("green under the default ceiling")
        << Policy() << dnsIntent()
        << u"PAP is AMBER; live DNS would contact the target's name servers (GREEN)"_s;
    Policy policy = green();
    policy.consents.clear();
    QTest::newRow("green without consent") << policy << dnsIntent() << u"config set pap GREEN"_s;
    QTest::newRow("another green source without its own consent")
        << green()
        << Intent{u"tls"_s, u"tls"_s, Pap::Green, domain(u"interfaxru.com"_s), Asker::Person}
        << u"Sources page"_s;
    Intent once = dnsIntent();
    once.leave = Leave::ThisOnce;
    policy = green();
    policy.ceiling = Pap::Red;
    QTest::newRow("red asks nobody, not even once") << policy << once << u"PAP is RED"_s;
    QTest::newRow("red asks nobody") << policy << intentOf(u"rdap"_s) << u"PAP is RED"_s;
    QTest::newRow("a source that calls itself red")
        << policy << Intent{u"x"_s, u"x"_s, Pap::Red, domain(u"interfaxru.com"_s), Asker::Person}
        << u"PAP is RED"_s;
    policy = green();
    policy.cacheOnly = true;
    QTest::newRow("cache only") << policy << dnsIntent() << u"cache only"_s;
    policy = green();
    policy.disabledSources = {u"dns"_s};
    QTest::newRow("switched off") << policy << dnsIntent() << u"dns is switched off"_s;
    policy.disabledSources = {u"dns@9.9.9.9"_s};
    QTest::newRow("one resolver switched off") << policy << dnsIntent() << u"switched off"_s;
    policy = green();
    policy.proxy = QUrl(u"socks5://127.0.0.1:9050"_s);
    QTest::newRow("dns with a proxy") << policy << dnsIntent() << u"a proxy is set"_s;
    QTest::newRow("what else goes by dns, with a proxy")
        << policy << intentOf(u"cymru"_s) << u"cymru would go past it"_s;
    policy = green();
    policy.ownNames = {u"corp.com"_s};
    QTest::newRow("an own name") << policy << dnsIntent(u"corp.com"_s) << u"your own names"_s;
    QTest::newRow("below an own name")
        << policy << dnsIntent(u"vpn.corp.com"_s) << u"your own names"_s;

    refusesByWhatIsAsked_rows();
}

/// Private and reserved names and addresses, whatever the policy says.
void tst_Gate::refusesByWhatIsAsked_rows()
{
    const char *const privateNames[] = {
        "printer.local", "db.internal", "x.onion", "a.localhost", "1.0.168.192.in-addr.arpa",
        "home.arpa"};
    for (const char *name : privateNames) {
        QTest::newRow(name) << green() << about(domain(QString::fromLatin1(name)))
                            << u"never asked outside"_s;
    }
    const char *const addresses[] = {"10.0.0.1",        "127.0.0.1", "192.168.1.1", "100.64.0.1",
                                     "169.254.169.254", "224.0.0.1", "0.0.0.0"};
    for (const char *address : addresses) {
        QTest::newRow(address) << green()
                               << about({ArtifactKind::Ipv4, QString::fromLatin1(address)})
                               << u"never asked"_s;
    }
    for (const char *address : {"::1", "fe80::1", "fd00::1", "ff02::1"}) {
        QTest::newRow(address) << green()
                               << about({ArtifactKind::Ipv6, QString::fromLatin1(address)})
                               << u"never asked"_s;
    }
    QTest::newRow("documentation name")
        << green() << about(domain(u"www.example"_s)) << u"reserved for documentation"_s;
    QTest::newRow("documentation address")
        << green() << about({ArtifactKind::Ipv4, u"203.0.113.9"_s})
        << u"reserved for documentation"_s;
}

void tst_Gate::refusesByPolicy()
{
    QFETCH(Policy, policy);
    QFETCH(Intent, intent);
    QFETCH(QString, says);
    const auto permit = Gate(policy).ask(intent);
    QVERIFY(!permit);
    QCOMPARE(permit.error().code, ErrorCode::Refused);
    QVERIFY2(permit.error().detail.contains(says), qPrintable(permit.error().detail));
}

void tst_Gate::allowsByPolicy_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<Intent>("intent");
    QTest::newRow("amber under the default") << Policy() << intentOf(u"rdap"_s);
    QTest::newRow("green with ceiling and consent") << green() << dnsIntent();
    Policy policy = green();
    policy.consents = {u"dns@9.9.9.9"_s};
    QTest::newRow("consent to one resolver") << policy << dnsIntent();
    policy = green();
    policy.disabledSources = {u"rdap"_s};
    QTest::newRow("another source is off") << policy << dnsIntent();
    policy = green();
    policy.ownServers = {u"dns"_s};
    QTest::newRow("documentation name at own servers") << policy << dnsIntent(u"a.example"_s);
    policy = green();
    policy.specialAllowed = {u"dns"_s};
    policy.ownNames = {u"corp.com"_s};
    QTest::newRow("private name where allowed") << policy << dnsIntent(u"db.internal"_s);
    QTest::newRow("own name where allowed") << policy << dnsIntent(u"vpn.corp.com"_s);
    policy.specialAllowed.clear();
    QTest::newRow("a name that only ends alike") << policy << dnsIntent(u"notcorp.com"_s);
    policy = green();
    policy.proxy = QUrl(u"socks5://127.0.0.1:9050"_s);
    QTest::newRow("http with a proxy") << policy << intentOf(u"rdap"_s);
    policy = green();
    policy.consents.clear();
    policy.rdapRegistrar = true;
    QTest::newRow("the registrar setting is the consent")
        << policy
        << Intent{u"rdap"_s, u"rdap.registrar"_s, Pap::Green, domain(u"bbc.co.uk"_s), Asker::Eye};
    Intent once = dnsIntent();
    once.leave = Leave::ThisOnce;
    QTest::newRow("green for this order alone") << Policy() << once;
    QTest::newRow("a resolver test asks made-up names")
        << green() << dnsIntent(u"k3j5h2k5h3jk45h2k3j4.invalid"_s, Asker::ResolverTest);
}

void tst_Gate::allowsByPolicy()
{
    QFETCH(Policy, policy);
    QFETCH(Intent, intent);
    const auto permit = Gate(policy).ask(intent);
    QVERIFY2(permit.ok(), permit ? "" : qPrintable(permit.error().detail));
    QCOMPARE(permit->intent().fullSource, intent.fullSource);
}

void tst_Gate::holdsPerVictimNamesUntilReleased()
{
    Policy policy = green();
    const auto held = Gate(policy).ask(dnsIntent(victim, Asker::Person));
    QVERIFY(!held);
    QCOMPARE(held.error().code, ErrorCode::Held);
    QCOMPARE(held.error().detail, u"may be a per-victim name; asking can identify you"_s);
    policy.released = {victim};
    QVERIFY(Gate(policy).ask(dnsIntent(victim)).ok());
    policy.released = {u"other.evil-mail.com"_s};
    QVERIFY(!Gate(policy).ask(dnsIntent(victim)).ok());
}

void tst_Gate::personAndEyeAreTreatedAlike()
{
    for (const Policy &policy : {Policy(), green()}) {
        const Gate gate(policy);
        for (const QString &name : {u"interfaxru.com"_s, u"a.example"_s, u"b.local"_s, victim}) {
            QCOMPARE(gate.ask(dnsIntent(name, Asker::Person)).ok(),
                     gate.ask(dnsIntent(name, Asker::Eye)).ok());
        }
    }
}

void tst_Gate::aPermitIsJudgedAgainByANewPolicy()
{
    Gate gate(green());
    const auto permit = gate.ask(dnsIntent());
    QVERIFY(permit.ok());
    QVERIFY(!gate.objection(*permit));
    gate.setPolicy(green());
    QVERIFY(!gate.objection(*permit));
    gate.setPolicy(Policy());
    QVERIFY(gate.objection(*permit));
    QCOMPARE(gate.objection(*permit)->code, ErrorCode::Refused);
}

void tst_Gate::refusesDestinations_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<QStringList>("allowed");
    const QStringList mine{u"rdap.nic.de"_s};
    const QStringList any{u"*"_s};
    const QString none;
    QTest::newRow("another host") << u"https://evil.com/x"_s << none << mine;
    QTest::newRow("a host below") << u"https://x.rdap.nic.de/x"_s << none << mine;
    QTest::newRow("a host that begins alike") << u"https://rdap.nic.de.evil.com/"_s << none << mine;
    QTest::newRow("plain http") << u"http://rdap.nic.de/x"_s << none << mine;
    QTest::newRow("user info") << u"https://me@rdap.nic.de/x"_s << none << mine;
    QTest::newRow("user and password") << u"https://me:pw@rdap.nic.de/x"_s << none << mine;
    QTest::newRow("file") << u"file:///etc/passwd"_s << none << any;
    QTest::newRow("qrc") << u"qrc:/secret"_s << none << any;
    QTest::newRow("data") << u"data:text/plain,hi"_s << none << any;
    QTest::newRow("ftp") << u"ftp://rdap.nic.de/"_s << none << mine;
    QTest::newRow("relative") << u"/domain/x"_s << none << any;
    QTest::newRow("no host") << u"https:///x"_s << none << any;
    QTest::newRow("not a url") << u"https://[::1"_s << none << any;
    QTest::newRow("loopback by https") << u"https://127.0.0.1/x"_s << none << any;
    QTest::newRow("loopback by http") << u"http://127.0.0.1/x"_s << none << any;
    QTest::newRow("loopback v6") << u"https://[::1]/x"_s << none << any;
    QTest::newRow("mapped loopback") << u"https://[::ffff:127.0.0.1]/x"_s << none << any;
    QTest::newRow("localhost") << u"http://localhost/x"_s << none << any;
    QTest::newRow("a name without dot") << u"https://intranet/x"_s << none << any;
    QTest::newRow("metadata service") << u"https://169.254.169.254/latest"_s << none << any;
    QTest::newRow("private address") << u"https://10.1.2.3/x"_s << none << any;
    QTest::newRow("private name") << u"https://wiki.corp/x"_s << none << any;
    QTest::newRow("local name") << u"https://nas.local/x"_s << none << any;
    QTest::newRow("base url by plain http beyond loopback")
        << u"https://rdap.nic.de/x"_s << u"http://10.0.0.7:8080"_s << mine;
    QTest::newRow("base url with user info")
        << u"https://rdap.nic.de/x"_s << u"https://me@10.0.0.7"_s << mine;
    QTest::newRow("base url of a file") << u"https://rdap.nic.de/x"_s << u"file:///etc"_s << mine;
    QTest::newRow("base url does not widen the list")
        << u"https://evil.com/x"_s << u"http://127.0.0.1:8080"_s << mine;
}

void tst_Gate::refusesDestinations()
{
    QFETCH(QString, url);
    QFETCH(QString, baseUrl);
    QFETCH(QStringList, allowed);
    Policy policy;
    if (!baseUrl.isEmpty())
        policy.baseUrls.insert(u"rdap"_s, QUrl(baseUrl));
    const auto target = Gate(policy).destination(u"rdap"_s, QUrl(url), allowed);
    QVERIFY2(!target, qPrintable(target ? target->toString() : QString()));
    QCOMPARE(target.error().code, ErrorCode::Refused);
    QVERIFY(!target.error().detail.isEmpty());
}

void tst_Gate::allowsDestinations_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<QString>("target");
    QTest::newRow("as it is") << u"https://rdap.nic.de/domain/a.de?x=1"_s << QString()
                              << u"https://rdap.nic.de/domain/a.de?x=1"_s;
    QTest::newRow("fragment dropped")
        << u"https://rdap.nic.de/a#f"_s << QString() << u"https://rdap.nic.de/a"_s;
    QTest::newRow("upper-case host")
        << u"https://RDAP.nic.de/a"_s << QString() << u"https://rdap.nic.de/a"_s;
    QTest::newRow("base url") << u"https://rdap.nic.de/domain/a.de?x=1"_s
                              << u"http://127.0.0.1:8080"_s
                              << u"http://127.0.0.1:8080/domain/a.de?x=1"_s;
    QTest::newRow("base url with path")
        << u"https://rdap.nic.de/domain/a.de"_s << u"http://localhost:8080/lab/"_s
        << u"http://localhost:8080/lab/domain/a.de"_s;
    QTest::newRow("base url keeps escapes")
        << u"https://rdap.nic.de/a%2Fb%20c"_s << u"http://[::1]:8080/x%2Fy"_s
        << u"http://[::1]:8080/x%2Fy/a%2Fb%20c"_s;
    QTest::newRow("private base url by https")
        << u"https://rdap.nic.de/a"_s << u"https://10.0.0.7"_s << u"https://10.0.0.7/a"_s;
}

void tst_Gate::allowsDestinations()
{
    QFETCH(QString, url);
    QFETCH(QString, baseUrl);
    QFETCH(QString, target);
    Policy policy;
    if (!baseUrl.isEmpty())
        policy.baseUrls.insert(u"rdap"_s, QUrl(baseUrl));
    const auto result = Gate(policy).destination(u"rdap"_s, QUrl(url), {u"rdap.nic.de"_s});
    QVERIFY2(result.ok(), result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->toString(QUrl::FullyEncoded), target);
}

void tst_Gate::judgesRedirections_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("target");
    const QString from = u"http://127.0.0.1:8080"_s;
    QTest::newRow("a path") << QByteArray("/other?x=//y") << from + u"/other?x=//y"_s;
    QTest::newRow("a sibling") << QByteArray("c") << from + u"/a/c"_s;
    QTest::newRow("the same server") << QByteArray("http://127.0.0.1:8080/c") << from + u"/c"_s;
    QTest::newRow("an allowed host goes to the base url")
        << QByteArray("https://rdap.nic.de/c") << from + u"/c"_s;
    const char *const bad[] = {
        "https://evil.com/",
        "//evil.com/",
        "file:///etc/passwd",
        "qrc:/x",
        "data:,x",
        "http://0x7f.1:8080/",
        "http://2130706433:8080/",
        "http://127.1:8080/",
        "http://0177.0.0.1:8080/",
        "http://127.0.0.1.:8080/",
        "http://127.0.0.1:9999/",
        "http://me@127.0.0.1:8080/",
        "https://rdap.nic.de@evil.com/",
        "http:\\\\127.0.0.1:8080\\",
        "http://127.0.0.1:8080/a b",
        "http://127.0.0.1:8080/\x01",
        "http://\xc2\xb9.0.0.1/",
        "https:rdap.nic.de",
        "https:///x",
        "",
        " ",
        "http://[::1]:8080/",
        "http://[::ffff:7f00:1]/",
        "https://rdap%2enic.de/",
        "http://localhost:9999/",
        "javascript:alert(1)",
    };
    for (const char *location : bad)
        QTest::addRow("refused %s", location) << QByteArray(location) << QString();
}

void tst_Gate::judgesRedirections()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, target);
    Policy policy;
    policy.baseUrls.insert(u"rdap"_s, QUrl(u"http://127.0.0.1:8080"_s));
    const auto result = Gate(policy).redirection(u"rdap"_s, QUrl(u"http://127.0.0.1:8080/a/b"_s),
                                                 location, {u"rdap.nic.de"_s});
    QCOMPARE(result ? result->toString(QUrl::FullyEncoded) : QString(), target);
    QCOMPARE(result.ok(), !target.isEmpty());
}

void tst_Gate::onlyThePageItselfMayBeAskedInTheClear()
{
    const QUrl page(u"http://alpha.com/"_s);
    const QUrl inside(u"http://192.168.0.1/"_s);
    QVERIFY(Gate().destination(u"http"_s, page, {page.host()}).ok());
    QVERIFY(!Gate().destination(u"http"_s, page, {u"beta.net"_s}).ok());
    QVERIFY(!Gate().destination(u"http"_s, inside, {inside.host()}).ok());
    QVERIFY(!Gate().destination(u"rdap"_s, page, {page.host()}).ok());
}

WG_TEST(tst_Gate)
#include "tst_gate.moc"
