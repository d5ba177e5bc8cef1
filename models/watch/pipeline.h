// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/source.h"
#include "store/store.h"

#include <QObject>
#include <QThreadPool>

namespace wg {

/// What became of one ask, in short; facts are in the store by then.
struct Answered
{
    quint64 ticket = 0;
    Artifact asked;
    QString source; ///< full name
    Outcome outcome = Outcome::Unreachable; ///< the best of its questions
    QString detail; ///< of the first of the gravest questions that were not usable
    Instant at;
    Artifact network; ///< in which an address lies by this answer; empty if it does not say
    int usable = 0; ///< questions, by outcome
    int unreachable = 0; ///< unreachable, malformed or suspicious
    int notUnderstood = 0; ///< of these, those that somebody did answer
    int refused = 0;
    bool sent = true; ///< false where nobody was asked
    /// By question, where somebody could look: documented fields that its answer lacks.
    QHash<QString, QStringList> lacking;
    bool postponed = false; ///< a quota ended before the last of its questions was asked
};

/// Carries answers from the wire to the store: understood on the compute pool, ingested by the
/// writer, told after the commit. While one batch is under way the next one gathers, so that
/// batches grow with the load. Lives on the net thread.
class Pipeline : public QObject
{
    Q_OBJECT

public:
    Pipeline(Store &store, QThreadPool &compute, QObject *parent = nullptr);

    void setRules(const IngestRules &rules) { m_rules = rules; }
    void take(RawPass &&raw, quint64 ticket);
    /// Answers taken and not yet told.
    [[nodiscard]] int backlog() const { return m_backlog; }

Q_SIGNALS:
    /// After the commit. An ingest that failed is told as well, as unreachable with its reason.
    void ingested(const QList<wg::Answered> &answers, const wg::IngestReport &report);
    /// The store could not take answers (disk full …): one sentence.
    void troubled(const wg::Error &error);

private:
    struct Parsed
    {
        QList<Pass> passes;
        QList<Answered> answers;
    };
    static Parsed parse(const std::vector<std::pair<RawPass, quint64>> &batch);
    void flush();
    void store(const Parsed &parsed);
    void finish(QList<Answered> answers, const Result<IngestReport> &report);

    Store &m_store;
    QThreadPool &m_compute;
    IngestRules m_rules;
    std::vector<std::pair<RawPass, quint64>> m_waiting;
    int m_backlog = 0;
    int m_underWay = 0;
};

} // namespace wg
