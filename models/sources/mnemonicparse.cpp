// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/mnemonicparse.h"

#include "sources/answertext.h"
#include "sources/httpsource.h"
#include "sources/jsontext.h"
#include "sources/knownfields.h"
#include "sources/passiverecord.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// 4: blanks within Base64 mean nothing.
constexpr int parserVersion = 4;

namespace od = simdjson::ondemand;
using simdjson::error_code;

/// What an answer has to say to people; the rest are repetitions.
constexpr qsizetype mostMessages = 3;

/// One row of "data".
struct Row
{
    PassiveStatement statement;
    std::string_view times;
    std::string_view tlp;
};

/// Everything understood of one page.
struct Page
{
    MnemonicPage facts;
    bool hasData = false;
    bool hasNull = false; ///< "data": null, which goes with an error code or a count of 0
    QString words; ///< messages of the server
    QList<Record> records;
    qint64 unreadable = 0; ///< rows that are no facts
};

/// What a row holds by the documentation; an empty text is there.
void countKnown(const Row &row, KnownFields &known)
{
    const PassiveStatement &statement = row.statement;
    known.count(u"query"_s, statement.name.data() != nullptr);
    known.count(u"answer"_s, statement.data.data() != nullptr);
    known.count(u"rrtype"_s, statement.type.data() != nullptr);
    known.count(u"firstSeenTimestamp"_s, statement.first.has_value());
    known.count(u"lastSeenTimestamp"_s, statement.last.has_value());
}

/// The server's own numbers beside the rows.
void readNumber(std::string_view key, std::string_view text, MnemonicPage &facts)
{
    bool ok = false;
    const qint64 number = QByteArrayView(text.data(), qsizetype(text.size())).toLongLong(&ok);
    if (!ok)
        return;
    if (key == "count")
        facts.count = number;
    else if (key == "limit")
        facts.limit = number;
    else if (key == "size")
        facts.size = number;
    else
        facts.code = int(std::clamp<qint64>(number, 0, 999));
}

std::size_t printOf(const Row &row, std::size_t before)
{
    const auto mix = [](std::size_t seed, std::string_view text) {
        return qHashBits(text.data(), text.size(), seed);
    };
    return mix(mix(mix(before, row.statement.name), row.statement.type), row.statement.data);
}

error_code readRow(od::object object, Row &row)
{
    return eachMember(object, [&row](std::string_view key, od::value value) -> error_code {
        std::string_view text;
        const auto error = scalarText(value, text);
        if (error == simdjson::INCORRECT_TYPE)
            return simdjson::SUCCESS; // an object or list of the server's own
        if (error)
            return error;
        if (key == "query")
            row.statement.name = text;
        else if (key == "answer")
            row.statement.data = text;
        else if (key == "rrtype")
            row.statement.type = text;
        else if (key == "firstSeenTimestamp" || key == "firstSeen")
            row.statement.first = passiveTime(text);
        else if (key == "lastSeenTimestamp" || key == "lastSeen")
            row.statement.last = passiveTime(text);
        else if (key == "times")
            row.times = text;
        else if (key == "tlp")
            row.tlp = text;
        return simdjson::SUCCESS;
    });
}

/// Reads pages one after the other; pass no sink to count only.
class PageReading
{
public:
    explicit PageReading(Instant told)
        : m_maker(told)
    { }
    Page read(const QByteArray &body, bool withRecords);
    /// Documented fields that most rows of all pages lack.
    [[nodiscard]] std::optional<QStringList> lacking() const
    {
        return m_known.lacking(m_understood);
    }

private:
    error_code readMember(std::string_view key, od::value value, Page &page);
    error_code readData(od::value value, Page &page);
    void readMessages(od::value value, Page &page);
    void addRow(const Row &row, Page &page);

    od::parser m_parser;
    PassiveRecordMaker m_maker;
    KnownFields m_known;
    qint64 m_understood = 0; ///< rows
    bool m_withRecords = false;
};

Page PageReading::read(const QByteArray &body, bool withRecords)
{
    m_withRecords = withRecords;
    Page page;
    const QByteArray plain = withoutMark(body);
    const simdjson::padded_string padded(plain.constData(), std::size_t(plain.size()));
    od::document document;
    od::object top;
    error_code error = m_parser.iterate(padded).get(document);
    if (!error)
        error = document.get_object().get(top);
    if (!error) {
        error = eachMember(top, [&](std::string_view key, od::value value) {
            return readMember(key, value, page);
        });
    }
    page.facts.readable = !error && isAtEnd(document);
    return page;
}

