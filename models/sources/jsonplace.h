// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVarLengthArray>
#include <functional>
#include <optional>
#include <simdjson.h>
#include <string>
#include <vector>

namespace wg {

/// Where something stands in a JSON answer: "/data/0/ip" from its root (RFC 6901), or "1/name" from
/// the row looked at, one level up (relative JSON pointer); "1#" is the row's own name or number
/// within what holds it. "-" is a list's last element; "*", where a place may be many, each one.
struct JsonPlace
{
    std::optional<int> up; ///< levels above the row; nothing: from the root
    std::vector<std::string> tokens;
    bool name = false; ///< "#": how the value is called, not what it is
    QString text; ///< as it was written

    [[nodiscard]] bool isMany() const;
    /// For people: "data/id", without where it is looked for.
    [[nodiscard]] QString words() const;
};

/// Nothing when the text is no place.
std::optional<JsonPlace> parseJsonPlace(const QString &text);

/// One value of an answer and all that holds it, outermost first.
class JsonRow
{
public:
    explicit JsonRow(simdjson::dom::element root) { m_steps.append({root, {}}); }

    [[nodiscard]] simdjson::dom::element root() const { return m_steps.first().value; }
    [[nodiscard]] simdjson::dom::element value() const { return m_steps.last().value; }
    /// What stands there; nothing where there is no such thing.
    [[nodiscard]] std::optional<simdjson::dom::element> find(const JsonPlace &place) const;
    /// The name asked for with "#".
    [[nodiscard]] std::optional<QString> nameAt(const JsonPlace &place) const;
    /// Calls take for every value at a place that may be many; a place that is not there is none.
    void each(const JsonPlace &place, const std::function<void(const JsonRow &)> &take) const;

private:
    struct Step
    {
        simdjson::dom::element value;
        std::string name; ///< member's name or element's number in what holds it
    };

    void walk(const JsonPlace &place, std::size_t token,
              const std::function<void(const JsonRow &)> &take);

    QVarLengthArray<Step, 8> m_steps;
};

/// A text, a number's digits, "true" or "false"; nothing for null, lists and objects.
std::optional<QString> scalarText(simdjson::dom::element value);
/// A number that is whole, however it is written (3, 3.0, "3"); nothing for anything else.
std::optional<qint64> wholeNumber(std::optional<simdjson::dom::element> value);

} // namespace wg
