// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/cofline.h"

#include "sources/jsontext.h"

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

namespace od = simdjson::ondemand;

/// The members of one object, as found.
struct CofFields
{
    std::string_view name;
    std::string_view type;
    std::vector<std::string_view> data;
    std::string_view count;
    std::string_view bailiwick;
    std::string_view condition;
    std::string_view message;
    std::optional<Instant> first;
    std::optional<Instant> last;
    std::optional<Instant> zoneFirst;
    std::optional<Instant> zoneLast;
    bool framed = false;

    void clear()
    {
        std::vector<std::string_view> kept = std::move(data);
        kept.clear();
        *this = CofFields();
        data = std::move(kept);
    }
};

/// "rdata": one text, or several.
simdjson::error_code readData(od::value &value, CofFields &out)
{
    od::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    const auto take = [&out](od::value &one) {
        std::string_view text;
        const auto error = scalarText(one, text);
        if (!error)
            out.data.push_back(text);
        return error;
    };
    return type == od::json_type::array ? eachElement(value, take) : take(value);
}

/// A number or a text; nothing where it is no date.
simdjson::error_code readStamp(od::value &value, std::optional<Instant> &out)
{
    std::uint64_t whole = 0;
    if (!value.get_uint64().get(whole)) { // nearly all are
        out = passiveTime(quint64(whole));
        return simdjson::SUCCESS;
    }
    std::string_view text;
    const auto error = scalarText(value, text);
    out = error ? std::nullopt : passiveTime(text);
    return error;
}

/// "time_first_ms", "zone_time_last_rfc3339" …
simdjson::error_code readOtherTime(std::string_view key, od::value &value, CofFields &out)
{
    const bool zone = key.starts_with("zone_");
    const std::string_view rest = zone ? key.substr(5) : key;
    const bool first = rest.starts_with("time_first");
    if (!first && !rest.starts_with("time_last"))
        return simdjson::SUCCESS;
    std::optional<Instant> stamp;
    if (const auto error = readStamp(value, stamp))
        return error;
    auto &field = zone ? (first ? out.zoneFirst : out.zoneLast) : (first ? out.first : out.last);
    if (!field || rest.ends_with("_ms"))
        field = stamp;
    return simdjson::SUCCESS;
}

simdjson::error_code readTime(od::value &value, std::optional<Instant> &field)
{
    std::optional<Instant> stamp;
    const auto error = readStamp(value, stamp);
    if (!field)
        field = stamp;
    return error;
}

simdjson::error_code readObject(od::object object, CofFields &out);

simdjson::error_code readFrame(od::value &value, CofFields &out)
{
    if (std::exchange(out.framed, true))
        return simdjson::SUCCESS;
    od::object inner;
    const auto error = value.get_object().get(inner);
    return error ? error : readObject(inner, out);
}

/// name: as in the line, with the quotation mark behind it; as many bytes as the longest word here
/// can be read. Lines are alike, so the processor foresees this chain; values are never copied, as
/// what was just written in parts is slow to read back whole. NO_SUCH_FIELD: it tells nothing here.
inline simdjson::error_code readMember(const char *name, od::value &value, CofFields &out)
{
    const auto is = [name]<std::size_t size>(const char(&word)[size]) {
        return std::memcmp(name, word, size - 1) == 0;
    };
    std::string_view *const text = is("rrname\"") ? &out.name
        : is("rrtype\"")                          ? &out.type
        : is("count\"")                           ? &out.count
        : is("bailiwick\"")                       ? &out.bailiwick
        : is("cond\"")                            ? &out.condition
        : is("msg\"")                             ? &out.message
                                                  : nullptr;
    if (text)
        return scalarText(value, *text);
    if (is("rdata\"") || is("rrdata\""))
        return readData(value, out);
    if (is("time_first\""))
        return readTime(value, out.first);
    if (is("time_last\""))
        return readTime(value, out.last);
    if (is("obj\""))
        return readFrame(value, out);
    if (!is("time_") && !is("zone_time_"))
        return simdjson::NO_SUCH_FIELD;
    const std::string_view key(name, std::strcspn(name, "\"\\"));
    if (name[key.size()] == '\\')
        return simdjson::NO_SUCH_FIELD; // until its escapes are undone
    return readOtherTime(key, value, out);
}

/// A name told with escapes that must be undone first, if it is one; others are the teller's own.
simdjson::error_code readOther(od::field &field, CofFields &out)
{
    const char *name = field.key().raw();
    while (*name != '"' && *name != '\\') // one of them is known to follow
        ++name;
    if (*name == '"')
        return simdjson::SUCCESS;
    std::string_view plain;
    if (const auto error = field.unescaped_key().get(plain))
        return error;
    if (plain.find('"') != plain.npos)
        return simdjson::SUCCESS;
    constexpr std::size_t longestWord = 16;
    std::string ended(plain);
    ended += '"';
    ended.append(longestWord, '\0');
    const auto error = readMember(ended.c_str(), field.value(), out);
    return error == simdjson::NO_SUCH_FIELD ? simdjson::SUCCESS : error;
}

