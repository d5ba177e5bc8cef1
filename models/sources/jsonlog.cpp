// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/jsonlog.h"

#include "sources/jsontext.h"

namespace wg {

namespace {

namespace od = simdjson::ondemand;

constexpr std::size_t padding = 64;
/// "dns.question.name"
constexpr int deepest = 3;

/// Passive DNS has an importer of its own.
bool isPassiveDns(std::string_view name)
{
    return name == "rrname" || name == "cond" || name == "obj";
}

} // namespace

struct JsonLog::Parts
{
    od::parser parser;
    FlowFields fields;
    std::string path; ///< of the member that is read
    bool passiveDns = false;

    simdjson::error_code readObject(od::object object, int depth);
    simdjson::error_code readMember(std::string_view name, od::value value, int depth);
    simdjson::error_code readFirst(od::value list, int depth);
};

simdjson::error_code JsonLog::Parts::readObject(od::object object, int depth)
{
    return eachMember(object, [this, depth](std::string_view name, od::value value) {
        const std::size_t before = path.size();
        path += before == 0 ? "" : ".";
        path += name.substr(0, 100);
        passiveDns = passiveDns || (depth == 1 && isPassiveDns(name));
        const auto error = readMember(path, value, depth);
        path.resize(before);
        return error;
    });
}

simdjson::error_code JsonLog::Parts::readMember(std::string_view name, od::value value, int depth)
{
    od::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    if (type == od::json_type::object && depth < deepest) {
        od::object inner;
        const auto error = value.get_object().get(inner);
        return error ? error : readObject(inner, depth + 1);
    }
    if (type == od::json_type::array && depth < deepest)
        return readFirst(value, depth);
    const FlowField field = FlowFields::fieldOf(name);
    if (field == FlowField::Nothing
        || (type != od::json_type::string && type != od::json_type::number))
        return simdjson::SUCCESS;
    std::string_view text;
    const auto error = scalarText(value, text);
    if (!error)
        fields.set(field, text);
    return error;
}

/// Of a list its first element, as if there were no list.
simdjson::error_code JsonLog::Parts::readFirst(od::value list, int depth)
{
    bool first = true;
    return eachElement(list, [&](od::value element) {
        od::json_type type{};
        const auto error = element.type().get(type);
        if (error || !std::exchange(first, false) || type == od::json_type::array)
            return error;
        return readMember(path, element, depth);
    });
}

JsonLog::JsonLog()
    : m_parts(std::make_unique<Parts>())
{ }
JsonLog::~JsonLog() = default;

LogVerdict JsonLog::read(std::string_view line, LogLine &out)
{
    Parts &parts = *m_parts;
    parts.fields.clear();
    parts.path.clear();
    parts.passiveDns = false;
    od::document document;
    od::object object;
    const simdjson::padded_string_view view(line.data(), line.size(), line.size() + padding);
    if (parts.parser.iterate(view).get(document) || document.get_object().get(object)
        || parts.readObject(object, 1) || !isAtEnd(document) || parts.passiveDns)
        return LogVerdict::Bad;
    return parts.fields.contact(out);
}

} // namespace wg
