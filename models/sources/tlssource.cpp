// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tlssource.h"

#include "sources/httpsource.h"
#include "sources/sourceinfos.h"
#include "sources/tlsparse.h"

using namespace Qt::StringLiterals;

namespace wg {

/// One ask under way.
struct TlsAsk
{
    AskOrder order;
    AskDone done; ///< null once it was called
    RawPass pass;
    quint64 number = 0; ///< of the question to the client
};

TlsSource::TlsSource(const Gate &gate, TlsClient &client, const Clock &clock, QObject *parent)
    : Source(parent)
    , m_gate(gate)
    , m_client(client)
    , m_clock(clock)
    , m_self(std::make_shared<TlsSource *>(this))
{ }

TlsSource::~TlsSource()
{
    *m_self = nullptr;
    const auto left = m_asks.values();
    for (const AskPtr &ask : left)
        fail(ask, Outcome::Unreachable, u"the program is ending"_s);
}

SourceInfo TlsSource::info() const
{
    return tlsInfo();
}

Artifact TlsSource::subject(const Entity &entity) const
{
    return isEntity(entity) ? entity : Artifact();
}

void TlsSource::ask(const AskOrder &order, AskDone done)
{
    const auto ask = std::make_shared<TlsAsk>();
    ask->order = order;
    ask->done = std::move(done);
    ask->pass = {order.subject, u"tls"_s, order.purpose, {}, parseTls};
    m_asks.insert(ask.get(), ask);
    const auto permit =
        m_gate.ask({u"tls"_s, u"tls"_s, Pap::Green, order.subject, order.asker, order.leave});
    if (!permit)
        return fail(ask, Outcome::Refused, permit.error().detail);
    ask->number = m_client.ask({*permit, order.subject.value},
                               [self = m_self, ask](Result<TlsAnswer> &&answer) {
                                   if (*self && ask->done)
                                       (*self)->took(ask, std::move(answer));
                               });
}

void TlsSource::took(const AskPtr &ask, Result<TlsAnswer> &&answer)
{
    if (!answer)
        return fail(ask, outcomeOf(answer.error().code), answer.error().detail);
    RawAnswer raw;
    raw.question = tlsQuestions(ask->order.subject).first();
    raw.bytes = tlsAnswerBytes(*answer);
    raw.at = answer->at;
    ask->pass.answers = {raw};
    finish(ask);
}

void TlsSource::fail(const AskPtr &ask, Outcome outcome, const QString &detail)
{
    RawAnswer answer;
    answer.question = tlsQuestions(ask->order.subject).first();
    answer.failure = outcome;
    answer.sent = outcome != Outcome::Refused;
    answer.detail = detail;
    answer.at = m_clock.now();
    ask->pass.answers = {answer};
    finish(ask);
}

void TlsSource::finish(const AskPtr &ask)
{
    m_asks.remove(ask.get());
    if (const AskDone done = std::exchange(ask->done, nullptr))
        done(std::move(ask->pass));
}

void TlsSource::cancel(quint64 ticket)
{
    const auto asks = m_asks.values();
    for (const AskPtr &ask : asks) {
        if (ask->order.ticket != ticket || !ask->done)
            continue;
        fail(ask, Outcome::Unreachable, u"cancelled"_s);
        m_client.cancel(ask->number);
    }
}

void TlsSource::test(std::function<void(Outcome, QString)> done)
{
    AskOrder order;
    order.subject = {ArtifactKind::Domain, u"iana.org"_s};
    order.purpose = Purpose::Person;
    order.asker = Asker::Person;
    ask(order, [done = std::move(done)](RawPass &&pass) {
        const Observation seen = parseTls(pass).first();
        done(seen.outcome, isUsable(seen.outcome) ? u"iana.org answers"_s : seen.detail);
    });
}

} // namespace wg
