// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestparse.h"

#include "core/entitytext.h"
#include "net/networds.h"
#include "sources/aboutentity.h"
#include "sources/answertext.h"
#include "sources/cofanswer.h"
#include "sources/expressionvalue.h"
#include "sources/httpsource.h"
#include "sources/jsonanswer.h"
#include "sources/knownfields.h"
#include "sources/manifestbookmark.h"
#include "sources/passiverecord.h"
#include "sources/urlscanresult.h"

#include <QSet>
#include <algorithm>
#include <map>
#include <tuple>

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
        if (m_question.follows)
            return readEach();
        if (isSame())
            return;
        for (const RawAnswer *answer : std::as_const(m_answers)) {
            const auto before = std::pair(m_outcome, m_detail);
            readPage(*answer);
            if (m_outcome == Outcome::Empty && answer != m_answers.first())
                std::tie(m_outcome, m_detail) = before; // no more rows
            if (isUsable(m_outcome))
                continue;
            if (answer != m_answers.first()) // the earlier pages still count
                m_outcome = Outcome::Truncated;
            return finish();
        }
        finish();
    }

    /// Rows that were followed know nothing of each other: one that is gone takes nothing away.
    void readEach()
    {
        bool any = false;
        auto failure = std::pair(Outcome::Complete, QString());
        for (const RawAnswer *answer : std::as_const(m_answers)) {
            end(Outcome::Complete, {});
            readPage(*answer);
            if (isUsable(m_outcome))
                any = true;
            else
                failure = {m_outcome, m_detail};
        }
        if (any)
            end(Outcome::Complete, {});
        else
            std::tie(m_outcome, m_detail) = failure;
        finish();
    }

    [[nodiscard]] Observation observation(Dataset dataset) const
    {
        Observation out;
        out.question = {m_raw.asked, dataset, m_raw.source, m_question.name};
        out.presence = m_question.presences.value(dataset, m_question.presence);
        out.outcome = m_outcome;
        out.detail = m_detail;
        out.at = m_at;
        out.extent = extent();
        if (!isUsable(m_outcome) || out.extent == Extent::Same)
            return out;
        for (const Record &record : m_records) {
            if (record.dataset == dataset)
                out.records.append(record);
        }
        if (out.extent == Extent::Since && m_outcome == Outcome::Empty)
            out.outcome = Outcome::Complete; // nothing came since; what was known still stands
        else if (out.extent == Extent::Whole && out.records.isEmpty()
                 && m_outcome == Outcome::Complete)
            out.outcome = Outcome::Empty;
        return out;
    }

    [[nodiscard]] std::optional<Bookmark> bookmark() const
    {
        if (isSame())
            return std::nullopt;
        return bookmarkAfter(m_question, m_answers, {m_outcome, m_overflowed, m_records.size()});
    }

    /// Documented fields that most rows lack; nothing where there were too few rows to tell.
    [[nodiscard]] std::optional<QStringList> lacking() const
    {
        if (!m_missed.isEmpty())
            return m_missed;
        if (m_ofLines)
            return m_ofLines;
        return m_known.lacking(m_rows - m_unreadable);
    }

    [[nodiscard]] QByteArray bytes() const
    {
        QByteArray all;
        for (const RawAnswer *answer : m_answers)
            all += answer->bytes + (m_answers.size() > 1 ? "\n" : "");
        return all;
    }

