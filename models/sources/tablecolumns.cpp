// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tablecolumns.h"

#include "core/untrustedtext.h"
#include "sources/csvrow.h"

#include <QSet>
#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Roles of columns by themselves: an address beside a name is its value, alone it is the entity.
enum class Role : quint8
{
    Owner,
    Name,
    Address,
    Dataset,
    Type,
    Value,
    First,
    Last,
    Count,
    Host,
    PassedOver
};

/// "First Seen", "first_seen" and "firstSeen" are one word.
QString plainWord(const QString &text)
{
    QString word;
    for (const QChar c : text) {
        if (c.isLetterOrNumber())
            word.append(c.toLower());
    }
    return word;
}

std::optional<Role> roleOf(const QString &column)
{
    static const QHash<QString, Role> roles{
        {u"entity"_s, Role::Owner},       {u"indicator"_s, Role::Owner},
        {u"ioc"_s, Role::Owner},          {u"artifact"_s, Role::Owner},
        {u"domain"_s, Role::Name},        {u"domainname"_s, Role::Name},
        {u"hostname"_s, Role::Name},      {u"fqdn"_s, Role::Name},
        {u"rrname"_s, Role::Name},        {u"query"_s, Role::Name},
        {u"ip"_s, Role::Address},         {u"ipaddress"_s, Role::Address},
        {u"ipv4"_s, Role::Address},       {u"ipv6"_s, Role::Address},
        {u"address"_s, Role::Address},    {u"dataset"_s, Role::Dataset},
        {u"type"_s, Role::Type},          {u"rrtype"_s, Role::Type},
        {u"recordtype"_s, Role::Type},    {u"dnsrecordtype"_s, Role::Type},
        {u"value"_s, Role::Value},        {u"rdata"_s, Role::Value},
        {u"answer"_s, Role::Value},       {u"resolution"_s, Role::Value},
        {u"firstseen"_s, Role::First},    {u"timefirst"_s, Role::First},
        {u"first"_s, Role::First},        {u"lastseen"_s, Role::Last},
        {u"timelast"_s, Role::Last},      {u"last"_s, Role::Last},
        {u"count"_s, Role::Count},        {u"client"_s, Role::Host},
        {u"internalhost"_s, Role::Host},  {u"source"_s, Role::PassedOver},
        {u"sources"_s, Role::PassedOver}, {u"tag"_s, Role::PassedOver},
        {u"tags"_s, Role::PassedOver},
    };
    const auto role = roles.constFind(plainWord(column));
    return role == roles.cend() ? std::nullopt : std::optional(*role);
}

const QHash<QString, TableField> &fieldsByName()
{
    static const QHash<QString, TableField> fields{
        {u"entity"_s, TableField::Owner},     {u"dataset"_s, TableField::Dataset},
        {u"type"_s, TableField::Type},        {u"value"_s, TableField::Value},
        {u"first_seen"_s, TableField::First}, {u"last_seen"_s, TableField::Last},
        {u"count"_s, TableField::Count},      {u"host"_s, TableField::Host},
    };
    return fields;
}

QStringList headerCells(QByteArrayView header, char separator)
{
    CsvRow row(separator);
    QStringList names;
    if (!row.take(header))
        return names; // a header of several lines explains nothing
    for (const QByteArray &cell : row.cells())
        names.append(QString::fromUtf8(cell));
    return names;
}

/// By the words of the header alone.
TableColumns plainColumns(const QStringList &names)
{
    TableColumns columns;
    QHash<Role, qsizetype> found;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto role = roleOf(names[i]);
        if (!role || (found.contains(*role) && *role != Role::PassedOver))
            columns.ignored.append(names[i]);
        else
            found.insert(*role, i);
    }
    const auto take = [&](TableField field, std::initializer_list<Role> roles) {
        for (const Role role : roles) {
            if (found.contains(role)) {
                columns.at[field].append(found.take(role));
                return;
            }
        }
    };
    take(TableField::Owner, {Role::Owner, Role::Name, Role::Address});
    take(TableField::Value, {Role::Value, Role::Address});
    take(TableField::Dataset, {Role::Dataset});
    take(TableField::Type, {Role::Type});
    take(TableField::First, {Role::First});
    take(TableField::Last, {Role::Last});
    take(TableField::Count, {Role::Count});
    take(TableField::Host, {Role::Host});
    for (const Role role : {Role::Name, Role::Address}) {
        if (found.contains(role))
            columns.ignored.append(names[found.value(role)]);
    }
    return columns;
}

