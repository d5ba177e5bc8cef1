// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ingest.h"

#include "store/codec.h"
#include "store/fingerprint.h"

namespace wg {

namespace {

/// An answer that was taken before. One that is older than a check in the future is none: the clock
/// was set back.
bool isReplay(const CheckRow &before, const OpenQuestion &question, Instant now)
{
    const Observation &answer = *question.answer;
    if (answer.at != before.until || answer.extent != Extent::Whole)
        return answer.at <= before.until && before.until <= now;
    return before.outcome == answer.outcome && before.set == question.set
        && before.parser == answer.parserVersion && before.dates == question.dates;
}

/// Where nothing differs nobody looked which eyes there are.
bool allHaveBaseline(const Delta &delta)
{
    return !delta.questions.isEmpty()
        && std::all_of(delta.eyes.cbegin(), delta.eyes.cend(),
                       [](const EyeView &eye) { return eye.baselineAt.has_value(); });
}

/// What an answer that is not about everything is together with the one before.
Observation together(const Observation &answer, const CheckRow &before)
{
    Observation both = answer;
    const bool nothingKnown = before.records == 0 && answer.records.isEmpty();
    if (answer.extent == Extent::Same) {
        both.outcome = before.outcome;
        both.detail = before.detail;
    } else if (answer.outcome == Outcome::Complete && nothingKnown) {
        both.outcome = Outcome::Empty;
    }
    return both;
}

/// A set that another answer added something to.
Hash128 grown(const Hash128 &before, const Hash128 &set)
{
    return hashOf(toBytes(before) + toBytes(set));
}

template <class T>
void keepDistinct(QList<T> &list)
{
    QSet<T> seen;
    list.removeIf([&seen](const T &value) {
        if (seen.contains(value))
            return true;
        seen.insert(value);
        return false;
    });
}

/// A question asked several times in one pass (a baseline that looks for rotation) is compared with
/// its own answer before: each repetition is in a round of its own. The first round holds every
/// question, so that what differs together is told together; the last one, too, so that the next
/// whole ask can be compared with it: there an answer may be one that was taken before.
QList<Pass> roundsOf(const Pass &pass)
{
    QList<QList<const Observation *>> answers;
    QHash<Question, qsizetype> places;
    for (const Observation &answer : pass.observations) {
        auto place = places.constFind(answer.question);
        if (place == places.cend()) {
            place = places.insert(answer.question, answers.size());
            answers.append(QList<const Observation *>());
        }
        answers[*place].append(&answer);
    }
    qsizetype most = 0;
    for (const auto &repetitions : std::as_const(answers))
        most = std::max(most, repetitions.size());
    QList<Pass> rounds(most, {pass.asked, pass.source, pass.purpose, {}, {}});
    for (const auto &repetitions : std::as_const(answers)) {
        for (qsizetype i = 0; i < repetitions.size(); ++i)
            rounds[i].observations.append(*repetitions[i]);
        if (repetitions.size() < most)
            rounds.last().observations.append(*repetitions.last());
    }
    return rounds;
}

} // namespace

Ingest::Ingest(IngestTables tables, const IngestRules &rules)
    : m_tables(tables)
    , m_rules(rules)
    , m_unchanged(tables.database)
    , m_builder(tables.interner, tables.facts, tables.eyes, tables.checks, tables.database)
    , m_verdicts(tables.facts, tables.cards)
{ }

qint64 Ingest::sequence()
{
    if (m_report.seq == 0)
        m_report.seq = m_tables.small.nextSequence();
    return m_report.seq;
}

qint64 Ingest::intervalOf(const QString &source)
{
    const auto known = m_intervals.constFind(source);
    if (known != m_intervals.cend())
        return *known;
    return *m_intervals.insert(source, m_rules.intervals.value(codec::baseName(source), dayMs));
}

IngestReport Ingest::run(const QList<Pass> &passes)
{
    QList<std::pair<qint64, const Pass *>> sorted;
    sorted.reserve(passes.size());
    for (const Pass &pass : passes)
        sorted.append({m_tables.interner.artifact(pass.asked), &pass});
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[artifact, pass] : std::as_const(sorted)) {
        if (pass->purpose == Purpose::Baseline) {
            for (const Pass &round : roundsOf(*pass))
                take(round, artifact);
        } else {
            take(*pass, artifact);
        }
        if (m_tables.database.failed())
            break;
    }
    keepDistinct(m_report.touched);
    return std::move(m_report);
}

void Ingest::take(Pass pass, qint64 asked)
{
    if (pass.fingerprint == Hash128{})
        pass.fingerprint = fingerprintOf(pass);
    m_report.observations += int(pass.observations.size());
    if (pass.purpose != Purpose::Poll)
        m_report.touched.append(pass.asked);
    const qint64 source = m_tables.interner.source(pass.source);
    m_mayLackBaseline = pass.purpose == Purpose::Baseline;
    if (m_unchanged.repeat(asked, source, pass, intervalOf(pass.source)))
        m_report.unchanged += int(pass.observations.size());
    else
        takeQuestions(pass, asked, source);
    if (m_mayLackBaseline)
        markBaseline(pass, asked);
    keepBookmarks(pass, asked, source);
}

