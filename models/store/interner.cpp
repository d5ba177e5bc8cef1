// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/interner.h"

#include "store/manyrows.h"

namespace wg {

namespace {

/// About 20 MB of names; a full cache starts over.
constexpr qsizetype mostCached = 100'000;

constexpr std::string_view findOne = "SELECT id FROM artifact WHERE kind=? AND value=?";
constexpr std::string_view insertOne =
    "INSERT INTO artifact (kind, value) VALUES (?, ?) ON CONFLICT DO NOTHING";

template <class Cache>
void keepBounded(Cache &cache)
{
    if (cache.size() >= mostCached)
        cache.clear();
}

} // namespace

void Interner::forgetAfterRollback()
{
    if (m_rollbacks == m_database.rollbacks())
        return;
    m_rollbacks = m_database.rollbacks();
    m_artifacts.clear();
    m_artifactTexts.clear();
    m_sources.clear();
    m_words.clear();
    m_sourceTexts.clear();
    m_wordTexts.clear();
}

qint64 Interner::findArtifact(const Artifact &artifact)
{
    forgetAfterRollback();
    if (const auto known = m_artifacts.constFind(artifact); known != m_artifacts.cend())
        return *known;
    auto found = m_database.query(findOne, int(artifact.kind), artifact.value);
    if (!found.next())
        return 0;
    keepBounded(m_artifacts);
    return *m_artifacts.insert(artifact, found.number(0));
}

/// RETURNING costs SQLite as much again as the row.
qint64 Interner::insertArtifact(const Artifact &artifact)
{
    if (m_database.engine() == Engine::Sqlite) {
        const qint64 added = m_database.run(insertOne, int(artifact.kind), artifact.value);
        return added == 1 ? m_database.lastRowId() : 0;
    }
    auto added = m_database.query("INSERT INTO artifact (kind, value) VALUES (?, ?)"
                                  " ON CONFLICT DO NOTHING RETURNING id",
                                  int(artifact.kind), artifact.value);
    return added.next() ? added.number(0) : 0;
}

Interned Interner::interned(const Artifact &artifact)
{
    if (const qint64 known = findArtifact(artifact))
        return {known, false};
    if (const qint64 added = insertArtifact(artifact)) {
        keepBounded(m_artifacts);
        m_artifacts.insert(artifact, added);
        return {added, true};
    }
    return {findArtifact(artifact), false};
}

/// Numbers are given here: rows without them are numbered one by one. A group is inserted at once;
/// where one of it is known already they are looked for, and so is the next group, before it is.
class Interner::Batch
{
public:
    Batch(Interner &interner, const std::vector<Named> &names)
        : m_names(names)
        , m_numbers(names.size())
        , m_find(interner.m_database.prepare(findOne))
        , m_insert(interner.m_database.prepare(forRows(Engine::Sqlite, insertNumbered, together)))
        , m_insertOne(interner.m_database.prepare(insertNumbered))
    {
        auto last = interner.m_database.query("SELECT max(id) FROM artifact");
        if (last.next())
            m_next = last.number(0) + 1;
    }

    std::vector<Interned> take(const Database &database)
    {
        bool allNew = true;
        for (std::size_t at = 0; at < m_names.size() && !database.failed(); at += together) {
            const std::size_t end = std::min(at + together, m_names.size());
            const bool whole = end - at == together;
            allNew = whole && allNew ? insertAll(at) : findOrInsert(at, end);
        }
        return std::move(m_numbers);
    }

private:
    static constexpr std::size_t together = 16;
    static constexpr std::string_view insertNumbered =
        "INSERT INTO artifact (id, kind, value) VALUES (?,?,?) ON CONFLICT DO NOTHING";

    void bind(Statement &to, std::size_t i)
    {
        to.bind(m_next + qint64(i));
        to.bind(int(m_names[i].kind));
        to.bindKept(m_names[i].utf8);
    }

