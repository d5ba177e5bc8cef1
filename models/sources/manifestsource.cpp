// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestsource.h"

#include "core/names.h"
#include "sources/manifestbookmark.h"
#include "sources/manifestparse.h"
#include "sources/manifestquota.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// A page whose next one must be found is looked at on the net thread: about 5 ms.
constexpr qint64 mostBytesOfPage = 4 << 20;

constexpr qint64 quotaAskedEveryMs = hourMs;
constexpr qint64 mostBytesOfQuota = 1 << 20;

/// What the source calls this kind of entity; some know names below a registered domain by another
/// word.
QString kindWord(const ManifestQuestion &question, const Artifact &subject)
{
    if (subject.kind == ArtifactKind::Domain && !question.hostKind.isEmpty()) {
        const QString registered = registeredDomain(subject.value);
        if (!registered.isEmpty() && registered != subject.value)
            return question.hostKind;
    }
    return question.kinds.value(subject.kind, kindName(subject.kind));
}

/// "{entity}" and "{kind}" in a text of a manifest.
QString filled(QString text, const ManifestQuestion &question, const Artifact &subject)
{
    text.replace("{kind}"_L1, kindWord(question, subject));
    return text.replace("{entity}"_L1, subject.value);
}

QJsonValue filled(const QJsonValue &value, const ManifestQuestion &question,
                  const Artifact &subject)
{
    if (value.isString())
        return filled(value.toString(), question, subject);
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue &item : value.toArray())
            list.append(filled(item, question, subject));
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = filled(it.value(), question, subject);
    return object;
}

/// A value within a query or a form: nothing in it may end it.
QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text, ",:*");
}

QByteArray encodedPairs(const QList<std::pair<QString, QString>> &pairs)
{
    QByteArrayList parts;
    for (const auto &[name, text] : pairs)
        parts.append(encoded(name) + '=' + encoded(text));
    return parts.join('&');
}

QByteArray bodyOf(const ManifestQuestion &question, const Artifact &subject)
{
    if (!question.json.isEmpty()) {
        return QJsonDocument(filled(QJsonValue(question.json), question, subject).toObject())
            .toJson(QJsonDocument::Compact);
    }
    QList<std::pair<QString, QString>> form;
    for (const auto &[name, text] : question.form)
        form.append({name, filled(text, question, subject)});
    return encodedPairs(form);
}

/// Too short a key would be struck out of everything.
constexpr qsizetype leastStruck = 6;

HttpSecret secretOf(const ManifestKey &way, const QByteArray &key)
{
    HttpSecret secret;
    const QString value = way.value.isEmpty()
        ? QString::fromUtf8(key)
        : QString(way.value).replace(u"{key}"_s, QString::fromUtf8(key));
    QByteArray sent = value.toUtf8();
    switch (way.way) {
    case ManifestKey::Way::Header:
        secret.headers = {{way.name.toLatin1(), sent}};
        break;
    case ManifestKey::Way::Query:
        secret.query = encoded(way.name) + '=' + QUrl::toPercentEncoding(value);
        break;
    case ManifestKey::Way::Bearer:
        secret.headers = {{"Authorization", "Bearer " + key}};
        break;
    case ManifestKey::Way::Basic:
        sent = key.toBase64();
        secret.headers = {{"Authorization", "Basic " + sent}};
        break;
    }
    const qsizetype colon = way.way == ManifestKey::Way::Basic ? key.indexOf(':') : -1;
    for (const QByteArray &text : {sent, key, key.mid(colon + 1), QUrl::toPercentEncoding(value)}) {
        if (text.size() >= leastStruck && !secret.texts.contains(text))
            secret.texts.append(text);
    }
    return secret;
}

/// Takes the place of all parameters of that name.
void setParameter(QList<std::pair<QString, QString>> &query, const QString &name,
                  const QString &text)
{
    query.removeIf([&name](const auto &pair) { return pair.first == name; });
    query.append({name, text});
}

/// What is asked for as a whole and how it is read: a bookmark of another request says nothing of
/// this one.
Hash128 printOf(const HttpQuestion &http, const Manifest &manifest,
                const ManifestQuestion &question, const QUrl &base)
{
    QByteArrayList parts{http.url.toEncoded(),
                         base.toEncoded(),
                         http.body,
                         toBytes(manifest.print),
                         QByteArray::number(manifest.parserVersion),
                         QByteArray::number(int(question.cursor.by)),
                         QByteArray::number(int(question.cursor.form))};
    for (const auto &[name, value] : http.headers)
        parts.append(name + ':' + value);
    for (const auto &[name, text] : question.cursor.query)
        parts.append(name.toUtf8() + '=' + text.toUtf8());
    return hashOf(parts.join('\n'));
}

