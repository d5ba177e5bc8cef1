// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/bareimport.h"

#include "bench/stopwatch.h"

#include <array>
#include <simdjson.h>
#include <sqlite3.h>
#include <string>
#include <vector>

namespace wg::bench {

namespace {

namespace od = simdjson::ondemand;

struct Sum
{
    qint64 lines = 0;
    quint64 bytes = 0;
    quint64 numbers = 0;
};

void readLine(od::parser &parser, simdjson::padded_string_view line, Sum &sum)
{
    od::document document = parser.iterate(line);
    for (auto member : document.get_object()) {
        const std::string_view key = member.unescaped_key();
        if (key == "rrname" || key == "rrtype" || key == "bailiwick") {
            sum.bytes += std::string_view(member.value().get_string()).size();
        } else if (key == "rdata") {
            if (member.value().type() == od::json_type::array) {
                for (auto one : member.value().get_array())
                    sum.bytes += std::string_view(one.get_string()).size();
            } else {
                sum.bytes += std::string_view(member.value().get_string()).size();
            }
        } else if (key == "time_first" || key == "time_last" || key == "count") {
            sum.numbers += quint64(member.value().get_uint64());
        }
    }
    ++sum.lines;
}

/// One value of a row that waits to be written.
struct Cell
{
    int type = SQLITE_NULL;
    qint64 number = 0;
    std::string bytes;
};

/// One table of an import: which rows a transaction told, and how they are written.
struct Table
{
    const char *read; ///< the rows of one telling
    const char *write;
    int columns;
};

/// Which telling each row is of, found once.
constexpr const char *tellings =
    "PRAGMA temp_store=MEMORY;"
    "CREATE TEMP TABLE told AS SELECT told_seq, owner, dataset, rtype, vkey, rid, source FROM fact;"
    "CREATE INDEX temp.told_by ON told (told_seq);"
    "CREATE TEMP TABLE back AS SELECT f.told_seq AS seq, r.* FROM reverse r CROSS JOIN artifact a"
    " ON a.id=r.value CROSS JOIN fact f ON f.owner=r.owner AND f.dataset=r.dataset"
    " AND f.rtype=r.rtype AND f.vkey=CASE WHEN r.vkey='' AND length(r.rid)<>1 THEN"
    " substr(a.value, 1, 96) ELSE r.vkey END AND f.rid=r.rid;"
    "CREATE INDEX temp.back_by ON back (seq);"
    "CREATE TEMP TABLE begun AS SELECT id, min(seq) AS seq FROM (SELECT owner AS id, told_seq AS "
    "seq"
    " FROM told UNION ALL SELECT value, seq FROM back) GROUP BY id;"
    "CREATE INDEX temp.begun_by ON begun (seq)";

constexpr std::array tables{
    Table{"SELECT a.id, a.kind, a.value FROM begun b CROSS JOIN artifact a ON a.id=b.id"
          " WHERE b.seq=? ORDER BY a.id",
          "INSERT INTO artifact (id, kind, value) VALUES (?,?,?) ON CONFLICT DO NOTHING", 3},
    Table{"SELECT f.* FROM told t CROSS JOIN fact f ON f.owner=t.owner AND f.dataset=t.dataset"
          " AND f.rtype=t.rtype AND f.vkey=t.vkey AND f.rid=t.rid AND f.source=t.source"
          " AND f.told_seq=t.told_seq WHERE t.told_seq=?"
          " ORDER BY f.owner, f.dataset, f.rtype, f.vkey, f.rid",
          "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
          " world_first=min(world_first, excluded.world_first),"
          " world_last=max(world_last, excluded.world_last)",
          14},
    Table{"SELECT value, dataset, owner, rtype, vkey, rid FROM back WHERE seq=?"
          " ORDER BY 1, 2, 3, 4, 5, 6",
          "INSERT INTO reverse VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING", 6},
    Table{"SELECT value, dataset, count(*) FROM back WHERE seq=? GROUP BY 1, 2 ORDER BY 1, 2",
          "INSERT INTO reverse_count VALUES (?,?,?) ON CONFLICT DO UPDATE SET n=n+excluded.n", 3},
};

Cell cellOf(sqlite3_stmt *row, int column)
{
    Cell cell{sqlite3_column_type(row, column), 0, {}};
    if (cell.type == SQLITE_INTEGER) {
        cell.number = sqlite3_column_int64(row, column);
    } else if (cell.type != SQLITE_NULL) {
        const auto *bytes = static_cast<const char *>(sqlite3_column_blob(row, column));
        cell.bytes.assign(bytes ? bytes : "", std::size_t(sqlite3_column_bytes(row, column)));
    }
    return cell;
}

std::vector<Cell> rowsOf(sqlite3 *from, const Table &table, qint64 seq)
{
    std::vector<Cell> cells;
    sqlite3_stmt *query = nullptr;
    if (sqlite3_prepare_v2(from, table.read, -1, &query, nullptr) != SQLITE_OK)
        return cells;
    sqlite3_bind_int64(query, 1, seq);
    while (sqlite3_step(query) == SQLITE_ROW) {
        for (int i = 0; i < table.columns; ++i)
            cells.push_back(cellOf(query, i));
    }
    sqlite3_finalize(query);
    return cells;
}

bool writeRows(sqlite3 *to, const Table &table, const std::vector<Cell> &cells)
{
    sqlite3_stmt *insert = nullptr;
    bool good = sqlite3_prepare_v2(to, table.write, -1, &insert, nullptr) == SQLITE_OK;
    for (std::size_t i = 0; good && i < cells.size(); i += std::size_t(table.columns)) {
        for (int column = 0; column < table.columns; ++column) {
            const Cell &cell = cells[i + std::size_t(column)];
            const int size = int(cell.bytes.size());
            if (cell.type == SQLITE_INTEGER)
                sqlite3_bind_int64(insert, column + 1, cell.number);
            else if (cell.type == SQLITE_TEXT)
                sqlite3_bind_text(insert, column + 1, cell.bytes.data(), size, SQLITE_STATIC);
            else if (cell.type == SQLITE_BLOB)
                sqlite3_bind_blob(insert, column + 1, cell.bytes.data(), size, SQLITE_STATIC);
            else
                sqlite3_bind_null(insert, column + 1);
        }
        good = sqlite3_step(insert) == SQLITE_DONE;
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return good;
}

bool order(sqlite3 *database, const std::string &sql)
{
    return sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

/// The same tables, and the settings of the store's writing connection.
bool prepare(sqlite3 *from, sqlite3 *to)
{
    bool good =
        order(to,
              "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA "
              "wal_autocheckpoint=4000; PRAGMA "
              "cache_size=-24576;"
              "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON;");
    sqlite3_stmt *schema = nullptr;
    good = good
        && sqlite3_prepare_v2(from,
                              "SELECT sql FROM sqlite_schema WHERE tbl_name IN ('artifact', 'fact',"
                              " 'reverse', 'reverse_count') AND sql IS NOT NULL",
                              -1, &schema, nullptr)
            == SQLITE_OK;
    while (good && sqlite3_step(schema) == SQLITE_ROW)
        good = order(to, reinterpret_cast<const char *>(sqlite3_column_text(schema, 0)));
    sqlite3_finalize(schema);
    return good;
}

std::vector<qint64> tellingsOf(sqlite3 *from)
{
    std::vector<qint64> seqs;
    sqlite3_stmt *query = nullptr;
    sqlite3_prepare_v2(from, "SELECT DISTINCT told_seq FROM fact ORDER BY 1", -1, &query, nullptr);
    while (query && sqlite3_step(query) == SQLITE_ROW)
        seqs.push_back(sqlite3_column_int64(query, 0));
    sqlite3_finalize(query);
    return seqs;
}

} // namespace

int bareParse(QFile &file)
{
    const Stopwatch watch;
    constexpr qint64 chunk = 1 << 20;
    std::vector<char> buffer(2 * chunk + simdjson::SIMDJSON_PADDING);
    od::parser parser;
    Sum sum;
    qint64 kept = 0;
    for (qint64 got = 0; (got = file.read(buffer.data() + kept, chunk)) > 0;) {
        const char *at = buffer.data();
        const char *const end = at + kept + got;
        while (const void *found = std::memchr(at, '\n', std::size_t(end - at))) {
            const std::size_t size = std::size_t(static_cast<const char *>(found) - at);
            const simdjson::padded_string_view line(at, size, size + simdjson::SIMDJSON_PADDING);
            readLine(parser, line, sum);
            at += size + 1;
        }
        kept = end - at;
        std::memmove(buffer.data(), at, std::size_t(kept));
    }
    say({{QStringLiteral("cpu"), watch.cpu()},
         {QStringLiteral("records"), sum.lines},
         {QStringLiteral("bytes"), qint64(sum.bytes)},
         {QStringLiteral("numbers"), qint64(sum.numbers)}});
    return 0;
}

int bareUpsert(const QString &workspace, const QString &fresh)
{
    sqlite3 *from = nullptr;
    sqlite3 *to = nullptr;
    QFile::remove(fresh);
    const QByteArray source = (workspace + QStringLiteral("/watchglass.db")).toUtf8();
    bool good =
        sqlite3_open_v2(source.constData(), &from, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK
        && sqlite3_open(fresh.toUtf8().constData(), &to) == SQLITE_OK && order(from, tellings)
        && prepare(from, to);
    double cpu = 0;
    qint64 rows = 0;
    const std::vector<qint64> tellings = good ? tellingsOf(from) : std::vector<qint64>();
    for (const qint64 seq : tellings) {
        std::vector<std::pair<Table, std::vector<Cell>>> told;
        for (const Table &table : tables)
            told.emplace_back(table, rowsOf(from, table, seq));
        rows += qint64(told[1].second.size()) / tables[1].columns;
        const Stopwatch watch;
        good = good && order(to, "BEGIN IMMEDIATE");
        for (const auto &[table, cells] : told)
            good = good && writeRows(to, table, cells);
        good = good && order(to, "COMMIT");
        cpu += watch.cpu();
    }
    const Stopwatch closing;
    sqlite3_close(to);
    cpu += closing.cpu();
    sqlite3_close(from);
    say({{QStringLiteral("cpu"), cpu},
         {QStringLiteral("rows"), rows},
         {QStringLiteral("bytes"), QFileInfo(fresh).size()}});
    return good && rows > 0 ? 0 : 1;
}

} // namespace wg::bench
