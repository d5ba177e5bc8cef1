// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change.h"
#include "core/journal.h"
#include "support/runner.h"

#include <QSet>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// The words of enumerations: in JSON, files and the command line, so they and their numbers stay.
class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueHasItsOwnWord();
    void datasetsAreFoundByName();
    void papLevelsAreOrderedAndFoundByName();
    void outcomesKnowWhatTheyProve();
    void storedNumbersNeverMove();
    void onlyNamesAndAddressesAreEntities();
};

namespace {

/// Words of the values first to last; fails on an unknown or a repeated one.
template <class Enum, class Name>
QStringList wordsOf(int first, int last, Name name)
{
    QStringList words;
    for (int number = first; number <= last; ++number)
        words.append(QString(name(Enum(number))));
    return words;
}

} // namespace

void TestWords::everyValueHasItsOwnWord()
{
    const QList<QStringList> all{wordsOf<ArtifactKind>(1, 14, kindName),
                                 wordsOf<Dataset>(1, 14, datasetName),
                                 wordsOf<Outcome>(1, 7, outcomeName),
                                 wordsOf<Presence>(1, 2, presenceName),
                                 wordsOf<Pap>(0, 2, papName),
                                 wordsOf<ChangeKind>(1, 4, changeKindName),
                                 wordsOf<Novelty>(1, 4, noveltyName),
                                 wordsOf<Cause>(1, 15, causeName),
                                 wordsOf<CardState>(1, 4, cardStateName),
                                 wordsOf<Verb>(0, 8, verbName)};
    for (const QStringList &words : all) {
        QCOMPARE(QSet<QString>(words.begin(), words.end()).size(), words.size());
        QVERIFY2(!words.contains(u"unknown"_s), qPrintable(words.join(u' ')));
    }
    QCOMPARE(QString(outcomeName(Outcome(99))), u"unknown"_s);
}

void TestWords::datasetsAreFoundByName()
{
    for (int number = 1; number <= 14; ++number)
        QCOMPARE(datasetByName(QString(datasetName(Dataset(number)))),
                 std::optional(Dataset(number)));
    QCOMPARE(datasetByName(u"WHOIS"), std::optional(Dataset::Whois));
    for (const QString &name : {QString(), u"unknown"_s, u"who is"_s, u"dnsx"_s})
        QVERIFY(!datasetByName(name));
}

void TestWords::papLevelsAreOrderedAndFoundByName()
{
    QVERIFY(Pap::Red < Pap::Amber);
    QVERIFY(Pap::Amber < Pap::Green);
    QCOMPARE(papByName(u"amber"), std::optional(Pap::Amber));
    QCOMPARE(papByName(u"GREEN"), std::optional(Pap::Green));
    QVERIFY(!papByName(u""));
    QVERIFY(!papByName(u"white"));
}

void TestWords::outcomesKnowWhatTheyProve()
{
    QVERIFY(isProof(Outcome::Complete) && isProof(Outcome::Empty));
    QVERIFY(isUsable(Outcome::Truncated) && !isProof(Outcome::Truncated));
    for (const auto outcome :
         {Outcome::SuspiciousEmpty, Outcome::Refused, Outcome::Unreachable, Outcome::Malformed})
        QVERIFY(!isUsable(outcome));
}

void TestWords::storedNumbersNeverMove()
{
    QCOMPARE(int(ArtifactKind::Url), 14);
    QCOMPARE(int(Dataset::Resolutions), 1);
    QCOMPARE(int(Dataset::Sightings), 14);
    QCOMPARE(int(Outcome::Malformed), 7);
    QCOMPARE(int(ChangeKind::Returned), 4);
    QCOMPARE(int(Cause::Storm), 15);
    QCOMPARE(int(Cause::WhileOff), 16);
    QCOMPARE(int(CardState::Suppressed), 4);
    QCOMPARE(int(Novelty::Here), 4);
}

void TestWords::onlyNamesAndAddressesAreEntities()
{
    QVERIFY(isEntity({ArtifactKind::Domain, u"example.com"_s}));
    QVERIFY(isEntity({ArtifactKind::Ipv6, u"::1"_s}));
    QVERIFY(!isEntity({ArtifactKind::Cidr, u"192.0.2.0/24"_s}));
    QVERIFY(!isEntity({ArtifactKind::Domain, QString()}));
    QVERIFY(isAddress({ArtifactKind::Ipv4, u"192.0.2.1"_s}));
    QVERIFY(!isAddress({ArtifactKind::Domain, u"example.com"_s}));
}

WG_TEST(TestWords)
#include "tst_words.moc"
