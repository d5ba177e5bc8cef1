// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/hostfinder.h"

#include "net/fetchlab.h"
#include "net/httpattempt.h"
#include "support/runner.h"
#include "support/tlsserver.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

IpAddress address(const QString &text)
{
    return parseAddress(text).value_or(IpAddress());
}

/// A finder that knows one answer and counts.
struct Finder
{
    QList<IpAddress> addresses;
    QStringList asked;

    HostFinder finder()
    {
        return [this](const QString &name, QObject *context, const HostFound &found) {
            asked.append(name);
            QMetaObject::invokeMethod(
                context, [this, found] { found(addresses); }, Qt::QueuedConnection);
        };
    }
};

} // namespace

/// Names that others chose must lead to public addresses, and to the very one that was looked at.
class tst_HostFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyPublicAddressesAreTaken_data();
    void onlyPublicAddressesAreTaken();
    void triesTheAddressesInTurn();
    void aNameThatLeadsInsideIsNeverConnectedTo();
    void aRedirectIsLookedAtAsWell();
    void aNameThatNobodyKnowsIsUnreachable();
    void aPolicyChangeDuringTheLookCounts();
    void aServerOfTheUserIsNotLookedAt();
    void whoseNamesAreDistrusted();
    void speaksToTheNameAtTheAddress();
    void aCertificateOfAnotherNameIsNoTrust();
    void namesAreAskedForAsTheyStand();
    void theSystemKnowsThisHost();
};

void tst_HostFinder::onlyPublicAddressesAreTaken_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<bool>("taken");
    QTest::newRow("public") << QStringList{u"8.8.8.8"_s, u"2001:4860:4860::8888"_s} << true;
    QTest::newRow("loopback") << QStringList{u"127.0.0.1"_s} << false;
    QTest::newRow("mapped loopback") << QStringList{u"::ffff:127.0.0.1"_s} << false;
    QTest::newRow("link-local, as of a cloud's machine")
        << QStringList{u"169.254.169.254"_s} << false;
    QTest::newRow("private among public")
        << QStringList{u"8.8.8.8"_s, u"10.0.0.1"_s, u"9.9.9.9"_s} << false;
    QTest::newRow("ULA") << QStringList{u"fd00::1"_s} << false;
    QTest::newRow("documentation") << QStringList{u"192.0.2.1"_s} << false;
    QTest::newRow("unspecified") << QStringList{u"0.0.0.0"_s} << false;
}

void tst_HostFinder::onlyPublicAddressesAreTaken()
{
    QFETCH(QStringList, addresses);
    QFETCH(bool, taken);
    QList<IpAddress> found;
    for (const QString &text : addresses)
        found.append(address(text));
    const auto chosen = publicAddress(u"a.net"_s, found, 0);
    QCOMPARE(chosen.ok(), taken);
    if (!taken)
        QCOMPARE(chosen.error().code, ErrorCode::Refused);
}

void tst_HostFinder::triesTheAddressesInTurn()
{
    const QList<IpAddress> two{address(u"8.8.8.8"_s), address(u"9.9.9.9"_s)};
    QCOMPARE(publicAddress(u"a.net"_s, two, 0)->text(), u"8.8.8.8"_s);
    QCOMPARE(publicAddress(u"a.net"_s, two, 1)->text(), u"9.9.9.9"_s);
    QCOMPARE(publicAddress(u"a.net"_s, two, 2)->text(), u"8.8.8.8"_s);
}

void tst_HostFinder::aNameThatLeadsInsideIsNeverConnectedTo()
{
    Lab lab;
    lab.policy.baseUrls.clear();
    lab.gate.setPolicy(lab.policy);
    Finder inside{{address(u"127.0.0.1"_s)}, {}};
    lab.fetcher->setHostFinder(inside.finder());
    HttpQuestion question = lab.question({});
    question.url = QUrl(u"https://rdap.registrar.net:%1/x"_s.arg(lab.server.port()));
    question.allowedHosts = {u"*"_s};
    const Future future = lab.fetcher->fetch(question);
    QCOMPARE(lab.codeOf(future), ErrorCode::Refused);
    QCOMPARE(lab.detailOf(future),
             u"rdap.registrar.net leads to 127.0.0.1, which is no public address"_s);
    QCOMPARE(inside.asked, QStringList{u"rdap.registrar.net"_s});
    QCOMPARE(lab.server.connections(), 0);
    QCOMPARE(lab.ledger.events.size(), 0);
}