error_code PageReading::readMember(std::string_view key, od::value value, Page &page)
{
    if (key == "data")
        return readData(value, page);
    if (key == "messages") {
        readMessages(value, page);
        return simdjson::SUCCESS;
    }
    if (key != "responseCode" && key != "count" && key != "limit" && key != "size")
        return simdjson::SUCCESS;
    std::string_view text;
    if (const auto error = scalarText(value, text))
        return error == simdjson::INCORRECT_TYPE ? simdjson::SUCCESS : error;
    readNumber(key, text, page.facts);
    return simdjson::SUCCESS;
}

error_code PageReading::readData(od::value value, Page &page)
{
    od::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    page.hasNull = type == od::json_type::null && value.is_null();
    if (type != od::json_type::array)
        return simdjson::SUCCESS;
    page.hasData = true;
    return eachElement(value, [&](od::value element) -> error_code {
        ++page.facts.rows;
        od::object object;
        if (element.get_object().get(object)) {
            ++page.unreadable;
            return simdjson::SUCCESS;
        }
        Row row;
        if (const auto error = readRow(object, row))
            return error;
        page.facts.print = printOf(row, page.facts.print);
        if (m_withRecords)
            addRow(row, page);
        return simdjson::SUCCESS;
    });
}

void PageReading::readMessages(od::value value, Page &page)
{
    const std::string_view raw = simdjson::to_json_string(value).value_unsafe();
    QStringList words;
    const auto messages =
        QJsonDocument::fromJson(QByteArray(raw.data(), qsizetype(raw.size()))).array();
    for (qsizetype i = 0; i < std::min(messages.size(), mostMessages); ++i) {
        const QJsonValue each = messages.at(i);
        const QString text = each.isObject() ? each[u"message"_s].toString() : each.toString();
        if (!text.isEmpty())
            words.append(text);
    }
    page.words = madeVisible(words.join(u"; "_s), 300);
}

void PageReading::addRow(const Row &row, Page &page)
{
    countKnown(row, m_known);
    Record record;
    if (!m_maker.make(row.statement, record).isEmpty()) {
        ++page.unreadable;
        return;
    }
    ++m_understood;
    if (!row.times.empty())
        setAttribute(record.details, u"times"_s, UntrustedText::fromUtf8(row.times));
    const QString tlp = textOf(row.tlp).toLower();
    if (!tlp.isEmpty() && tlp != "white"_L1 && tlp != "clear"_L1)
        setAttribute(record.details, u"tlp"_s, UntrustedText::fromString(tlp));
    page.records.append(std::move(record));
}

/// Rows on a page. A server that says that all it has is on this one is believed: the documented
/// example shows fewer rows than it tells.
qint64 givenBy(const MnemonicPage &page)
{
    return page.rows > 0 && page.size == page.count ? std::max(page.rows, page.size) : page.rows;
}

/// What all pages together are.
struct Sum
{
    Outcome outcome = Outcome::Complete;
    QString detail;
    QList<Record> records;
    Instant at;
    std::optional<QStringList> lacking{};
};

void failWith(Sum &sum, Outcome outcome, QString detail)
{
    sum.outcome = outcome;
    sum.detail = std::move(detail);
}

Outcome outcomeOfCode(int code)
{
    const bool misunderstood = code == 400 || code == 412 || code == 422;
    return misunderstood ? Outcome::Malformed : outcomeOfStatus(code);
}

/// Why this page brings nothing; Complete when it does.
void judgePage(Sum &sum, const RawAnswer &answer, const Page &page)
{
    const bool failed = answer.status != 200 && answer.status != 0;
    if (answer.failure != Outcome::Complete)
        return failWith(sum, answer.failure, answer.detail);
    if (isWebPage(answer.bytes)) {
        return failWith(
            sum, failed && answer.status != 404 ? outcomeOfCode(answer.status) : Outcome::Malformed,
            u"a web page instead of an answer"_s);
    }
    const int code = failed ? answer.status : page.facts.code;
    if (code == 404 && page.facts.code != code) {
        return failWith(sum, Outcome::Malformed,
                        u"the server answered with code 404, and not as mnemonic does"_s);
    }
    if (code != 200 && code != 0) {
        const QString words = page.words.isEmpty() ? QString() : u": "_s + page.words;
        return failWith(sum, outcomeOfCode(code),
                        u"the server answered with code %1"_s.arg(code) + words);
    }
    if (answer.cut && !page.facts.readable)
        return failWith(sum, Outcome::Unreachable, u"the connection ended within the answer"_s);
    const bool hasRows = page.hasData || (page.hasNull && page.facts.count);
    if (!page.facts.readable || !hasRows)
        return failWith(sum, Outcome::Malformed, u"the answer is not what mnemonic documents"_s);
    if (page.facts.rows > 0 && page.unreadable == page.facts.rows)
        return failWith(sum, Outcome::Malformed, u"no row of the answer could be understood"_s);
}