/// In the transaction of the answer: what a bookmark passes over is stored.
void Ingest::keepBookmarks(const Pass &pass, qint64 asked, qint64 source)
{
    for (const Observation &answer : pass.observations) {
        if (answer.bookmark && (isUsable(answer.outcome) || answer.bookmark->saysNothing()))
            m_tables.bookmarks.keep(asked, source, *answer.bookmark);
    }
}

void Ingest::markBaseline(const Pass &pass, qint64 asked)
{
    std::optional<Instant> usableAt;
    auto reaches = Reaches::AskedOnly;
    for (const Observation &answer : pass.observations) {
        if (!isUsable(answer.outcome))
            continue;
        usableAt = answer.at;
        if (answer.question.dataset == Dataset::Whois)
            reaches = Reaches::Registration;
    }
    if (usableAt)
        m_tables.eyes.markBaseline(asked, reaches, *usableAt);
}

/// At least one question of the ask is not what it was, or the ask is not compared as a whole.
void Ingest::takeQuestions(const Pass &pass, qint64 asked, qint64 source)
{
    UnchangedChecks::settle(m_tables.database, asked, source);
    for (const Observation &answer : pass.observations) {
        if (answer.question.asked != pass.asked)
            UnchangedChecks::settle(m_tables.database,
                                    m_tables.interner.artifact(answer.question.asked), source);
    }
    m_mayRepeat = 0;
    QList<OpenQuestion> changed;
    for (const Observation &answer : pass.observations) {
        OpenQuestion question;
        question.answer = &answer;
        question.key = {answer.question.asked == pass.asked
                            ? asked
                            : m_tables.interner.artifact(answer.question.asked),
                        m_tables.interner.source(answer.question.source), answer.question.dataset,
                        m_tables.interner.word(answer.question.text)};
        question.set = answerHash(answer);
        question.dates = datesHash(answer.records);
        if (answer.extent == Extent::Whole
            && m_unchanged.extend(question.key, answer, question.set, question.dates,
                                  intervalOf(answer.question.source))) {
            ++m_report.unchanged;
            ++m_mayRepeat;
        } else {
            changed.append(question);
        }
    }
    if (changed.isEmpty())
        m_mayLackBaseline = true; // an eye switched on meanwhile: the first to repeat itself to it
    else
        takeChanged(pass, std::move(changed));
    if (pass.fingerprint != Hash128{} && m_mayRepeat == pass.observations.size())
        m_unchanged.compareWith(asked, source, pass);
}

void Ingest::takeChanged(const Pass &pass, QList<OpenQuestion> questions)
{
    for (OpenQuestion &question : questions)
        question.before = m_tables.checks.load(question.key);
    QList<Observation> joined;
    joinBefore(questions, joined);
    questions.removeIf([this, now = m_tables.clock.now()](const OpenQuestion &q) {
        const bool replay = q.before && isReplay(*q.before, q, now);
        if (replay && q.answer->at == q.before->until && q.before->pending == 0) {
            m_tables.checks.mayRepeat(q.key); // the newest answer still, taken a moment ago
            ++m_mayRepeat;
        }
        return replay;
    });
    if (questions.isEmpty())
        return;
    m_report.touched.append(pass.asked);
    for (const OpenQuestion &question : std::as_const(questions)) {
        if (question.answer->question.asked != pass.asked)
            m_report.touched.append(question.answer->question.asked);
    }
    const qint64 source = questions.constFirst().key.source;
    const BuiltDelta built = m_builder.build(pass, questions, sequence(), intervalOf(pass.source),
                                             m_rules.confirmGapMs, m_tables.clock.now());
    countTogether(questions);
    m_mayLackBaseline = m_mayLackBaseline || !allHaveBaseline(built.delta);
    m_confirmAt.reset();
    m_verdicts.applyEdits(built, source, m_report);
    const auto waiting = judge(built, source);
    QSet<Artifact> waitingFor;
    for (qsizetype i = 0; i < questions.size(); ++i) {
        const bool usable = isUsable(questions[i].answer->outcome);
        const auto &before = questions[i].before;
        // A failed check proves nothing: what waits for its confirmation goes on waiting.
        const qint64 pending = usable ? waiting.value(i) : before ? before->pending : 0;
        const auto confirmAt = pending == 0 ? std::nullopt
            : m_confirmAt                   ? m_confirmAt
            : before                        ? before->confirmAt
                                            : std::nullopt;
        saveCheck(questions[i], pending, confirmAt);
        m_mayRepeat += pending == 0 ? 1 : 0;
        if (m_confirmAt && pending > 0)
            waitingFor.insert(questions[i].answer->question.asked);
        keepRaw(questions[i]);
    }
    for (const Artifact &asked : std::as_const(waitingFor))
        m_report.confirmations.append({asked, pass.source, *m_confirmAt});
}