/// Statuses by which a server says that it does not know, or no longer, what it was asked to go on
/// from.
bool refusesCursor(int status)
{
    return status == 400 || status == 404 || status == 410 || status == 422;
}

/// An answer with those of its headers that the question's conditions look at.
RawAnswer rawAnswerTo(const ManifestQuestion &question, const Artifact &subject,
                      const QString &source, const AskedFrom &from, Result<HttpAnswer> &&answered,
                      Instant now)
{
    QHash<QByteArray, QByteArray> headers;
    for (const Condition &condition : question.conditions) {
        if (answered && answered->headers.contains(condition.header))
            headers.insert(condition.header, answered->headers.value(condition.header));
    }
    AskedFrom noted = from;
    if (answered)
        noteValidators(noted, answered->headers);
    RawAnswer answer = rawAnswer({subject, question.datasets.first(), source, question.name},
                                 std::move(answered), now);
    answer.headers = std::move(headers);
    answer.from = std::move(noted);
    return answer;
}

/// Windows of a second let questions wait, but not people.
qint64 narrowMs(const QList<HostWindow> &windows)
{
    qint64 longest = 0;
    for (const HostWindow &window : windows) {
        if (window.perMs > secondMs && window.perMs < hourMs)
            longest = std::max(longest, window.perMs);
    }
    return longest;
}

} // namespace

ManifestSource::ManifestSource(std::shared_ptr<const Manifest> manifest, const Gate &gate,
                               Fetcher &fetcher, KeyRing &keys, const Clock &clock, QObject *parent)
    : HttpSource(gate, fetcher, clock, parent)
    , m_manifest(std::move(manifest))
    , m_keys(keys)
    , m_narrowMs(narrowMs(m_manifest->windows))
    , m_quotaLater(this)
{
    m_quotaLater.setSingleShot(true);
    m_quotaLater.setInterval(int(std::min(m_narrowMs, minuteMs)));
    connect(&m_quotaLater, &QTimer::timeout, this, &ManifestSource::askQuotaBehind);
}

bool ManifestSource::asks(const ManifestQuestion &question, const Artifact &subject) const
{
    return question.about.contains(subject.kind) && !question.follows;
}

Artifact ManifestSource::subject(const Entity &entity) const
{
    Artifact subject = entity;
    if (m_manifest->info.registered && entity.kind == ArtifactKind::Domain)
        subject.value = registeredDomain(entity.value);
    const auto &all = m_manifest->questions;
    const bool any = std::any_of(all.cbegin(), all.cend(),
                                 [&](const auto &question) { return asks(question, subject); });
    return any && !subject.isEmpty() ? subject : Artifact();
}

QList<Question> ManifestSource::questions(const Artifact &subject) const
{
    QList<Question> questions;
    for (const ManifestQuestion &each : m_manifest->questions) {
        if (asks(each, subject))
            questions.append({subject, each.datasets.first(), m_manifest->info.name, each.name});
    }
    return questions;
}

ParseFunction ManifestSource::parser() const
{
    return [manifest = m_manifest](const RawPass &raw) { return parseManifest(*manifest, raw); };
}

void ManifestSource::begin(const AskPtr &ask, const Permit &permit)
{
    withKey(
        ask->order.asker,
        [this, ask, permit] {
            if (ask->done)
                askAll(ask, permit);
        },
        [this, ask](const QString &why) {
            if (ask->done)
                fail(ask, Outcome::Refused, why);
        });
}

/// A key that is set and cannot be had is told, also where the source would answer without.
void ManifestSource::withKey(Asker asker, std::function<void()> go,
                             std::function<void(QString)> refuse)
{
    if (!m_manifest->key)
        return go();
    m_keys.want(m_manifest->info.name, asker, this,
                [needed = m_manifest->key->needed, go = std::move(go),
                 refuse = std::move(refuse)](const SourceKey &key) {
                    if (key.state == KeyState::Found || (key.state == KeyState::Absent && !needed))
                        go();
                    else if (key.state == KeyState::Absent)
                        refuse(u"no key is set"_s);
                    else
                        refuse(key.detail);
                });
}

