// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/websource.h"

#include "core/names.h"
#include "sources/sourceinfos.h"
#include "sources/webanswer.h"
#include "sources/webparse.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 mostPageBytes = 2 << 20;
constexpr qint64 mostIconBytes = 1 << 20;
constexpr int timeoutMs = 15'000;
constexpr int mostRedirects = 5;
constexpr int tries = 2;

QUrl firstPage(const Artifact &subject, const QString &scheme)
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(subject.value);
    url.setPath(u"/"_s);
    return url;
}

HttpQuestion questionFor(const Permit &permit, const QUrl &url, const QStringList &hosts)
{
    HttpQuestion question{permit, url, hosts};
    question.headers = {{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
    question.maxBytes = mostPageBytes;
    question.tooMuch = TooMuch::IsCut;
    question.timeoutMs = timeoutMs;
    question.tries = tries;
    question.parallel = 1;
    question.redirects = Redirects::Told;
    return question;
}

/// Another port of the same host is another server, which nobody asked about.
bool isAtWebPort(const QUrl &url)
{
    return (url.scheme() == "https"_L1 && url.port(443) == 443)
        || (url.scheme() == "http"_L1 && url.port(80) == 80);
}

} // namespace

QStringList webHosts(const Artifact &subject)
{
    if (isAddress(subject))
        return {subject.value};
    QStringList hosts{subject.value, "www."_L1 + subject.value};
    const QString registered = registeredDomain(subject.value);
    if (!registered.isEmpty())
        hosts << registered << "www."_L1 + registered;
    hosts.removeDuplicates();
    return hosts;
}

SourceInfo WebSource::info() const
{
    return webInfo();
}

Artifact WebSource::subject(const Entity &entity) const
{
    return isEntity(entity) ? entity : Artifact();
}

QList<Question> WebSource::questions(const Artifact &subject) const
{
    return webQuestions(subject);
}

ParseFunction WebSource::parser() const
{
    return parseWeb;
}

void WebSource::begin(const AskPtr &ask, const Permit &)
{
    visit(ask, {firstPage(ask->order.subject, u"https"_s)});
}

void WebSource::visit(const AskPtr &ask, const Place &place)
{
    const auto agreed = permit(ask->order, Pap::Green); // each anew: settings may have changed
    if (!agreed)
        return took(ask, place, agreed.error());
    fetch(ask, questionFor(*agreed, place.url, webHosts(ask->order.subject)),
          [this, ask, place](Result<HttpAnswer> &&answer) { took(ask, place, std::move(answer)); });
}

void WebSource::took(const AskPtr &ask, const Place &place, Result<HttpAnswer> &&answered)
{
    if (!answered && mayTryPlain(place, answered.error()))
        return visit(ask, {firstPage(ask->order.subject, u"http"_s)});
    const bool isThere = answered.ok();
    keep(ask, place.url, webPageText, std::move(answered));
    const auto kept = isThere ? readWebAnswer(ask->pass.answers.constLast().bytes) : std::nullopt;
    if (!kept)
        return finish(ask);
    const QUrl next = kept->redirection();
    if (!next.isValid())
        return askIcon(ask, place.url);
    if (!webHosts(ask->order.subject).contains(next.host(QUrl::FullyEncoded)) || !isAtWebPort(next))
        return finish(ask);
    if (place.redirects >= mostRedirects) {
        keep(ask, next, webPageText, Error{ErrorCode::Malformed, u"it redirects in circles"_s});
        return finish(ask);
    }
    visit(ask, {next, place.redirects + 1});
}

bool WebSource::mayTryPlain(const Place &place, const Error &error) const
{
    return place.redirects == 0 && place.url.scheme() == "https"_L1
        && error.code == ErrorCode::Unreachable
        && gate().policy().baseUrls.value(info().name).isEmpty();
}

void WebSource::askIcon(const AskPtr &ask, const QUrl &page)
{
    QUrl url = page;
    url.setPath(u"/favicon.ico"_s);
    url.setQuery(QString());
    const auto agreed = permit(ask->order, Pap::Green);
    if (!agreed) {
        keep(ask, url, webIconText, agreed.error());
        return finish(ask);
    }
    HttpQuestion question = questionFor(*agreed, url, {url.host(QUrl::FullyEncoded)});
    question.headers = {{"Accept", "image/*,*/*;q=0.5"}};
    question.maxBytes = mostIconBytes;
    question.redirects = Redirects::Followed;
    fetch(ask, question, [this, ask, url](Result<HttpAnswer> &&answer) {
        keep(ask, url, webIconText, std::move(answer));
        finish(ask);
    });
}

void WebSource::keep(const AskPtr &ask, const QUrl &url, QLatin1String text,
                     Result<HttpAnswer> &&answered) const
{
    const QByteArray bytes = answered ? webAnswerBytes(url, *answered) : QByteArray();
    const Question question{ask->order.subject, Dataset::Trackers, u"http"_s, text};
    RawAnswer raw = rawAnswer(question, std::move(answered), clock().now());
    raw.bytes = bytes;
    ask->pass.answers.append(std::move(raw));
}

void WebSource::test(std::function<void(Outcome, QString)> done)
{
    AskOrder order;
    order.subject = {ArtifactKind::Domain, u"iana.org"_s};
    order.purpose = Purpose::Person;
    order.asker = Asker::Person;
    ask(order, [done = std::move(done)](RawPass &&pass) {
        const Observation seen = parseWeb(pass).value(0);
        done(seen.outcome, isUsable(seen.outcome) ? u"iana.org answers"_s : seen.detail);
    });
}

} // namespace wg
