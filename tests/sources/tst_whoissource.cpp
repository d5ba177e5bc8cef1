// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoissource.h"

#include "net/nettest.h"
#include "sources/rdapsource.h"
#include "support/httpserver.h"
#include "support/runner.h"
#include "support/textserver.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray registration = "domain: ALPHA.RU\r\n"
                                "nserver: ns1.alpha.ru.\r\n"
                                "registrar: ALPHA-RU\r\n"
                                "paid-till: 2027-01-02T00:00:00Z\r\n";
const QByteArray bootstrap = "{\"services\":[[[\"com\"],[\"https://rdap.verisign.com/com/v1/\"]]]}";

/// A source, IANA's list of who has RDAP, and one server for IANA's word and the registry's.
struct Lab
{
    Lab()
    {
        files.script("/dns.json", {{.body = bootstrap}});
        server.say("% This query returned 0 objects\r\n");
        server.sayTo("ru", "domain: RU\r\nwhois: whois.tcinet.ru\r\nstatus: ACTIVE\r\n");
        server.sayTo("alpha.ru", registration);
        policy.rdapBootstrap = files.url();
        policy.baseUrls = {{u"whois"_s, server.url()}};
        gate.setPolicy(policy);
        client.setTimes({.stallMs = 3000, .wholeMs = 6000, .betweenMs = 1});
    }
    void order(const QString &name, quint64 ticket = 1)
    {
        AskOrder wish;
        wish.subject = source->subject(domain(name));
        wish.asker = Asker::Person;
        wish.ticket = ticket;
        source->ask(wish, [this](RawPass &&pass) { passes.append(std::move(pass)); });
    }
    QList<Observation> ask(const QString &name)
    {
        const qsizetype before = passes.size();
        order(name);
        if (!QTest::qWaitFor([&] { return passes.size() > before; }, 8000))
            return {};
        return passes.last().parse(passes.last());
    }
    Observation one(const QString &name)
    {
        const auto told = ask(name);
        return told.size() == 1 ? told.first() : Observation();
    }

    HttpServer files;
    TextServer server;
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    Fetcher fetcher{gate, clock, ledger};
    WhoisClient client{gate, clock, ledger};
    RdapSource rdap{gate, fetcher, clock};
    QList<RawPass> passes;
    std::unique_ptr<WhoisSource> source =
        std::make_unique<WhoisSource>(gate, rdap.directory(), client, clock);
};

} // namespace

/// WHOIS is asked where RDAP is missing, in the way that IANA names, and nowhere else.
class tst_WhoisSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksTheServerThatIanaNames();
    void asksAboutTheRegisteredDomainOnly();
    void aRegistryWithRdapIsNeverAsked();
    void anOldListIsEnoughToKnowWhoHasRdap();
    void withoutTheListNobodyIsAsked();
    void ianaIsAskedOnceADay();
    void anEndingWithoutAServerIsRefused();
    void aReferralToARegistrarIsNotFollowed();
    void somebodyWhoDoesNotAnswerIsUnreachable();
    void theLedgerSaysWhoHeardWhat();
    void privateNamesAreNotAsked();
    void addressesAreNotItsBusiness();
    void cancelAndEndAnswerOnce();
    void theTestAsksIana();
};

void tst_WhoisSource::asksTheServerThatIanaNames()
{
    Lab lab;
    const Observation o = lab.one(u"alpha.ru"_s);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(o.records.size(), 3);
    QCOMPARE(o.question.source, u"whois"_s);
    QCOMPARE(lab.server.lines(), (QByteArrayList{"ru", "alpha.ru"}));
}

void tst_WhoisSource::asksAboutTheRegisteredDomainOnly()
{
    Lab lab;
    QCOMPARE(lab.one(u"secret.www.alpha.ru"_s).outcome, Outcome::Complete);
    QCOMPARE(lab.server.lines(), (QByteArrayList{"ru", "alpha.ru"}));
}

void tst_WhoisSource::aRegistryWithRdapIsNeverAsked()
{
    Lab lab;
    QVERIFY(lab.ask(u"alpha.com"_s).isEmpty());
    QCOMPARE(lab.passes.size(), 1);
    QVERIFY(lab.ask(u"alpha.com"_s).isEmpty());
    QCOMPARE(lab.passes.size(), 2);
    QCOMPARE(lab.server.connections(), 0);
    QCOMPARE(lab.files.requests().size(), 1);
}

void tst_WhoisSource::anOldListIsEnoughToKnowWhoHasRdap()
{
    Lab lab;
    lab.rdap.rememberFile({lab.policy.rdapBootstrap.toString(QUrl::FullyEncoded), u"dns.json"_s,
                           bootstrap, lab.clock.now() - 30 * dayMs});
    lab.order(u"alpha.com"_s);
    QCOMPARE(lab.passes.size(), 1); // at once: nothing was waited for
    QVERIFY(lab.passes[0].answers.isEmpty());
    QVERIFY(lab.files.requests().isEmpty());
}

