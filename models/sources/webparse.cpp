// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/webparse.h"

#include "core/entitytext.h"
#include "sources/answertext.h"
#include "sources/htmlpage.h"
#include "sources/htmltext.h"
#include "sources/httpsource.h"
#include "sources/iconhash.h"
#include "sources/trackers.h"
#include "sources/webanswer.h"
#include "sources/webheaders.h"

#include <QCryptographicHash>
#include <QMap>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr std::array datasets{Dataset::Trackers, Dataset::Components, Dataset::HostPairs,
                              Dataset::Cookies};
constexpr qsizetype mostPairs = 1'000;
constexpr qsizetype longestValue = 300;

/// The canonical host of a URL; empty where it is none.
QString hostOf(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    if (const auto address = parseAddress(host))
        return address->text();
    const auto name = canonicalHostName(host);
    return name && name->contains(u'.') ? *name : QString();
}

bool isPage(const WebAnswer &answer)
{
    const QByteArray type = answer.header("content-type").value(0).toLower();
    return type.isEmpty() ? isWebPage(answer.body) : type.contains("html");
}

/// Puts the facts of one visit together.
class Visit
{
public:
    explicit Visit(const RawPass &raw)
        : m_raw(raw)
    {
        for (const RawAnswer &answer : raw.answers) {
            if (!isOver())
                take(answer);
        }
        for (auto pair = m_pairs.cbegin(); pair != m_pairs.cend(); ++pair)
            addPair(pair.key(), pair.value());
    }

    [[nodiscard]] Observation observation(Dataset dataset) const
    {
        Observation out;
        out.question = {m_raw.asked, dataset, m_raw.source, webPageText};
        out.presence = Presence::Current;
        out.at = m_at;
        out.detail = m_detail;
        out.outcome = m_outcome;
        if (!isUsable(m_outcome))
            return out;
        for (const Record &record : m_records) {
            if (record.dataset == dataset)
                out.records.append(record);
        }
        const bool cut = m_cut || (dataset == Dataset::Components && m_iconUnknown);
        if (cut)
            out.outcome = Outcome::Truncated;
        else if (out.records.isEmpty())
            out.outcome = Outcome::Empty;
        return out;
    }

private:
    [[nodiscard]] bool isOver() const { return !isUsable(m_outcome); }

    void end(Outcome outcome, const QString &detail)
    {
        m_outcome = outcome;
        m_detail = detail;
    }

    void take(const RawAnswer &raw)
    {
        if (raw.question.text == webIconText)
            return takeIcon(raw);
        m_at = raw.at;
        if (raw.failure != Outcome::Complete)
            return end(raw.failure, raw.detail);
        const auto answer = readWebAnswer(raw.bytes);
        if (!answer)
            return end(Outcome::Malformed, u"the answer as it was kept cannot be read"_s);
        m_cut = m_cut || raw.cut;
        const QUrl next = answer->redirection();
        if (answer->status / 100 != 2 && !next.isValid()) {
            // Who hides a page from strangers says that there is none.
            const Outcome outcome = outcomeOfStatus(answer->status);
            return end(isUsable(outcome) ? Outcome::Refused : outcome,
                       u"%1 answers %2"_s.arg(hostOf(answer->url)).arg(answer->status));
        }
        for (const auto &[type, value] : componentsOf(*answer))
            add(Dataset::Components, type, value);
        for (const QString &cookie : cookiesOf(*answer))
            add(Dataset::Cookies, u"cookie"_s, cookie);
        if (next.isValid())
            notePair(hostOf(next), u"redirect"_s);
        else if (isPage(*answer))
            takePage(*answer);
    }

    void takePage(const WebAnswer &answer)
    {
        const HtmlPage page =
            readHtml(htmlAsUtf8(answer.body, answer.header("content-type").value(0)), answer.url);
        m_cut = m_cut || page.cut;
        for (const QString &generator : page.generators)
            add(Dataset::Components, u"CMS"_s, generator);
        if (!page.title.isEmpty())
            add(Dataset::Components, u"Title"_s, page.title).identity = Identity::Type;
        for (const Tracker &tracker : findTrackers(page.code))
            add(Dataset::Trackers, tracker.type, tracker.value);
        const QString self = hostOf(answer.url);
        for (const HtmlReference &reference : page.references) {
            const QString host = hostOf(reference.url);
            if (host != self)
                notePair(host, reference.cause);
        }
    }

    void takeIcon(const RawAnswer &raw)
    {
        const auto answer =
            raw.failure == Outcome::Complete ? readWebAnswer(raw.bytes) : std::nullopt;
        const int status = answer ? answer->status : 0;
        m_iconUnknown = raw.cut || (status != 200 && status != 404 && status != 410);
        if (!answer || answer->status != 200 || raw.cut || answer->body.isEmpty()
            || isWebPage(answer->body))
            return;
        Record &icon =
            add(Dataset::Components, u"Favicon"_s, QString::number(iconHash(answer->body)));
        icon.identity = Identity::Type;
        const auto sha256 = QCryptographicHash::hash(answer->body, QCryptographicHash::Sha256);
        setAttribute(icon.details, u"sha256"_s,
                     UntrustedText::trusted(QString::fromLatin1(sha256.toHex())));
    }

    void notePair(const QString &host, const QString &cause)
    {
        if (host.isEmpty() || host == m_raw.asked.value)
            return;
        const bool room = m_pairs.size() < mostPairs || m_pairs.contains(host);
        m_cut = m_cut || !room;
        if (room && !m_pairs[host].contains(cause))
            m_pairs[host].append(cause);
    }

    void addPair(const QString &host, QStringList causes)
    {
        causes.sort();
        Record &pair = add(Dataset::HostPairs, u"child"_s, host);
        setAttribute(pair.details, u"cause"_s, UntrustedText::fromString(causes.join(u", "_s)));
    }

    /// The fact, new or told before.
    Record &add(Dataset dataset, const QString &type, const QString &value)
    {
        Record record;
        record.owner = m_raw.asked;
        record.dataset = dataset;
        record.type = type;
        record.value = UntrustedText::fromString(value.simplified().left(longestValue));
        const auto known = std::find(m_records.begin(), m_records.end(), record);
        if (known != m_records.end())
            return *known;
        m_records.append(record);
        return m_records.last();
    }

    const RawPass &m_raw;
    QList<Record> m_records;
    QMap<QString, QStringList> m_pairs; ///< causes by host
    Outcome m_outcome = Outcome::Complete;
    QString m_detail;
    Instant m_at;
    bool m_cut = false;
    bool m_iconUnknown = false;
};

} // namespace

QList<Question> webQuestions(const Artifact &subject)
{
    QList<Question> questions;
    for (const Dataset dataset : datasets)
        questions.append({subject, dataset, u"http"_s, webPageText});
    return questions;
}

QList<Observation> parseWeb(const RawPass &raw)
{
    if (raw.answers.isEmpty())
        return {};
    QByteArrayList bytes;
    for (const RawAnswer &answer : raw.answers)
        bytes.append(answer.bytes);
    const Visit visit(raw);
    QList<Observation> out;
    for (const Dataset dataset : datasets)
        out.append(visit.observation(dataset));
    out.first().raw = bytes.join('\n'); // kept once
    return out;
}

} // namespace wg
