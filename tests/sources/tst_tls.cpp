// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tlssource.h"

#include "net/nettest.h"
#include "recordedanswers.h"
#include "sources/tlsparse.h"
#include "support/runner.h"
#include "support/tlsserver.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QString registrar = u"registrar.com"_s;

TlsAnswer answerOf(const QString &distrust = {})
{
    TlsAnswer answer;
    answer.chain = {TlsServer::certificate().toDer()};
    answer.protocol = u"TLSv1.3"_s;
    answer.cipher = u"TLS_AES_256_GCM_SHA384"_s;
    answer.alpn = u"h2"_s;
    answer.distrust = distrust;
    return answer;
}

RawPass passOf(const QByteArray &bytes)
{
    RawPass pass;
    pass.asked = domain(registrar);
    pass.source = u"tls"_s;
    pass.answers = {answerTo(u"handshake"_s, bytes)};
    return pass;
}

/// The source, consented to, and a server that stands for every target.
struct Lab
{
    Lab()
    {
        policy.ceiling = Pap::Green;
        policy.consents = {u"tls"_s};
        policy.baseUrls = {{u"tls"_s, server.url()}};
        gate.setPolicy(policy);
        client.setTimes({.stallMs = 3000, .wholeMs = 6000, .betweenMs = 1});
    }
    void order(const Entity &entity, quint64 ticket = 1, Leave leave = Leave::Standing)
    {
        AskOrder wish;
        wish.subject = source->subject(entity);
        wish.asker = Asker::Person;
        wish.ticket = ticket;
        wish.leave = leave;
        source->ask(wish, [this](RawPass &&pass) { passes.append(std::move(pass)); });
    }
    QList<Observation> ask(const Entity &entity = domain(registrar))
    {
        const qsizetype before = passes.size();
        order(entity);
        if (!QTest::qWaitFor([&] { return passes.size() > before; }, 8000))
            return {};
        return passes.last().parse(passes.last());
    }

    TlsServer server;
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    TlsClient client{gate, clock, ledger};
    QList<RawPass> passes;
    std::unique_ptr<TlsSource> source = std::make_unique<TlsSource>(gate, client, clock);
};

} // namespace

/// The certificate that a target presents: one handshake, two datasets.
class tst_Tls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCertificateIsTheOneThatLogsTellOf();
    void theServiceIsOnePort();
    void whatWasAgreedOnIsNoChange();
    void distrustIsSaidAndNoChange();
    void keptBytesHoldOneLineEach();
    void brokenBytesAreMalformed();
    void asksTheTarget();
    void anAddressIsAskedWithoutAName();
    void needsGreenAndConsent();
    void onceIsEnoughForOneOrder();
    void failuresConcernBothDatasets();
    void cancelAndEndAnswerOnce();
};

void tst_Tls::theCertificateIsTheOneThatLogsTellOf()
{
    const auto told = parseTls(passOf(tlsAnswerBytes(answerOf())));
    QCOMPARE(summary(told), u"certificates complete 1; services complete 1"_s);
    const Record record = told[0].records[0];
    QCOMPARE(record.type + u' ' + record.value.raw(),
             u"certificate 01 CN=rdap.registrar.example"_s);
    QCOMPARE(record.owner, domain(registrar));
    QVERIFY(record.attributes.isEmpty());
    for (const auto &[name, text] :
         {std::pair{u"common_name"_s, u"rdap.registrar.example"_s},
          {u"names"_s, u"rdap.registrar.example"_s},
          {u"not_before"_s, u"2020-01-01T00:00:00Z"_s},
          {u"key"_s, u"EC P-256"_s},
          {u"self_signed"_s, u"true"_s},
          {u"sha256"_s,
           QString::fromLatin1(
               TlsServer::certificate().digest(QCryptographicHash::Sha256).toHex())},
          {u"verified"_s, u"true"_s}})
        QCOMPARE(attribute(record.details, name).raw(), text);
    QVERIFY(!told[0].raw.isEmpty() && told[1].raw.isEmpty());
}

void tst_Tls::theServiceIsOnePort()
{
    const Record record = parseTls(passOf(tlsAnswerBytes(answerOf())))[1].records.value(0);
    QCOMPARE(record.type + u' ' + record.value.raw(), u"port 443"_s);
    QVERIFY(record.attributes.isEmpty());
    QCOMPARE(attribute(record.details, u"protocol").raw(), u"TLSv1.3"_s);
    QCOMPARE(attribute(record.details, u"cipher").raw(), u"TLS_AES_256_GCM_SHA384"_s);
    QCOMPARE(attribute(record.details, u"alpn").raw(), u"h2"_s);
}

