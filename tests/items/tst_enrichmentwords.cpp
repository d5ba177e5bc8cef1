// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/enrichmentwords.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

Told told(FactRole role, const QString &value, const QString &source, const QString &name = {})
{
    return {role, UntrustedText::fromString(value), UntrustedText::fromString(name), source};
}

Enrichment about(const QString &name, const QList<Told> &all = {})
{
    Enrichment known;
    known.entity = {ArtifactKind::Domain, name};
    known.told = all;
    return known;
}

SystemTag tag(const QString &word, const QString &why, const QString &list = {},
              const QString &date = {}, bool old = false)
{
    return {word, UntrustedText::fromString(why), list, date, old};
}

} // namespace

class tst_EnrichmentWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsAreSaidOnce()
    {
        const auto known = about(u"a"_s,
                                 {told(FactRole::Asn, u"AS64496"_s, u"cymru"_s, u"EX"_s),
                                  told(FactRole::Asn, u"AS64496"_s, u"rdap"_s),
                                  told(FactRole::Prefix, u"192.0.2.0/24"_s, u"cymru"_s),
                                  told(FactRole::Country, u"NL"_s, u"rdap"_s)});
        QCOMPARE(EnrichmentWords::facts(known),
                 (QStringList{u"AS64496 EX"_s, u"192.0.2.0/24"_s, u"NL"_s}));
        QCOMPARE(EnrichmentWords::sources(known, FactRole::Asn),
                 QStringList{u"AS64496 EX, says cymru, rdap"_s});
    }
    void sourcesThatDifferAreBothShown()
    {
        const auto known = about(u"a"_s,
                                 {told(FactRole::Country, u"NL"_s, u"maxmind"_s),
                                  told(FactRole::Country, u"DE"_s, u"rdap"_s)});
        QCOMPARE(EnrichmentWords::country(known), u"NL or DE"_s);
        QCOMPARE(
            EnrichmentWords::sources(known, FactRole::Country),
            (QStringList{u"NL, says maxmind"_s, u"DE, says rdap"_s, u"The sources differ."_s}));
    }
    void theRegisteredDomainIsSaidOfHostsOnly()
    {
        auto known = about(u"www.bbc.co.uk"_s);
        known.registeredDomain = u"bbc.co.uk"_s;
        known.suffixListDate = u"2023-02-09"_s;
        QCOMPARE(EnrichmentWords::facts(known), QStringList{u"below bbc.co.uk"_s});
        QCOMPARE(
            EnrichmentWords::sources(known),
            QStringList{u"registered domain bbc.co.uk, by the public suffix list of 2023-02-09"_s});
        known.entity.value = u"bbc.co.uk"_s;
        QVERIFY(EnrichmentWords::facts(known).isEmpty());
        QCOMPARE(EnrichmentWords::sources(known).size(), 1);
    }
    void reasonsStandUnderOneTag()
    {
        auto known = about(u"a"_s);
        known.tags = {tag(u"asn:ex"_s, u"AS64496 (EX), says cymru"_s),
                      tag(u"parked"_s, u"one"_s, u"Parking"_s, u"2026-11-01"_s),
                      tag(u"parked"_s, u"two"_s, u"Parking"_s, u"2024-04-22"_s, true),
                      tag(u"routable"_s, u"so"_s, u"Special"_s, u"2026-11-01"_s)};
        const auto chips = EnrichmentWords::chips(known);
        QCOMPARE(chips.size(), 3);
        QCOMPARE(chips[0].why, QStringList{u"AS64496 (EX), says cymru"_s});
        QCOMPARE(chips[1].tag, u"parked"_s);
        QCOMPARE(chips[1].why,
                 (QStringList{u"one (Parking of 2026-11-01)"_s,
                              u"two (Parking of 2024-04-22, over a year old)"_s}));
        const auto few = EnrichmentWords::remarkable(known);
        QCOMPARE(few.size(), 1);
        QCOMPARE(few[0].tag, u"parked"_s);
    }
    void hostileWordsAreMadeVisible()
    {
        const auto known =
            about(u"a"_s, {told(FactRole::Asn, u"AS1"_s, u"cymru"_s, u"EVIL\u202Etxt"_s)});
        QVERIFY(!EnrichmentWords::asn(known).contains(QChar(0x202E)));
        QVERIFY(EnrichmentWords::asn(known).contains("U+202E"_L1));
        QVERIFY(!EnrichmentWords::why(tag(u"x"_s, u"a\u202Eb\nc"_s)).contains(u'\n'));
    }
};

WG_TEST(tst_EnrichmentWords)

#include "tst_enrichmentwords.moc"
