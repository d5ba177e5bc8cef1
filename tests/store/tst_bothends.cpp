// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

/// Passive DNS says a fact of a name and of an address: what either end's question told, and what
/// several rows of one answer tell of one fact.
class TstBothEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }

    void whatTheOtherEndToldIsNewsForThisOne()
    {
        m_bench->journal(Verb::EyeOn, {m_name});
        ask(m_name, {});
        ask(m_address, {fact()});
        QVERIFY(m_bench->deltas.constLast().eyes.isEmpty());
        ask(m_name, {fact()});
        const Delta told = m_bench->deltas.constLast();
        QCOMPARE(told.asked, m_name);
        QCOMPARE(told.eyes.size(), 1);
        QCOMPARE(told.questions.first().appeared.size(), 1);
        const auto count = m_bench->deltas.size();
        ask(m_name, {fact(), other()});
        QCOMPARE(m_bench->deltas.size(), count + 1);
        QCOMPARE(m_bench->deltas.constLast().questions.first().appeared.size(), 1);
        QCOMPARE(m_bench->facts(m_address, Dataset::Resolutions).size(), 2);
    }

    void whatWasToldBeforeTheLastAnswerIsNoNews()
    {
        ask(m_address, {fact()});
        ask(m_name, {fact()});
        ask(m_address, {fact(), other()});
        QCOMPARE(m_bench->deltas.constLast().questions.first().appeared.size(), 1);
        QCOMPARE(m_bench->deltas.constLast().questions.first().appeared.first().record.owner,
                 other().owner);
    }

    void aFactToldByAFastClockIsToldOnce()
    {
        ask(m_name, {});
        m_bench->clock.forward(5 * hourMs);
        ask(m_name, {fact()});
        m_bench->clock.forward(-5 * hourMs);
        const auto count = m_bench->deltas.size();
        for (int i = 1; i <= 3; ++i) {
            Record seen = fact();
            seen.worldLast = m_start + i * hourMs;
            ask(m_name, {seen});
        }
        QCOMPARE(m_bench->deltas.size(), count);
    }

    void whatWasToldBeforeTheClockWasSetBackIsNoNews_data()
    {
        QTest::addColumn<bool>("same");
        QTest::newRow("the answer goes on") << true;
        QTest::newRow("another one begins") << false;
    }
    void whatWasToldBeforeTheClockWasSetBackIsNoNews()
    {
        QFETCH(bool, same);
        m_bench->journal(Verb::EyeOn, {m_address});
        ask(m_address, {});
        QList<Record> many; // more than a check keeps
        for (int i = 0; i < 40; ++i)
            many.append(record(domain(u"n%1.example.com"_s.arg(i)), Dataset::Resolutions, u"A"_s,
                               m_address.value));
        m_bench->clock.forward(dayMs);
        ask(m_address, many);
        m_bench->clock.forward(-2 * hourMs);
        ask(m_address, same ? many : many.first(39));
        m_bench->clock.forward(dayMs);
        ask(m_address, many + QList<Record>{other()});
        QCOMPARE(m_bench->deltas.constLast().questions.first().appeared.size(), 1);
    }

    void anotherPreferenceAtTheOtherEndIsNoNewRecord()
    {
        const Artifact mailServer = domain(u"mx.example.net"_s);
        ask(m_name, {mail(u"10"_s)});
        ask(mailServer, {mail(u"10"_s)});
        ask(m_name, {mail(u"20"_s)});
        ask(mailServer, {mail(u"20"_s)});
        ask(m_name, {mail(u"20"_s), fact()});
        const auto appeared = m_bench->deltas.constLast().questions.first().appeared;
        QCOMPARE(appeared.size(), 1);
        QCOMPARE(appeared.first().record.type, u"A"_s);
        ask(mailServer, {mail(u"20"_s), other()});
        for (const Appeared &each : m_bench->deltas.constLast().questions.first().appeared)
            QCOMPARE(each.record.type, u"A"_s);
    }

    void bothWatchedEndsAreTold()
    {
        m_bench->journal(Verb::EyeOn, {m_name, m_address});
        ask(m_name, {});
        ask(m_address, {});
        m_bench->clock.forward(dayMs);
        const auto count = m_bench->deltas.size();
        m_bench->take({pass(m_address, {fact()}), pass(m_name, {fact()})});
        QCOMPARE(m_bench->deltas.size(), count + 2);
        QCOMPARE(m_bench->cards().size(), 2);
    }

    void anImportIsToldToBothEnds()
    {
        m_bench->journal(Verb::EyeOn, {m_name, m_address});
        const auto report = m_bench->writer->import(u"files"_s, batchOf({fact()}),
                                                    m_bench->clock.now(), m_bench->rules);
        QVERIFY(report.ok());
        const auto told =
            m_bench->writer->import(u"files"_s, {}, m_bench->clock.now(), m_bench->rules);
        QCOMPARE(told->cards.size(), 2);
        QCOMPARE(m_bench->facts(m_name, Dataset::Resolutions).size(), 1);
    }

    void rowsOfOneFactSpanItsDatesInAnyOrder_data()
    {
        QTest::addColumn<bool>("watched");
        QTest::addColumn<bool>("reversed");
        for (const bool watched : {false, true}) {
            for (const bool reversed : {false, true})
                QTest::addRow("%s%s", watched ? "watched" : "unwatched",
                              reversed ? ", reversed" : "")
                    << watched << reversed;
        }
    }
    void rowsOfOneFactSpanItsDatesInAnyOrder()
    {
        QFETCH(bool, watched);
        QFETCH(bool, reversed);
        if (watched)
            m_bench->journal(Verb::EyeOn, {m_name});
        QList<Record> rows = twoRows();
        if (reversed)
            std::reverse(rows.begin(), rows.end());
        const Instant now = m_bench->clock.now();
        QVERIFY(m_bench->writer->import(u"files"_s, batchOf(rows), now, m_bench->rules).ok());
        QVERIFY(m_bench->writer->import(u"files"_s, {}, now, m_bench->rules).ok());
        const auto facts = m_bench->facts(m_name, Dataset::Resolutions);
        QCOMPARE(facts.size(), 1);
        QCOMPARE(facts.first().sightings.first().worldFirst, m_start - 900 * dayMs);
        QCOMPARE(facts.first().sightings.first().worldLast, m_start - 200 * dayMs);
    }

    void theOrderOfRowsIsNoDifference()
    {
        m_bench->journal(Verb::EyeOn, {m_name});
        QList<Record> rows = twoRows();
        rows.append({mail(u"10"_s), mail(u"20"_s)});
        ask(m_name, rows);
        const auto count = m_bench->deltas.size();
        for (int i = 0; i < 3; ++i) {
            std::reverse(rows.begin(), rows.end());
            ask(m_name, rows);
        }
        QCOMPARE(m_bench->deltas.size(), count);
    }

    void aNameThatWasNeverThereIsNotBack()
    {
        m_bench->dns(m_name.value, u"A"_s, {}, Outcome::Empty, u"nxdomain"_s);
        m_bench->dns(m_name.value, u"A"_s, {u"192.0.2.1"_s});
        QVERIFY(m_bench->deltas.constLast().questions.first().wasEmptyName);
        QVERIFY(!m_bench->deltas.constLast().questions.first().existedBefore);
        // A question that was answered late is still about a name that is new.
        const QString late = u"late.example.com"_s;
        m_bench->dns(late, u"MX"_s, {}, Outcome::Empty, u"nxdomain"_s);
        m_bench->dns(late, u"A"_s, {u"192.0.2.1"_s});
        m_bench->dns(late, u"MX"_s, {u"mx.example.net"_s});
        QVERIFY(m_bench->deltas.constLast().questions.first().wasEmptyName);
        QVERIFY(!m_bench->deltas.constLast().questions.first().existedBefore);
        for (int i = 0; i < 2; ++i)
            m_bench->dns(m_name.value, u"A"_s, {}, Outcome::Empty, u"nxdomain"_s);
        m_bench->dns(m_name.value, u"A"_s, {u"192.0.2.2"_s});
        QVERIFY(m_bench->deltas.constLast().questions.first().existedBefore);
    }

    void whatANameHasBeforeItsEmptinessEndsIsNotItsPast()
    {
        // A negative cache holds one question's "no such name" longer than the other's.
        const QString late = u"late.example.com"_s;
        m_bench->dns(late, u"A"_s, {}, Outcome::Empty, u"nxdomain"_s);
        m_bench->dns(late, u"MX"_s, {}, Outcome::Empty, u"nxdomain"_s);
        m_bench->dns(late, u"A"_s, {u"192.0.2.1"_s});
        m_bench->dns(late, u"MX"_s, {}, Outcome::Empty, u"nxdomain"_s);
        m_bench->dns(late, u"MX"_s, {u"mx.example.net"_s});
        QVERIFY(!m_bench->deltas.constLast().questions.first().existedBefore);
    }

    void failuresDoNotBreakAnEmptiness_data()
    {
        QTest::addColumn<bool>("failsFirst");
        QTest::newRow("before the other question is answered") << true;
        QTest::newRow("behind it") << false;
    }
    void failuresDoNotBreakAnEmptiness()
    {
        QFETCH(bool, failsFirst);
        const QString late = u"late.example.com"_s;
        m_bench->dns(late, u"A"_s, {}, Outcome::Empty, u"nxdomain"_s);
        m_bench->dns(late, u"MX"_s, {}, Outcome::Empty, u"nxdomain"_s);
        if (failsFirst)
            m_bench->dns(late, u"MX"_s, {}, Outcome::Unreachable, u"silence"_s);
        m_bench->dns(late, u"A"_s, {u"192.0.2.1"_s});
        m_bench->dns(late, u"MX"_s, {}, Outcome::Empty, u"nxdomain"_s);
        if (!failsFirst)
            m_bench->dns(late, u"MX"_s, {}, Outcome::Unreachable, u"silence"_s);
        m_bench->dns(late, u"MX"_s, {u"mx.example.net"_s});
        QVERIFY(!m_bench->deltas.constLast().questions.first().existedBefore);
    }

    void aPastThatIsToldLaterIsAPast_data()
    {
        QTest::addColumn<bool>("withBeginning");
        QTest::newRow("from and until") << true;
        QTest::newRow("until alone") << false;
    }
    void aPastThatIsToldLaterIsAPast()
    {
        QFETCH(bool, withBeginning);
        m_bench->dns(m_name.value, u"A"_s, {}, Outcome::Empty, u"nxdomain"_s);
        Record old = fact();
        old.worldFirst.reset();
        if (withBeginning)
            old.worldFirst = m_start - 900 * dayMs;
        old.worldLast = m_start - 400 * dayMs;
        ask(m_name, {old});
        m_bench->dns(m_name.value, u"A"_s, {u"192.0.2.1"_s});
        QVERIFY(m_bench->deltas.constLast().questions.first().existedBefore);
    }

    /// A batch is not taken in the order in which its answers came.
    void bothEndsOfOneBatchAreTold()
    {
        m_bench->journal(Verb::EyeOn, {m_name, m_address});
        ask(m_name, {});
        ask(m_address, {});
        m_bench->clock.forward(dayMs);
        const Pass ofAddress = pass(m_address, {fact()});
        m_bench->clock.forward(3);
        const Pass ofName = pass(m_name, {fact()});
        m_bench->take({ofAddress, ofName});
        QCOMPARE(m_bench->cards().size(), 2);
    }

    void whatOneEndWasToldInABatchIsNotToldItAgain()
    {
        m_bench->journal(Verb::EyeOn, {m_name, m_address});
        QList<Record> many; // more than a check keeps
        for (int i = 0; i < 40; ++i)
            many.append(record(domain(u"n%1.example.com"_s.arg(i)), Dataset::Resolutions, u"A"_s,
                               m_address.value));
        ask(m_name, {});
        ask(m_address, many);
        m_bench->clock.forward(dayMs);
        const Pass ofAddress = pass(m_address, many + QList<Record>{fact()});
        m_bench->clock.forward(3);
        const Pass ofName = pass(m_name, {fact()});
        m_bench->take({ofAddress, ofName});
        QCOMPARE(m_bench->cards().size(), 2);
        m_bench->clock.forward(dayMs);
        ask(m_address, many + QList<Record>{fact(), other()});
        QCOMPARE(m_bench->deltas.constLast().questions.first().appeared.size(), 1);
    }

    void whatStoodThereWhenTheEyeWentOnIsNoNews()
    {
        ask(m_address, {});
        ask(m_name, {fact()});
        m_bench->clock.forward(hourMs);
        m_bench->journal(Verb::EyeOn, {m_address});
        ask(m_address, {fact()});
        QCOMPARE(m_bench->cards().size(), 0);
        ask(m_address, {fact(), other()});
        QCOMPARE(m_bench->cards().size(), 1);
    }

    void anotherHolderWhileTheEyeWasOffDoesNotReturn()
    {
        m_bench->journal(Verb::EyeOn, {m_name});
        tell(u"Reg B"_s);
        tell({});
        tell({});
        m_bench->clock.forward(hourMs);
        const auto off = m_bench->journal(Verb::EyeOff, {m_name});
        tell(u"Reg C"_s);
        m_bench->journal(Verb::Undo, {}, {}, {}, off.entry.id);
        const Appeared other = m_bench->deltas.constLast().questions.first().appeared.first();
        QVERIFY(other.instead);
        QCOMPARE(other.instead->value.raw(), u"Reg B"_s);
    }

    void whoComesInTheOldOnesPlaceDoesNotReturn()
    {
        tell(u"Reg B"_s);
        tell({});
        tell({});
        tell(u"Reg C"_s);
        const Appeared other = m_bench->deltas.constLast().questions.first().appeared.first();
        QVERIFY(other.instead);
        QCOMPARE(other.instead->value.raw(), u"Reg B"_s);
        QVERIFY(!other.confirmedGoneAt);
        tell({});
        tell({});
        tell(u"Reg C"_s);
        const Appeared back = m_bench->deltas.constLast().questions.first().appeared.first();
        QVERIFY(!back.instead);
        QVERIFY(back.confirmedGoneAt);
        // Another attribute is not another holder.
        tell({});
        tell({});
        tell(u"Reg C"_s, u"hostmaster"_s);
        const Appeared same = m_bench->deltas.constLast().questions.first().appeared.first();
        QVERIFY(!same.instead);
        QVERIFY(same.confirmedGoneAt);
    }

