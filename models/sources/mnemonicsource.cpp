// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/mnemonicsource.h"

#include "sources/mnemonicparse.h"
#include "sources/sourceinfos.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int pageSize = 500;
constexpr qsizetype mostPages = 20;
constexpr qint64 mostBytes = 4 << 20; // looked at on the net thread: about 5 ms

QUrl server()
{
    return QUrl(u"https://api.mnemonic.no"_s);
}

QList<HostWindow> windows()
{
    return {{100, minuteMs}, {1000, dayMs}};
}

QUrl pageUrl(const Artifact &subject, qint64 offset, int limit)
{
    QUrl url = server();
    url.setPath("/pdns/v3/"_L1 + subject.value, QUrl::StrictMode);
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(limit));
    query.addQueryItem(u"offset"_s, QString::number(offset));
    url.setQuery(query);
    return url;
}

HttpQuestion questionFor(const Permit &permit, const QUrl &url)
{
    HttpQuestion question{permit, url, {url.host()}};
    question.headers = {{"Accept", "application/json"}};
    question.maxBytes = mostBytes;
    question.windows = windows();
    return question;
}

} // namespace

SourceInfo MnemonicSource::info() const
{
    return mnemonicInfo();
}

Artifact MnemonicSource::subject(const Entity &entity) const
{
    return isEntity(entity) ? entity : Artifact();
}

std::optional<Instant> MnemonicSource::roomAt() const
{
    return roomAtServer(server(), {server().host()}, windows());
}

QList<Question> MnemonicSource::questions(const Artifact &subject) const
{
    return {{subject, Dataset::Resolutions, u"mnemonic"_s,
             isAddress(subject) ? u"names"_s : u"records"_s}};
}

ParseFunction MnemonicSource::parser() const
{
    return parseMnemonic;
}

void MnemonicSource::begin(const AskPtr &ask, const Permit &)
{
    askPage(ask, {});
}

void MnemonicSource::askPage(const AskPtr &ask, const Place &place)
{
    const auto agreed = permit(ask->order, Pap::Amber); // each page anew: settings may have changed
    if (!agreed)
        return took(ask, place, agreed.error());
    fetch(ask, questionFor(*agreed, pageUrl(ask->order.subject, place.offset, pageSize)),
          [this, ask, place](Result<HttpAnswer> &&answer) { took(ask, place, std::move(answer)); });
}

void MnemonicSource::took(const AskPtr &ask, const Place &place, Result<HttpAnswer> &&answered)
{
    auto &pages = ask->pass.answers;
    pages.append(
        rawAnswer(questions(ask->order.subject).first(), std::move(answered), clock().now()));
    RawAnswer &newest = pages.last();
    if (newest.failure != Outcome::Complete || newest.status != 200 || newest.cut)
        return finish(ask);
    const MnemonicPage page = lookAtMnemonicPage(newest.bytes);
    const bool repeated = page.rows > 0 && page.print == place.before;
    if (!repeated && !mayHaveMore(page, place.offset, pageSize))
        return finish(ask);
    if (repeated || pages.size() >= mostPages) {
        newest.cut = true;
        return finish(ask);
    }
    askPage(ask, {place.offset + page.rows, page.print});
}

void MnemonicSource::test(std::function<void(Outcome, QString)> done)
{
    const Artifact harmless{ArtifactKind::Domain, u"iana.org"_s};
    const auto agreed =
        gate().ask({u"mnemonic"_s, u"mnemonic"_s, Pap::Amber, harmless, Asker::Person});
    if (!agreed)
        return done(Outcome::Refused, agreed.error().detail);
    whenFetched(this, fetcher().fetch(questionFor(*agreed, pageUrl(harmless, 0, 1))),
                [this, harmless, done = std::move(done)](Result<HttpAnswer> &&answer) {
                    RawPass pass{harmless, u"mnemonic"_s, Purpose::Person, {}, parseMnemonic};
                    pass.answers.append(
                        rawAnswer(questions(harmless).first(), std::move(answer), clock().now()));
                    const Observation seen = parseMnemonic(pass).first();
                    if (seen.outcome == Outcome::Truncated) // one row was all that was asked for
                        return done(Outcome::Complete, u"mnemonic answers"_s);
                    done(seen.outcome,
                         isUsable(seen.outcome) ? u"mnemonic answers"_s : seen.detail);
                });
}

} // namespace wg
