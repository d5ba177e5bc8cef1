// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestreader.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Where the next cursor comes from.
void readOrigin(ManifestFields &fields, const ManifestQuestion &question, CursorRule &cursor)
{
    const bool isJson = question.format == ManifestQuestion::Format::Json;
    fields.need(u"by"_s);
    switch (fields.choice(u"by"_s, {u"last"_s, u"newest"_s, u"asked"_s})) {
    case 0:
        cursor.by = CursorRule::By::Last;
        fields.need(u"at"_s);
        cursor.last = readExpression(fields, u"at"_s);
        break;
    case 1:
        cursor.by = CursorRule::By::Newest;
        fields.need(u"at"_s);
        cursor.newest = readPlaces(fields, u"at"_s);
        break;
    default:
        cursor.by = CursorRule::By::Asked;
        break;
    }
    if (!isJson && cursor.by != CursorRule::By::Asked)
        fields.fail(fields.place(), u"only the time of asking can be a cursor in this format"_s);
}

void readForm(ManifestFields &fields, CursorRule &cursor)
{
    if (cursor.by == CursorRule::By::Last)
        return;
    static constexpr std::array forms{CursorRule::Form::Rfc3339, CursorRule::Form::Seconds,
                                      CursorRule::Form::Milliseconds, CursorRule::Form::Date};
    const int form =
        fields.choice(u"as"_s, {u"rfc3339"_s, u"seconds"_s, u"milliseconds"_s, u"date"_s});
    cursor.form = forms[std::size_t(std::max(form, 0))];
    cursor.overlapMs = readSpan(fields, u"overlap"_s, 0);
}

/// What an answer lacks that holds only what came since is not gone, so none may count as all that
/// holds now.
void refuseCurrent(ManifestFields &fields, const ManifestQuestion &question)
{
    const bool current = std::any_of(
        question.datasets.cbegin(), question.datasets.cend(), [&question](Dataset dataset) {
            return question.presences.value(dataset, question.presence) == Presence::Current;
        });
    if (current)
        fields.fail(fields.place(), u"a question with a \"cursor\" must be \"historical\""_s);
}

} // namespace

void readCursor(ManifestFields &fields, ManifestQuestion &question)
{
    CursorRule &cursor = question.cursor;
    readOrigin(fields, question, cursor);
    readForm(fields, cursor);
    cursor.wholeMs = readSpan(fields, u"whole"_s, cursor.wholeMs);
    const LocatedJson *query = fields.need(u"query"_s);
    cursor.query = readTexts(fields, u"query"_s);
    const bool sent = std::any_of(cursor.query.cbegin(), cursor.query.cend(), [](const auto &pair) {
        return pair.second.contains("{cursor}"_L1);
    });
    if (query && !sent)
        fields.fail(query->place, u"\"query\" must hold {cursor}"_s);
    refuseCurrent(fields, question);
    if (question.partial && cursor.by != CursorRule::By::Last)
        fields.fail(fields.place(), u"where no answer is all, only the last row can be a cursor"_s);
}

} // namespace wg
