// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

namespace wg {

/// "INSERT … VALUES (?,?) …" → the same with so many rows. A statement that fails fails its
/// transaction: SQLite is told not to keep what it would need to undo the statement alone, whole
/// pages.
inline std::string forRows(Engine engine, std::string_view insertOne, std::size_t rows)
{
    const std::size_t begin = insertOne.find("VALUES (") + 7;
    const std::size_t end = insertOne.find(')', begin) + 1;
    const std::string row(insertOne.substr(begin, end - begin));
    std::string sql(insertOne.substr(0, end));
    if (engine == Engine::Sqlite)
        sql.replace(0, std::string_view("INSERT").size(), "INSERT OR FAIL");
    for (std::size_t i = 1; i < rows; ++i)
        sql += ',' + row;
    return sql.append(insertOne.substr(end));
}

/// Writes count rows with few statements: the cost of a step is shared by many. bind(statement, i)
/// binds row i. No two rows may have the same key.
template <class Bind>
void writeMany(Database &database, std::string_view insertOne, std::size_t count, Bind bind)
{
    constexpr std::size_t together = 16;
    std::size_t at = 0;
    if (count >= together) {
        Statement many = database.prepare(forRows(database.engine(), insertOne, together));
        for (; at + together <= count && !database.failed(); at += together) {
            for (std::size_t i = at; i < at + together; ++i)
                bind(many, i);
            many.run();
        }
    }
    Statement one = database.prepare(insertOne);
    for (; at < count && !database.failed(); ++at) {
        bind(one, at);
        one.run();
    }
}

} // namespace wg
