// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/statement.h"

#include <QSqlDatabase>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wg {

enum class Engine : quint8
{
    Sqlite,
    Postgres
};
enum class Access : quint8
{
    Write,
    Read
};

/// Where a connection leads.
struct DatabaseConfig
{
    QString file; ///< SQLite file; used when postgres is empty
    QString postgres; ///< "host=… dbname=… user=… port=…"
    Access access = Access::Write;
};

/// One connection, its cache of prepared statements and its transaction. Lives on the thread that
/// made it. The first failure sticks until the transaction ends: later statements do nothing, so
/// callers look once.
class Database
{
public:
    /// NotWritable, DiskFull, Corrupt, Unreachable (PostgreSQL), Failed.
    static Result<std::unique_ptr<Database>> open(const DatabaseConfig &config);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] Engine engine() const { return m_engine; }
    [[nodiscard]] Access access() const { return m_config.access; }
    [[nodiscard]] const DatabaseConfig &config() const { return m_config; }
    /// Grows with every rollback: what was interned since may be gone.
    [[nodiscard]] quint64 rollbacks() const { return m_rollbacks; }
    /// Rows changed since the connection was opened; SQLite only.
    [[nodiscard]] qint64 totalChanges() const;

    /// The number that the last insertion gave out; SQLite only.
    [[nodiscard]] qint64 lastRowId() const;

    Statement prepare(std::string_view sql);
    template <class... V>
    Statement query(std::string_view sql, const V &...values)
    {
        Statement statement = prepare(sql);
        (statement.bind(values), ...);
        return statement;
    }
    /// Rows changed; nothing that matters after a failure.
    template <class... V>
    qint64 run(std::string_view sql, const V &...values)
    {
        Statement statement = query(sql, values...);
        statement.run();
        return statement.changed();
    }

    /// A statement without parameters and rows, not prepared: PostgreSQL prepares no CREATE.
    void execute(const std::string &sql);

    /// Whether something failed in this transaction.
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    void fail(Error error);
    Error takeError();
    /// Whether this connection ever met damage in an SQLite file; does not go away.
    [[nodiscard]] bool sawDamage() const { return m_sawDamage; }
    /// For damage that a check tells in words.
    void noteDamage() { m_sawDamage = true; }

    /// One transaction: committed when nothing failed. Conflicts with other writers are retried.
    template <class T>
    Result<T> transact(const std::function<T()> &work)
    {
        for (int attempt = 0;; ++attempt) {
            if (begin()) {
                T value = work();
                if (commit())
                    return value;
            }
            if (!mayRetry(attempt))
                return takeError();
        }
    }

private:
    friend class Statement;
    Database() = default;
    Result<Done> connectTo(const DatabaseConfig &config);
    Result<Done> connectSqlite();
    Result<Done> connectPostgres();
    void close();
    bool begin();
    bool commit();
    void rollback();
    bool mayRetry(int attempt);
    std::unique_ptr<Prepared> make(std::string_view sql);
    void giveBack(std::unique_ptr<Prepared> prepared);
    void failSqlite(int code);
    void failPostgres(const QSqlError &error);

    struct Hasher
    {
        using is_transparent = void;
        size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
    };
    using Idle = std::vector<std::unique_ptr<Prepared>>;

    DatabaseConfig m_config;
    Engine m_engine = Engine::Sqlite;
    QString m_name;
    QSqlDatabase m_connection;
    sqlite3 *m_sqlite = nullptr;
    std::unordered_map<std::string, Idle, Hasher, std::equal_to<>> m_idle;
    std::optional<Error> m_error;
    bool m_retryable = false;
    bool m_lost = false;
    bool m_sawDamage = false;
    quint64 m_rollbacks = 0;
};

} // namespace wg
