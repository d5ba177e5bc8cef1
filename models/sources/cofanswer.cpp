// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/cofanswer.h"

#include "sources/answertext.h"
#include "sources/cofline.h"
#include "sources/jsonanswer.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Lines that were tried, and what was wrong with the last of the bad ones.
struct Tally
{
    qint64 lines = 0;
    qint64 bad = 0;
    QString problem;
    KnownFields known;
};

Tally readLines(const QByteArray &body, CofLine &reader, RecordBatch &records)
{
    Tally tally;
    const QByteArray padded = body + QByteArray(CofLine::padding, '\0');
    for (qsizetype begin = 0; begin < body.size();) {
        qsizetype end = body.indexOf('\n', begin);
        if (end < 0)
            end = body.size();
        qsizetype size = end - begin;
        if (size > 0 && body[end - 1] == '\r')
            --size;
        const char *line = padded.constData() + begin;
        begin = end + 1;
        if (QByteArrayView(line, size).trimmed().isEmpty())
            continue;
        ++tally.lines;
        const bool cutBefore = reader.wasCut();
        const QString problem = reader.read(line, size, records);
        reader.countKnown(tally.known);
        if (problem.isEmpty())
            continue;
        tally.problem = problem;
        tally.bad += reader.wasCut() && !cutBefore ? 0 : 1; // the server's word is no bad line
    }
    return tally;
}

/// Whether the closing line tells of a failure, not of a limit that was reached.
bool saysFailed(const QByteArray &body)
{
    const QByteArray lines = body.trimmed();
    JsonAnswer json;
    const auto line = json.read(lines.mid(lines.lastIndexOf('\n') + 1));
    std::string_view condition;
    return line && (*line)["cond"].get(condition) == simdjson::SUCCESS && condition == "failed";
}

} // namespace

CofAnswer parseCofAnswer(const QByteArray &bytes, CofFrame frame, Instant told)
{
    CofAnswer answer;
    const QByteArray body = withoutMark(bytes);
    if (isWebPage(body))
        return {Outcome::Malformed, u"a web page instead of an answer"_s, {}};
    CofLine reader(told);
    RecordBatch records(answer.records);
    const Tally tally = readLines(body, reader, records);
    records.finish();
    answer.lacking = tally.known.lacking(answer.records.size());
    const bool unframed = frame == CofFrame::Needed && !reader.wasFramed();
    if (tally.bad > 0 && tally.bad == tally.lines && answer.records.isEmpty())
        return {Outcome::Malformed, tally.problem, {}, answer.lacking};
    if (reader.wasCut()) {
        const bool failed = answer.records.isEmpty() && saysFailed(body);
        return {failed ? Outcome::Unreachable : Outcome::Truncated, tally.problem, answer.records,
                answer.lacking};
    }
    if (unframed && tally.lines == 0)
        return {Outcome::Unreachable, u"the answer is empty"_s, {}};
    if (reader.isOpen() || unframed)
        return {Outcome::Truncated, u"the answer ends without saying that it is whole"_s,
                answer.records, answer.lacking};
    if (tally.bad > 0)
        answer.detail = u"%1 of %2 lines could not be read: %3"_s.arg(tally.bad)
                            .arg(tally.lines)
                            .arg(tally.problem);
    return answer;
}

} // namespace wg
