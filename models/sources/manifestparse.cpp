// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestparse.h"

#include "core/entitytext.h"
#include "sources/aboutentity.h"
#include "sources/answertext.h"
#include "sources/cofanswer.h"
#include "sources/expressionvalue.h"
#include "sources/httpsource.h"
#include "sources/jsonanswer.h"
#include "sources/passiverecord.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

namespace dom = simdjson::dom;

/// Rows of one answer at most; what comes behind them is left out, and the answer is cut short.
constexpr qsizetype mostRecords = 200'000;

/// All pages of one question, summed up.
class QuestionReading
{
public:
    QuestionReading(const ManifestQuestion &question, const RawPass &raw)
        : m_question(aboutEntity(question, raw.asked))
        , m_raw(raw)
    {
        for (const RawAnswer &answer : raw.answers) {
            if (answer.question.text == question.name) {
                m_answers.append(&answer);
                m_at = std::max(m_at, answer.at);
            }
        }
        m_maker.emplace(m_at);
    }

    [[nodiscard]] bool wasAsked() const { return !m_answers.isEmpty(); }

    void read()
    {
        for (const RawAnswer *answer : std::as_const(m_answers)) {
            readPage(*answer);
            if (isUsable(m_outcome))
                continue;
            if (answer != m_answers.first()) // the earlier pages still count
                m_outcome = Outcome::Truncated;
            return finish();
        }
        finish();
    }

    [[nodiscard]] Observation observation(Dataset dataset) const
    {
        Observation out;
        out.question = {m_raw.asked, dataset, m_raw.source, m_question.name};
        out.presence = m_question.presence;
        out.outcome = m_outcome;
        out.detail = m_detail;
        out.at = m_at;
        if (!isUsable(m_outcome))
            return out;
        for (const Record &record : m_records) {
            if (record.dataset == dataset)
                out.records.append(record);
        }
        if (out.records.isEmpty() && m_outcome == Outcome::Complete)
            out.outcome = Outcome::Empty;
        return out;
    }

    [[nodiscard]] QByteArray bytes() const
    {
        QByteArray all;
        for (const RawAnswer *answer : m_answers)
            all += answer->bytes + (m_answers.size() > 1 ? "\n" : "");
        return all;
    }

private:
    void end(Outcome outcome, const QString &detail)
    {
        m_outcome = outcome;
        m_detail = detail;
    }

    void readPage(const RawAnswer &answer)
    {
        if (answer.failure != Outcome::Complete)
            return end(answer.failure, answer.detail);
        if (m_question.format != ManifestQuestion::Format::Json && answer.status == 200)
            return readLines(answer);
        JsonAnswer json;
        const auto root = json.read(answer.bytes);
        if (decided(answer, root ? std::optional(JsonRow(*root)) : std::nullopt))
            return;
        if (!root)
            return end(answer.cut ? Outcome::Unreachable : Outcome::Malformed, unreadable(answer));
        const JsonRow row(*root);
        for (const JsonPlace &place : m_question.required) {
            if (!row.find(place))
                return end(Outcome::Malformed, u"the answer is not what this source documents"_s);
        }
        for (const RecordRule &rule : m_question.records)
            row.each(rule.each, [&](const JsonRow &each) { readRow(rule, each); });
        count(row);
        if (answer.cut)
            end(Outcome::Truncated, u"there is more than was fetched"_s);
    }

    static QString unreadable(const RawAnswer &answer)
    {
        if (answer.cut)
            return u"the connection ended within the answer"_s;
        return isWebPage(answer.bytes) ? u"a web page instead of an answer"_s
                                       : u"the answer is no JSON"_s;
    }

