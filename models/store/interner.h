// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "store/database.h"

#include <QHash>
#include <string_view>
#include <vector>

namespace wg {

/// The number of an artifact.
struct Interned
{
    qint64 number = 0;
    bool fresh = false; ///< given out just now
};

/// An artifact whose text, in UTF-8, is somebody else's.
struct Named
{
    ArtifactKind kind{};
    std::string_view utf8;
};

/// Texts that stand once and are meant by number: artifacts, sources, words. One per connection,
/// with bounded caches in both directions. The numbers never leave the store.
class Interner
{
public:
    explicit Interner(Database &database)
        : m_database(database)
    { }

    /// The number, given out on first sight; 0 after a failure.
    qint64 artifact(const Artifact &artifact) { return interned(artifact).number; }
    Interned interned(const Artifact &artifact);
    /// The numbers of many, each there once, best in the order of their texts; past the caches,
    /// which they would only fill.
    std::vector<Interned> interned(const std::vector<Named> &names);
    qint64 source(const QString &name);
    qint64 word(const QString &words);

    /// The number if there is one, else 0.
    qint64 findArtifact(const Artifact &artifact);
    qint64 findSource(const QString &name);

    Artifact artifactOf(qint64 id);
    QString sourceOf(qint64 id);
    QString wordOf(qint64 id);

private:
    class Batch;

    void forgetAfterRollback();
    qint64 insertArtifact(const Artifact &artifact);
    qint64 number(QHash<QString, qint64> &cache, const QString &text, std::string_view find,
                  std::string_view insert);
    QString text(QHash<qint64, QString> &cache, qint64 id, std::string_view find);

    Database &m_database;
    quint64 m_rollbacks = 0;
    QHash<Artifact, qint64> m_artifacts;
    QHash<qint64, Artifact> m_artifactTexts;
    QHash<QString, qint64> m_sources;
    QHash<QString, qint64> m_words;
    QHash<qint64, QString> m_sourceTexts;
    QHash<qint64, QString> m_wordTexts;
};

} // namespace wg