/// Several questions that say together what a dataset holds now must all be answered in full.
bool ManifestSource::speaksAlone(const ManifestQuestion &question, const Artifact &subject) const
{
    const auto isCurrent = [](const ManifestQuestion &each, Dataset dataset) {
        return each.presences.value(dataset, each.presence) == Presence::Current;
    };
    for (const ManifestQuestion &other : m_manifest->questions) {
        if (&other == &question || !other.about.contains(subject.kind))
            continue;
        for (const Dataset dataset : question.datasets) {
            if (other.datasets.contains(dataset)
                && (isCurrent(other, dataset) || isCurrent(question, dataset)))
                return false;
        }
    }
    return true;
}

ManifestSource::Walk ManifestSource::start(const ManifestQuestion &question, const AskOrder &order,
                                           const Permit &permit) const
{
    Walk walk{&question, 0, 0, {}, {}, {}};
    const HttpQuestion whole = request(permit, question, order.subject, walk);
    const QUrl base = gate().policy().baseUrls.value(m_manifest->info.name);
    AskOrder from = order;
    if (!speaksAlone(question, order.subject))
        from.bookmarks.clear();
    const Hash128 print = printOf(whole, *m_manifest, question, base);
    // A time of asking never comes again, and nothing recorded would answer to it.
    if (question.cursor.by == CursorRule::By::Asked && fetcher().isRecorded())
        from.purpose = Purpose::Person;
    walk.from = askedFrom(question, from, print, clock().now());
    if (walk.from.extent == Extent::Whole
        || fetcher().mayAnswer(request(permit, question, order.subject, walk)))
        return walk;
    // The recording was stopped and begun again since: it has the whole once more.
    from.purpose = Purpose::Person;
    walk.from = askedFrom(question, from, print, clock().now());
    return walk;
}

void ManifestSource::askAll(const AskPtr &ask, const Permit &permit)
{
    QList<Walk> walks;
    for (const ManifestQuestion &question : m_manifest->questions) {
        if (asks(question, ask->order.subject))
            walks.append(start(question, ask->order, permit));
    }
    ask->open = int(walks.size());
    const Asker asker = ask->order.asker;
    for (const Walk &walk : std::as_const(walks))
        askPage(ask, walk);
    askQuotaBeside(asker);
}

HttpQuestion ManifestSource::request(const Permit &permit, const ManifestQuestion &question,
                                     const Artifact &subject, const Walk &walk) const
{
    QList<std::pair<QString, QString>> query;
    for (const auto &[name, text] : question.query)
        query.append({name, filled(text, question, subject).replace("{row}"_L1, walk.row)});
    if (walk.from.extent == Extent::Since) {
        for (const auto &[name, text] : question.cursor.query)
            setParameter(
                query, name,
                filled(text, question, subject).replace("{cursor}"_L1, walk.from.before.cursor));
    }
    const Paging &paging = question.paging;
    if (paging.kind == Paging::Kind::Offset)
        query.append({paging.parameter, QString::number(walk.rows)});
    if (paging.kind == Paging::Kind::Page)
        query.append({paging.parameter, QString::number(paging.first + walk.page)});
    if (paging.kind == Paging::Kind::Cursor && !walk.cursor.isEmpty())
        setParameter(query, paging.parameter, walk.cursor);
    QString path = filled(question.path, question, subject);
    path.replace("{row}"_L1, walk.row);
    HttpQuestion http{permit, url(path, query), m_manifest->hosts};
    http.headers = {{"Accept", "application/json"}};
    http.headers += m_manifest->headers;
    for (const auto &[name, text] : question.headers) // an entity's text is a name or an address
        http.headers.append(
            {name, filled(QString::fromLatin1(text), question, subject).toLatin1()});
    http.headers += conditionalHeaders(walk.from.before);
    addKey(http);
    http.body = bodyOf(question, subject);
    if (!http.body.isEmpty())
        http.headers.append(std::pair<QByteArray, QByteArray>(
            "Content-Type",
            question.json.isEmpty() ? "application/x-www-form-urlencoded" : "application/json"));
    if (paging.kind != Paging::Kind::None)
        http.maxBytes = mostBytesOfPage;
    http.windows = m_manifest->windows;
    http.parallel = m_manifest->parallel;
    return http;
}

