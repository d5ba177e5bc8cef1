// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "store/factbatch.h"
#include "store/opening.h"
#include "store/reader.h"
#include "store/writer.h"

#include <QTemporaryDir>

namespace wg::test {

/// A clock that a test holds.
class HeldClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return m_now; }
    void forward(qint64 ms) { m_now = m_now + ms; }

private:
    Instant m_now{1'790'000'000'000};
};

/// A store on the test's own thread: writer and reader over one workspace, an hour between polls.
class Bench
{
public:
    explicit Bench(Engine engine = Engine::Sqlite);
    ~Bench();

    /// Closes and opens again, as a new start does.
    void restart();

    /// One answer of dns@192.0.2.53 about a name, an hour after the last unless the clock was
    /// moved.
    IngestReport dns(const QString &name, const QString &type, const QStringList &values,
                     Outcome outcome = Outcome::Complete, const QString &detail = {},
                     Purpose purpose = Purpose::Poll);
    IngestReport take(const QList<Pass> &passes);
    JournalReport journal(Verb verb, const QList<Artifact> &entities,
                          const QList<QUuid> &cards = {}, const QByteArray &payload = {},
                          const QUuid &basedOn = {});
    QList<FactRow> facts(const Artifact &entity, Dataset dataset);
    QList<Card> cards(const CardQuery &query = {});

    [[nodiscard]] Observation answer(const QString &name, const QString &type,
                                     const QStringList &values, Outcome outcome = Outcome::Complete,
                                     const QString &detail = {}) const;
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] StoreConfig config() const;

    HeldClock clock;
    IngestRules rules; ///< judge: everything that appeared or is confirmed gone is a card
    QList<Delta> deltas; ///< that the judge saw
    std::unique_ptr<Database> database;
    std::unique_ptr<Writer> writer;
    std::unique_ptr<Reader> reader;
    Author author{QUuid::createUuid(), QStringLiteral("Ada"), QUuid::createUuid()};

private:
    void open();
    Verdict judge(const Delta &delta);

    QTemporaryDir m_folder;
    Engine m_engine;
    QString m_schema;
    std::unique_ptr<Database> m_readConnection;
};

Artifact domain(const QString &name);
Artifact address(const QString &text);
Record record(const Artifact &owner, Dataset dataset, const QString &type, const QString &value);
/// As an import hands them over.
FactBatch batchOf(const QList<Record> &records);

} // namespace wg::test
