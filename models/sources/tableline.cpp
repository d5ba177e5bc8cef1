// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tableline.h"

#include "core/address.h"
#include "core/contacts.h"
#include "core/entitytext.h"
#include "sources/dnstypes.h"

#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostType = 64;

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

/// What a fact of the dataset is called where a table does not say it; empty where it must.
QString usualType(Dataset dataset)
{
    switch (dataset) {
    case Dataset::Subdomains:
        return u"subdomain"_s;
    case Dataset::Certificates:
        return u"certificate"_s;
    case Dataset::Services:
        return u"port"_s;
    case Dataset::Components:
        return u"software"_s;
    case Dataset::Cookies:
        return u"cookie"_s;
    case Dataset::Trackers:
        return u"tracker"_s;
    case Dataset::Malware:
        return u"sample"_s;
    case Dataset::Osint:
        return u"report"_s;
    case Dataset::Sightings:
        return u"connection"_s;
    case Dataset::Resolutions:
    case Dataset::Dns:
    case Dataset::Whois:
    case Dataset::HostPairs:
    case Dataset::Network:
        return {};
    }
    Q_UNREACHABLE();
}

/// A domain has one registrar, and any number of name servers and states. Rows with dates tell of
/// its history: each value is a fact of its own time.
Identity identityOf(Dataset dataset, const QString &type, bool dated)
{
    const bool several = type == "nameserver"_L1 || type == "status"_L1;
    return dataset == Dataset::Whois && !several && !dated ? Identity::Type : Identity::Value;
}

std::optional<Instant> dayOf(std::string_view digits, std::string_view monthAndDay)
{
    const auto part = [](std::string_view text) {
        return QLatin1String(text.data(), qsizetype(text.size()));
    };
    const QString day = part(digits.substr(0, 4)) + u'-' + part(monthAndDay.substr(0, 2)) + u'-'
        + part(monthAndDay.substr(2, 2));
    return parseInstant(day);
}

/// "2019" and "20190131" are days, whatever they would be in seconds; a year begins or ends what it
/// stands for.
std::optional<Instant> tableTime(std::string_view text, TableField field)
{
    constexpr std::size_t yearSize = 4;
    constexpr std::size_t daySize = 8;
    const std::string_view whole = text.substr(0, text.find('.')); // a spreadsheet's are days
    const bool digits = whole.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits || whole.size() > daySize)
        return passiveTime(text);
    if (whole.size() < text.size())
        return std::nullopt;
    if (text.size() == yearSize)
        return dayOf(text, field == TableField::Last ? "1231" : "0101");
    // Fewer seconds than these would be the year 1973, before there were names.
    return text.size() == daySize ? dayOf(text, text.substr(yearSize)) : std::nullopt;
}

/// "1234", "1,234", and as programs of statistics write it, "1234.0".
std::optional<qint64> timesOf(QByteArray text)
{
    text.replace(",", "");
    if (text.endsWith(".0"))
        text.chop(2);
    bool good = false;
    const qint64 times = text.toLongLong(&good);
    return good && times >= 0 ? std::optional(times) : std::nullopt;
}

/// What programs write where there is nothing.
bool isNothing(const QByteArray &text)
{
    static const QSet<QByteArray> words{"-",   "n/a",  "na",   "nan", "nat",
                                        "nil", "none", "null", "\\n"};
    return text.isEmpty() || words.contains(text.toLower());
}

/// "443/tcp", "tcp/443" and "443" as the number and, where it is told, the transport.
struct Port
{
    QByteArray number;
    QByteArray transport;
};
Port portIn(const QByteArray &text)
{
    const QByteArrayList parts = text.toLower().split('/');
    if (parts.size() != 2)
        return {text, {}};
    const bool numberFirst = parts[0].toInt() > 0;
    const Port port{parts[numberFirst ? 0 : 1].trimmed(), parts[numberFirst ? 1 : 0].trimmed()};
    const bool known =
        port.transport == "tcp" || port.transport == "udp" || port.transport == "sctp";
    return known ? port : Port{text, {}};
}

QString quoted(const QByteArray &text)
{
    return u'"' + madeVisible(QString::fromUtf8(text.left(200)), 80) + u'"';
}

} // namespace

TableLine::TableLine(TableColumns columns, std::optional<Dataset> dataset, Instant told)
    : m_columns(std::move(columns))
    , m_usual(dataset)
    , m_told(told)
    , m_maker(told)
{ }