/// The user's own server is trusted; where it sends us is not.
void tst_HostFinder::aRedirectIsLookedAtAsWell()
{
    Lab lab;
    lab.server.script("/x", {{.status = 302, .headers = {{"Location", "https://b.net/"}}}});
    // No base URL: the bootstrap's host is the user's, and what it redirects to stays as it is.
    lab.policy.baseUrls.clear();
    lab.policy.rdapBootstrap = lab.server.url();
    lab.gate.setPolicy(lab.policy);
    Finder inside{{address(u"10.0.0.1"_s)}, {}};
    lab.fetcher->setHostFinder(inside.finder());
    HttpQuestion question{*lab.gate.ask(intentOf(u"rdap"_s)), lab.server.url(u"/x"_s), {u"*"_s}};
    const Future future = lab.fetcher->fetch(question);
    QCOMPARE(lab.codeOf(future), ErrorCode::Refused);
    QCOMPARE(inside.asked, QStringList{u"b.net"_s});
    QCOMPARE(lab.server.requests().size(), 1);
}

void tst_HostFinder::aNameThatNobodyKnowsIsUnreachable()
{
    Lab lab;
    lab.policy.baseUrls.clear();
    lab.gate.setPolicy(lab.policy);
    Finder none;
    lab.fetcher->setHostFinder(none.finder());
    HttpQuestion question = lab.question({});
    question.allowedHosts = {u"*"_s};
    const Future future = lab.fetcher->fetch(question);
    QCOMPARE(lab.codeOf(future), ErrorCode::Unreachable);
    QCOMPARE(lab.detailOf(future), u"api.mnemonic.no cannot be found"_s);
    QCOMPARE(none.asked.size(), question.tries);
}

void tst_HostFinder::aPolicyChangeDuringTheLookCounts()
{
    Lab lab;
    lab.policy.baseUrls.clear();
    lab.gate.setPolicy(lab.policy);
    HostFound found;
    lab.fetcher->setHostFinder(
        [&](const QString &, QObject *, const HostFound &waiting) { found = waiting; });
    HttpQuestion question = lab.question({});
    question.allowedHosts = {u"*"_s};
    const Future future = lab.fetcher->fetch(question);
    QVERIFY(QTest::qWaitFor([&] { return bool(found); }, 5000));
    lab.policy.cacheOnly = true;
    lab.gate.setPolicy(lab.policy);
    found({address(u"8.8.8.8"_s)});
    QCOMPARE(lab.codeOf(future), ErrorCode::Refused);
    QCOMPARE(lab.ledger.events.size(), 0);
}

void tst_HostFinder::aServerOfTheUserIsNotLookedAt()
{
    Lab lab;
    lab.server.script("/x", {{.body = "{}"}});
    Finder none;
    lab.fetcher->setHostFinder(none.finder());
    HttpQuestion question = lab.question(u"/x"_s);
    question.allowedHosts = {u"*"_s};
    const Future future = lab.fetcher->fetch(question);
    QVERIFY(lab.wait(future));
    QVERIFY(future.result().ok());
    QCOMPARE(future.result()->url, lab.server.url(u"/x"_s));
    QVERIFY(none.asked.isEmpty());
}