QUrl ManifestSource::url(const QString &path, const QList<std::pair<QString, QString>> &query) const
{
    QUrl url = m_manifest->server;
    url.setPath(path, QUrl::DecodedMode);
    if (!query.isEmpty())
        url.setQuery(QString::fromLatin1(encodedPairs(query)), QUrl::StrictMode);
    return url;
}

void ManifestSource::addKey(HttpQuestion &http) const
{
    if (const SourceKey key = m_keys.key(m_manifest->info.name);
        m_manifest->key && key.state == KeyState::Found)
        http.secret = secretOf(*m_manifest->key, key.value);
}

/// At most once an hour, and of every new key.
bool ManifestSource::isQuotaDue(const SourceKey &key) const
{
    if (!m_manifest->quotaQuestion || (m_manifest->key && key.state != KeyState::Found))
        return false;
    const Instant now = clock().now();
    const bool asked = m_quotaAskedAt && m_quotaAskedWith == hashOf(key.value)
        && now >= *m_quotaAskedAt && now - *m_quotaAskedAt < quotaAskedEveryMs;
    return !asked;
}

/// Beside what else is asked, or, where a look-up may need all that a minute has room for, behind
/// it: nobody waits for it.
void ManifestSource::askQuotaBeside(Asker asker)
{
    if (m_narrowMs == 0)
        askQuota(asker);
    else if (isQuotaDue(m_keys.key(m_manifest->info.name)) && !m_quotaLater.isActive())
        m_quotaLater.start();
}

void ManifestSource::askQuotaBehind()
{
    const qint64 room = fetcher().roomInMs(m_manifest->info.name, m_manifest->server,
                                           m_manifest->hosts, m_manifest->windows, Asker::Person);
    if (room > 0)
        m_quotaLater.start();
    else
        askQuota(Asker::Person);
}

/// How much is left.
void ManifestSource::askQuota(Asker asker)
{
    const QString &name = m_manifest->info.name;
    const SourceKey key = m_keys.key(name);
    if (!isQuotaDue(key))
        return;
    // It names nobody who is looked up.
    const auto agreed = gate().ask({name, name, m_manifest->info.pap, m_manifest->harmless, asker});
    if (!agreed)
        return;
    const Hash128 with = hashOf(key.value);
    m_quotaAskedAt = clock().now();
    m_quotaAskedWith = with;
    const QuotaQuestion &question = *m_manifest->quotaQuestion;
    HttpQuestion http{*agreed, url(question.path, question.query), m_manifest->hosts};
    http.headers = {{"Accept", "application/json"}};
    http.headers += m_manifest->headers;
    addKey(http);
    if (question.path.contains("{key}"_L1))
        http.secret.path = QUrl::toPercentEncoding(QString::fromUtf8(key.value));
    http.maxBytes = mostBytesOfQuota;
    http.windows = m_manifest->windows;
    http.parallel = m_manifest->parallel;
    whenFetched(this, fetcher().fetch(http), [this, with](Result<HttpAnswer> &&answer) {
        if (!answer || answer->status != 200 || answer->cut || with != m_quotaAskedWith)
            return;
        const Instant then = clock().now();
        if (const auto told = readQuota(*m_manifest->quotaQuestion, answer->body, then))
            fetcher().noteQuota(m_manifest->info.name, m_manifest->server, m_manifest->hosts,
                                told->left, told->limit, told->reset - then);
    });
}

std::optional<Instant> ManifestSource::roomAt() const
{
    return roomAtServer(m_manifest->server, m_manifest->hosts, m_manifest->windows);
}

void ManifestSource::askPage(const AskPtr &ask, const Walk &walk)
{
    const auto agreed = permit(ask->order, m_manifest->info.pap); // settings may have changed
    if (!agreed)
        return took(ask, walk, agreed.error());
    fetch(ask, request(*agreed, *walk.question, ask->order.subject, walk),
          [this, ask, walk](Result<HttpAnswer> &&answer) { took(ask, walk, std::move(answer)); });
}

