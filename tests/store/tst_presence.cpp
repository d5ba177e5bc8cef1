// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

/// One source tells of history and of what holds now, and of what holds now from both ends. Names,
/// addresses and days are those of SecurityTrails' answers of September and October 2019.
class TstPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAddressUnsaysOnlyWhatIsOnIt_data()
    {
        QTest::addColumn<bool>("onPostgres");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgres") << true;
    }
    void anAddressUnsaysOnlyWhatIsOnIt()
    {
        QFETCH(bool, onPostgres);
        m_bench = std::make_unique<Bench>(onPostgres ? Engine::Postgres : Engine::Sqlite);
        take(m_name, {history(m_name, m_addresses), current(m_name, {m_address.value})});
        take(m_address, {names(m_september)});
        take(m_address, {names({u"jppost-bto.top"_s, m_name.value})});
        take(m_address, {names({u"jppost-bto.top"_s, m_name.value, u"jppost-new.top"_s})});
        const auto facts = m_bench->facts(m_name, Dataset::Resolutions);
        QCOMPARE(facts.size(), m_addresses.size());
        for (const FactRow &fact : facts)
            QVERIFY2(!fact.sightings.first().goneAt, qPrintable(fact.record.value.raw()));
        QCOMPARE(goneNames(),
                 (QStringList{u"jppost-bse.top"_s, u"jppost-hi.top"_s, u"jppost-su.top"_s}));
    }

    void namesThatLeftAnAddressAreMissed()
    {
        take(m_address, {names(m_september)});
        take(m_address, {names({u"jppost-bto.top"_s})});
        QCOMPARE(m_bench->deltas.constLast().questions.first().vanished.size(), 4);
        QVERIFY(goneNames().isEmpty());
        take(m_address, {names({u"jppost-bto.top"_s})});
        QCOMPARE(goneNames().size(), 4);
        QVERIFY(!goneNames().contains(u"jppost-bto.top"_s));
    }

    void theLastNamesThatLeftAnAddressAreMissed()
    {
        take(m_address, {names(m_september)});
        take(m_address, {names({})});
        take(m_address, {names({})});
        QCOMPARE(goneNames().size(), 5);
    }

    void whatTheNameSaysItsAddressDoesNotUnsay()
    {
        take(m_name, {current(m_name, {m_address.value})});
        for (int i = 0; i < 3; ++i) { // its list lags
            take(m_address, {names({u"jppost-bto.top"_s})});
            take(m_name, {current(m_name, {m_address.value})});
        }
        QVERIFY(goneNames().isEmpty());
        take(m_name, {current(m_name, {})});
        take(m_name, {current(m_name, {})});
        QCOMPARE(goneNames(), QStringList{m_name.value});
    }

    void whatAnAddressSaysItsNameDoesNotUnsay()
    {
        take(m_address, {names(m_september)});
        const Artifact name = domain(m_september.first());
        for (int i = 0; i < 3; ++i)
            take(name, {current(name, {u"192.0.2.7"_s})});
        QVERIFY(goneNames().isEmpty());
        m_bench->clock.forward(3 * dayMs); // an old answer holds nothing for ever
        for (int i = 0; i < 2; ++i)
            take(name, {current(name, {u"192.0.2.7"_s})});
        QCOMPARE(goneNames(), QStringList{name.value});
    }

    void historyIsNeverMissing()
    {
        take(m_name, {history(m_name, m_addresses), current(m_name, {m_address.value})});
        for (int i = 0; i < 3; ++i)
            take(m_name, {history(m_name, {}), current(m_name, {m_address.value})});
        for (const FactRow &fact : m_bench->facts(m_name, Dataset::Resolutions))
            QVERIFY2(!fact.sightings.first().goneAt, qPrintable(fact.record.value.raw()));
    }

    void presenceIsOfTheQuestionThatTells()
    {
        // The last question of the pass is history, and another dataset's.
        Observation below = history(m_name, {});
        below.question = {m_name, Dataset::Subdomains, u"securitytrails"_s, u"subdomains"_s};
        below.outcome = Outcome::Complete;
        below.records = {record(m_name, Dataset::Subdomains, u"subdomain"_s, u"a.example"_s)};
        take(m_name, {current(m_name, {m_address.value}), below});
        QVERIFY(m_bench->facts(m_name, Dataset::Resolutions).first().current);
        QVERIFY(!m_bench->facts(m_name, Dataset::Subdomains).first().current);
    }

    void whatHistoryToldFirstIsHeldByACurrentAnswer_data()
    {
        QTest::addColumn<bool>("inOnePass");
        QTest::newRow("in one pass") << true;
        QTest::newRow("later") << false;
    }
    void whatHistoryToldFirstIsHeldByACurrentAnswer()
    {
        QFETCH(bool, inOnePass);
        const Observation past = history(m_name, {m_address.value});
        if (!inOnePass)
            take(m_name, {past});
        take(m_name, {past, current(m_name, {m_address.value})});
        QVERIFY(m_bench->facts(m_name, Dataset::Resolutions).first().current);
    }

    void historyDoesNotBringBackWhatIsGone()
    {
        const auto ask = [this](const QStringList &now, Instant last) {
            Observation past = history(m_name, m_addresses);
            for (Record &record : past.records)
                record.worldLast = last;
            take(m_name, {past, current(m_name, now)});
        };
        const Instant before = m_bench->clock.now();
        ask({m_address.value}, before);
        ask({u"193.148.69.37"_s}, before);
        ask({u"193.148.69.37"_s}, before);
        const auto isGone = [this] {
            const auto facts = m_bench->facts(m_name, Dataset::Resolutions);
            return std::any_of(facts.cbegin(), facts.cend(), [this](const FactRow &fact) {
                return fact.record.value.raw() == m_address.value && fact.gone;
            });
        };
        QVERIFY(isGone()); // though history still tells of it
        const auto count = m_bench->deltas.size();
        ask({u"193.148.69.37"_s}, before + hourMs);
        QVERIFY(isGone());
        for (qsizetype i = count; i < m_bench->deltas.size(); ++i)
            QVERIFY(m_bench->deltas[i].questions.first().appeared.isEmpty());
        ask({u"193.148.69.37"_s}, m_bench->clock.now() + hourMs);
        QVERIFY(!isGone()); // it was seen since
    }

    void whatANewerParserSpellsOtherwiseIsNotGone()
    {
        const auto ask = [this](const QString &port, int parser) {
            Observation open = current(m_name, {});
            open.question = {m_address, Dataset::Services, u"shodan"_s, u"host"_s};
            open.outcome = Outcome::Complete;
            open.parserVersion = parser;
            open.records = {record(m_address, Dataset::Services, u"port"_s, port)};
            take(m_address, {open});
        };
        ask(u"443/tcp"_s, 1);
        for (int i = 0; i < 3; ++i)
            ask(u"443"_s, 2);
        for (const Delta &delta : std::as_const(m_bench->deltas))
            QVERIFY(delta.questions.first().vanished.isEmpty());
        const auto facts = m_bench->facts(m_address, Dataset::Services);
        QCOMPARE(facts.size(), 1);
        QCOMPARE(facts.first().record.value.raw(), u"443"_s);
        ask(u"80"_s, 2);
        ask(u"80"_s, 2);
        QCOMPARE(m_bench->deltas.constLast().questions.first().vanished.size(), 1);
    }

    void aLesserAnswerDoesNotUseANewerParserUp_data()
    {
        QTest::addColumn<Outcome>("lesser");
        QTest::newRow("truncated") << Outcome::Truncated;
        QTest::newRow("empty") << Outcome::Empty;
    }
    void aLesserAnswerDoesNotUseANewerParserUp()
    {
        QFETCH(Outcome, lesser);
        const auto ask = [this](const QStringList &ports, int parser, Outcome outcome) {
            Observation open = current(m_name, {});
            open.question = {m_address, Dataset::Services, u"shodan"_s, u"host"_s};
            open.outcome = outcome;
            open.parserVersion = parser;
            for (const QString &port : ports)
                open.records.append(record(m_address, Dataset::Services, u"port"_s, port));
            take(m_address, {open});
        };
        ask({u"22/tcp"_s, u"443/tcp"_s}, 1, Outcome::Complete);
        ask(lesser == Outcome::Empty ? QStringList() : QStringList{u"22"_s}, 2, lesser);
        ask({u"22"_s, u"443"_s}, 2, Outcome::Complete);
        QVERIFY(m_bench->deltas.constLast().questions.first().parserChanged);
        QVERIFY(m_bench->deltas.constLast().questions.first().vanished.isEmpty());
        QCOMPARE(m_bench->facts(m_address, Dataset::Services).size(), 2);
        ask({u"22"_s, u"443"_s, u"80"_s}, 2, Outcome::Complete);
        QVERIFY(!m_bench->deltas.constLast().questions.first().parserChanged);
    }

    void aSourceThatIsAlwaysCutUsesANewerParserUp()
    {
        const auto ask = [this](const QStringList &names, int parser) {
            Observation cut = history(m_name, names);
            cut.outcome = Outcome::Truncated;
            cut.parserVersion = parser;
            take(m_name, {cut});
        };
        ask({u"192.0.2.1"_s}, 1);
        ask({u"192.0.2.2"_s}, 2);
        QVERIFY(m_bench->deltas.constLast().questions.first().parserChanged);
        ask({u"192.0.2.3"_s}, 2);
        QVERIFY(!m_bench->deltas.constLast().questions.first().parserChanged);
    }

    void aNewerParserTellsHistoryFromWhatHolds()
    {
        const auto ask = [this](const QStringList &now, const QStringList &past, int parser) {
            QList<Observation> answers{history(m_name, past), current(m_name, now)};
            for (Observation &answer : answers)
                answer.parserVersion = parser;
            take(m_name, answers);
        };
        ask(m_addresses, {}, 1); // as if the last question of a pass spoke for all of them
        for (int i = 0; i < 3; ++i)
            ask({m_address.value}, m_addresses, 2);
        for (const Delta &delta : std::as_const(m_bench->deltas)) {
            for (const QuestionDelta &question : delta.questions)
                QVERIFY(question.vanished.isEmpty());
        }
        const auto facts = m_bench->facts(m_name, Dataset::Resolutions);
        QCOMPARE(facts.size(), m_addresses.size());
        for (const FactRow &fact : facts)
            QCOMPARE(fact.current, fact.record.value.raw() == m_address.value);
    }

    void aRevokedCertificateIsOneRow()
    {
        const auto tell = [this](const QString &source, bool revoked) {
            m_bench->clock.forward(hourMs);
            Observation answer = history(m_name, {});
            answer.question = {m_name, Dataset::Certificates, source, u"names"_s};
            answer.outcome = Outcome::Complete;
            answer.at = m_bench->clock.now();
            Record told = record(m_name, Dataset::Certificates, u"certificate"_s, u"0a CN=CA"_s);
            if (revoked)
                setAttribute(told.attributes, u"revoked"_s, UntrustedText::trusted(u"true"_s));
            answer.records = {told};
            m_bench->take({{m_name, source, Purpose::Poll, {answer}, {}}});
        };
        const auto rows = [this] { return m_bench->facts(m_name, Dataset::Certificates); };
        tell(u"certspotter"_s, false);
        tell(u"certspotter"_s, true);
        QCOMPARE(rows().size(), 1); // what it said before is no row of its own
        tell(u"crtsh"_s, false);
        QCOMPARE(rows().size(), 1); // and who knows nothing of it does not deny it
        QVERIFY(!rows().first().record.attributes.isEmpty());
        QCOMPARE(rows().first().sightings.size(), 2);
        tell(u"certspotter"_s, false);
        QCOMPARE(rows().size(), 1);
        QVERIFY(rows().first().record.attributes.isEmpty());
    }

    void whatSourcesKnowOfAServiceIsJoined()
    {
        const auto tell = [this](const QString &source, const QString &product) {
            m_bench->clock.forward(hourMs);
            Observation open = current(m_address, {});
            open.question = {m_address, Dataset::Services, source, u"host"_s};
            open.outcome = Outcome::Complete;
            open.at = m_bench->clock.now();
            Record port = record(m_address, Dataset::Services, u"port"_s, u"443"_s);
            setAttribute(port.details, u"product"_s, UntrustedText::fromString(product));
            open.records = {port};
            m_bench->take({{m_address, source, Purpose::Person, {open}, {}}});
        };
        tell(u"internetdb"_s, {});
        tell(u"shodan"_s, u"nginx"_s);
        const auto facts = m_bench->facts(m_address, Dataset::Services);
        QCOMPARE(facts.size(), 1);
        QCOMPARE(attribute(facts.first().record.details, u"product").raw(), u"nginx"_s);
    }

    void init() { m_bench = std::make_unique<Bench>(); }