simdjson::error_code readObject(od::object object, CofFields &out)
{
    for (auto found : object) {
        if (found.error())
            return found.error();
        od::field &field = found.value_unsafe();
        auto error = readMember(field.key().raw(), field.value(), out);
        if (error == simdjson::NO_SUCH_FIELD)
            error = readOther(field, out);
        if (error)
            return error;
    }
    return simdjson::SUCCESS;
}

} // namespace

struct CofLine::Parts
{
    explicit Parts(Instant told)
        : maker(told)
    { }

    od::parser parser;
    CofFields fields;
    PassiveRecordMaker maker;
    bool parsed = false; ///< fields are those of a line
    bool open = false; ///< within a frame
    bool framed = false;
    bool cut = false;

    simdjson::error_code parse(const char *line, qsizetype size);
    QString take(RecordBatch &out);
    QString takeRecords(RecordBatch &out);
    QString problemOf(simdjson::error_code error) const;
};

simdjson::error_code CofLine::Parts::parse(const char *line, qsizetype size)
{
    fields.clear();
    od::document document;
    const simdjson::padded_string_view view(line, std::size_t(size), std::size_t(size + padding));
    if (const auto error = parser.iterate(view).get(document))
        return error;
    od::object object;
    if (const auto error = document.get_object().get(object))
        return error;
    if (const auto error = readObject(object, fields))
        return error;
    return isAtEnd(document) ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
}

QString CofLine::Parts::take(RecordBatch &out)
{
    const bool limited = fields.condition == "limited" || fields.condition == "failed";
    framed = framed || !fields.condition.empty();
    cut = cut || limited;
    if (fields.condition == "begin")
        open = true;
    else if (limited || fields.condition == "succeeded")
        open = false;
    if (!limited)
        return takeRecords(out);
    if (!fields.name.empty()) { // a last record may stand in the closing line
        if (QString problem = takeRecords(out); !problem.isEmpty())
            return problem;
    }
    return u"the server cut its answer here (%1)"_s.arg(
        madeVisible(textOf(fields.message.empty() ? fields.condition : fields.message), 100));
}

QString CofLine::Parts::takeRecords(RecordBatch &out)
{
    if (!fields.condition.empty() && fields.name.empty())
        return {};
    if (fields.name.empty() || fields.data.empty())
        return fields.name.empty() ? u"rrname is missing"_s : u"rdata is missing"_s;
    const auto &first = fields.first ? fields.first : fields.zoneFirst;
    const auto &last = fields.last ? fields.last : fields.zoneLast;
    QLatin1String bad; // one value that cannot be read says nothing of the others
    for (const std::string_view data : fields.data) {
        Record &record = out.add();
        const QLatin1String problem = maker.make(
            {fields.name, fields.type, data, first, last, fields.bailiwick, fields.count}, record);
        if (!problem.isEmpty()) {
            out.dropLast();
            bad = problem;
        }
    }
    return bad;
}

QString CofLine::Parts::problemOf(simdjson::error_code error) const
{
    if (error == simdjson::INCORRECT_TYPE)
        return u"a member has the wrong type"_s;
    return u"no JSON object (%1)"_s.arg(QLatin1String(simdjson::error_message(error)).left(80));
}

CofLine::CofLine(Instant told)
    : m_parts(std::make_unique<Parts>(told))
{ }
CofLine::~CofLine() = default;

QString CofLine::read(const char *line, qsizetype size, RecordBatch &out)
{
    auto error = m_parts->parse(line, size);
    QByteArray repaired;
    if (error == simdjson::UTF8_ERROR) { // a stray Latin-1 byte is no reason to lose the fact
        repaired = QString::fromUtf8(line, size).toUtf8();
        const qsizetype length = repaired.size();
        repaired.append(padding, '\0');
        error = m_parts->parse(repaired.constData(), length);
    }
    m_parts->parsed = !error;
    if (error)
        return m_parts->problemOf(error);
    return m_parts->take(out);
}

void CofLine::countKnown(KnownFields &known) const
{
    const CofFields &fields = m_parts->fields;
    if (!m_parts->parsed || (!fields.condition.empty() && fields.name.empty()))
        return;
    known.count(u"rrname"_s, !fields.name.empty());
    known.count(u"rrtype"_s, !fields.type.empty());
    known.count(u"rdata"_s, !fields.data.empty());
    known.count(u"time_first"_s, fields.first || fields.zoneFirst);
    known.count(u"time_last"_s, fields.last || fields.zoneLast);
}

bool CofLine::isOpen() const
{
    return m_parts->open;
}

bool CofLine::wasCut() const
{
    return m_parts->cut;
}

bool CofLine::wasFramed() const
{
    return m_parts->framed;
}

} // namespace wg