    /// Whether the answer says that it is none; its status does where the manifest has no word.
    bool decided(const RawAnswer &answer, const std::optional<JsonRow> &row)
    {
        const bool success = answer.status / 100 == 2 || answer.status == 0;
        for (const Condition &condition : m_question.conditions) {
            const bool here =
                condition.statuses.isEmpty() ? success : condition.statuses.contains(answer.status);
            if (!here || (condition.at && !row) || (row && !holds(condition, *row)))
                continue;
            const QString words = row ? valueOf(condition.words, *row) : condition.words.constant;
            end(condition.outcome, madeVisible(words, 300));
            return condition.outcome != Outcome::Truncated;
        }
        if (success)
            return false;
        const Outcome outcome = outcomeOfStatus(answer.status);
        end(outcome == Outcome::Empty ? Outcome::Malformed : outcome,
            u"the server answered with status %1"_s.arg(answer.status));
        return true;
    }

    void readLines(const RawAnswer &answer)
    {
        const bool framed = m_question.format == ManifestQuestion::Format::FramedCof;
        CofAnswer read =
            parseCofAnswer(answer.bytes, framed ? CofFrame::Needed : CofFrame::None, m_at);
        end(read.outcome, read.detail);
        m_records += std::move(read.records);
        if (answer.cut && isUsable(m_outcome))
            end(Outcome::Truncated, u"the connection ended within the answer"_s);
    }

    void readRow(const RecordRule &rule, const JsonRow &row)
    {
        const auto matches = [&row](const Condition &condition) { return holds(condition, row); };
        if (!std::all_of(rule.only.cbegin(), rule.only.cend(), matches))
            return;
        ++m_rows;
        if (m_records.size() >= mostRecords)
            return end(Outcome::Truncated, u"there are more rows than can be taken"_s);
        const QStringList values = valuesOf(rule.value, row);
        bool any = false;
        for (const QString &value : values)
            any = add(rule, row, value) || any;
        m_unreadable += any ? 0 : 1;
    }

    bool add(const RecordRule &rule, const JsonRow &row, const QString &value)
    {
        Record record;
        const bool made = rule.statement ? makeStatement(rule, row, value, record)
                                         : makeFact(rule, row, value, record);
        if (!made)
            return false;
        if (rule.within && !isWithin(record.value.raw()))
            return true;
        for (const auto &[name, expression] : rule.details)
            setAttribute(record.details, name,
                         UntrustedText::fromString(valuesOf(expression, row).join(u", "_s)));
        m_records.append(std::move(record));
        return true;
    }

    bool makeStatement(const RecordRule &rule, const JsonRow &row, const QString &value,
                       Record &out)
    {
        const std::string name = rule.name.isSet() ? valueOf(rule.name, row).toStdString()
                                                   : m_raw.asked.value.toStdString();
        const std::string type = valueOf(rule.type, row).toStdString();
        const std::string data = value.toStdString();
        return m_maker
            ->make({name, type, data, dateOf(rule.first, row), dateOf(rule.last, row)}, out)
            .isEmpty();
    }

    bool makeFact(const RecordRule &rule, const JsonRow &row, const QString &value, Record &out)
    {
        out.owner = m_raw.asked;
        out.dataset = rule.dataset;
        out.type = valueOf(rule.type, row);
        out.value = UntrustedText::fromString(value);
        out.identity = rule.identity;
        if (rule.owner.isSet()) {
            const auto owner = parseEntity(valueOf(rule.owner, row));
            if (!owner)
                return false;
            out.owner = *owner;
        }
        if (out.type.isEmpty() || out.value.isEmpty())
            return false;
        for (const auto &[name, expression] : rule.attributes)
            setAttribute(out.attributes, name,
                         UntrustedText::fromString(valuesOf(expression, row).join(u", "_s)));
        out.worldFirst = possible(dateOf(rule.first, row));
        out.worldLast = possible(dateOf(rule.last, row));
        if (out.worldFirst && out.worldLast && *out.worldLast < *out.worldFirst)
            std::swap(out.worldFirst, out.worldLast);
        return true;
    }

    /// Dates before 1970 and behind the answer cannot be.
    [[nodiscard]] std::optional<Instant> possible(std::optional<Instant> date) const
    {
        return date && date->ms > 0 && *date <= m_at + dayMs ? date : std::nullopt;
    }