void ManifestSource::took(const AskPtr &ask, const Walk &walk, Result<HttpAnswer> &&answered)
{
    const ManifestQuestion &question = *walk.question;
    auto &answers = ask->pass.answers;
    answers.append(rawAnswerTo(question, ask->order.subject, m_manifest->info.name, walk.from,
                               std::move(answered), clock().now()));
    if (startsOver(ask, walk, answers.constLast()))
        return;
    RawAnswer &newest = answers.last();
    const bool isWhole =
        newest.failure == Outcome::Complete && newest.status / 100 == 2 && !newest.cut;
    if (isWhole)
        follow(ask, question, newest.bytes);
    if (!isWhole || question.paging.kind == Paging::Kind::None)
        return walked(ask);
    const Paging &paging = question.paging;
    const PageLook look = lookAtPage(paging, newest.bytes);
    Walk next{walk.question,
              walk.page + 1,
              walk.rows + look.rows,
              look.next.value_or(QString()),
              walk.from,
              {}};
    const bool full = paging.size > 0 && look.rows >= paging.size;
    const bool more = paging.kind == Paging::Kind::Cursor
        ? look.next && (paging.size == 0 || full)
        : look.rows > 0 && (paging.pages ? next.page < look.pages.value_or(0) : full);
    if (!more)
        return walked(ask);
    if (next.page >= paging.mostPages
        || (paging.kind == Paging::Kind::Cursor && next.cursor == walk.cursor)) {
        newest.cut = true;
        return walked(ask);
    }
    askPage(ask, next);
}

void ManifestSource::follow(const AskPtr &ask, const ManifestQuestion &question,
                            const QByteArray &body)
{
    const bool hasKey = m_keys.key(m_manifest->info.name).state == KeyState::Found;
    QList<Walk> walks;
    for (const ManifestQuestion &each : m_manifest->questions) {
        const auto &follows = each.follows;
        if (!follows || follows->question != question.name || (follows->needsKey && !hasKey)
            || !each.about.contains(ask->order.subject.kind))
            continue;
        QStringList &rows = ask->followed[each.name];
        for (const QString &row : rowsToFollow(*follows, body)) {
            if (rows.size() < follows->most && !rows.contains(row)) {
                rows.append(row);
                walks.append({&each, 0, 0, {}, {}, row});
            }
        }
    }
    ask->open += int(walks.size());
    for (const Walk &walk : std::as_const(walks))
        askPage(ask, walk);
}

/// A server that does not know what it was asked to go on from is asked for all at once.
bool ManifestSource::startsOver(const AskPtr &ask, const Walk &walk, const RawAnswer &answer)
{
    const bool refused = walk.from.extent == Extent::Since && walk.page == 0
        && answer.failure == Outcome::Complete && refusesCursor(answer.status);
    if (!refused)
        return false;
    Walk whole{walk.question, 0, 0, {}, {}, {}};
    whole.from.before.question = walk.from.before.question;
    whole.from.before.print = walk.from.before.print;
    whole.from.at = clock().now();
    ask->pass.answers.removeLast();
    askPage(ask, whole);
    return true;
}

void ManifestSource::walked(const AskPtr &ask)
{
    if (--ask->open == 0)
        finish(ask);
}

void ManifestSource::test(std::function<void(Outcome, QString)> done)
{
    withKey(
        Asker::Person, [this, done] { askHarmless(done); },
        [done](const QString &why) { done(Outcome::Refused, why); });
}

void ManifestSource::askHarmless(const std::function<void(Outcome, QString)> &done)
{
    const Artifact &subject = m_manifest->harmless;
    const auto &all = m_manifest->questions;
    const auto question = std::find_if(all.cbegin(), all.cend(),
                                       [&](const auto &each) { return asks(each, subject); });
    const QString &name = m_manifest->info.name;
    const auto agreed = gate().ask({name, name, m_manifest->info.pap, subject, Asker::Person});
    if (!agreed)
        return done(Outcome::Refused, agreed.error().detail);
    const auto raw = std::make_shared<RawPass>();
    *raw = {subject, name, Purpose::Person, {}, parser()};
    const Walk walk{&*question, 0, 0, {}, {}, {}};
    whenFetched(this, fetcher().fetch(request(*agreed, *question, subject, walk)),
                [this, raw, question, done](Result<HttpAnswer> &&answer) {
                    raw->answers = {rawAnswerTo(*question, raw->asked, raw->source, {},
                                                std::move(answer), clock().now())};
                    const Observation first = raw->parse(*raw).value(0);
                    done(first.outcome,
                         isUsable(first.outcome) ? u"%1 answers"_s.arg(raw->source) : first.detail);
                });
    m_quotaAskedAt.reset();
    askQuota(Asker::Person);
}

} // namespace wg
