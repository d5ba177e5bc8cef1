// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestbookmark.h"

#include "sources/expressionvalue.h"
#include "sources/jsonanswer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype longestCursor = 500;
constexpr qsizetype longestValidator = 200;

/// Nothing that could not be sent back as it is.
QByteArray soundValidator(const QByteArray &text)
{
    const bool printable =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    return printable && text.size() <= longestValidator ? text : QByteArray();
}

QString written(Instant time, CursorRule::Form form)
{
    switch (form) {
    case CursorRule::Form::Rfc3339:
        return toRfc3339(time);
    case CursorRule::Form::Seconds:
        return QString::number(time.seconds());
    case CursorRule::Form::Milliseconds:
        return QString::number(time.ms);
    case CursorRule::Form::Date:
        return toDay(time);
    }
    Q_UNREACHABLE();
}

QString lastOf(const CursorRule &rule, const QList<const RawAnswer *> &pages)
{
    for (auto page = pages.crbegin(); page != pages.crend(); ++page) {
        JsonAnswer json;
        const auto root = json.read((*page)->bytes);
        const QString last = root ? valueOf(rule.last, JsonRow(*root)) : QString();
        if (!last.isEmpty())
            return last;
    }
    return {};
}

QString newestOf(const CursorRule &rule, const QList<const RawAnswer *> &pages)
{
    std::optional<Instant> newest;
    for (const RawAnswer *page : pages) {
        JsonAnswer json;
        const auto root = json.read(page->bytes);
        if (!root)
            continue;
        JsonRow(*root).each(rule.newest, [&](const JsonRow &row) {
            const auto date = readDate(scalarText(row.value()).value_or(QString()));
            // A date ahead of us would pass over all that comes until then.
            if (date && *date <= page->at && (!newest || *newest < *date))
                newest = date;
        });
    }
    return newest ? written(*newest - rule.overlapMs, rule.form) : QString();
}

/// Empty where the answer gives none.
QString nextCursor(const CursorRule &rule, const QList<const RawAnswer *> &pages,
                   const AnswerTaken &taken)
{
    if (taken.overflowed)
        return {};
    if (rule.by == CursorRule::By::Last)
        return lastOf(rule, pages);
    if (!isProof(taken.outcome)) // what is missing may be older than what is there
        return {};
    if (rule.by == CursorRule::By::Newest)
        return newestOf(rule, pages);
    const AskedFrom &from = *pages.first()->from;
    const bool nothingNew = from.extent == Extent::Since && taken.rows == 0;
    return nothingNew ? QString() : written(from.at - rule.overlapMs, rule.form);
}

/// As it was, with what is new; nothing where nothing is.
std::optional<Bookmark> changed(const Bookmark &before, const Bookmark &after)
{
    return after == before || (after.saysNothing() && before.saysNothing()) ? std::nullopt
                                                                            : std::optional(after);
}

} // namespace

AskedFrom askedFrom(const ManifestQuestion &question, const AskOrder &order, const Hash128 &print,
                    Instant now)
{
    AskedFrom from;
    from.at = now;
    from.before.question = question.name;
    from.before.print = print;
    const auto kept =
        std::find_if(order.bookmarks.cbegin(), order.bookmarks.cend(), [&](const Bookmark &each) {
            return each.question == question.name && each.print == print;
        });
    if (kept == order.bookmarks.cend())
        return from;
    if (!question.cursor.isSet()) {
        from.before = *kept;
        from.before.cursor.clear();
        return from;
    }
    from.known = kept->cursor;
    const bool wholeIsOld = now - kept->wholeAt >= question.cursor.wholeMs || kept->wholeAt > now;
    if (order.purpose != Purpose::Poll || kept->cursor.isEmpty() || wholeIsOld)
        return from;
    from.before = *kept;
    from.extent = Extent::Since;
    return from;
}

QList<std::pair<QByteArray, QByteArray>> conditionalHeaders(const Bookmark &before)
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (!before.etag.isEmpty())
        headers.append({"If-None-Match", before.etag});
    if (!before.modified.isEmpty())
        headers.append({"If-Modified-Since", before.modified});
    return headers;
}

void noteValidators(AskedFrom &from, const QHash<QByteArray, QByteArray> &headers)
{
    from.etag = soundValidator(headers.value("etag"));
    from.modified = soundValidator(headers.value("last-modified"));
}

std::optional<Bookmark> bookmarkAfter(const ManifestQuestion &question,
                                      const QList<const RawAnswer *> &pages,
                                      const AnswerTaken &taken)
{
    const RawAnswer &first = *pages.first();
    if (!first.from || question.follows) // each row is another request
        return std::nullopt;
    const AskedFrom &from = *first.from;
    Bookmark after = from.before;
    if (!isUsable(taken.outcome)) {
        const bool notUnderstood =
            from.extent == Extent::Since && taken.outcome == Outcome::Malformed;
        after.cursor.clear();
        return notUnderstood ? std::optional(after) : std::nullopt;
    }
    if (question.cursor.isSet()) {
        const QString next = nextCursor(question.cursor, pages, taken);
        if (!next.isEmpty() && next.size() <= longestCursor)
            after.cursor = next;
        // All that was to be had once reached farther than this.
        if (from.extent == Extent::Whole && !isProof(taken.outcome) && !from.known.isEmpty())
            after.cursor = from.known;
        if (from.extent == Extent::Whole)
            after.wholeAt = from.at;
    } else if (question.paging.kind == Paging::Kind::None && question.json.isEmpty()
               && question.form.isEmpty()) {
        after.etag = first.cut ? QByteArray() : from.etag;
        after.modified = first.cut ? QByteArray() : from.modified;
    }
    return changed(from.before, after);
}

} // namespace wg
