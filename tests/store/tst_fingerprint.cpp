// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/fingerprint.h"
#include "support/runner.h"

#include <QTest>
#include <functional>

using namespace Qt::StringLiterals;
using namespace wg;

/// What the comparison of whole asks sees and what it does not.
class tst_Fingerprint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingThatIsComparedChangesIt_data();
    void everythingThatIsComparedChangesIt();
    void aNameThatIsGoneIsNotOneWithoutRecords();
    void orderDetailsAndTimeOfTheAnswerDoNot();
    void anAskAboutSeveralThingsHasNone();
    void textsThatMeetAreNotMistaken();

private:
    static Pass ask();
    static Record address(const QString &value);
};

Record tst_Fingerprint::address(const QString &value)
{
    Record record;
    record.owner = {ArtifactKind::Domain, u"example.com"_s};
    record.dataset = Dataset::Resolutions;
    record.type = u"A"_s;
    record.value = UntrustedText::trusted(value);
    return record;
}

Pass tst_Fingerprint::ask()
{
    Pass pass;
    pass.asked = {ArtifactKind::Domain, u"example.com"_s};
    pass.source = u"dns@192.0.2.53"_s;
    for (const QString &type : {u"A"_s, u"MX"_s}) {
        Observation answer;
        answer.question = {pass.asked, Dataset::Resolutions, pass.source, type};
        answer.outcome = Outcome::Complete;
        answer.at = Instant::fromSeconds(1'700'000'000);
        pass.observations.append(answer);
    }
    pass.observations[0].records = {address(u"192.0.2.1"_s), address(u"192.0.2.2"_s),
                                    address(u"198.51.100.3"_s)};
    pass.observations[1].records = {address(u"mx.example.net"_s)};
    pass.observations[1].records[0].attributes = {
        {u"preference"_s, UntrustedText::trusted(u"10"_s)}};
    return pass;
}

using Change = std::function<void(Pass &)>;
Q_DECLARE_METATYPE(Change)

void tst_Fingerprint::everythingThatIsComparedChangesIt_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, Change change) {
        QTest::newRow(name) << std::move(change);
    };
    row("value", [](Pass &p) { p.observations[1].records[0] = address(u"mx2.example.net"_s); });
    row("owner", [](Pass &p) { p.observations[0].records[1].owner.value = u"example.org"_s; });
    row("type of record", [](Pass &p) { p.observations[0].records[1].type = u"AAAA"_s; });
    row("identity", [](Pass &p) { p.observations[0].records[1].identity = Identity::Type; });
    row("attribute", [](Pass &p) {
        p.observations[1].records[0].attributes[0].text = UntrustedText::trusted(u"20"_s);
    });
    row("one more record", [](Pass &p) { p.observations[1].records << address(u"192.0.2.9"_s); });
    row("one record less", [](Pass &p) { p.observations[0].records.removeLast(); });
    row("first seen", [](Pass &p) {
        p.observations[0].records[0].worldFirst = Instant::fromSeconds(1'600'000'000);
    });
    row("last seen", [](Pass &p) {
        p.observations[0].records[0].worldLast = Instant::fromSeconds(1'600'000'000);
    });
    row("outcome", [](Pass &p) { p.observations[0].outcome = Outcome::Truncated; });
    row("parser", [](Pass &p) { p.observations[0].parserVersion = 2; });
    row("dataset", [](Pass &p) { p.observations[1].question.dataset = Dataset::Dns; });
    row("words of the question", [](Pass &p) { p.observations[1].question.text = u"NS"_s; });
    row("words of an answer", [](Pass &p) { p.observations[1].detail = u"1 of 2 rows"_s; });
    row("nothing there", [](Pass &p) {
        p.observations[1].records.clear();
        p.observations[1].outcome = Outcome::Empty;
    });
}

void tst_Fingerprint::everythingThatIsComparedChangesIt()
{
    QFETCH(Change, change);
    Pass changed = ask();
    change(changed);
    QVERIFY(fingerprintOf(changed) != fingerprintOf(ask()));
    QVERIFY(fingerprintOf(changed) != Hash128{});
}

void tst_Fingerprint::aNameThatIsGoneIsNotOneWithoutRecords()
{
    Pass without = ask();
    without.observations[1].records.clear();
    without.observations[1].outcome = Outcome::Empty;
    Pass gone = without;
    gone.observations[1].detail = u"nxdomain"_s;
    QVERIFY(fingerprintOf(without) != fingerprintOf(gone));
}

void tst_Fingerprint::orderDetailsAndTimeOfTheAnswerDoNot()
{
    Pass later = ask();
    std::reverse(later.observations[0].records.begin(), later.observations[0].records.end());
    later.observations[1].records[0].details = {{u"ttl"_s, UntrustedText::trusted(u"59"_s)}};
    later.observations[0].at = later.observations[0].at + 1000;
    later.purpose = Purpose::Person;
    QCOMPARE(fingerprintOf(later), fingerprintOf(ask()));
}

void tst_Fingerprint::anAskAboutSeveralThingsHasNone()
{
    Pass several = ask();
    several.observations[1].question.asked.value = u"example.org"_s;
    QCOMPARE(fingerprintOf(several), Hash128{});
    several.observations.clear();
    QCOMPARE(fingerprintOf(several), Hash128{});
}

/// The end of one text is no beginning of the next.
void tst_Fingerprint::textsThatMeetAreNotMistaken()
{
    Pass one = ask();
    Pass other = ask();
    one.observations[1].records[0].attributes = {{u"a"_s, UntrustedText::trusted(u"bc"_s)}};
    other.observations[1].records[0].attributes = {{u"ab"_s, UntrustedText::trusted(u"c"_s)}};
    QVERIFY(fingerprintOf(one) != fingerprintOf(other));
}

WG_TEST(tst_Fingerprint)

#include "tst_fingerprint.moc"
