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

std::vector<Interned> Interner::interned(const std::vector<const Artifact *> &artifacts)
{
    std::vector<Interned> numbers;
    numbers.reserve(artifacts.size());
    if (m_database.engine() != Engine::Sqlite) {
        for (const Artifact *artifact : artifacts)
            numbers.push_back(interned(*artifact));
        return numbers;
    }
    std::vector<std::size_t> fresh;
    {
        Statement find = m_database.prepare(findOne);
        for (const Artifact *artifact : artifacts) {
            find.bind(int(artifact->kind));
            find.bind(artifact->value);
            const bool known = find.next();
            numbers.push_back({known ? find.number(0) : 0, !known});
            if (known)
                find.startOver();
            else
                fresh.push_back(numbers.size() - 1);
        }
    }
    // The numbers are the next ones, given here: rows without them are numbered one by one.
    qint64 number = 0;
    {
        auto last = m_database.query("SELECT max(id) FROM artifact");
        if (last.next())
            number = last.number(0);
    }
    writeMany(m_database, "INSERT INTO artifact (id, kind, value) VALUES (?,?,?)", fresh.size(),
              [&](Statement &to, std::size_t i) {
                  const Artifact &artifact = *artifacts[fresh[i]];
                  numbers[fresh[i]].number = number + qint64(i) + 1;
                  to.bind(numbers[fresh[i]].number);
                  to.bind(int(artifact.kind));
                  to.bind(artifact.value);
              });
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