void tst_HostFinder::whoseNamesAreDistrusted()
{
    Policy policy;
    const QUrl url(u"https://rdap.registrar.net/domain/x"_s);
    const QStringList any{u"*"_s};
    QVERIFY(Gate(policy).distrustsName(u"rdap"_s, url, any));
    QVERIFY(!Gate(policy).distrustsName(u"rdap"_s, url, {url.host()}));
    QVERIFY(Gate(policy).distrustsName(u"http"_s, url, {url.host()})); // the target's own
    QVERIFY(Gate(policy).distrustsName(u"tls"_s, url, {}));
    // A literal was judged with the URL.
    QVERIFY(!Gate(policy).distrustsName(u"rdap"_s, QUrl(u"https://8.8.8.8/"_s), any));
    policy.proxy = QUrl(u"socks5://127.0.0.1:9050"_s);
    QVERIFY(!Gate(policy).distrustsName(u"rdap"_s, url, any));
}

void tst_HostFinder::speaksToTheNameAtTheAddress()
{
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration trusting = before;
    trusting.addCaCertificate(TlsServer::certificate());
    QSslConfiguration::setDefaultConfiguration(trusting);
    TlsServer server;
    Gate gate;
    QNetworkAccessManager manager;
    const QString authority = u"rdap.registrar.example:%1"_s.arg(server.port());
    const HttpQuestion question{*gate.ask(intentOf(source)), {}};
    std::optional<AttemptEnd> end;
    const HttpAttempt attempt(
        manager, question, {QUrl(u"https://%1/domain/x"_s.arg(authority)), address(u"127.0.0.1"_s)},
        [] {}, [&](AttemptEnd &&came) { end = std::move(came); });
    QVERIFY(QTest::qWaitFor([&] { return end.has_value(); }, 8000));
    QSslConfiguration::setDefaultConfiguration(before);
    QVERIFY2(end->kind == AttemptEnd::Kind::Answer, qPrintable(end->detail));
    QCOMPARE(end->answer.url.authority(), authority);
    QVERIFY(server.received().startsWith("GET /domain/x HTTP/1.1\r\n"));
    QVERIFY(server.received().contains("Host: " + authority.toLatin1() + "\r\n"));
}

void tst_HostFinder::aCertificateOfAnotherNameIsNoTrust()
{
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration trusting = before;
    trusting.addCaCertificate(TlsServer::certificate());
    QSslConfiguration::setDefaultConfiguration(trusting);
    TlsServer server;
    Gate gate;
    QNetworkAccessManager manager;
    const HttpQuestion question{*gate.ask(intentOf(source)), {}};
    std::optional<AttemptEnd> end;
    const HttpAttempt attempt(
        manager, question,
        {QUrl(u"https://other.example:%1/"_s.arg(server.port())), address(u"127.0.0.1"_s)}, [] {},
        [&](AttemptEnd &&came) { end = std::move(came); });
    QVERIFY(QTest::qWaitFor([&] { return end.has_value(); }, 8000));
    QSslConfiguration::setDefaultConfiguration(before);
    QCOMPARE(end->kind, AttemptEnd::Kind::Tls);
    QVERIFY(server.received().isEmpty());
}

/// A search list would make a host of somebody else out of a name that is no more.
void tst_HostFinder::namesAreAskedForAsTheyStand()
{
    QCOMPARE(absoluteName(u"www.alpha.com"_s), u"www.alpha.com."_s);
    QCOMPARE(absoluteName(u"alpha.com."_s), u"alpha.com."_s);
    QCOMPARE(absoluteName(u"93.184.216.34"_s), u"93.184.216.34"_s);
    QCOMPARE(absoluteName(u"2606:2800::1"_s), u"2606:2800::1"_s);
    QCOMPARE(absoluteName(u"localhost"_s), u"localhost"_s);
}

void tst_HostFinder::theSystemKnowsThisHost()
{
    QList<IpAddress> addresses;
    QObject context;
    systemHostFinder()(u"localhost"_s, &context,
                       [&](const QList<IpAddress> &found) { addresses = found; });
    QVERIFY(QTest::qWaitFor([&] { return !addresses.isEmpty(); }, 8000));
    QCOMPARE(reachOf(addresses.first()), Reach::Private);
}

WG_TEST(tst_HostFinder)
#include "tst_hostfinder.moc"
