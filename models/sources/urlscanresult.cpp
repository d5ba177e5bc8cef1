// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/urlscanresult.h"

#include "core/entitytext.h"
#include "sources/jsonplace.h"
#include "sources/trackers.h"
#include "sources/webheaders.h"

#include <QMap>
#include <QUrl>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

namespace dom = simdjson::dom;

constexpr qsizetype mostRecords = 2'000;
constexpr qsizetype mostPairs = 1'000;
constexpr qsizetype mostCookies = 200;
constexpr qsizetype mostNames = 1'000; ///< of a certificate
constexpr qsizetype longestValue = 300;

/// What stands at the pointer; nothing where there is no such thing.
std::optional<dom::element> at(dom::element from, const char *pointer)
{
    dom::element found;
    return from.at_pointer(pointer).get(found) == simdjson::SUCCESS ? std::optional(found)
                                                                    : std::nullopt;
}

QString textAt(dom::element from, const char *pointer)
{
    const auto found = at(from, pointer);
    return found ? scalarText(*found).value_or(QString()) : QString();
}

template <class Take>
void eachAt(dom::element from, const char *pointer, Take take)
{
    dom::array items;
    if (const auto found = at(from, pointer); found && found->get(items) == simdjson::SUCCESS) {
        for (const dom::element item : items)
            take(item);
    }
}

/// The canonical host of a web address; empty where it has none.
QString hostOf(const QString &address)
{
    const QUrl url(address);
    if (!url.scheme().startsWith("http"_L1))
        return {};
    const auto entity = parseEntity(url.host(QUrl::FullyEncoded));
    return entity ? entity->value : QString();
}

/// How an element of a page has another file fetched, in the words of our own page reader.
QString causeOf(const QString &type)
{
    static constexpr std::array<std::pair<QLatin1String, QLatin1String>, 5> causes{{
        {"Script"_L1, "script.src"_L1},
        {"Image"_L1, "img.src"_L1},
        {"Stylesheet"_L1, "link.href"_L1},
        {"Document"_L1, "iframe.src"_L1},
        {"Media"_L1, "media.src"_L1},
    }};
    for (const auto &[theirs, ours] : causes) {
        if (type == theirs)
            return ours;
    }
    return type.toLower().left(40);
}

/// What others call this kind of component.
QString componentType(const QString &category)
{
    static constexpr std::array<std::pair<QLatin1String, QLatin1String>, 7> types{{
        {"Web Servers"_L1, "Server"_L1},
        {"Web Frameworks"_L1, "Framework"_L1},
        {"Blogs"_L1, "CMS"_L1},
        {"Reverse Proxy"_L1, "Proxy"_L1},
        {"Reverse proxies"_L1, "Proxy"_L1},
        {"JavaScript Frameworks"_L1, "JavaScript Framework"_L1},
        {"JavaScript Libraries"_L1, "JavaScript Library"_L1},
    }};
    for (const auto &[theirs, ours] : types) {
        if (category.compare(theirs, Qt::CaseInsensitive) == 0)
            return ours;
    }
    return category.isEmpty() ? u"Component"_s : category;
}

/// Seconds since 1970 as a moment; nothing where they cannot be one of a certificate.
std::optional<Instant> moment(const QString &seconds)
{
    constexpr qint64 latest = 253'402'300'799; // the end of the year 9999
    const qint64 number = seconds.toLongLong();
    return number > 0 && number <= latest ? std::optional(Instant{number * 1000}) : std::nullopt;
}

/// Puts the facts of one scan together.
class Scan
{
public:
    Scan(dom::element result, Instant told)
        : m_at(parseInstant(textAt(result, "/task/time")))
        , m_host(hostOf(textAt(result, "/page/url")))
        , m_scan(textAt(result, "/task/reportURL"))
    {
        const auto owner = parseEntity(m_host);
        if (!m_at || m_at->ms <= 0 || told + dayMs < *m_at || !owner)
            return;
        m_owner = *owner;
        eachAt(result, "/data/requests", [this](dom::element request) { takeRequest(request); });
        eachAt(result, "/data/cookies", [this](dom::element cookie) { takeCookie(cookie); });
        eachAt(result, "/meta/processors/wappa/data", [this](dom::element found) {
            add(Dataset::Components, componentType(textAt(found, "/categories/0/name")),
                textAt(found, "/app"));
        });
        for (const Tracker &tracker : findTrackers(m_addresses))
            add(Dataset::Trackers, tracker.type, tracker.value);
        for (auto pair = m_pairs.cbegin(); pair != m_pairs.cend(); ++pair)
            addPair(pair.key().first, pair.key().second, pair.value());
    }

    [[nodiscard]] QList<Record> records() const { return m_records; }

private:
    void takeRequest(dom::element request)
    {
        const QString address = textAt(request, "/request/request/url");
        const QString document = hostOf(textAt(request, "/request/documentURL"));
        const QString type = textAt(request, "/request/type");
        const QString host = hostOf(address);
        if (document == m_host)
            m_addresses += address + u'\n';
        noteRedirects(request);
        noteFetched(request, document, host, type);
        if (host != m_host)
            return;
        if (const auto seen = at(request, "/response/response/securityDetails"))
            takeCertificate(*seen);
        if (type == "Document"_L1 && document == m_host)
            takeHeaders(request, QUrl(address));
    }

    /// One entry holds all steps of a way that redirects.
    void noteRedirects(dom::element request)
    {
        QString before;
        eachAt(request, "/requests", [&](dom::element step) {
            const QString host = hostOf(textAt(step, "/request/url"));
            if (!before.isEmpty() && !host.isEmpty() && before != host)
                notePairOf(before, host, u"redirect"_s);
            before = host;
        });
    }