/// A row about something that was not asked is dropped.
bool isAbout(const Record &record, const Artifact &asked)
{
    return record.owner == asked || record.value.raw() == asked.value;
}

/// The last page's word on whether that was all: a server that claims more than it gave has cut.
void judgeEnd(Sum &sum, qint64 claimed, qint64 given)
{
    if (sum.outcome != Outcome::Complete || claimed <= 0)
        return;
    if (sum.records.isEmpty()) {
        return failWith(sum, Outcome::SuspiciousEmpty,
                        u"the server claims to have records but gave none"_s);
    }
    if (given < claimed)
        failWith(sum, Outcome::Truncated,
                 u"the server claims to have %1 records but gave %2"_s.arg(claimed).arg(given));
}

Instant toldAt(const RawPass &raw)
{
    Instant latest;
    for (const RawAnswer &answer : raw.answers)
        latest = std::max(latest, answer.at);
    return latest;
}

Sum sumUp(const RawPass &raw)
{
    Sum sum;
    sum.at = toldAt(raw);
    PageReading reading(sum.at);
    QHash<QByteArray, qsizetype> places;
    qint64 claimed = 0;
    qint64 given = 0;
    qint64 rows = 0;
    qint64 unread = 0;
    for (qsizetype i = 0; i < raw.answers.size(); ++i) {
        const RawAnswer &answer = raw.answers[i];
        const Page page = answer.bytes.isEmpty() ? Page() : reading.read(answer.bytes, true);
        sum.lacking = reading.lacking();
        Sum one;
        judgePage(one, answer, page);
        if (one.outcome != Outcome::Complete) {
            const bool later = i > 0; // the earlier pages still count
            failWith(sum, later ? Outcome::Truncated : one.outcome, one.detail);
            return sum;
        }
        claimed = std::max(claimed, page.facts.count.value_or(0));
        given += givenBy(page.facts);
        rows += page.facts.rows;
        unread += page.unreadable;
        for (const Record &record : page.records) {
            if (!isAbout(record, raw.asked))
                continue;
            const QByteArray id = toBytes(recordId(record));
            if (const auto place = places.constFind(id); place != places.cend()) {
                joinRecord(sum.records[*place], record);
                continue;
            }
            places.insert(id, sum.records.size());
            sum.records.append(record);
        }
        if (answer.cut)
            failWith(sum, Outcome::Truncated, u"there is more than was fetched"_s);
    }
    judgeEnd(sum, claimed, given);
    if (isUsable(sum.outcome) && sum.detail.isEmpty())
        sum.detail = wordsOfUnread(unread, rows);
    return sum;
}

Observation observe(const RawPass &raw, const Sum &sum, Dataset dataset)
{
    Observation out;
    out.question = {raw.asked, dataset, raw.source,
                    isAddress(raw.asked) ? u"names"_s : u"records"_s};
    out.presence = Presence::Historical;
    out.outcome = sum.outcome;
    out.detail = sum.detail;
    out.at = sum.at;
    out.parserVersion = parserVersion;
    if (!isUsable(sum.outcome))
        return out;
    for (const Record &record : sum.records) {
        if (record.dataset == dataset)
            out.records.append(record);
    }
    if (out.records.isEmpty() && out.outcome == Outcome::Complete)
        out.outcome = Outcome::Empty;
    return out;
}

QByteArray joined(const RawPass &raw)
{
    if (raw.answers.size() == 1)
        return raw.answers.first().bytes;
    QByteArray all;
    for (const RawAnswer &answer : raw.answers)
        all += answer.bytes + (answer.bytes.isEmpty() ? "" : "\n");
    return all;
}

} // namespace

QList<Observation> parseMnemonic(const RawPass &raw)
{
    if (raw.answers.isEmpty())
        return {};
    const Sum sum = sumUp(raw);
    QList<Observation> out{observe(raw, sum, Dataset::Resolutions)};
    out.first().lacking = sum.lacking;
    out.first().raw = joined(raw);
    Observation others = observe(raw, sum, Dataset::Dns);
    if (!isAddress(raw.asked) || !others.records.isEmpty())
        out.append(std::move(others));
    return out;
}

bool mayHaveMore(const MnemonicPage &page, qint64 offset, qint64 askedLimit)
{
    const bool full = page.rows >= askedLimit || (page.limit > 0 && page.rows >= page.limit);
    const bool claimed = page.count && offset + givenBy(page) < *page.count;
    return page.readable && page.rows > 0 && (full || claimed);
}

MnemonicPage lookAtMnemonicPage(const QByteArray &body)
{
    return PageReading(Instant()).read(body, false).facts;
}

} // namespace wg