QByteArray TableLine::cell(const QList<QByteArray> &cells, TableField field) const
{
    const QList<qsizetype> places = m_columns.at.value(field);
    for (const qsizetype place : places) {
        if (!cells.value(place).isEmpty())
            return cells[place];
    }
    return {};
}

QString TableLine::read(const QList<QByteArray> &cells, QList<Record> &out)
{
    if (std::all_of(cells.cbegin(), cells.cend(), [](const auto &each) { return each.isEmpty(); }))
        return {};
    QString problem = tooMany(cells);
    if (problem.isEmpty())
        problem = readDataset(cells);
    if (problem.isEmpty())
        problem = readDates(cells);
    if (!problem.isEmpty())
        return problem;
    const bool dns = !m_dataset || *m_dataset == Dataset::Dns || *m_dataset == Dataset::Resolutions;
    Record record;
    problem = dns ? readDns(cells, record) : readFact(cells, record);
    if (problem.isEmpty())
        problem = addDetails(cells, record);
    if (!problem.isEmpty())
        return problem;
    out.append(std::move(record));
    return {};
}

/// A text with a comma in it that nobody quoted would lose what is behind the comma.
QString TableLine::tooMany(const QList<QByteArray> &cells) const
{
    const qsizetype columns = m_columns.header.size();
    if (columns == 0 || cells.size() <= columns)
        return {};
    const bool empty = std::all_of(cells.cbegin() + columns, cells.cend(),
                                   [](const QByteArray &cell) { return cell.isEmpty(); });
    return empty ? QString()
                 : u"there are %1 cells under %2 columns"_s.arg(cells.size()).arg(columns);
}

QString TableLine::readDataset(const QList<QByteArray> &cells)
{
    m_dataset = m_usual;
    const QByteArray named = cell(cells, TableField::Dataset);
    if (named.isEmpty())
        return {};
    m_dataset = datasetByName(QString::fromUtf8(named).toLower());
    return m_dataset ? QString() : u"there is no dataset %1"_s.arg(quoted(named));
}

/// A date that is not understood is no reason to take the fact for one of unknown age.
QString TableLine::readDates(const QList<QByteArray> &cells)
{
    m_first.reset();
    m_last.reset();
    for (const auto &[field, date] :
         {std::pair(TableField::First, &m_first), std::pair(TableField::Last, &m_last)}) {
        const QByteArray text = cell(cells, field);
        if (isNothing(text))
            continue;
        *date = tableTime(viewOf(text), field);
        if (!*date)
            return u"%1 is no date"_s.arg(quoted(text));
        if (**date > m_told + dayMs) // clocks differ, and days are told without a zone
            return u"%1 has not come yet"_s.arg(quoted(text));
    }
    if (m_first && m_last && *m_last < *m_first)
        std::swap(m_first, m_last);
    return {};
}

/// As passive DNS words it; a row about an address in no record type is an A or AAAA record.
QString TableLine::readDns(const QList<QByteArray> &cells, Record &record)
{
    const QByteArray value = cell(cells, TableField::Value);
    QByteArray type = cell(cells, TableField::Type);
    if (value.isEmpty())
        return u"the value is missing"_s;
    const auto owner = parseEntity(QString::fromUtf8(cell(cells, TableField::Owner)));
    const QString refanged = refang(QString::fromUtf8(value));
    const auto address = parseAddress(refanged);
    if (type.isEmpty() && !address)
        return u"neither a dataset nor a record type says what %1 is"_s.arg(quoted(value));
    if (type.isEmpty())
        type = address->v6 ? "AAAA" : "A";
    if (dnsTypeNumber(QString::fromUtf8(type)) == 0 && type.toUShort() == 0)
        return u"%1 is no record type"_s.arg(quoted(type));
    constexpr std::array names{dnstype::ns, dnstype::cname, dnstype::ptr};
    const quint16 number = dnsTypeNumber(QString::fromUtf8(type));
    if (value.contains(' ') && std::find(names.begin(), names.end(), number) != names.end())
        return u"%1 is no host name"_s.arg(quoted(value));
    const QByteArray told = refang(QString::fromUtf8(cell(cells, TableField::Owner))).toUtf8();
    const bool isName = owner && !isAddress(*owner) && !told.startsWith("*.");
    const QByteArray name = isName ? owner->value.toUtf8() : told; // "_dmarc", PTR, wildcards
    const bool isText = type.compare("TXT", Qt::CaseInsensitive) == 0;
    const QByteArray data = address ? address->text().toUtf8() : isText ? value : refanged.toUtf8();
    return m_maker.make({viewOf(name), viewOf(type), viewOf(data), m_first, m_last}, record);
}