    void noteFetched(dom::element request, const QString &document, const QString &host,
                     const QString &type)
    {
        QString by = hostOf(textAt(request, "/request/initiator/url"));
        if (by.isEmpty())
            by = hostOf(textAt(request, "/request/initiator/stack/callFrames/0/url"));
        if (by.isEmpty())
            by = document;
        if (!by.isEmpty() && !host.isEmpty() && by != host)
            notePairOf(by, host, causeOf(type));
    }

    /// Pairs of other hosts are their matter.
    void notePairOf(const QString &parent, const QString &child, const QString &cause)
    {
        if (parent == m_host)
            notePair({u"child"_s, child}, cause);
        else if (child == m_host)
            notePair({u"parent"_s, parent}, cause);
    }

    void notePair(const std::pair<QString, QString> &pair, const QString &cause)
    {
        if (m_pairs.size() < mostPairs || m_pairs.contains(pair)) {
            QStringList &causes = m_pairs[pair];
            if (!causes.contains(cause))
                causes.append(cause);
        }
    }

    void addPair(const QString &type, const QString &host, QStringList causes)
    {
        causes.sort();
        if (Record *pair = add(Dataset::HostPairs, type, host))
            setAttribute(pair->details, u"cause"_s, UntrustedText::fromString(causes.join(u", ")));
    }

    void takeHeaders(dom::element request, const QUrl &url)
    {
        WebAnswer answer;
        answer.url = url;
        dom::object headers;
        const auto found = at(request, "/response/response/headers");
        if (!found || found->get(headers) != simdjson::SUCCESS)
            return;
        for (const auto &[name, value] : headers) {
            const auto text = scalarText(value);
            if (text)
                answer.headers.append(
                    {QByteArray(name.data(), qsizetype(name.size())).toLower(), text->toUtf8()});
        }
        for (const auto &[type, value] : componentsOf(answer))
            add(Dataset::Components, type, value);
    }

    /// A cookie's value says who looked, never what the page is. Others' cookies are their matter.
    void takeCookie(dom::element cookie)
    {
        const QString name = textAt(cookie, "/name").simplified().left(100);
        const QString domain = textAt(cookie, "/domain").toLower();
        const bool everyHost = domain.startsWith(u'.');
        const QString of = everyHost ? domain.mid(1) : domain;
        const bool own = of == m_host || (everyHost && m_host.endsWith(u'.' + of));
        if (!name.isEmpty() && !of.isEmpty() && own && m_cookies++ < mostCookies)
            add(Dataset::Cookies, u"cookie"_s, name + "; domain="_L1 + domain);
    }

    /// Of a certificate urlscan tells neither number nor hash: whom it names, who issued it and
    /// from when it holds must do.
    void takeCertificate(dom::element seen)
    {
        const QString subject = textAt(seen, "/subjectName");
        const QString issuer = textAt(seen, "/issuer");
        const auto from = moment(textAt(seen, "/validFrom"));
        const auto to = moment(textAt(seen, "/validTo"));
        if (subject.isEmpty() || issuer.isEmpty() || !from)
            return;
        Record *record = add(Dataset::Certificates, u"certificate"_s,
                             u"%1, %2, %3"_s.arg(subject, issuer, toDay(*from)));
        if (!record || !record->details.isEmpty())
            return;
        QStringList names;
        eachAt(seen, "/sanList",
               [&names](dom::element name) { names.append(scalarText(name).value_or(QString())); });
        const auto set = [record](const QString &name, const QString &text) {
            if (!text.isEmpty())
                setAttribute(record->details, name, UntrustedText::fromString(text));
        };
        set(u"common_name"_s, subject);
        set(u"issuer_name"_s, issuer);
        set(u"names"_s, names.mid(0, mostNames).join(u", "));
        set(u"name_count"_s, names.isEmpty() ? QString() : QString::number(names.size()));
        set(u"not_before"_s, toRfc3339(*from));
        if (to)
            set(u"not_after"_s, toRfc3339(*to));
        set(u"scan"_s, m_scan);
    }

    /// The fact, new or told before; nothing for an empty one.
    Record *add(Dataset dataset, const QString &type, const QString &value)
    {
        Record record;
        record.owner = m_owner;
        record.dataset = dataset;
        record.type = type.simplified().left(longestValue);
        record.value = UntrustedText::fromString(value.simplified().left(longestValue));
        record.worldFirst = record.worldLast = m_at;
        if (record.value.isEmpty() || record.type.isEmpty() || m_records.size() >= mostRecords)
            return nullptr;
        for (Record &known : m_records) {
            if (known.dataset == dataset && known.type == record.type
                && known.value == record.value)
                return &known;
        }
        if (dataset != Dataset::Certificates)
            setAttribute(record.details, u"scan"_s, UntrustedText::fromString(m_scan));
        m_records.append(record);
        return &m_records.last();
    }

    const std::optional<Instant> m_at;
    const QString m_host;
    const QString m_scan; ///< where a person reads it
    Artifact m_owner;
    QString m_addresses; ///< of all that the page fetched, a line each
    QMap<std::pair<QString, QString>, QStringList> m_pairs; ///< causes by direction and host
    qsizetype m_cookies = 0;
    QList<Record> m_records;
};

} // namespace

QList<Record> urlscanRecords(dom::element result, Instant told)
{
    return Scan(result, told).records();
}

} // namespace wg