Error usage(const QString &sentence)
{
    return {ErrorCode::Usage, sentence};
}

/// Where a column is that a person named, by its header or its number from 1.
qsizetype placeOf(const QString &column, const QStringList &names, bool &numbered)
{
    const qsizetype named = names.indexOf(column);
    if (named >= 0)
        return named;
    const int place = column.startsWith(u'#') ? QStringView(column).mid(1).toInt() : 0;
    if (place >= 1 && place <= names.size())
        return place - 1; // by its place, below a header
    const auto plain = std::find_if(names.cbegin(), names.cend(), [&](const QString &name) {
        return plainWord(name) == plainWord(column);
    });
    if (plain != names.cend())
        return plain - names.cbegin();
    bool isNumber = false;
    const int number = column.toInt(&isNumber);
    numbered = isNumber && number >= 1 && number <= names.size();
    return numbered ? number - 1 : -1;
}

/// All by number: the table has no header, whatever stands in its first row, unless that is made of
/// numbers alone.
bool saidByNumber(const QStringList &pairs, const QStringList &names)
{
    const auto isNumber = [](const QString &text) {
        bool number = false;
        text.trimmed().toInt(&number);
        return number;
    };
    const auto isPlace = [&names](const QString &pair) {
        const int number = pair.section(u'=', 0, 0).trimmed().toInt();
        return number >= 1 && number <= names.size();
    };
    return std::all_of(pairs.cbegin(), pairs.cend(), isPlace)
        && !std::all_of(names.cbegin(), names.cend(), isNumber);
}

/// "column=field,…" as a person said it.
Result<TableColumns> saidColumns(const QString &said, const QStringList &names)
{
    TableColumns columns;
    QSet<qsizetype> taken;
    bool byNumber = false;
    bool byName = false;
    const QStringList pairs = said.split(u',', Qt::SkipEmptyParts);
    const bool numbers = saidByNumber(pairs, names);
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.lastIndexOf(u'=');
        const QString column = pair.left(std::max<qsizetype>(equals, 0)).trimmed();
        const QString field = pair.mid(equals + 1).trimmed().toLower();
        if (equals < 0 || column.isEmpty())
            return usage(
                u"--map takes COLUMN=FIELD,…; \"%1\" is none"_s.arg(madeVisible(pair, 80)));
        bool numbered = numbers;
        const qsizetype place = numbers ? column.toInt() - 1 : placeOf(column, names, numbered);
        if (place < 0) {
            return usage(u"there is no column \"%1\"; the header has %2"_s.arg(
                madeVisible(column, 80), madeVisible(names.join(", "_L1), 400)));
        }
        (numbered ? byNumber : byName) = true;
        taken.insert(place);
        if (field.startsWith("detail."_L1) && field.size() > 7) {
            columns.details.append({field.mid(7, 60), place});
            continue;
        }
        const auto known = fieldsByName().constFind(field);
        if (known == fieldsByName().cend()) {
            return usage(
                u"there is no field \"%1\"; a column holds entity, dataset, type, value, "
                "first_seen, last_seen, count, host or detail.NAME"_s.arg(madeVisible(field, 60)));
        }
        columns.at[*known].append(place);
    }
    columns.headless = byNumber && !byName;
    for (qsizetype i = 0; !columns.headless && i < names.size(); ++i) {
        if (!taken.contains(i) && roleOf(names[i]) != Role::PassedOver)
            columns.ignored.append(names[i]);
    }
    return columns;
}

} // namespace

Result<TableColumns> tableColumns(QByteArrayView header, const ImportOptions &options)
{
    const char separator = separatorOf(header);
    const QStringList names = headerCells(header, separator);
    const bool said = !options.columns.isEmpty();
    auto columns = said ? saidColumns(options.columns, names) : plainColumns(names);
    if (!columns)
        return columns;
    columns->separator = separator;
    for (const QString &name : names)
        columns->header.append(name.toUtf8());
    if (said && !columns->has(TableField::Owner))
        return usage(u"--map names no column for the entity"_s);
    const bool about = said || options.dataset || columns->has(TableField::Value)
        || columns->has(TableField::Dataset);
    if (!columns->has(TableField::Owner) || !about || (names.size() < 2 && !said)) {
        return Error{ErrorCode::Malformed,
                     u"the header (%1) does not tell which column is the entity and which the "
                     "value; say it with --map \"COLUMN=FIELD,…\""_s.arg(
                         madeVisible(names.join(", "_L1), 300))};
    }
    return columns;
}

} // namespace wg
