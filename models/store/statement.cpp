// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statement.h"

#include "store/codec.h"
#include "store/database.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>
#include <cstring>
#include <sqlite3.h>

namespace wg {

namespace {

/// SQLITE_TRANSIENT without its old-style cast: SQLite copies what it is given.
sqlite3_destructor_type copied()
{
    static const auto destructor = reinterpret_cast<sqlite3_destructor_type>(std::intptr_t(-1));
    return destructor;
}

} // namespace

Prepared::~Prepared()
{
    sqlite3_finalize(lite);
}

Statement::Statement(Database &database, std::unique_ptr<Prepared> prepared)
    : m_database(&database)
    , m_prepared(std::move(prepared))
{ }

Statement::~Statement()
{
    if (m_prepared)
        m_database->giveBack(std::move(m_prepared));
}

void Statement::bind(qint64 value)
{
    if (!m_prepared)
        return;
    if (m_prepared->lite)
        sqlite3_bind_int64(m_prepared->lite, ++m_bound, value);
    else
        m_prepared->query->bindValue(m_bound++, value);
}

void Statement::bind(const QString &value)
{
    if (!m_prepared)
        return;
    if (m_prepared->lite) {
        bindText(value);
    } else {
        // A null QString would be NULL; an empty text is a text.
        m_prepared->query->bindValue(
            m_bound++, value.isNull() ? QString(QLatin1String("")) : codec::decodable(value));
    }
}

/// Room that stays as it is until parameters are bound anew; null where too little is left.
char *Statement::takeRoom(qsizetype size)
{
    Prepared &prepared = *m_prepared;
    if (std::size_t(size) > prepared.room.size() - prepared.taken)
        return nullptr;
    char *const room = prepared.room.data() + prepared.taken;
    prepared.taken += std::size_t(size);
    return room;
}

/// Nearly all text is ASCII and short: no allocation of ours.
void Statement::bindText(const QString &value)
{
    char *const room = takeRoom(value.size());
    const auto isAscii = [&] {
        const auto *const text = reinterpret_cast<const char16_t *>(value.constData());
        char16_t all = 0;
        for (qsizetype i = 0; i < value.size(); ++i) { // without a way out: many letters at once
            all |= text[i];
            room[i] = char(text[i]);
        }
        return all < 0x80;
    };
    if (room && isAscii()) {
        sqlite3_bind_text64(m_prepared->lite, ++m_bound, room, sqlite3_uint64(value.size()),
                            SQLITE_STATIC, SQLITE_UTF8);
        return;
    }
    const QByteArray utf8 = codec::decodable(value).toUtf8();
    sqlite3_bind_text64(m_prepared->lite, ++m_bound, utf8.constData(), sqlite3_uint64(utf8.size()),
                        copied(), SQLITE_UTF8);
}

void Statement::bindKept(std::string_view utf8)
{
    if (!m_prepared)
        return;
    if (m_prepared->lite)
        sqlite3_bind_text64(m_prepared->lite, ++m_bound, utf8.empty() ? "" : utf8.data(),
                            utf8.size(), SQLITE_STATIC, SQLITE_UTF8);
    else
        bind(QString::fromUtf8(utf8.data(), qsizetype(utf8.size())));
}

void Statement::bindKeptBytes(std::string_view bytes)
{
    if (!m_prepared)
        return;
    if (m_prepared->lite)
        sqlite3_bind_blob64(m_prepared->lite, ++m_bound, bytes.empty() ? "" : bytes.data(),
                            bytes.size(), SQLITE_STATIC);
    else
        bind(QByteArray(bytes.data(), qsizetype(bytes.size())));
}

void Statement::bindBytes(const void *data, qsizetype size)
{
    char *const room = takeRoom(size);
    if (room && size > 0)
        std::memcpy(room, data, std::size_t(size));
    sqlite3_bind_blob64(m_prepared->lite, ++m_bound, room ? room : data, sqlite3_uint64(size),
                        room ? SQLITE_STATIC : copied());
}

void Statement::bind(const QByteArray &value)
{
    if (!m_prepared)
        return;
    if (m_prepared->lite)
        bindBytes(value.constData(), value.size());
    else
        m_prepared->query->bindValue(m_bound++, value.isNull() ? QByteArray("") : value);
}

void Statement::bind(const Hash128 &value)
{
    if (!m_prepared)
        return;
    if (m_prepared->lite)
        bindBytes(value.data(), qsizetype(value.size()));
    else
        m_prepared->query->bindValue(m_bound++, toBytes(value));
}

void Statement::bind(std::nullopt_t)
{
    if (!m_prepared)
        return;
    if (m_prepared->lite)
        sqlite3_bind_null(m_prepared->lite, ++m_bound);
    else
        m_prepared->query->bindValue(m_bound++, QVariant(QMetaType(QMetaType::QString)));
}

bool Statement::stepSqlite()
{
    const int code = sqlite3_step(m_prepared->lite);
    if (code == SQLITE_ROW) {
        m_running = true;
        return true;
    }
    m_running = false;
    m_bound = 0;
    m_prepared->taken = 0;
    if (code == SQLITE_DONE)
        m_changed = sqlite3_changes64(m_database->m_sqlite);
    else
        m_database->failSqlite(code);
    sqlite3_reset(m_prepared->lite);
    return false;
}

bool Statement::stepPostgres()
{
    QSqlQuery &query = *m_prepared->query;
    if (!m_running) {
        m_bound = 0;
        if (!query.exec()) {
            m_database->failPostgres(query.lastError());
            return false;
        }
        m_changed = query.numRowsAffected();
        m_running = true;
    }
    if (query.isSelect() && query.next())
        return true;
    m_running = false;
    query.finish();
    return false;
}

bool Statement::next()
{
    if (!m_prepared || m_database->failed())
        return false;
    return m_prepared->lite ? stepSqlite() : stepPostgres();
}

void Statement::startOver()
{
    m_running = false;
    m_bound = 0;
    if (!m_prepared)
        return;
    m_prepared->taken = 0;
    if (m_prepared->lite)
        sqlite3_reset(m_prepared->lite);
    else
        m_prepared->query->finish();
}

bool Statement::run()
{
    m_changed = 0;
    while (next()) { }
    return m_prepared && !m_database->failed();
}

qint64 Statement::number(int column) const
{
    return m_prepared->lite ? sqlite3_column_int64(m_prepared->lite, column)
                            : m_prepared->query->value(column).toLongLong();
}

QString Statement::text(int column) const
{
    if (!m_prepared->lite)
        return m_prepared->query->value(column).toString();
    const auto *data = sqlite3_column_text(m_prepared->lite, column);
    const int size = sqlite3_column_bytes(m_prepared->lite, column);
    return QString::fromUtf8(reinterpret_cast<const char *>(data), size);
}

QByteArray Statement::bytes(int column) const
{
    if (!m_prepared->lite)
        return m_prepared->query->value(column).toByteArray();
    const void *data = sqlite3_column_blob(m_prepared->lite, column);
    const int size = sqlite3_column_bytes(m_prepared->lite, column);
    return QByteArray(static_cast<const char *>(data), size);
}

bool Statement::isNull(int column) const
{
    return m_prepared->lite ? sqlite3_column_type(m_prepared->lite, column) == SQLITE_NULL
                            : m_prepared->query->isNull(column);
}

std::optional<qint64> Statement::numberIfAny(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(number(column));
}

std::optional<Instant> Statement::instantIfAny(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(instant(column));
}

Hash128 Statement::hash(int column) const
{
    Hash128 hash{};
    const QByteArray data = bytes(column);
    if (data.size() == qsizetype(hash.size()))
        std::memcpy(hash.data(), data.constData(), hash.size());
    return hash;
}

QUuid Statement::uuid(int column) const
{
    const QByteArray data = bytes(column);
    return data.size() == 16 ? QUuid::fromRfc4122(data) : QUuid();
}

} // namespace wg