/// Answers that are not about everything take what they lack from the one before.
void Ingest::joinBefore(QList<OpenQuestion> &questions, QList<Observation> &joined)
{
    // The word that nothing changed is worth nothing where the last answer was no use.
    questions.removeIf([](const OpenQuestion &question) {
        return question.answer->extent == Extent::Same
            && (!question.before || !isUsable(question.before->outcome));
    });
    joined.reserve(questions.size()); // they are pointed to
    for (OpenQuestion &question : questions) {
        if (question.answer->extent == Extent::Whole || !question.before)
            continue;
        joined.append(together(*question.answer, *question.before));
        question.answer = &joined.constLast();
    }
}

void Ingest::countTogether(QList<OpenQuestion> &questions)
{
    for (OpenQuestion &question : questions) {
        const Observation &answer = *question.answer;
        const auto &before = question.before;
        const qint64 told = std::exchange(question.records, answer.records.size());
        if (!before)
            continue;
        if (!isUsable(answer.outcome) || answer.extent == Extent::Same)
            question.records = before->records;
        else if (answer.extent == Extent::Since)
            question.records = before->records + told;
        if (answer.extent == Extent::Whole)
            continue;
        const bool news = told > 0 && answer.extent == Extent::Since;
        question.dates = before->dates;
        question.set = news ? grown(before->set, question.set) : before->set;
    }
}

QHash<qsizetype, qint64> Ingest::judge(const BuiltDelta &built, qint64 source)
{
    if (built.delta.questions.isEmpty())
        return {};
    const Verdict verdict = m_rules.judge ? m_rules.judge(built.delta) : silentVerdict(built.delta);
    const auto waiting = m_verdicts.applyAbsences(built, verdict, source);
    m_verdicts.applyCards(verdict, built.delta, m_report);
    m_confirmAt = verdict.confirmAt;
    countExtended(built.delta);
    return waiting;
}

void Ingest::judgeImport(const Pass &pass, IngestReport &report)
{
    std::swap(m_report, report);
    const qint64 source = m_tables.interner.source(pass.source);
    QList<OpenQuestion> questions;
    for (const Observation &answer : pass.observations) {
        OpenQuestion question;
        question.answer = &answer;
        question.key = {m_tables.interner.artifact(pass.asked), source, answer.question.dataset,
                        m_tables.interner.word(answer.question.text)};
        questions.append(question);
    }
    const BuiltDelta built = m_builder.build(pass, questions, sequence(), intervalOf(pass.source),
                                             m_rules.confirmGapMs, m_tables.clock.now());
    m_verdicts.applyEdits(built, source, m_report);
    judge(built, source);
    m_report.touched.append(pass.asked);
    std::swap(m_report, report);
}

void Ingest::countExtended(const Delta &delta)
{
    if (delta.purpose == Purpose::Baseline || delta.purpose == Purpose::Import)
        return;
    qsizetype facts = 0;
    for (const QuestionDelta &question : delta.questions) {
        if (question.firstAnswer || question.parserChanged)
            facts += question.appeared.size() + question.altered.size();
    }
    if (facts == 0)
        return;
    for (const EyeView &eye : delta.eyes)
        m_report.extended[eye.entity] += int(facts);
}

void Ingest::saveCheck(const OpenQuestion &question, qint64 pending,
                       std::optional<Instant> confirmAt)
{
    const Observation &answer = *question.answer;
    const auto &before = question.before;
    CheckRow row;
    row.outcome = answer.outcome;
    row.parser = answer.parserVersion;
    row.pending = pending;
    row.confirmAt = confirmAt;
    row.from = answer.at;
    row.until = answer.at;
    row.dates = question.dates;
    row.set = question.set;
    row.records = question.records;
    row.presence = answer.presence;
    row.detail = answer.detail;
    const bool tells = isUsable(answer.outcome) && answer.extent != Extent::Same;
    row.members = tells || !before ? question.members : before->members;
    if (before) {
        const bool goesOn = before->outcome == row.outcome && before->set == row.set
            && before->parser == row.parser
            && answer.at - before->until <= 2 * intervalOf(answer.question.source);
        if (goesOn) {
            row.from = before->from;
            row.n = before->n + 1;
            row.swaps = before->swaps;
            row.failures = before->failures;
            row.proofAt = before->proofAt;
            row.proofGone = before->proofGone;
            row.usableAt = before->usableAt;
            row.usableParser = before->usableParser;
        } else {
            row.swaps = before->swapsShifted() | int(question.swapped);
            row.failures = before->lastFailures();
            row.proofAt = before->lastProof();
            row.proofGone = before->lastProofGone();
            row.usableAt = before->lastUsable();
            const bool repeated = isUsable(row.outcome) && row.outcome == before->outcome;
            row.usableParser = repeated ? row.parser : before->lastParser();
            m_tables.checks.close(question.key, *before, question.swapped);
        }
    }
    m_tables.checks.save(question.key, row);
}

void Ingest::keepRaw(const OpenQuestion &question)
{
    const Observation &answer = *question.answer;
    const bool telling = answer.outcome == Outcome::Malformed || !question.before
        || question.before->set != question.set;
    if (telling && !answer.raw.isEmpty())
        m_tables.raw.keep(answer);
}

} // namespace wg