private:
    /// The server's word that its last answer still holds.
    [[nodiscard]] bool isSame() const
    {
        const RawAnswer &first = *m_answers.first();
        return first.status == 304 && first.from
            && !conditionalHeaders(first.from->before).isEmpty();
    }

    [[nodiscard]] Extent extent() const
    {
        const RawAnswer &first = *m_answers.first();
        return isSame() ? Extent::Same : first.from ? first.from->extent : Extent::Whole;
    }

    void end(Outcome outcome, const QString &detail)
    {
        m_outcome = outcome;
        m_detail = detail;
    }

    void readPage(const RawAnswer &answer)
    {
        if (answer.failure != Outcome::Complete)
            return end(answer.failure, answer.detail);
        if (isLines() && answer.status == 200) {
            if (!decided(answer, std::nullopt))
                readLines(answer);
            return;
        }
        JsonAnswer json;
        const auto root = json.read(answer.bytes);
        if (decided(answer, root ? std::optional(JsonRow(*root)) : std::nullopt))
            return;
        if (!root)
            return end(answer.cut ? Outcome::Unreachable : Outcome::Malformed, unreadable(answer));
        const JsonRow row(*root);
        if (lacksRequired(row))
            return end(Outcome::Malformed,
                       u"the answer is not what this source documents: no %1"_s.arg(
                           m_missed.join(u", "_s)));
        if (m_question.format == ManifestQuestion::Format::UrlscanResult)
            m_records += urlscanRecords(*root, m_at);
        readRows(row);
        count(row);
        if (const auto &pages = m_question.paging.pages; pages && !wholeNumber(row.find(*pages)))
            m_pagesUnsaid = true;
        if (answer.cut)
            end(Outcome::Truncated, u"there is more than was fetched"_s);
    }

    [[nodiscard]] bool isLines() const
    {
        return m_question.format == ManifestQuestion::Format::Cof
            || m_question.format == ManifestQuestion::Format::FramedCof;
    }

    /// Without a word of what must be there, the lists are it: a list that has another name now
    /// looks like none.
    bool lacksRequired(const JsonRow &row)
    {
        for (const JsonPlace &place : m_question.required) {
            if (!row.find(place))
                m_missed.append(place.words());
        }
        if (!m_missed.isEmpty() || !m_question.required.isEmpty())
            return !m_missed.isEmpty();
        QStringList lists;
        for (const RecordRule &rule : m_question.records) {
            if (!rule.each.isMany() || holdsMany(row, rule.each))
                return false;
            lists.append(rule.each.tokens.size() == 1 ? u"list"_s : rule.each.words());
        }
        lists.removeDuplicates();
        m_missed = lists;
        return true;
    }

    static bool holdsMany(const JsonRow &row, const JsonPlace &place)
    {
        JsonPlace holder = place;
        holder.tokens.erase(std::find(holder.tokens.begin(), holder.tokens.end(), "*"),
                            holder.tokens.end());
        const auto found = row.find(holder);
        if (!found || found->is_array())
            return found.has_value();
        dom::object object;
        if (found->get(object) != simdjson::SUCCESS)
            return false;
        // In place of a whole answer an object that says nothing is no list without rows.
        return !holder.tokens.empty()
            || std::any_of(object.begin(), object.end(),
                           [](const auto &member) { return !member.value.is_null(); });
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
            const bool ofHeader = !condition.header.isEmpty();
            if (!here || (condition.at && !row) || (row && !ofHeader && !holds(condition, *row)))
                continue;
            const QString header = QString::fromUtf8(answer.headers.value(condition.header));
            if (ofHeader && !holds(condition, header))
                continue;
            const QString words = row ? valueOf(condition.words, *row) : condition.words.constant;
            end(condition.outcome, madeVisible(words.isEmpty() ? header : words, 300));
            if (m_detail.isEmpty() && !isUsable(m_outcome))
                m_detail = reasonOf(condition, answer, row);
            return condition.outcome != Outcome::Truncated;
        }
        if (success)
            return false;
        const Outcome outcome = outcomeOfStatus(answer.status);
        const QString words = wordsInJson(answer.bytes);
        end(outcome == Outcome::Empty ? Outcome::Malformed : outcome,
            u"the server answered with status %1"_s.arg(answer.status)
                + (words.isEmpty() ? QString() : u": "_s + madeVisible(words, 200)));
        return true;
    }

    /// Where the source has no words of its own.
    static QString reasonOf(const Condition &condition, const RawAnswer &answer,
                            const std::optional<JsonRow> &row)
    {
        if (answer.status / 100 != 2 && answer.status != 0)
            return u"the server answered with status %1"_s.arg(answer.status);
        if (!row || !condition.at)
            return u"the server says that this is no answer"_s;
        const QString place = condition.at->words();
        return row->find(*condition.at) ? u"the answer reports a failure in \"%1\""_s.arg(place)
                                        : u"the answer holds no \"%1\""_s.arg(place);
    }

    void readLines(const RawAnswer &answer)
    {
        const bool framed = m_question.format == ManifestQuestion::Format::FramedCof;
        CofAnswer read =
            parseCofAnswer(answer.bytes, framed ? CofFrame::Needed : CofFrame::None, m_at);
        if (m_outcome == Outcome::Complete || !isUsable(read.outcome))
            end(read.outcome, read.detail);
        if (!m_ofLines)
            m_ofLines = read.lacking;
        if (m_question.datasets.contains(Dataset::Subdomains))
            addNamesBelow(read.records);
        m_records += std::move(read.records);
        if (answer.cut && isUsable(m_outcome))
            end(Outcome::Truncated, u"the connection ended within the answer"_s);
    }

    /// Whose records these are is a subdomain of what was asked, where it lies below it.
    void addNamesBelow(const QList<Record> &records)
    {
        for (const Record &each : records) {
            const QString &owner = each.owner.value;
            const QString name = owner.startsWith("*."_L1) ? owner.mid(2) : owner;
            if (!isWithin(name))
                continue;
            Record below;
            below.owner = m_raw.asked;
            below.dataset = Dataset::Subdomains;
            below.type = u"subdomain"_s;
            below.value = UntrustedText::trusted(name);
            below.worldFirst = each.worldFirst;
            below.worldLast = each.worldLast;
            m_records.append(below);
        }
    }

    /// Several rules may read the same rows, which count once.
    void readRows(const JsonRow &root)
    {
        for (const RecordRule &rule : m_question.records) {
            PlaceRows &rows = m_places[rule.each.text];
            qint64 number = rows.before;
            root.each(rule.each, [&](const JsonRow &row) {
                if (!readRow(rule, row))
                    rows.unread.insert(number);
                ++number;
            });
            rows.all = number;
        }
        for (auto &[place, rows] : m_places)
            rows.before = rows.all;
    }

    /// Whether the row says that there is no such thing: null in place of a row, or of the fact
    /// that there is one of.
    static bool saysNothing(const RecordRule &rule, const JsonRow &row)
    {
        if (row.value().is_null())
            return !rule.each.tokens.empty();
        const auto isNull = [&row](const JsonPlace &place) {
            const auto found = row.find(place);
            return found && found->is_null();
        };
        const auto &places = rule.value.places;
        return rule.identity == Identity::Type && std::any_of(places.begin(), places.end(), isNull)
            && valuesOf(rule.value, row).isEmpty();
    }

    /// False when it says something that could not be read.
    bool readRow(const RecordRule &rule, const JsonRow &row)
    {
        const auto matches = [&row](const Condition &condition) { return holds(condition, row); };
        if (!std::all_of(rule.only.cbegin(), rule.only.cend(), matches) || saysNothing(rule, row))
            return true;
        ++m_rows;
        lookForKnown(rule, row);
        const QStringList values = valuesOf(rule.value, row);
        const auto common = values.isEmpty() ? std::nullopt : commonOf(rule, row);
        bool any = false;
        for (const QString &value : values) {
            m_overflowed = m_overflowed || m_records.size() >= mostRecords;
            if (m_overflowed) {
                end(Outcome::Truncated, u"there are more rows than can be taken"_s);
                return true;
            }
            any = (common && add(rule, *common, value)) || any;
        }
        m_unreadable += any ? 0 : 1;
        return any || valuesOf({rule.value.places, {}, {}, rule.value.all}, row).isEmpty();
    }

    void lookForKnown(const RecordRule &rule, const JsonRow &row)
    {
        for (const JsonPlace &place : rule.known)
            m_known.count(place.words(), row.find(place).has_value(), &rule);
    }

    /// What all values of a row share.
    struct RowCommon
    {
        Record record;
        std::string name; ///< and type, first and last: of passive DNS
        std::string type;
        std::optional<Instant> first;
        std::optional<Instant> last;
    };

    std::optional<RowCommon> commonOf(const RecordRule &rule, const JsonRow &row)
    {
        RowCommon common;
        common.record.owner = m_raw.asked;
        common.record.dataset = rule.dataset;
        common.record.type = valueOf(rule.type, row);
        common.record.identity = rule.identity;
        common.first = dateOf(rule.first, row);
        common.last = dateOf(rule.last, row);
        if (rule.statement) {
            common.name = rule.name.isSet() ? valueOf(rule.name, row).toStdString()
                                            : m_raw.asked.value.toStdString();
            common.type = common.record.type.toStdString();
        } else if (!completeFact(rule, row, common)) {
            return std::nullopt;
        }
        for (const auto &[name, expression] : rule.details)
            setAttribute(common.record.details, name, textOf(expression, row));
        return common;
    }

    bool completeFact(const RecordRule &rule, const JsonRow &row, RowCommon &common) const
    {
        Record &out = common.record;
        if (rule.owner.isSet()) {
            const auto owner = parseEntity(valueOf(rule.owner, row));
            if (!owner)
                return false;
            out.owner = *owner;
        }
        for (const auto &[name, expression] : rule.attributes)
            setAttribute(out.attributes, name, textOf(expression, row));
        out.worldFirst = possible(common.first);
        out.worldLast = possible(common.last);
        if (out.worldFirst && out.worldLast && *out.worldLast < *out.worldFirst)
            std::swap(out.worldFirst, out.worldLast);
        return !out.type.isEmpty();
    }

    static UntrustedText textOf(const Expression &expression, const JsonRow &row)
    {
        return UntrustedText::fromString(valuesOf(expression, row).join(u", "_s));
    }

    bool add(const RecordRule &rule, const RowCommon &common, const QString &value)
    {
        Record record = common.record;
        if (rule.statement) {
            record = {};
            const std::string data = value.toStdString();
            if (!m_maker->make({common.name, common.type, data, common.first, common.last}, record)
                     .isEmpty())
                return false;
            for (const Attribute &detail : common.record.details)
                setAttribute(record.details, detail.name, detail.text);
        } else {
            record.value = UntrustedText::fromString(value);
            if (record.value.isEmpty())
                return false;
        }
        if (!rule.within || isWithin(record.value.raw()))
            m_records.append(std::move(record));
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
        if (const auto total =
                m_question.total ? wholeNumber(row.find(*m_question.total)) : std::nullopt)
            m_claimed = std::max(m_claimed.value_or(0), *total);
        row.each(m_question.rows, [this](const JsonRow &list) {
            dom::array items;
            m_given += list.value().get(items) == simdjson::SUCCESS ? qint64(items.size()) : 0;
        });
    }

    void finish()
    {
        joinTwins();
        judge();
        if (!isUsable(m_outcome))
            return;
        qint64 all = 0;
        qint64 unread = 0;
        for (const auto &[place, rows] : m_places) {
            all += rows.all;
            unread += rows.unread.size();
        }
        const QString words = wordsOfUnread(unread, all);
        if (!words.isEmpty())
            m_detail += (m_detail.isEmpty() ? QString() : u"; "_s) + words;
    }

    void judge()
    {
        if (m_outcome == Outcome::Empty && !m_records.isEmpty())
            m_outcome = Outcome::Complete;
        if (m_outcome != Outcome::Complete)
            return;
        if (m_rows > 0 && m_unreadable == m_rows)
            return end(Outcome::Malformed, u"no row of the answer could be understood"_s);
        if (m_question.total && !m_claimed)
            return end(Outcome::Truncated, u"the answer does not say how many records there are"_s);
        if (m_pagesUnsaid)
            return end(Outcome::Truncated, u"the answer does not say how many pages there are"_s);
        const qint64 claimed = m_claimed.value_or(0);
        if (claimed > 0 && m_given == 0)
            return end(Outcome::SuspiciousEmpty,
                       u"the source claims to have records but gave none"_s);
        if (m_given < claimed)
            return end(
                Outcome::Truncated,
                u"the source claims to have %1 records but gave %2"_s.arg(claimed).arg(m_given));
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
    bool m_overflowed = false; ///< rows were left out
    qint64 m_rows = 0;
    qint64 m_unreadable = 0; ///< of these
    struct PlaceRows
    {
        qint64 before = 0; ///< of earlier pages
        qint64 all = 0;
        QSet<qint64> unread{}; ///< by number; what they say could not be read
    };
    std::map<QString, PlaceRows> m_places; ///< by where the rows stand
    KnownFields m_known;
    std::optional<QStringList> m_ofLines; ///< what lines of COF lack
    QStringList m_missed; ///< what must be there and is not
    std::optional<qint64> m_claimed; ///< rows that there are
    bool m_pagesUnsaid = false; ///< their number is not where it is documented
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
        Observation &first = out[out.size() - question.datasets.size()];
        first.bookmark = reading.bookmark();
        first.lacking = reading.lacking();
    }
    return out;
}

} // namespace wg