void tst_WhoisSource::withoutTheListNobodyIsAsked()
{
    Lab lab;
    lab.policy.disabledSources = {u"rdap"_s};
    lab.gate.setPolicy(lab.policy);
    const Observation o = lab.one(u"alpha.ru"_s);
    QCOMPARE(o.outcome, Outcome::Refused);
    QVERIFY2(o.detail.contains(u"rdap is switched off"_s), qPrintable(o.detail));
    QCOMPARE(lab.server.connections(), 0);
}

void tst_WhoisSource::ianaIsAskedOnceADay()
{
    Lab lab;
    lab.server.sayTo("beta.ru", "No entries found for the selected source(s).\r\n");
    lab.order(u"alpha.ru"_s);
    lab.order(u"beta.ru"_s);
    QTRY_COMPARE(lab.passes.size(), 2);
    QCOMPARE(lab.server.lines().count("ru"), 1);
    lab.clock.advance(dayMs - 1);
    QCOMPARE(lab.one(u"beta.ru"_s).outcome, Outcome::Empty);
    QCOMPARE(lab.server.lines().count("ru"), 1);
    lab.clock.advance(2);
    QCOMPARE(lab.one(u"alpha.ru"_s).outcome, Outcome::Complete);
    QCOMPARE(lab.server.lines().count("ru"), 2);
}

void tst_WhoisSource::anEndingWithoutAServerIsRefused()
{
    Lab lab;
    const Observation o = lab.one(u"alpha.kp"_s);
    QCOMPARE(o.outcome, Outcome::Refused);
    QVERIFY2(o.detail.contains(u".kp"_s), qPrintable(o.detail));
    QVERIFY(!lab.passes[0].answers[0].sent);
    QCOMPARE(lab.server.lines(), QByteArrayList{"kp"});
}

void tst_WhoisSource::aReferralToARegistrarIsNotFollowed()
{
    Lab lab;
    lab.server.sayTo("alpha.ru",
                     "Domain Name: alpha.ru\r\nRegistrar: Alpha\r\n"
                     "Registrar WHOIS Server: whois.alpha.ru\r\nwhois: whois.alpha.ru\r\n"
                     "refer: whois.alpha.ru\r\n");
    QCOMPARE(lab.one(u"alpha.ru"_s).outcome, Outcome::Complete);
    QCOMPARE(lab.server.lines(), (QByteArrayList{"ru", "alpha.ru"}));
    QCOMPARE(lab.server.connections(), 2);
}

void tst_WhoisSource::somebodyWhoDoesNotAnswerIsUnreachable()
{
    Lab lab;
    lab.server.sayTo("alpha.ru", {});
    QCOMPARE(lab.one(u"alpha.ru"_s).outcome, Outcome::Unreachable);
    lab.server.close();
    QCOMPARE(lab.one(u"alpha.su"_s).outcome, Outcome::Unreachable);
    QCOMPARE(lab.one(u"alpha.ru"_s).outcome, Outcome::Unreachable);
}

void tst_WhoisSource::theLedgerSaysWhoHeardWhat()
{
    Lab lab;
    lab.ask(u"www.alpha.ru"_s);
    QStringList heard;
    for (const LedgerEvent &event : lab.ledger.events)
        heard.append(event.source + u' ' + event.about.value);
    QCOMPARE(heard, (QStringList{u"rdap iana.org"_s, u"whois iana.org"_s, u"whois alpha.ru"_s}));
}

void tst_WhoisSource::privateNamesAreNotAsked()
{
    Lab lab;
    lab.policy.ownNames = {u"alpha.ru"_s};
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.one(u"alpha.ru"_s).outcome, Outcome::Refused);
    QCOMPARE(lab.one(u"printer.alpha.internal"_s).outcome, Outcome::Refused);
    QCOMPARE(lab.server.connections(), 0);
    QVERIFY(lab.files.requests().isEmpty());
}

void tst_WhoisSource::addressesAreNotItsBusiness()
{
    Lab lab;
    QVERIFY(lab.source->subject({ArtifactKind::Ipv4, u"193.0.6.139"_s}).isEmpty());
    QVERIFY(lab.source->subject({ArtifactKind::Domain, u"co.uk"_s}).isEmpty());
}

void tst_WhoisSource::cancelAndEndAnswerOnce()
{
    Lab lab;
    lab.server.sayTo("alpha.ru", {}, TextServer::End::Hang);
    lab.order(u"alpha.ru"_s, 1);
    QTRY_COMPARE(lab.server.lines().size(), 2);
    lab.source->cancel(1);
    lab.source->cancel(1);
    QCOMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.passes[0].answers[0].failure, Outcome::Unreachable);
    lab.order(u"alpha.ru"_s, 2);
    QTRY_COMPARE(lab.server.lines().size(), 3);
    lab.order(u"alpha.su"_s, 3);
    lab.source.reset();
    QCOMPARE(lab.passes.size(), 3);
}

void tst_WhoisSource::theTestAsksIana()
{
    Lab lab;
    QString words;
    lab.source->test([&](Outcome, const QString &told) { words = told; });
    QTRY_COMPARE(words, u"whois.iana.org answers"_s);
    QCOMPARE(lab.server.lines(), QByteArrayList{"int"});
}

WG_TEST(tst_WhoisSource)
#include "tst_whoissource.moc"
