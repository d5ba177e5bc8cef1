// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include <QFile>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>
#include <cerrno>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int retriesOfConflicts = 3;

ErrorCode codeOfSqlite(int code, int systemError)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ErrorCode::NotWritable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::Corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::WorkspaceBusy;
    case SQLITE_IOERR:
        return systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG
            ? ErrorCode::DiskFull
            : ErrorCode::NotWritable;
    default:
        return ErrorCode::Failed;
    }
}

ErrorCode codeOfPostgres(const QString &state)
{
    if (state == "53100"_L1)
        return ErrorCode::DiskFull;
    if (state == "25006"_L1 || state == "42501"_L1)
        return ErrorCode::NotWritable;
    if (state == "40001"_L1 || state == "40P01"_L1)
        return ErrorCode::Conflict;
    if (state.startsWith("XX"_L1))
        return ErrorCode::Corrupt;
    if (state.isEmpty() || state.startsWith("08"_L1) || state.startsWith("57P"_L1))
        return ErrorCode::Unreachable;
    return ErrorCode::Failed;
}

/// The file exists with mode 0600 before SQLite opens it; its -wal and -shm take over that mode.
bool createPrivately(const QString &path)
{
    QFile file(path);
    if (file.exists())
        return true;
    return file.open(QIODevice::ReadWrite | QIODevice::NewOnly,
                     QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const DatabaseConfig &config)
{
    std::unique_ptr<Database> database(new Database);
    if (auto connected = database->connectTo(config); !connected)
        return connected.error();
    return database;
}

Database::~Database()
{
    close();
}

void Database::close()
{
    m_idle.clear();
    m_sqlite = nullptr;
    if (m_name.isEmpty())
        return;
    m_connection.close();
    m_connection = {};
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

Result<Done> Database::connectTo(const DatabaseConfig &config)
{
    m_config = config;
    m_engine = config.postgres.isEmpty() ? Engine::Sqlite : Engine::Postgres;
    m_name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return m_engine == Engine::Sqlite ? connectSqlite() : connectPostgres();
}

Result<Done> Database::connectSqlite()
{
    const bool writes = m_config.access == Access::Write;
    if (writes && !createPrivately(m_config.file))
        return Error{ErrorCode::NotWritable, u"cannot create "_s + m_config.file};
    m_connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_connection.setDatabaseName(m_config.file);
    m_connection.setConnectOptions(writes ? QString() : u"QSQLITE_OPEN_READONLY"_s);
    if (!m_connection.open())
        return Error{ErrorCode::NotWritable, m_connection.lastError().databaseText()};
    const QVariant handle = m_connection.driver()->handle();
    if (qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return Error{ErrorCode::Failed, u"the SQLite driver has no handle"_s};
    m_sqlite = *static_cast<sqlite3 *const *>(handle.constData());
    sqlite3_extended_result_codes(m_sqlite, 1);
    sqlite3_busy_timeout(m_sqlite, 5000);
    execute("PRAGMA trusted_schema=OFF");
    execute("PRAGMA cell_size_check=ON");
    execute("PRAGMA foreign_keys=ON");
    execute("PRAGMA temp_store=MEMORY");
    if (writes) {
        execute("PRAGMA page_size=8192"); // of a new file
        execute("PRAGMA journal_mode=WAL");
        execute("PRAGMA synchronous=FULL");
        execute("PRAGMA wal_autocheckpoint=4000"); // 32 MiB: pages that many batches touch, once
        execute("PRAGMA cache_size=-24576");
    } else {
        execute("PRAGMA cache_size=-4096"); // the system caches the file as well
    }
    return failed() ? Result<Done>(takeError()) : Result<Done>(Done{});
}

Result<Done> Database::connectPostgres()
{
    m_connection = QSqlDatabase::addDatabase(u"QPSQL"_s, m_name);
    const QStringList parts = m_config.postgres.split(u' ', Qt::SkipEmptyParts);
    QStringList rest{u"connect_timeout=10"_s};
    for (const QString &part : parts) {
        const QString name = part.section(u'=', 0, 0);
        const QString value = part.section(u'=', 1);
        if (name == "host"_L1)
            m_connection.setHostName(value);
        else if (name == "dbname"_L1)
            m_connection.setDatabaseName(value);
        else if (name == "user"_L1)
            m_connection.setUserName(value);
        else if (name == "password"_L1)
            m_connection.setPassword(value);
        else if (name == "port"_L1)
            m_connection.setPort(value.toInt());
        else
            rest.append(part);
    }
    m_connection.setConnectOptions(rest.join(u';'));
    if (!m_connection.open())
        return Error{ErrorCode::Unreachable, m_connection.lastError().text()};
    execute("SET client_min_messages TO warning");
    execute("SET lock_timeout TO '30s'");
    if (m_config.access == Access::Read)
        execute("SET default_transaction_read_only TO on");
    return failed() ? Result<Done>(takeError()) : Result<Done>(Done{});
}

qint64 Database::totalChanges() const
{
    return m_sqlite ? sqlite3_total_changes64(m_sqlite) : 0;
}

qint64 Database::lastRowId() const
{
    return m_sqlite ? sqlite3_last_insert_rowid(m_sqlite) : 0;
}

Statement Database::prepare(std::string_view sql)
{
    if (failed())
        return Statement(*this, nullptr);
    if (auto idle = m_idle.find(sql); idle != m_idle.end() && !idle->second.empty()) {
        auto prepared = std::move(idle->second.back());
        idle->second.pop_back();
        return Statement(*this, std::move(prepared));
    }
    return Statement(*this, make(sql));
}

std::unique_ptr<Prepared> Database::make(std::string_view sql)
{
    auto prepared = std::make_unique<Prepared>();
    prepared->sql = sql;
    if (m_engine == Engine::Sqlite) {
        const int code = sqlite3_prepare_v3(m_sqlite, sql.data(), int(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &prepared->lite, nullptr);
        if (code == SQLITE_OK)
            return prepared;
        failSqlite(code);
        return nullptr;
    }
    prepared->query = std::make_unique<QSqlQuery>(m_connection);
    // Not forward-only: that is single-row mode, in which a statement inside a loop ends the loop.
    if (prepared->query->prepare(QString::fromUtf8(sql.data(), qsizetype(sql.size()))))
        return prepared;
    failPostgres(prepared->query->lastError());
    return nullptr;
}

void Database::giveBack(std::unique_ptr<Prepared> prepared)
{
    if (prepared->lite) {
        sqlite3_reset(prepared->lite);
        sqlite3_clear_bindings(prepared->lite);
        prepared->taken = 0;
    } else {
        prepared->query->finish();
        if (m_lost)
            return;
    }
    auto &idle = m_idle[prepared->sql];
    if (idle.size() < 4)
        idle.push_back(std::move(prepared));
}

void Database::execute(const std::string &sql)
{
    if (failed())
        return;
    if (m_engine == Engine::Sqlite) {
        if (const int code = sqlite3_exec(m_sqlite, sql.c_str(), nullptr, nullptr, nullptr))
            failSqlite(code);
        return;
    }
    QSqlQuery query(m_connection);
    if (!query.exec(QString::fromStdString(sql)))
        failPostgres(query.lastError());
}

void Database::fail(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

Error Database::takeError()
{
    Error error = m_error.value_or(Error{ErrorCode::Failed, u"the store failed without a word"_s});
    m_error.reset();
    return error;
}

void Database::failSqlite(int code)
{
    // What SQLite remembers may be of a later call than the one that failed.
    const int systemError =
        errno == EFBIG || errno == ENOSPC ? errno : sqlite3_system_errno(m_sqlite);
    const ErrorCode meaning = codeOfSqlite(code, systemError);
    m_sawDamage = m_sawDamage || meaning == ErrorCode::Corrupt;
    fail({meaning, QString::fromUtf8(sqlite3_errmsg(m_sqlite))});
}

void Database::failPostgres(const QSqlError &error)
{
    const ErrorCode code = codeOfPostgres(error.nativeErrorCode());
    m_retryable = code == ErrorCode::Conflict;
    m_lost = m_lost || (code == ErrorCode::Unreachable && !m_connection.isOpen());
    fail({code, error.databaseText().isEmpty() ? error.text() : error.databaseText()});
}

bool Database::begin()
{
    m_error.reset();
    m_retryable = false;
    if (m_lost) {
        close();
        m_lost = false;
        if (auto connected = connectTo(m_config); !connected) {
            m_lost = true;
            fail(connected.error());
            return false;
        }
    }
    if (m_engine == Engine::Sqlite)
        execute(m_config.access == Access::Write ? "BEGIN IMMEDIATE" : "BEGIN");
    else
        execute(m_config.access == Access::Write
                    ? "BEGIN"
                    : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return !failed();
}

bool Database::commit()
{
    if (!failed())
        execute("COMMIT");
    if (failed())
        rollback();
    return !failed();
}

void Database::rollback()
{
    ++m_rollbacks;
    if (m_engine == Engine::Sqlite) {
        // Some failures have rolled back by themselves.
        if (!sqlite3_get_autocommit(m_sqlite))
            sqlite3_exec(m_sqlite, "ROLLBACK", nullptr, nullptr, nullptr);
        return;
    }
    QSqlQuery query(m_connection);
    if (!query.exec(u"ROLLBACK"_s))
        m_lost = true;
}

bool Database::mayRetry(int attempt)
{
    return m_retryable && attempt < retriesOfConflicts;
}

} // namespace wg
