// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoisdate.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int tokyoMinutes = 9 * 60;

/// The day that a text begins with, and where the rest begins.
struct Day
{
    QDate date;
    qsizetype end = 0;
};

std::optional<Day> match(const QRegularExpression &form, const QString &text, DateOrder order)
{
    const auto found = form.match(text, 0, QRegularExpression::NormalMatch,
                                  QRegularExpression::AnchorAtOffsetMatchOption);
    if (!found.hasMatch())
        return std::nullopt;
    const int year = found.captured(u"y").toInt();
    const int day = found.captured(u"d").toInt();
    const QString month = found.captured(u"m").toLower();
    static const QString names = u"janfebmaraprmayjunjulaugsepoctnovdec"_s;
    const int number =
        month[0].isDigit() ? month.toInt() : int(names.indexOf(month.left(3))) / 3 + 1;
    const bool named = !month[0].isDigit();
    if (named && names.indexOf(month.left(3)) % 3 != 0)
        return std::nullopt;
    const bool swapped = order == DateOrder::MonthFirst && found.captured(u"s") == "/"_L1;
    const QDate date = swapped ? QDate(year, day, number) : QDate(year, number, day);
    if (!date.isValid())
        return std::nullopt;
    return Day{date, found.capturedEnd()};
}

std::optional<Day> dayOf(const QString &text, DateOrder order)
{
    static const std::array forms{
        QRegularExpression(uR"((?<y>\d{4})[-./] ?(?<m>\d{1,2})[-./] ?(?<d>\d{1,2})(?!\d)\.?)"_s),
        QRegularExpression(uR"((?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?!\d))"_s),
        QRegularExpression(uR"((?<d>\d{1,2})(?<s>[-./])(?<m>\d{1,2})[-./](?<y>\d{4})(?!\d))"_s),
        QRegularExpression(uR"((?<d>\d{1,2})[- ](?<m>[A-Za-z]{3})[a-z]*[- ,]+(?<y>\d{4})(?!\d))"_s),
        QRegularExpression(uR"((?<y>\d{4})-(?<m>[A-Za-z]{3})-(?<d>\d{1,2})(?!\d))"_s),
        QRegularExpression(uR"([A-Za-z]{3} (?<m>[A-Za-z]{3}) +(?<d>\d{1,2}) (?<y>\d{4})(?!\d))"_s)};
    for (const QRegularExpression &form : forms) {
        if (const auto day = match(form, text, order))
            return day;
    }
    return std::nullopt;
}

/// Minutes east of Greenwich of "Z", "+09:00", "-0700", "+03", "(JST)" or "(GMT+0:00)"; 0 for all
/// else.
int zoneOf(const QString &text)
{
    static const QRegularExpression offset(
        uR"(^\s*\(?(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d))"_s);
    const auto found = offset.match(text);
    if (found.hasMatch()) {
        const int minutes = found.captured(2).toInt() * 60 + found.captured(3).toInt();
        return found.captured(1) == "-"_L1 ? -minutes : minutes;
    }
    return text.trimmed().startsWith("(JST)"_L1) ? tokyoMinutes : 0;
}

} // namespace

std::optional<Instant> whoisDate(const QString &text, DateOrder order)
{
    const QString plain = text.trimmed().left(80);
    const auto day = dayOf(plain, order);
    if (!day)
        return std::nullopt;
    const Instant midnight{day->date.startOfDay(Qt::UTC).toMSecsSinceEpoch()};
    static const QRegularExpression time(
        uR"(^(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)"_s);
    const QString rest = plain.mid(day->end);
    const auto found = time.match(rest);
    if (!found.hasMatch())
        return midnight;
    const QTime at(found.captured(1).toInt(), found.captured(2).toInt(), found.captured(3).toInt());
    if (!at.isValid())
        return std::nullopt;
    return midnight + at.msecsSinceStartOfDay() - zoneOf(rest.mid(found.capturedEnd())) * minuteMs;
}

} // namespace wg