private:
    [[nodiscard]] Observation answer(const Artifact &asked, const QString &question,
                                     Presence presence, const QList<Record> &records) const
    {
        Observation answer;
        answer.question = {asked, Dataset::Resolutions, u"securitytrails"_s, question};
        answer.presence = presence;
        answer.outcome = records.isEmpty() ? Outcome::Empty : Outcome::Complete;
        answer.records = records;
        return answer;
    }

    [[nodiscard]] Observation history(const Artifact &name, const QStringList &values) const
    {
        return answer(name, u"history-a"_s, Presence::Historical, resolutions(name, values));
    }

    [[nodiscard]] Observation current(const Artifact &name, const QStringList &values) const
    {
        return answer(name, u"current"_s, Presence::Current, resolutions(name, values));
    }

    [[nodiscard]] Observation names(const QStringList &names) const
    {
        QList<Record> records;
        for (const QString &name : names)
            records += resolutions(domain(name), {m_address.value});
        return answer(m_address, u"domains-on-address"_s, Presence::Current, records);
    }

    static QList<Record> resolutions(const Artifact &name, const QStringList &values)
    {
        QList<Record> records;
        for (const QString &value : values)
            records.append(record(name, Dataset::Resolutions, u"A"_s, value));
        return records;
    }

    void take(const Artifact &asked, QList<Observation> answers)
    {
        m_bench->clock.forward(hourMs);
        for (Observation &answer : answers)
            answer.at = m_bench->clock.now();
        m_bench->take({{asked, u"securitytrails"_s, Purpose::Person, answers, {}}});
    }

    /// Names on the address that were there.
    [[nodiscard]] QStringList goneNames() const
    {
        QStringList names;
        for (const FactRow &fact : m_bench->facts(m_address, Dataset::Resolutions)) {
            if (fact.gone)
                names.append(fact.record.owner.value);
        }
        names.sort();
        return names;
    }

    std::unique_ptr<Bench> m_bench;
    const Artifact m_name = domain(u"jppost-tu.top"_s);
    const Artifact m_address = address(u"89.35.39.84"_s);
    const QStringList m_addresses{u"193.148.69.37"_s, u"89.35.39.84"_s, u"45.14.148.103"_s,
                                  u"193.148.69.9"_s};
    const QStringList m_september{u"jppost-bse.top"_s, u"jppost-bto.top"_s, u"jppost-hi.top"_s,
                                  u"jppost-su.top"_s, u"jppost-tu.top"_s};
};

WG_TEST(TstPresence)
#include "tst_presence.moc"
