// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/contactbook.h"

#include "core/address.h"
#include "core/entitytext.h"
#include "sources/jsontext.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Some hundred bytes each.
constexpr std::size_t mostEntries = 500'000;
constexpr std::size_t longestTarget = 300;
constexpr std::size_t longestHost = 100;

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 0x20) : c;
}

/// A span without end holds nothing: the first contact begins it.
void extend(std::optional<ContactSpan> &span, Instant at)
{
    if (!span)
        span = ContactSpan{at, at, 0};
    span->first = std::min(span->first, at);
    span->last = std::max(span->last, at);
}

} // namespace

ContactBook::ContactBook(QStringList ownNames, Instant told)
    : m_ownNames(std::move(ownNames))
    , m_told(told)
{ }

/// A line counts for the name that was asked for and for the address it led to.
ContactBook::Entered ContactBook::enter(const LogLine &line)
{
    if (line.at && *line.at > m_told + dayMs)
        return Entered::NotYet; // clocks that are a little fast are believed
    if (isFromOutside(line))
        return Entered::Internal; // whoever asks for a page of one's own
    Entered best = Entered::NoEntity;
    for (const std::string_view target : {line.name, line.address}) {
        if (target.empty() || (target == line.name && best != Entered::NoEntity))
            continue; // the proxy may tell the name twice
        const Entered entered = count(target, line);
        if (entered == Entered::Counted || best == Entered::NoEntity)
            best = entered;
        if (entered == Entered::Internal)
            break; // a name of one's own leads to a server of one's own
    }
    if (best != Entered::Internal || !line.name.empty())
        return best;
    // Who came from outside to one's own host is the one to know about.
    LogLine turned = line;
    std::swap(turned.address, turned.who);
    return count(turned.address, turned) == Entered::Counted ? Entered::Counted : best;
}

/// A stranger who came to a server of one's own by its name.
bool ContactBook::isFromOutside(const LogLine &line)
{
    if (line.name.empty() || line.address.empty())
        return false;
    const auto to = parseAddress(textOf(line.address));
    if (!to || reachOf(*to) != Reach::Private)
        return false;
    const auto from = parseAddress(textOf(line.who));
    return from && reachOf(*from) != Reach::Private;
}

ContactBook::Entry &ContactBook::entryOf(std::string_view type, std::string_view service,
                                         std::string_view target)
{
    m_key.assign(type);
    m_key += ' ';
    m_key += service;
    m_key += ' ';
    for (const char c : target)
        m_key += lowered(c);
    const auto [at, isNew] = m_entries.try_emplace(m_key);
    if (isNew) {
        at->second.type = textOf(type);
        at->second.service = textOf(service);
        recognise(target, at->second);
    }
    return at->second;
}

void ContactBook::addHost(Entry &entry, std::string_view host)
{
    if (host.empty() || entry.hosts.size() > std::size_t(mostContactHosts))
        return;
    const bool v6 = host.find(':') != host.npos; // which is written in many ways
    const auto address = v6 ? parseAddress(textOf(host)) : std::nullopt;
    entry.hosts.emplace(address ? address->text().toStdString()
                                : std::string(host.substr(0, longestHost)));
}

ContactBook::Entered ContactBook::count(std::string_view target, const LogLine &line)
{
    if (target.ends_with('.'))
        target.remove_suffix(1);
    if (target.size() > longestTarget)
        return Entered::NoEntity;
    const std::string_view type(line.type.data(), std::size_t(line.type.size()));
    Entry &entry = entryOf(type, line.service, target);
    if (entry.kind != Entered::Counted)
        return entry.kind;
    ++entry.count;
    if (line.at && *line.at <= m_told)
        extend(entry.span, *line.at);
    addHost(entry, line.who);
    return entry.kind;
}

ContactBook::Entered ContactBook::enter(const Record &row)
{
    const std::string type = row.type.toStdString();
    const std::string service = row.value.raw().toStdString();
    Entry &entry = entryOf(type, service, row.owner.value.toStdString());
    if (entry.kind != Entered::Counted)
        return entry.kind;
    for (const auto &date : {row.worldFirst, row.worldLast}) {
        if (date)
            extend(entry.span, *date);
    }
    for (const Attribute &detail : row.details) {
        const QString &text = detail.text.raw();
        if (detail.name == "count"_L1) {
            entry.count += text.toLongLong();
        } else if (detail.name == "hosts"_L1) {
            const QStringList hosts = text.split(", "_L1, Qt::SkipEmptyParts);
            for (const QString &host : hosts)
                addHost(entry, host.toStdString());
        } else if (detail.name != "spans"_L1 && attribute(entry.details, detail.name).isEmpty()) {
            setAttribute(entry.details, detail.name, detail.text);
        }
    }
    return entry.kind;
}

/// A name of one label is one of the own network's; so is what is reserved for such.
void ContactBook::recognise(std::string_view target, Entry &entry) const
{
    const QString text = textOf(target);
    if (!text.contains(u'.') && !text.contains(u':')) {
        entry.kind = canonicalHostName(text) ? Entered::Internal : Entered::NoEntity;
        return;
    }
    const auto address = parseAddress(text);
    const auto name = address ? std::nullopt : canonicalHostName(text);
    const auto entity = address ? Result<Entity>(address->artifact()) : parseEntity(text);
    if (!address && !name)
        return;
    const auto isOwn = [&name](const QString &own) {
        return name && (*name == own || name->endsWith(u'.' + own));
    };
    if (name && name->endsWith(".arpa"_L1)) {
        entry.kind = Entered::Elsewise;
        return;
    }
    const bool internal = (address ? reachOf(*address) : reachOfName(*name)) == Reach::Private
        || std::any_of(m_ownNames.cbegin(), m_ownNames.cend(), isOwn);
    if (!internal && !entity)
        return;
    entry.kind = internal ? Entered::Internal : Entered::Counted;
    if (entity)
        entry.entity = *entity;
}

bool ContactBook::isFull() const
{
    return m_entries.size() >= mostEntries;
}

Record ContactBook::recordOf(const Entry &entry)
{
    Record record;
    record.owner = entry.entity;
    record.dataset = Dataset::Sightings;
    record.type = entry.type;
    record.value = UntrustedText::fromString(entry.service.isEmpty() ? u"any"_s : entry.service);
    QStringList hosts;
    for (const std::string &host : entry.hosts)
        hosts.append(textOf(host));
    std::optional<ContactSpan> span = entry.span;
    if (span) {
        span->count = entry.count;
        record.worldFirst = span->first;
        record.worldLast = span->last;
    }
    record.details = contactDetails(span, entry.count, hosts);
    for (const Attribute &detail : entry.details) {
        if (attribute(record.details, detail.name).isEmpty())
            setAttribute(record.details, detail.name, detail.text);
    }
    return record;
}

QList<Record> ContactBook::take(qsizetype most)
{
    QList<Record> records;
    auto at = m_entries.begin();
    while (at != m_entries.end() && records.size() < most) {
        if (at->second.kind == Entered::Counted)
            records.append(recordOf(at->second));
        at = m_entries.erase(at);
    }
    return records;
}

} // namespace wg