    /// Whether all were new.
    bool insertAll(std::size_t at)
    {
        for (std::size_t i = at; i < at + together; ++i) {
            m_numbers[i] = {m_next + qint64(i), true};
            bind(m_insert, i);
        }
        m_insert.run();
        if (m_insert.changed() == qint64(together))
            return true;
        for (std::size_t i = at; i < at + together; ++i) {
            const qint64 number = find(i);
            m_numbers[i] = {number, number == m_next + qint64(i)};
        }
        return false;
    }

    /// Whether none was known.
    bool findOrInsert(std::size_t at, std::size_t end)
    {
        bool noneKnown = true;
        for (std::size_t i = at; i < end; ++i) {
            m_numbers[i] = {find(i), false};
            if (m_numbers[i].number) {
                noneKnown = false;
                continue;
            }
            m_numbers[i] = {m_next + qint64(i), true};
            bind(m_insertOne, i);
            m_insertOne.run();
        }
        return noneKnown;
    }

    qint64 find(std::size_t i)
    {
        m_find.bind(int(m_names[i].kind));
        m_find.bindKept(m_names[i].utf8);
        if (!m_find.next())
            return 0;
        const qint64 number = m_find.number(0);
        m_find.startOver();
        return number;
    }

    const std::vector<Named> &m_names;
    std::vector<Interned> m_numbers;
    Statement m_find;
    Statement m_insert;
    Statement m_insertOne;
    qint64 m_next = 1; ///< of the first; a number that is not used is never used
};

std::vector<Interned> Interner::interned(const std::vector<Named> &names)
{
    if (m_database.engine() == Engine::Sqlite)
        return Batch(*this, names).take(m_database);
    std::vector<Interned> numbers;
    numbers.reserve(names.size());
    for (const Named &name : names) {
        numbers.push_back(interned(
            Artifact{name.kind, QString::fromUtf8(name.utf8.data(), qsizetype(name.utf8.size()))}));
    }
    return numbers;
}

qint64 Interner::number(QHash<QString, qint64> &cache, const QString &text, std::string_view find,
                        std::string_view insert)
{
    forgetAfterRollback();
    if (const auto known = cache.constFind(text); known != cache.cend())
        return *known;
    for (const std::string_view sql : {find, insert, find}) {
        if (sql.empty())
            return 0;
        auto row = m_database.query(sql, text);
        if (row.next()) {
            keepBounded(cache);
            return *cache.insert(text, row.number(0));
        }
    }
    return 0;
}

qint64 Interner::source(const QString &name)
{
    return number(m_sources, name, "SELECT id FROM source WHERE name=?",
                  "INSERT INTO source (name) VALUES (?) ON CONFLICT DO NOTHING RETURNING id");
}

qint64 Interner::findSource(const QString &name)
{
    return number(m_sources, name, "SELECT id FROM source WHERE name=?", {});
}

qint64 Interner::word(const QString &words)
{
    return number(m_words, words, "SELECT id FROM word WHERE words=?",
                  "INSERT INTO word (words) VALUES (?) ON CONFLICT DO NOTHING RETURNING id");
}

Artifact Interner::artifactOf(qint64 id)
{
    forgetAfterRollback();
    if (const auto known = m_artifactTexts.constFind(id); known != m_artifactTexts.cend())
        return *known;
    auto found = m_database.query("SELECT kind, value FROM artifact WHERE id=?", id);
    if (!found.next())
        return {};
    keepBounded(m_artifactTexts);
    return *m_artifactTexts.insert(id, {ArtifactKind(found.number(0)), found.text(1)});
}

QString Interner::text(QHash<qint64, QString> &cache, qint64 id, std::string_view find)
{
    forgetAfterRollback();
    if (const auto known = cache.constFind(id); known != cache.cend())
        return *known;
    auto found = m_database.query(find, id);
    if (!found.next())
        return {};
    keepBounded(cache);
    return *cache.insert(id, found.text(0));
}

QString Interner::sourceOf(qint64 id)
{
    return text(m_sourceTexts, id, "SELECT name FROM source WHERE id=?");
}

QString Interner::wordOf(qint64 id)
{
    return text(m_wordTexts, id, "SELECT words FROM word WHERE id=?");
}

} // namespace wg