private:
    [[nodiscard]] Record fact() const
    {
        Record fact = record(m_name, Dataset::Resolutions, u"A"_s, m_address.value);
        fact.worldFirst = m_start - hourMs;
        fact.worldLast = m_start - hourMs;
        return fact;
    }

    [[nodiscard]] Record other() const
    {
        return record(domain(u"other.example.com"_s), Dataset::Resolutions, u"A"_s,
                      m_address.value);
    }

    [[nodiscard]] QList<Record> twoRows() const
    {
        Record old = record(m_name, Dataset::Resolutions, u"A"_s, u"192.0.2.7"_s);
        Record recent = old;
        old.worldFirst = m_start - 900 * dayMs;
        old.worldLast = m_start - 800 * dayMs;
        recent.worldFirst = m_start - 300 * dayMs;
        recent.worldLast = m_start - 200 * dayMs;
        return {old, recent};
    }

    [[nodiscard]] Record mail(const QString &preference) const
    {
        Record mail = record(m_name, Dataset::Resolutions, u"MX"_s, u"mx.example.net"_s);
        setAttribute(mail.attributes, u"preference"_s, UntrustedText::trusted(preference));
        return mail;
    }

    [[nodiscard]] Pass pass(const Artifact &asked, const QList<Record> &records) const
    {
        Observation answer;
        answer.question = {asked, Dataset::Resolutions, u"mnemonic"_s, u"records"_s};
        answer.presence = Presence::Historical;
        answer.outcome = records.isEmpty() ? Outcome::Empty : Outcome::Complete;
        answer.at = m_bench->clock.now();
        answer.records = records;
        return {asked, u"mnemonic"_s, Purpose::Poll, {answer}, {}};
    }

    void ask(const Artifact &asked, const QList<Record> &records)
    {
        m_bench->clock.forward(hourMs);
        m_bench->take({pass(asked, records)});
    }

    /// The registry's word on a registrar, or that it finds nothing.
    void tell(const QString &registrar, const QString &contact = {})
    {
        m_bench->clock.forward(dayMs);
        Observation answer;
        answer.question = {m_name, Dataset::Whois, u"rdap"_s, u"domain"_s};
        answer.outcome = registrar.isEmpty() ? Outcome::Empty : Outcome::Complete;
        answer.at = m_bench->clock.now();
        if (!registrar.isEmpty()) {
            Record fact = record(m_name, Dataset::Whois, u"registrar"_s, registrar);
            fact.identity = Identity::Type;
            setAttribute(fact.attributes, u"name"_s, UntrustedText::trusted(contact));
            answer.records = {fact};
        }
        m_bench->take({{m_name, u"rdap"_s, Purpose::Poll, {answer}, {}}});
    }

    std::unique_ptr<Bench> m_bench;
    const Artifact m_name = domain(u"w.example.com"_s);
    const Artifact m_address = address(u"203.0.113.9"_s);
    const Instant m_start{1'790'000'000'000};
};

WG_TEST(TstBothEnds)
#include "tst_bothends.moc"
