// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include "core/address.h"
#include "core/ids.h"
#include "postgres.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace wg::test {

Artifact domain(const QString &name)
{
    return {ArtifactKind::Domain, name};
}

Artifact address(const QString &text)
{
    return parseAddress(text)->artifact();
}

FactBatch batchOf(const QList<Record> &records)
{
    FactBatch batch;
    for (const Record &record : records)
        batch.add(record);
    return batch;
}

Record record(const Artifact &owner, Dataset dataset, const QString &type, const QString &value)
{
    Record record;
    record.owner = owner;
    record.dataset = dataset;
    record.type = type;
    record.value = UntrustedText::fromString(value);
    return record;
}

Bench::Bench(Engine engine)
    : m_engine(engine)
{
    if (engine == Engine::Postgres)
        m_schema = Postgres::shared().freshDatabase();
    rules.intervals.insert(u"dns"_s, hourMs);
    rules.judge = [this](const Delta &delta) { return judge(delta); };
    open();
}

Bench::~Bench()
{
    reader.reset();
    writer.reset();
    m_readConnection.reset();
    database.reset();
}

StoreConfig Bench::config() const
{
    StoreConfig config;
    config.folder = m_folder.path();
    config.clock = &clock;
    if (m_engine == Engine::Postgres)
        config.postgres = m_schema;
    return config;
}

void Bench::open()
{
    auto opened = openForWriting(config());
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    database = std::move(opened->database);
    DatabaseConfig read = database->config();
    read.access = Access::Read;
    auto reading = Database::open(read);
    if (!reading)
        qFatal("%s", qPrintable(reading.error().detail));
    m_readConnection = std::move(*reading);
    writer = std::make_unique<Writer>(*database, clock);
    reader = std::make_unique<Reader>(*m_readConnection, clock);
}

void Bench::restart()
{
    reader.reset();
    writer.reset();
    m_readConnection.reset();
    markClean(*database);
    database.reset();
    open();
}

Observation Bench::answer(const QString &name, const QString &type, const QStringList &values,
                          Outcome outcome, const QString &detail) const
{
    Observation answer;
    const bool address = type == "A"_L1 || type == "AAAA"_L1;
    answer.question = {domain(name), address ? Dataset::Resolutions : Dataset::Dns,
                       u"dns@192.0.2.53"_s, type};
    answer.outcome = values.isEmpty() && outcome == Outcome::Complete ? Outcome::Empty : outcome;
    answer.detail = detail;
    answer.at = clock.now();
    for (const QString &value : values)
        answer.records.append(record(domain(name), answer.question.dataset, type, value));
    return answer;
}

IngestReport Bench::dns(const QString &name, const QString &type, const QStringList &values,
                        Outcome outcome, const QString &detail, Purpose purpose)
{
    clock.forward(hourMs);
    return take({{domain(name),
                  u"dns@192.0.2.53"_s,
                  purpose,
                  {answer(name, type, values, outcome, detail)}}});
}

IngestReport Bench::take(const QList<Pass> &passes)
{
    const auto report = writer->ingest(passes, rules);
    if (!report)
        qFatal("%s", qPrintable(report.error().detail));
    return *report;
}

JournalReport Bench::journal(Verb verb, const QList<Artifact> &entities, const QList<QUuid> &cards,
                             const QByteArray &payload, const QUuid &basedOn)
{
    JournalEntry entry;
    entry.id = newUuid(clock.now());
    entry.author = author;
    entry.time = HybridTime::next({}, clock.now());
    entry.verb = verb;
    entry.entities = entities;
    entry.cards = cards;
    entry.payload = payload;
    entry.basedOn = basedOn;
    const auto report = writer->apply(entry, rules);
    if (!report)
        qFatal("%s", qPrintable(report.error().detail));
    return *report;
}

QList<FactRow> Bench::facts(const Artifact &entity, Dataset dataset)
{
    FactQuery query;
    query.entity = entity;
    query.dataset = dataset;
    const auto page = reader->facts(query);
    if (!page)
        qFatal("%s", qPrintable(page.error().detail));
    return page->rows;
}

QList<Card> Bench::cards(const CardQuery &query)
{
    const auto page = reader->cards(query);
    if (!page)
        qFatal("%s", qPrintable(page.error().detail));
    return page->cards;
}

Verdict Bench::judge(const Delta &delta)
{
    deltas.append(delta);
    Verdict verdict;
    Card card;
    card.entity = delta.asked;
    card.source = delta.source;
    card.detectedAt = delta.at;
    QByteArray content = delta.asked.value.toUtf8();
    QByteArray what;
    const auto tell = [&](const QuestionDelta &question, ChangeKind kind, const Record &record) {
        Change change;
        change.kind = kind;
        change.question = question.answer.question;
        change.record = record;
        (kind == ChangeKind::Removed ? change.before : change.after) = record.value;
        change.toldAt = change.fetchedAt = delta.at;
        const QByteArray words = QByteArray::number(int(kind)) + record.value.raw().toUtf8();
        change.id =
            contentUuid(delta.asked.value.toUtf8() + QByteArray::number(delta.at.ms) + words);
        card.changes.append(change);
        content += change.id.toRfc4122();
        what += words;
    };
    for (const QuestionDelta &question : delta.questions) {
        for (const Appeared &appeared : question.appeared)
            tell(question, appeared.confirmedGoneAt ? ChangeKind::Returned : ChangeKind::Added,
                 appeared.record);
        for (const Altered &altered : question.altered)
            tell(question, ChangeKind::Modified, altered.after);
        for (const Vanished &vanished : question.vanished) {
            if (!vanished.absentSince) {
                verdict.pending.append(recordId(vanished.record));
                verdict.confirmAt = delta.at + delta.confirmGapMs;
                continue;
            }
            verdict.gone.append(recordId(vanished.record));
            tell(question, ChangeKind::Removed, vanished.record);
        }
        if (!card.datasets.contains(question.answer.question.dataset))
            card.datasets.append(question.answer.question.dataset);
    }
    const bool quiet = std::all_of(delta.questions.begin(), delta.questions.end(),
                                   [](const QuestionDelta &q) { return q.firstAnswer; });
    if (card.changes.isEmpty() || delta.eyes.isEmpty() || delta.purpose == Purpose::Baseline
        || (quiet && delta.purpose != Purpose::Import))
        return verdict;
    for (const EyeView &eye : delta.eyes)
        card.concerns.append(eye.entity);
    card.id = contentUuid(content);
    card.headline = card.changes.constFirst().record.value.raw();
    Record sum = record({ArtifactKind::Url, u"signature"_s}, Dataset::Dns, u"sum"_s,
                        QString::fromLatin1(what.toHex()));
    card.signature = recordId(sum);
    verdict.cards.append(card);
    return verdict;
}

} // namespace wg::test