void tst_Tls::whatWasAgreedOnIsNoChange()
{
    TlsAnswer other = answerOf();
    other.protocol = u"TLSv1.2"_s;
    other.cipher = u"ECDHE-RSA-AES128-GCM-SHA256"_s;
    other.alpn.clear();
    const auto before = parseTls(passOf(tlsAnswerBytes(answerOf())));
    const auto after = parseTls(passOf(tlsAnswerBytes(other)));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(setHash(after[i].records), setHash(before[i].records));
}

void tst_Tls::distrustIsSaidAndNoChange()
{
    const QString why = u"The certificate has expired"_s;
    const auto told = parseTls(passOf(tlsAnswerBytes(answerOf(why))));
    QCOMPARE(attribute(told[0].records[0].details, u"verified").raw(), why);
    QCOMPARE(setHash(told[0].records),
             setHash(parseTls(passOf(tlsAnswerBytes(answerOf())))[0].records));
}

void tst_Tls::keptBytesHoldOneLineEach()
{
    const auto told = parseTls(passOf(tlsAnswerBytes(answerOf(u"a\n\ncipher: b\r\n"_s))));
    QCOMPARE(attribute(told[0].records[0].details, u"verified").raw(), u"a  cipher: b  "_s);
    QCOMPARE(attribute(told[1].records[0].details, u"cipher").raw(), u"TLS_AES_256_GCM_SHA384"_s);
}

void tst_Tls::brokenBytesAreMalformed()
{
    const QByteArray whole = tlsAnswerBytes(answerOf());
    for (qsizetype length = 0; length < whole.size() - 1; ++length) {
        for (const Observation &each : parseTls(passOf(whole.first(length))))
            QCOMPARE(each.outcome, Outcome::Malformed);
    }
    TlsAnswer nothing = answerOf();
    nothing.chain = {"no certificate"};
    QCOMPARE(parseTls(passOf(tlsAnswerBytes(nothing)))[0].outcome, Outcome::Malformed);
    nothing.chain.clear();
    QCOMPARE(parseTls(passOf(tlsAnswerBytes(nothing)))[1].outcome, Outcome::Malformed);
    QVERIFY(parseTls({}).isEmpty());
}

void tst_Tls::asksTheTarget()
{
    Lab lab;
    const auto told = lab.ask();
    QCOMPARE(summary(told), u"certificates complete 1; services complete 1"_s);
    QVERIFY(attribute(told[0].records[0].details, u"verified").raw() != u"true"_s);
    QCOMPARE(lab.ledger.events.size(), 1);
    QCOMPARE(lab.ledger.events[0].source, u"tls"_s);
    QCOMPARE(lab.ledger.events[0].about, domain(registrar));
}

void tst_Tls::anAddressIsAskedWithoutAName()
{
    Lab lab;
    const auto told = lab.ask({ArtifactKind::Ipv4, u"193.0.6.139"_s});
    QCOMPARE(summary(told), u"certificates complete 1; services complete 1"_s);
    QCOMPARE(told[1].records[0].owner.value, u"193.0.6.139"_s);
}

void tst_Tls::needsGreenAndConsent()
{
    Lab lab;
    lab.policy.ceiling = Pap::Amber;
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.ask().value(0).outcome, Outcome::Refused);
    lab.policy.ceiling = Pap::Green;
    lab.policy.consents.clear();
    lab.gate.setPolicy(lab.policy);
    QVERIFY(lab.ask().value(1).detail.contains(u"consent"_s));
    QCOMPARE(lab.server.handshakes(), 0);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_Tls::onceIsEnoughForOneOrder()
{
    Lab lab;
    lab.policy.ceiling = Pap::Amber;
    lab.policy.consents.clear();
    lab.gate.setPolicy(lab.policy);
    lab.order(domain(registrar), 1, Leave::ThisOnce);
    QTRY_COMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.passes[0].answers[0].failure, Outcome::Complete);
}

void tst_Tls::failuresConcernBothDatasets()
{
    Lab lab;
    lab.server.close();
    const auto told = lab.ask();
    QCOMPARE(summary(told), u"certificates unreachable 0; services unreachable 0"_s);
    QVERIFY(!told[1].detail.isEmpty());
}

void tst_Tls::cancelAndEndAnswerOnce()
{
    Lab lab;
    lab.order(domain(registrar), 1);
    lab.order(domain(registrar), 2);
    lab.source->cancel(1);
    lab.source->cancel(1);
    QCOMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.passes[0].answers[0].failure, Outcome::Unreachable);
    lab.source.reset();
    QCOMPARE(lab.passes.size(), 2);
}

WG_TEST(tst_Tls)
#include "tst_tls.moc"
