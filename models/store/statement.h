// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "core/record.h"

#include <QByteArray>
#include <QString>
#include <QUuid>
#include <array>
#include <memory>
#include <optional>
#include <string>

struct sqlite3;
struct sqlite3_stmt;
class QSqlError;
class QSqlQuery;

namespace wg {

class Database;

/// What the engine made of one statement's text; kept in the connection's cache.
struct Prepared
{
    std::string sql;
    sqlite3_stmt *lite = nullptr;
    /// Short texts and bytes that are bound, so that SQLite need not copy each.
    std::array<char, 2048> room;
    std::size_t taken = 0;
    std::unique_ptr<QSqlQuery> query;
    ~Prepared();
};

/// A prepared statement with bound parameters, on loan from its Database and given back when it
/// goes. Failures are told to the Database, where they stick; a failed statement has no rows.
class Statement
{
public:
    Statement(Database &database, std::unique_ptr<Prepared> prepared);
    ~Statement();
    Statement(Statement &&) noexcept = default;
    Statement &operator=(Statement &&) = delete;

    /// Parameters are bound in order; after run() or the end of rows it starts over.
    void bind(qint64 value);
    void bind(int value) { bind(qint64(value)); }
    void bind(const QString &value);
    void bind(const QByteArray &value);
    void bind(std::nullopt_t);
    /// Text in UTF-8, and bytes, that stay where they are until the statement has run.
    void bindKept(std::string_view utf8);
    void bindKeptBytes(std::string_view bytes);
    void bind(Instant value) { bind(value.ms); }
    void bind(const Hash128 &value);
    void bind(const QUuid &value) { bind(value.toRfc4122()); }
    template <class T>
    void bind(const std::optional<T> &value)
    {
        if (value)
            bind(*value);
        else
            bind(std::nullopt);
    }

    /// Steps to the next row; false at the end or after a failure.
    bool next();
    /// Leaves the rows that are left; parameters are bound anew.
    void startOver();
    /// Runs to the end; false after a failure.
    bool run();
    /// Rows the last run changed.
    [[nodiscard]] qint64 changed() const { return m_changed; }

    [[nodiscard]] qint64 number(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] Instant instant(int column) const { return {number(column)}; }
    [[nodiscard]] std::optional<qint64> numberIfAny(int column) const;
    [[nodiscard]] std::optional<Instant> instantIfAny(int column) const;
    [[nodiscard]] Hash128 hash(int column) const;
    [[nodiscard]] QUuid uuid(int column) const;

private:
    char *takeRoom(qsizetype size);
    void bindText(const QString &value);
    void bindBytes(const void *data, qsizetype size);
    bool stepSqlite();
    bool stepPostgres();

    Database *m_database;
    std::unique_ptr<Prepared> m_prepared;
    int m_bound = 0;
    bool m_running = false;
    qint64 m_changed = 0;
};

} // namespace wg
