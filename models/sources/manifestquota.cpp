// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestquota.h"

#include "sources/expressionvalue.h"
#include "sources/jsonanswer.h"

#include <algorithm>

namespace wg {

namespace {

std::optional<int> countOf(const Expression &expression, const JsonRow &row)
{
    bool isNumber = false;
    const qint64 count = valueOf(expression, row).toLongLong(&isNumber);
    if (!isNumber || count < 0)
        return std::nullopt;
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

/// The end of the day or the month in UTC, or of a shorter window.
Instant endOf(qint64 perMs, Instant now)
{
    const QDate day = now.utc().date();
    const auto midnight = [](QDate date) {
        return Instant{QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch()};
    };
    if (perMs >= 28 * dayMs)
        return midnight(QDate(day.year(), day.month(), 1).addMonths(1));
    return perMs == dayMs ? midnight(day.addDays(1)) : now + perMs;
}

} // namespace

std::optional<QuotaTold> readQuota(const QuotaQuestion &question, const QByteArray &body,
                                   Instant now)
{
    JsonAnswer json;
    const auto root = json.read(body);
    if (!root)
        return std::nullopt;
    const JsonRow row(*root);
    const auto limit = countOf(question.limit, row);
    const auto told = countOf(question.left.isSet() ? question.left : question.used, row);
    if (!limit || *limit == 0 || !told)
        return std::nullopt;
    const int left = question.left.isSet() ? *told : std::max(0, *limit - *told);
    const auto reset = question.reset.isSet() ? dateOf(question.reset, row) : std::nullopt;
    if (!reset && question.perMs == 0)
        return std::nullopt;
    return QuotaTold{std::min(left, *limit), *limit, reset.value_or(endOf(question.perMs, now))};
}

} // namespace wg
