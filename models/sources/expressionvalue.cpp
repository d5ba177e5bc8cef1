// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/expressionvalue.h"

#include "core/address.h"
#include "core/entitytext.h"
#include "sources/certificatefields.h"
#include "sources/passiverecord.h"

#include <algorithm>

#include <QLocale>
#include <QStringTokenizer>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

namespace dom = simdjson::dom;

/// More than an answer may have records: what one row gives ends here.
constexpr qsizetype mostParts = 250'000;

QString hostOf(QStringView text, bool parent)
{
    if (parent && text.startsWith("*."_L1))
        text = text.sliced(2);
    return canonicalHostName(text).value_or(QString());
}

QString addressText(const QString &text)
{
    const auto address = parseAddress(text);
    return address ? address->text() : QString();
}

/// "http://user@host:80/path", "host:80", "[2001:db8::1]:80" or a host alone.
QString urlHost(const QString &text)
{
    QString host = text.trimmed();
    if (const qsizetype scheme = host.indexOf("://"_L1); scheme >= 0)
        host = host.mid(scheme + 3);
    const auto end = std::find_if(host.cbegin(), host.cend(),
                                  [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    host.truncate(end - host.cbegin());
    host = host.mid(host.lastIndexOf(u'@') + 1);
    if (host.startsWith(u'['))
        host = host.mid(1, host.indexOf(u']') - 1);
    else if (host.count(u':') == 1)
        host.truncate(host.indexOf(u':'));
    const QString address = addressText(host);
    return address.isEmpty() ? hostOf(host, false) : address;
}

QString recordType(const QString &text)
{
    const auto address = parseAddress(text);
    if (!address)
        return {};
    return address->artifact().kind == ArtifactKind::Ipv4 ? u"A"_s : u"AAAA"_s;
}

QString timeText(const QString &text)
{
    const auto date = readDate(text);
    return date ? toRfc3339(*date) : QString();
}

QString hexText(const QString &text)
{
    QString hex = text.toLower();
    hex.remove(u':').remove(u' ');
    return hex;
}

/// Nothing where it is no number, or a longer one than certificates have.
QString hexOfDecimal(const QString &text)
{
    constexpr qsizetype mostDigits = 64;
    QByteArray digits = text.toLatin1();
    const bool number =
        std::all_of(digits.cbegin(), digits.cend(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number || digits.isEmpty() || digits.size() > mostDigits)
        return {};
    QString hex;
    while (!digits.isEmpty()) {
        int rest = 0;
        for (char &digit : digits) {
            rest = rest * 10 + (digit - '0');
            digit = char('0' + rest / 16);
            rest %= 16;
        }
        hex.prepend(QString::number(rest, 16));
        digits.remove(0,
                      std::distance(digits.cbegin(),
                                    std::find_if(digits.cbegin(), digits.cend(),
                                                 [](char c) { return c != '0'; })));
    }
    return hex;
}

QString part(const QString &text, const Transform &transform)
{
    const qsizetype at = text.indexOf(transform.argument);
    if (at < 0)
        return text;
    return transform.kind == Transform::Kind::Before ? text.left(at)
                                                     : text.mid(at + transform.argument.size());
}

QStringList split(const QStringList &texts, const QString &by)
{
    QStringList parts;
    for (const QString &text : texts) {
        for (const auto part : QStringTokenizer(text, by, Qt::SkipEmptyParts)) {
            if (parts.size() >= mostParts)
                return parts;
            parts.append(part.toString());
        }
    }
    return parts;
}

QString changed(const QString &text, const Transform &transform)
{
    switch (transform.kind) {
    case Transform::Kind::Lower:
        return text.toLower();
    case Transform::Kind::Upper:
        return text.toUpper();
    case Transform::Kind::Trim:
        return text.trimmed();
    case Transform::Kind::Host:
    case Transform::Kind::Parent:
        return hostOf(QStringView(text).trimmed(), transform.kind == Transform::Kind::Parent);
    case Transform::Kind::Address:
        return addressText(text.trimmed());
    case Transform::Kind::UrlHost:
        return urlHost(text);
    case Transform::Kind::RecordType:
        return recordType(text.trimmed());
    case Transform::Kind::Time:
        return timeText(text);
    case Transform::Kind::Hex:
        return hexText(text);
    case Transform::Kind::Decimal:
        return hexOfDecimal(text.trimmed());
    case Transform::Kind::Serial:
        return canonicalSerial(text);
    case Transform::Kind::Before:
    case Transform::Kind::After:
        return part(text, transform);
    case Transform::Kind::Prefix:
        return transform.argument + text;
    case Transform::Kind::Suffix:
        return text + transform.argument;
    case Transform::Kind::Only:
        return text == transform.argument ? text : QString();
    case Transform::Kind::Not:
        return text == transform.argument ? QString() : text;
    case Transform::Kind::Lines:
    case Transform::Kind::Split:
    case Transform::Kind::Join:
    case Transform::Kind::With:
    case Transform::Kind::Or:
    case Transform::Kind::Certificate:
        break;
    }
    return text;
}

QStringList textsAt(const JsonPlace &place, const JsonRow &row)
{
    if (place.name) {
        const auto name = row.nameAt(place);
        return name && !name->isEmpty() ? QStringList{*name} : QStringList();
    }
    const auto found = row.find(place);
    if (!found)
        return {};
    QStringList texts;
    if (dom::array list; found->get(list) == simdjson::SUCCESS) {
        for (const dom::element item : list) {
            if (texts.size() < mostParts)
                texts.append(scalarText(item).value_or(QString()));
        }
    } else if (dom::object object; found->get(object) == simdjson::SUCCESS) {
        for (const auto member : object)
            texts.append(scalarText(member.value).value_or(QString()));
    } else {
        texts.append(scalarText(*found).value_or(QString()));
    }
    texts.removeAll(QString());
    return texts;
}

/// Several fields are asked of one certificate in a row: it is read once.
QStringList certificateTexts(const QString &text, const QString &field)
{
    thread_local QString lastText;
    thread_local std::optional<Certificate> last;
    if (lastText != text) {
        lastText = text;
        const QByteArray plain = text.toLatin1();
        const bool pem = plain.startsWith("-----BEGIN");
        const auto read = parseCertificates(pem ? plain : QByteArray::fromBase64(plain));
        last = read && !read->isEmpty() ? std::optional(read->first()) : std::nullopt;
    }
    return last ? certificateField(*last, field) : QStringList();
}

/// What stands elsewhere in the row, behind each text or in place of none.
void join(const Transform &transform, const JsonRow &row, QStringList &texts)
{
    const auto place = parseJsonPlace(transform.argument);
    const QStringList found = place ? textsAt(*place, row) : QStringList();
    if (transform.kind == Transform::Kind::Or) {
        texts = texts.isEmpty() ? found : texts;
        return;
    }
    for (QString &text : texts) {
        if (!found.isEmpty())
            text += u' ' + found.first();
    }
}

void apply(const Transform &transform, const JsonRow &row, QStringList &texts)
{
    switch (transform.kind) {
    case Transform::Kind::Lines:
        texts = split(texts, u"\n"_s);
        return;
    case Transform::Kind::Split:
        texts = split(texts, transform.argument);
        return;
    case Transform::Kind::Join:
        texts = texts.isEmpty() ? texts : QStringList{texts.join(transform.argument)};
        return;
    case Transform::Kind::With:
    case Transform::Kind::Or:
        join(transform, row, texts);
        return;
    case Transform::Kind::Certificate:
        texts = texts.isEmpty() ? texts : certificateTexts(texts.first(), transform.argument);
        return;
    default:
        for (QString &text : texts)
            text = changed(text, transform);
        texts.removeAll(QString());
    }
}

bool isThere(dom::element value)
{
    if (value.is_null())
        return false;
    if (dom::array list; value.get(list) == simdjson::SUCCESS)
        return list.size() > 0;
    if (dom::object object; value.get(object) == simdjson::SUCCESS)
        return object.size() > 0;
    const auto text = scalarText(value);
    return text && !text->isEmpty() && *text != "false"_L1;
}

} // namespace

QStringList valuesOf(const Expression &expression, const JsonRow &row)
{
    QStringList texts;
    for (const JsonPlace &place : expression.places) {
        texts += textsAt(place, row);
        if (!texts.isEmpty() && !expression.all)
            break;
    }
    if (texts.isEmpty() && !expression.constant.isEmpty())
        texts.append(expression.constant);
    for (const Transform &transform : expression.transforms)
        apply(transform, row, texts);
    return texts;
}

QString valueOf(const Expression &expression, const JsonRow &row)
{
    return valuesOf(expression, row).value(0);
}

/// A day or a year in digits, which as seconds would lie in the year 1970; nothing for others.
std::optional<Instant> digitsDate(const QString &digits)
{
    const QDate first(1971, 1, 1);
    const QDate day = digits.size() == 8 ? QDate::fromString(digits, u"yyyyMMdd"_s)
        : digits.size() == 4             ? QDate::fromString(digits, u"yyyy"_s)
                                         : QDate();
    if (!day.isValid() || day < first || day.year() > 2199)
        return std::nullopt;
    return Instant{QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch()};
}

std::optional<Instant> readDate(const QString &text)
{
    QString plain = text.trimmed();
    if (const auto day = digitsDate(plain))
        return day;
    for (const auto &zone : {" UTC"_L1, " GMT"_L1}) {
        if (plain.endsWith(zone))
            plain.chop(zone.size());
    }
    if (const auto stamp = passiveTime(plain.toStdString()))
        return stamp;
    if (plain.contains(u'T')) // without a zone
        return parseInstant(plain + u'Z');
    for (const QString &mail : {text.trimmed(), plain + u" +0000"_s}) {
        if (const auto date = QDateTime::fromString(mail, Qt::RFC2822Date); date.isValid())
            return Instant{date.toMSecsSinceEpoch()};
    }
    const QDateTime wordy = QLocale::c().toDateTime(plain.simplified(), u"MMM d hh:mm:ss yyyy"_s);
    if (!wordy.isValid())
        return std::nullopt;
    return Instant{QDateTime(wordy.date(), wordy.time(), Qt::UTC).toMSecsSinceEpoch()};
}

std::optional<Instant> dateOf(const Expression &expression, const JsonRow &row)
{
    const QString text = valueOf(expression, row);
    return text.isEmpty() ? std::nullopt : readDate(text);
}

bool holds(const Condition &condition, const JsonRow &row)
{
    if (!condition.at)
        return true;
    const auto found = row.find(*condition.at);
    if (condition.is.isEmpty() && condition.isNot.isEmpty())
        return found && isThere(*found);
    if (!found)
        return condition.is.isEmpty();
    QStringList texts = valuesOf({{*condition.at}, {}, condition.transforms, false}, row);
    if (texts.isEmpty())
        texts.append(QString());
    const auto isAmong = [&texts](const QStringList &words) {
        return std::any_of(texts.cbegin(), texts.cend(),
                           [&words](const QString &text) { return words.contains(text); });
    };
    return (condition.is.isEmpty() || isAmong(condition.is)) && !isAmong(condition.isNot);
}

bool holds(const Condition &condition, const QString &header)
{
    QString text = header;
    for (const Transform &transform : condition.transforms)
        text = changed(text, transform);
    if (condition.is.isEmpty() && condition.isNot.isEmpty())
        return !text.isEmpty();
    return (condition.is.isEmpty() || condition.is.contains(text))
        && !condition.isNot.contains(text);
}

} // namespace wg