QString TableLine::readFact(const QList<QByteArray> &cells, Record &record)
{
    const QByteArray entity = cell(cells, TableField::Owner);
    const auto owner = parseEntity(QString::fromUtf8(entity));
    if (!owner)
        return u"%1 is no domain or address"_s.arg(quoted(entity));
    record.owner = *owner;
    record.dataset = *m_dataset;
    record.type = madeVisible(QString::fromUtf8(cell(cells, TableField::Type)), mostType);
    if (record.type.isEmpty())
        record.type = usualType(*m_dataset);
    if (record.type.isEmpty())
        return u"the type is missing; in this dataset it must be said"_s;
    record.identity = identityOf(record.dataset, record.type, m_first || m_last);
    record.worldFirst = m_first;
    record.worldLast = m_last;
    return fillValue(cell(cells, TableField::Value), record);
}

QString TableLine::fillValue(const QByteArray &text, Record &record) const
{
    if (text.isEmpty() && record.dataset != Dataset::Sightings)
        return u"the value is missing"_s;
    if (record.dataset == Dataset::Subdomains || record.dataset == Dataset::HostPairs) {
        const auto name = canonicalHostName(refang(QString::fromUtf8(text)));
        if (!name)
            return u"%1 is no host name"_s.arg(quoted(text));
        if (record.dataset == Dataset::Subdomains && !name->endsWith(u'.' + record.owner.value))
            return u"%1 is not below %2"_s.arg(quoted(text), record.owner.value);
        record.value = UntrustedText::trusted(*name);
        return {};
    }
    if (record.dataset == Dataset::Whois && record.type == "nameserver"_L1) {
        if (const auto name = canonicalHostName(refang(QString::fromUtf8(text)))) {
            record.value = UntrustedText::trusted(*name);
            return {};
        }
    }
    if (record.dataset == Dataset::Services && record.type == "port"_L1) {
        const Port port = portIn(text);
        bool isNumber = false;
        if (port.number.toLongLong(&isNumber) > 65'535 && isNumber)
            return u"%1 is no port"_s.arg(quoted(text));
        setAttribute(record.details, u"transport"_s, UntrustedText::fromUtf8(port.transport));
        record.value = UntrustedText::fromUtf8(port.number);
        return {};
    }
    if (record.dataset == Dataset::Network && record.type == "asn"_L1) {
        const QByteArray number = text.toUpper().startsWith("AS") ? text.mid(2).trimmed() : text;
        bool isNumber = false;
        number.toUInt(&isNumber);
        record.value = UntrustedText::fromUtf8(isNumber ? "AS" + number : text);
        return {};
    }
    record.value =
        text.isEmpty() ? UntrustedText::trusted(u"any"_s) : UntrustedText::fromUtf8(text);
    return {};
}

QString TableLine::addDetails(const QList<QByteArray> &cells, Record &record) const
{
    const QByteArray count = cell(cells, TableField::Count);
    if (record.dataset == Dataset::Sightings) {
        const auto told = count.isEmpty() ? 1 : timesOf(count);
        if (!told)
            return u"%1 is no count"_s.arg(quoted(count));
        const qint64 times = std::max<qint64>(*told, 1);
        const auto first = m_first ? m_first : m_last;
        std::optional<ContactSpan> span;
        if (first)
            span = ContactSpan{*first, m_last.value_or(*first), times};
        const QString host = QString::fromUtf8(cell(cells, TableField::Host));
        record.details =
            contactDetails(span, times, host.isEmpty() ? QStringList() : QStringList{host});
    } else if (!count.isEmpty()) {
        setAttribute(record.details, u"count"_s, UntrustedText::fromUtf8(count));
    }
    for (const auto &[name, place] : m_columns.details) {
        const QByteArray text = cells.value(place);
        if (!text.isEmpty())
            setAttribute(record.details, name, UntrustedText::fromUtf8(text));
    }
    return {};
}

} // namespace wg
