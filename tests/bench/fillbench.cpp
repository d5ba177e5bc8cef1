// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"
#include "store/cardrows.h"
#include "store/checkrows.h"
#include "store/factrows.h"
#include "store/fingerprint.h"
#include "store/opening.h"
#include "store/smallrows.h"

#include <QCoreApplication>
#include <QDir>
#include <cstdio>

// bench_fill FOLDER NAMES CARDS EYES: a workspace with so many names n0.bench.test …, each with one
// stored address record, so many new cards (and some in the other states), so many eyes. All names
// lie on one address. It is written through the store's own tables, so `watchglass check` holds.
namespace wg {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 batch = 20'000;
const Instant yearBegan{1'764'000'000'000}; // fixed, so that two fillings are the same
const QString sourceName = u"dns@192.0.2.53"_s;
const QString hub = u"192.0.2.1"_s;

struct Sizes
{
    qint64 names = 0;
    qint64 cards = 0;
    qint64 eyes = 0;
};

/// Writes the rows in the order of their keys, some thousands a transaction.
class Filling
{
public:
    Filling(Database &database, const Sizes &sizes)
        : m_database(database)
        , m_sizes(sizes)
        , m_interner(database)
        , m_facts(database, m_interner)
        , m_checks(database)
        , m_eyes(database, m_interner)
        , m_cards(database, m_interner, m_eyes)
        , m_small(database, m_interner)
    { }

    bool run()
    {
        return inBatches(1, [this](qint64) { begin(); })
            && inBatches(m_sizes.names, [this](qint64 i) { name(i); })
            && inBatches(m_sizes.cards, [this](qint64 i) { card(i); });
    }

private:
    static Entity entity(qint64 number)
    {
        return {ArtifactKind::Domain, u"n%1.bench.test"_s.arg(number)};
    }

    static Record record(qint64 number)
    {
        Record record;
        record.owner = entity(number);
        record.dataset = Dataset::Resolutions;
        record.type = u"A"_s;
        record.value = UntrustedText::trusted(hub);
        return record;
    }

    template <class Row>
    bool inBatches(qint64 rows, const Row &row)
    {
        for (qint64 from = 0; from < rows; from += batch) {
            const auto done = m_database.transact<Done>([&] {
                for (qint64 i = from; i < std::min(rows, from + batch); ++i)
                    row(i);
                return Done{};
            });
            if (!done) {
                std::fprintf(stderr, "%s\n", qPrintable(done.error().detail));
                return false;
            }
        }
        return true;
    }

    /// Nothing is asked while measuring, but where a measurement says so.
    void begin()
    {
        m_seq = m_small.nextSequence();
        m_small.setSetting(u"cache_only"_s, u"true"_s);
        m_small.touchContent();
    }

    void name(qint64 number)
    {
        const Record fact = record(number);
        const FactKey key = m_facts.keyOf(fact);
        SpanRow span;
        span.source = m_interner.source(sourceName);
        span.toldSeq = m_seq;
        span.toldAt = yearBegan;
        span.state = recordState(fact);
        m_facts.tell(key, span, fact);
        check(fact, key, span);
        if (number < m_sizes.eyes) {
            m_eyes.switchOn(fact.owner, yearBegan, m_seq, u"bench"_s);
            m_eyes.markBaseline(key.owner, Reaches::AskedOnly, yearBegan + minuteMs);
        }
    }

    void check(const Record &fact, const FactKey &key, const SpanRow &span)
    {
        Observation answer;
        answer.question = {fact.owner, fact.dataset, sourceName, fact.type};
        answer.outcome = Outcome::Complete;
        answer.records = {fact};
        CheckRow row;
        row.outcome = answer.outcome;
        row.parser = answer.parserVersion;
        row.from = yearBegan;
        row.until = yearBegan + 300 * dayMs;
        row.n = 7200;
        row.set = answerHash(answer);
        row.records = 1;
        row.members = toBytes(key.id).left(8);
        m_checks.save({key.owner, span.source, key.dataset, key.type}, row);
    }

    void card(qint64 number)
    {
        add(number, CardState::New);
        switch (number % 60) { // what is done stays in the store, too
        case 0:
            add(m_sizes.cards + number, CardState::Acknowledged);
            break;
        case 20:
            add(m_sizes.cards + number, CardState::Snoozed);
            break;
        case 40:
            add(m_sizes.cards + number, CardState::Suppressed);
            break;
        default:
            break;
        }
    }

    void add(qint64 number, CardState state)
    {
        constexpr std::array causes{Cause::NewRecords, Cause::Moved, Cause::GoneRecords,
                                    Cause::Mail, Cause::Returned};
        Card card;
        card.id = contentUuid(QByteArray::number(number));
        card.entity = entity(number % m_sizes.names);
        card.concerns = {card.entity};
        card.datasets = {number % 100 == 7      ? Dataset::Whois
                             : number % 10 == 3 ? Dataset::Dns
                                                : Dataset::Resolutions};
        card.cause = causes[size_t(number) % causes.size()];
        card.state = state;
        card.detectedAt = yearBegan + (number % m_sizes.cards) * 360 * dayMs / m_sizes.cards;
        card.source = sourceName;
        card.headline = u"A 198.51.100.%1"_s.arg(number % 250);
        if (state == CardState::Suppressed)
            card.hiddenBy = u"rotation"_s;
        // Three of fifty neighbours tell the same change: a group.
        const qint64 same = number % 50 < 3 ? number / 50 * 50 : number;
        card.signature = recordId(record(same));
        card.changes = {change(number, card)};
        m_cards.add(card, m_seq);
        m_cards.markNotified(card.id);
    }

    Change change(qint64 number, const Card &card)
    {
        Change change;
        change.id = contentUuid("change " + QByteArray::number(number));
        change.record = record(number % m_sizes.names);
        change.record.dataset = card.datasets.constFirst();
        change.question = {card.entity, change.record.dataset, sourceName, u"A"_s};
        change.before = UntrustedText::trusted(hub);
        change.after = UntrustedText::trusted(card.headline.mid(2));
        change.toldAt = card.detectedAt;
        change.fetchedAt = card.detectedAt;
        return change;
    }

    Database &m_database;
    Sizes m_sizes;
    Interner m_interner;
    FactRows m_facts;
    CheckRows m_checks;
    EyeRows m_eyes;
    CardRows m_cards;
    SmallRows m_small;
    qint64 m_seq = 0;
};

int fill(const QString &folder, const Sizes &sizes)
{
    const SystemClock clock;
    auto store = openForWriting({folder, {}, &clock});
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().detail));
        return 1;
    }
    if (!store->opening.created) {
        std::fprintf(stderr, "there is a workspace already\n");
        return 1;
    }
    if (!Filling(*store->database, sizes).run())
        return 1;
    markClean(*store->database);
    return 0;
}

} // namespace

} // namespace wg

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto words = QCoreApplication::arguments();
    const auto number = [&words](qsizetype place) { return words.value(place).toLongLong(); };
    if (number(2) < 1 || number(3) < 1 || words.size() != 5) {
        std::fprintf(stderr, "usage: bench_fill FOLDER NAMES CARDS EYES\n");
        return 2;
    }
    return wg::fill(words.at(1), {number(2), number(3), number(4)});
}
