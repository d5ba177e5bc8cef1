// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "core/ids.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

const Artifact shop = domain(u"shop.example.com"_s);
const QString host = u"shop.example.com"_s;
const HideRule addresses{Dataset::Resolutions, u"A"_s};
const QByteArray payload = R"({"rules":[{"dataset":"resolutions","type":"A"}]})";

/// The rules that the judge saw on the eye in the next answer that differs.
QList<HideRule> seen(Bench &bench, const QString &value)
{
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, value});
    return bench.deltas.constLast().eyes.constFirst().hides;
}

void watch(Bench &bench)
{
    bench.journal(Verb::EyeOn, {shop});
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
}

} // namespace

/// Rules that hide changes: journal entries that the judge is shown on the eye.
class tst_HideRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRuleHoldsUntilItIsUndone();
    void aRuleIsListedWithItsAuthor();
    void aRuleOfAnotherEyeIsNotSeen();
    void aCardOffersItsTypesOfRecord();
    void aStormOffersWhatItsDayToldOfMost();
};

void tst_HideRules::aRuleHoldsUntilItIsUndone()
{
    Bench bench;
    watch(bench);
    QCOMPARE(seen(bench, u"192.0.2.2"_s), QList<HideRule>());
    bench.journal(Verb::RuleAdd, {shop}, {}, payload);
    QCOMPARE(seen(bench, u"192.0.2.3"_s), QList<HideRule>{addresses});
    bench.restart();
    QCOMPARE(seen(bench, u"192.0.2.4"_s), QList<HideRule>{addresses});
    bench.journal(Verb::Undo, {});
    QCOMPARE(seen(bench, u"192.0.2.5"_s), QList<HideRule>());
    QVERIFY(bench.reader->hideRules()->isEmpty());
}

void tst_HideRules::aRuleIsListedWithItsAuthor()
{
    Bench bench;
    watch(bench);
    bench.journal(Verb::RuleAdd, {shop, domain(u"other.example.com"_s)}, {}, payload);
    const auto rules = *bench.reader->hideRules();
    QCOMPARE(rules.size(), 2);
    QCOMPARE(rules[0].entity, shop);
    QCOMPARE(rules[0].rule, addresses);
    QCOMPARE(rules[0].rule.name(), u"hide resolutions A"_s);
    QCOMPARE(rules[0].author, u"Ada"_s);
    QCOMPARE(rules[0].at, bench.clock.now());
    bench.journal(Verb::EyeOff, {shop});
    // By its entry also when it is not the newest thing done.
    bench.journal(Verb::Undo, {}, {}, {}, rules[0].entry);
    QVERIFY(bench.reader->hideRules()->isEmpty());
}

void tst_HideRules::aRuleOfAnotherEyeIsNotSeen()
{
    Bench bench;
    watch(bench);
    bench.journal(Verb::RuleAdd, {domain(u"other.example.com"_s)}, {}, payload);
    QCOMPARE(seen(bench, u"192.0.2.2"_s), QList<HideRule>());
}

void tst_HideRules::aCardOffersItsTypesOfRecord()
{
    Bench bench;
    watch(bench);
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    QCOMPARE(*bench.reader->rulesLike(bench.cards().constFirst().id), QList<HideRule>{addresses});
    QCOMPARE(bench.reader->rulesLike(QUuid::createUuid()).error().code, ErrorCode::NotFound);
}

void tst_HideRules::aStormOffersWhatItsDayToldOfMost()
{
    Bench bench;
    watch(bench);
    bench.dns(host, u"MX"_s, {u"a.example.com"_s});
    bench.clock.forward(dayMs);
    bench.dns(host, u"MX"_s, {u"a.example.com"_s, u"b.example.com"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s, u"192.0.2.3"_s});
    const QUuid storm = contentUuid("storm");
    bench.rules.judge = [storm](const Delta &delta) {
        Card card;
        card.id = storm;
        card.entity = delta.asked;
        card.concerns = {delta.asked};
        card.cause = Cause::Storm;
        card.datasets = {Dataset::Resolutions};
        card.detectedAt = delta.at;
        card.source = delta.source;
        Verdict verdict;
        verdict.cards = {card};
        return verdict;
    };
    bench.dns(host, u"MX"_s, {u"a.example.com"_s, u"c.example.com"_s});
    QCOMPARE(*bench.reader->rulesLike(storm), QList<HideRule>{addresses});
}

WG_TEST(tst_HideRules)

#include "tst_hiderules.moc"
