// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rawstore.h"

#include <QCryptographicHash>

namespace wg {

namespace {

constexpr std::string_view steps[] = {
    "CREATE TABLE IF NOT EXISTS content (hash BLOB NOT NULL PRIMARY KEY, size INTEGER NOT NULL,"
    " data BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS answer (id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, asked TEXT NOT NULL, dataset INTEGER NOT NULL, source TEXT NOT NULL,"
    " question TEXT NOT NULL, outcome INTEGER NOT NULL, hash BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS answer_question ON answer (asked, source, question, id)",
    "CREATE INDEX IF NOT EXISTS answer_hash ON answer (hash)",
};

constexpr int oldestAtATime = 500;

} // namespace

RawStore::RawStore(const QString &file, RawLimits limits)
    : m_limits(limits)
{
    if (file.isEmpty())
        return;
    DatabaseConfig config;
    config.file = file;
    auto opened = Database::open(config);
    if (!opened)
        return;
    m_database = std::move(*opened);
    const auto made = m_database->transact<Done>([this] {
        for (const std::string_view step : steps)
            m_database->run(step);
        return Done{};
    });
    if (!made)
        m_database.reset();
}

RawStore::~RawStore() = default;

void RawStore::keep(const Observation &answer)
{
    if (!m_database)
        return;
    m_waiting.append(answer);
    m_waiting.last().records.clear();
}

void RawStore::flush()
{
    if (m_waiting.isEmpty())
        return;
    const auto written = m_database->transact<Done>([this] {
        for (const Observation &answer : std::as_const(m_waiting))
            write(answer);
        return Done{};
    });
    Q_UNUSED(written);
    m_waiting.clear();
}

void RawStore::write(const Observation &answer)
{
    const QByteArray hash =
        QCryptographicHash::hash(answer.raw, QCryptographicHash::Blake2b_256).left(16);
    {
        auto known = m_database->query("SELECT 1 FROM content WHERE hash=?", hash);
        if (!known.next()) {
            const QByteArray data = qCompress(answer.raw);
            m_database->run("INSERT INTO content (hash, size, data) VALUES (?,?,?)", hash,
                            data.size(), data);
        }
    }
    m_database->run("INSERT INTO answer (at, kind, asked, dataset, source, question, outcome, hash)"
                    " VALUES (?,?,?,?,?,?,?,?)",
                    answer.at, int(answer.question.asked.kind), answer.question.asked.value,
                    int(answer.question.dataset), answer.question.source, answer.question.text,
                    int(answer.outcome), hash);
}

void RawStore::tidy(Instant now)
{
    if (!m_database)
        return;
    const auto done = m_database->transact<Done>([this, now] {
        m_database->run("DELETE FROM answer WHERE id IN (SELECT id FROM answer WHERE at<? LIMIT ?)",
                        now - m_limits.mostAgeMs, oldestAtATime);
        qint64 size = 0;
        {
            auto sum = m_database->query("SELECT coalesce(sum(size), 0) FROM content");
            size = sum.next() ? sum.number(0) : 0;
        }
        if (size > m_limits.mostBytes)
            m_database->run(
                "DELETE FROM answer WHERE id IN (SELECT id FROM answer ORDER BY id LIMIT ?)",
                oldestAtATime);
        m_database->run("DELETE FROM content WHERE NOT EXISTS"
                        " (SELECT 1 FROM answer WHERE answer.hash=content.hash)");
        return Done{};
    });
    Q_UNUSED(done);
}

QByteArray RawStore::newest(const Question &question)
{
    if (!m_database)
        return {};
    const auto data = m_database->transact<QByteArray>([this, &question] {
        auto row = m_database->query("SELECT c.data FROM answer a JOIN content c ON c.hash=a.hash"
                                     " WHERE a.asked=? AND a.source=? AND a.question=?"
                                     " AND a.kind=? AND a.dataset=? ORDER BY a.id DESC LIMIT 1",
                                     question.asked.value, question.source, question.text,
                                     int(question.asked.kind), int(question.dataset));
        return row.next() ? qUncompress(row.bytes(0)) : QByteArray();
    });
    return data ? *data : QByteArray();
}

} // namespace wg
