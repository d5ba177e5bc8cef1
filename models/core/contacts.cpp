// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contacts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const QString countName = u"count"_s;
const QString atMostName = u"count_at_most"_s;
const QString hostsName = u"hosts"_s;
const QString spansName = u"spans"_s;
constexpr QLatin1String andMore{"and more"};

/// More than these are told as fewer and longer ones.
constexpr qsizetype mostSpans = 64;

/// To the second, or where the log told it to the millisecond.
QString momentText(Instant moment)
{
    return moment.ms % secondMs == 0 ? toRfc3339(moment) : moment.utc().toString(Qt::ISODateWithMs);
}

/// "2026-11-01T00:00:00Z/2026-11-02T08:00:00.250Z/34"
QString spanText(const ContactSpan &span)
{
    return u"%1/%2/%3"_s.arg(momentText(span.first), momentText(span.last)).arg(span.count);
}

QList<ContactSpan> spansOf(const Attributes &details)
{
    QList<ContactSpan> spans;
    const auto texts = attribute(details, spansName).raw().split(u' ', Qt::SkipEmptyParts);
    for (const QString &text : texts) {
        const QStringList parts = text.split(u'/');
        const auto first = parseInstant(parts.value(0));
        const auto last = parseInstant(parts.value(1));
        if (first && last)
            spans.append({*first, *last, parts.value(2).toLongLong()});
    }
    return spans;
}

bool overlap(const ContactSpan &earlier, const ContactSpan &later)
{
    return later.first < earlier.last;
}

/// The same moment, of which one may be known to the second only.
bool isSame(Instant a, Instant b)
{
    const bool coarse = a.ms % secondMs == 0 || b.ms % secondMs == 0;
    return a == b || (coarse && a.seconds() == b.seconds());
}

/// Sorted; what begins at the same time is one log, that has grown.
QList<ContactSpan> merged(QList<ContactSpan> spans)
{
    std::sort(spans.begin(), spans.end(), [](const ContactSpan &a, const ContactSpan &b) {
        return a.first != b.first ? a.first < b.first : a.last < b.last;
    });
    QList<ContactSpan> apart;
    for (const ContactSpan &span : std::as_const(spans)) {
        if (apart.isEmpty() || !isSame(apart.last().first, span.first)) {
            apart.append(span);
            continue;
        }
        apart.last().first = std::max(apart.last().first, span.first); // the more exact one
        apart.last().last = std::max(apart.last().last, span.last);
        apart.last().count = std::max(apart.last().count, span.count);
    }
    while (apart.size() > mostSpans) { // the oldest are told least exactly
        const ContactSpan oldest = apart.takeFirst();
        ContactSpan &next = apart.first();
        next.count =
            overlap(oldest, next) ? std::max(oldest.count, next.count) : oldest.count + next.count;
        next.first = oldest.first;
        next.last = std::max(oldest.last, next.last);
    }
    return apart;
}

/// The most contacts that are told by spans of which none overlaps another: those are certainly
/// different ones.
qint64 leastCount(QList<ContactSpan> spans)
{
    std::sort(spans.begin(), spans.end(),
              [](const ContactSpan &a, const ContactSpan &b) { return a.last < b.last; });
    QList<qint64> best{0}; // by the first so many spans
    for (qsizetype i = 0; i < spans.size(); ++i) {
        qsizetype before = i;
        while (before > 0 && overlap(spans[before - 1], spans[i]))
            --before;
        best.append(std::max(best[i], best[before] + spans[i].count));
    }
    return best.last();
}

void setSpans(Attributes &details, const QList<ContactSpan> &spans)
{
    qint64 most = 0;
    QStringList texts;
    for (const ContactSpan &span : spans) {
        most += span.count;
        texts.append(spanText(span));
    }
    const qint64 least = leastCount(spans);
    setAttribute(details, countName, UntrustedText::trusted(QString::number(least)));
    setAttribute(details, atMostName,
                 UntrustedText::trusted(most > least ? QString::number(most) : QString()));
    setAttribute(details, spansName, UntrustedText::trusted(texts.join(u' ')));
}

void setHosts(Attributes &details, QStringList hosts)
{
    const bool more = hosts.removeAll(andMore) > 0;
    hosts.sort();
    hosts.removeDuplicates();
    if (hosts.size() > mostContactHosts || more) {
        hosts = hosts.mid(0, mostContactHosts);
        hosts.append(andMore);
    }
    setAttribute(details, hostsName, UntrustedText::fromString(hosts.join(", "_L1)));
}

} // namespace

Attributes contactDetails(std::optional<ContactSpan> span, qint64 count, const QStringList &hosts)
{
    Attributes details;
    if (span)
        setSpans(details, {*span});
    else
        setAttribute(details, countName, UntrustedText::trusted(QString::number(count)));
    setHosts(details, hosts);
    return details;
}

void joinContact(Attributes &known, const Attributes &told)
{
    const QList<ContactSpan> spans = merged(spansOf(known) + spansOf(told));
    if (!spans.isEmpty()) {
        setSpans(known, spans);
    } else { // logs without dates: the greater count holds
        const qint64 count = std::max(attribute(known, countName).raw().toLongLong(),
                                      attribute(told, countName).raw().toLongLong());
        setAttribute(known, countName, UntrustedText::trusted(QString::number(count)));
    }
    const auto hosts = [](const Attributes &details) {
        return attribute(details, hostsName).raw().split(", "_L1, Qt::SkipEmptyParts);
    };
    setHosts(known, hosts(known) + hosts(told));
}

} // namespace wg