    [[nodiscard]] bool isWithin(const QString &name) const
    {
        return name.endsWith(u'.' + m_raw.asked.value);
    }

    void count(const JsonRow &row)
    {
        if (!m_question.total && m_question.mostRows == 0)
            return;
        const auto total = m_question.total ? row.find(*m_question.total) : std::nullopt;
        m_claimed = std::max(
            m_claimed, total ? scalarText(*total).value_or(QString()).toLongLong() : qint64(0));
        row.each(m_question.rows, [this](const JsonRow &list) {
            dom::array items;
            m_given += list.value().get(items) == simdjson::SUCCESS ? qint64(items.size()) : 0;
        });
    }

    void finish()
    {
        joinTwins();
        if (m_outcome != Outcome::Complete)
            return;
        if (m_rows > 0 && m_unreadable == m_rows)
            return end(Outcome::Malformed, u"no row of the answer could be understood"_s);
        if (m_claimed > 0 && m_given == 0)
            return end(Outcome::SuspiciousEmpty,
                       u"the source claims to have records but gave none"_s);
        if (m_given < m_claimed)
            return end(
                Outcome::Truncated,
                u"the source claims to have %1 records but gave %2"_s.arg(m_claimed).arg(m_given));
        if (m_question.mostRows > 0 && m_given >= m_question.mostRows)
            return end(Outcome::Truncated,
                       u"this source gives at most %1 records"_s.arg(m_question.mostRows));
        if (m_question.partial)
            end(Outcome::Truncated, u"this source never gives all it has"_s);
    }

    /// Rows of one fact are one record.
    void joinTwins()
    {
        QHash<QByteArray, qsizetype> places;
        QList<Record> joined;
        for (Record &record : m_records) {
            const QByteArray id = toBytes(recordId(record));
            if (const auto place = places.constFind(id); place != places.cend()) {
                joinRecord(joined[*place], record);
                continue;
            }
            places.insert(id, joined.size());
            joined.append(std::move(record));
        }
        m_records = std::move(joined);
    }

    const ManifestQuestion m_question;
    const RawPass &m_raw;
    QList<const RawAnswer *> m_answers;
    std::optional<PassiveRecordMaker> m_maker;
    Instant m_at;
    Outcome m_outcome = Outcome::Complete;
    QString m_detail;
    QList<Record> m_records;
    qint64 m_rows = 0;
    qint64 m_unreadable = 0;
    qint64 m_claimed = 0;
    qint64 m_given = 0;
};

} // namespace

QList<Observation> parseManifest(const Manifest &manifest, const RawPass &raw)
{
    QList<Observation> out;
    for (const ManifestQuestion &question : manifest.questions) {
        QuestionReading reading(question, raw);
        if (!reading.wasAsked() || !question.about.contains(raw.asked.kind))
            continue;
        reading.read();
        QByteArray bytes = reading.bytes();
        for (const Dataset dataset : question.datasets) {
            out.append(reading.observation(dataset));
            out.last().parserVersion = manifest.parserVersion;
            out.last().raw = std::exchange(bytes, {}); // kept once
        }
    }
    return out;
}

PageLook lookAtPage(const Paging &paging, const QByteArray &body)
{
    PageLook look;
    JsonAnswer json;
    const auto root = json.read(body);
    if (!root)
        return look;
    const JsonRow row(*root);
    dom::array rows;
    if (const auto found = row.find(paging.rows); found && found->get(rows) == simdjson::SUCCESS)
        look.rows = qint64(rows.size());
    if (const QString next = valueOf(paging.next, row); !next.isEmpty())
        look.next = next;
    if (const auto pages = paging.pages ? row.find(*paging.pages) : std::nullopt)
        look.pages = scalarText(*pages).value_or(QString()).toLongLong();
    return look;
}

} // namespace wg
