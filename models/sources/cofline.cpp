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
simdjson::error_code readData(od::value value, CofFields &out)
{
    od::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    const auto take = [&out](od::value one) {
        std::string_view text;
        const auto error = scalarText(one, text);
        if (!error)
            out.data.push_back(text);
        return error;
    };
    return type == od::json_type::array ? eachElement(value, take) : take(value);
}

/// A number or a text; nothing where it is no date.
simdjson::error_code readStamp(od::value value, std::optional<Instant> &out)
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

/// "time_first", "time_first_ms", "zone_time_last_rfc3339" …
simdjson::error_code readTime(std::string_view key, od::value value, CofFields &out)
{
    std::optional<Instant> stamp;
    if (const auto error = readStamp(value, stamp))
        return error;
    auto *const plain = is(key, "time_first") ? &out.first
        : is(key, "time_last")                ? &out.last
                                              : nullptr;
    if (plain) { // nearly all are
        if (!*plain)
            *plain = stamp;
        return simdjson::SUCCESS;
    }
    const bool zone = key.starts_with("zone_");
    const std::string_view rest = zone ? key.substr(5) : key;
    const bool first = rest.starts_with("time_first");
    if (!first && !rest.starts_with("time_last"))
        return simdjson::SUCCESS;
    auto &field = zone ? (first ? out.zoneFirst : out.zoneLast) : (first ? out.first : out.last);
    if (!field || rest.ends_with("_ms"))
        field = stamp;
    return simdjson::SUCCESS;
}

simdjson::error_code readMember(std::string_view key, od::value value, CofFields &out);

simdjson::error_code readObject(od::object object, CofFields &out)
{
    return eachMember(object, [&out](std::string_view key, od::value value) {
        return readMember(key, value, out);
    });
}

simdjson::error_code readMember(std::string_view key, od::value value, CofFields &out)
{
    if (is(key, "rdata") || is(key, "rrdata"))
        return readData(value, out);
    if (is(key, "obj") && !out.framed) {
        out.framed = true;
        od::object inner;
        const auto error = value.get_object().get(inner);
        return error ? error : readObject(inner, out);
    }
    std::string_view *const text = is(key, "rrname") ? &out.name
        : is(key, "rrtype")                          ? &out.type
        : is(key, "count")                           ? &out.count
        : is(key, "bailiwick")                       ? &out.bailiwick
        : is(key, "cond")                            ? &out.condition
        : is(key, "msg")                             ? &out.message
                                                     : nullptr;
    if (text)
        return scalarText(value, *text);
    if (begins(key, "time_") || begins(key, "zone_time_"))
        return readTime(key, value, out);
    return simdjson::SUCCESS; // other members are the teller's own
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
    std::string bailiwickBytes;
    UntrustedText bailiwick;
    bool open = false; ///< within a frame
    bool framed = false;
    bool cut = false;

    simdjson::error_code parse(const char *line, qsizetype size);
    QString take(RecordBatch &out);
    QString takeRecords(RecordBatch &out);
    Attributes details();
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

/// Of every record of the line; sorted by name.
Attributes CofLine::Parts::details()
{
    Attributes details;
    details.reserve(2);
    if (!fields.bailiwick.empty()) {
        if (fields.bailiwick != bailiwickBytes) { // neighbours share its text
            bailiwickBytes.assign(fields.bailiwick);
            bailiwick = UntrustedText::fromUtf8(fields.bailiwick);
        }
        details.append({u"bailiwick"_s, bailiwick});
    }
    if (!fields.count.empty())
        details.append({u"count"_s, UntrustedText::fromUtf8(fields.count)});
    return details;
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
    const Attributes shared = details();
    QLatin1String bad; // one value that cannot be read says nothing of the others
    for (const std::string_view data : fields.data) {
        Record &record = out.add();
        const QLatin1String problem =
            maker.make({fields.name, fields.type, data, first, last}, record);
        if (!problem.isEmpty()) {
            out.dropLast();
            bad = problem;
            continue;
        }
        if (record.details.isEmpty()) {
            record.details = shared;
        } else {
            for (const Attribute &detail : shared)
                setAttribute(record.details, detail.name, detail.text);
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
    if (error)
        return m_parts->problemOf(error);
    return m_parts->take(out);
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
