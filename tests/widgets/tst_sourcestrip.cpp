// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/sourcestrip.h"

#include <QLabel>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

class tst_SourceStrip : public QObject
{
    Q_OBJECT

    static SourceState source(const QString &name, bool enabled, bool needsKey = false)
    {
        SourceState state;
        state.info.name = name;
        state.info.asksOutside = true;
        state.info.needsKey = needsKey;
        state.info.takesKey = needsKey;
        state.info.keyFrom = u"https://keys.example/"_s;
        state.enabled = enabled;
        state.permitted = true;
        state.key = KeyState::Absent;
        return state;
    }
    static QStringList words(const DatasetSituation &situation)
    {
        SourceStrip strip;
        strip.show(situation);
        QStringList words;
        const auto labels = strip.findChildren<QLabel *>();
        for (const auto *label : labels)
            words.append(label->text() + u'|' + label->accessibleDescription());
        words.removeAll(u"|"_s); // icons
        return words;
    }

private Q_SLOTS:
    void whatNobodySetUpIsToldInOneWordEachWay()
    {
        DatasetSituation s;
        s.sources = {source(u"rdap"_s, true), source(u"one"_s, false),
                     source(u"two"_s, true, true)};
        QCOMPARE(words(s),
                 (QStringList{u"rdap: not asked yet|"_s, u"one: off|"_s,
                              u"two: needs a key|To be had at https://keys.example/; set it on the "
                              "Sources page."_s}));
        s.sources.append({source(u"three"_s, false), source(u"four"_s, true, true),
                          source(u"five"_s, true, true)});
        QCOMPARE(
            words(s),
            (QStringList{u"rdap: not asked yet|"_s, u"2 off|one, three"_s,
                         u"3 need a key|two, four, five\nKeys are set on the Sources page."_s}));
    }
    void whatAnsweredBeforeIsToldAlsoWhenItIsOffNow()
    {
        DatasetSituation s;
        s.sources = {source(u"rdap"_s, false), source(u"one"_s, false)};
        CheckState check;
        check.question.source = u"rdap"_s;
        check.outcome = Outcome::Complete;
        s.checks = {check};
        const auto told = words(s);
        QCOMPARE(told.size(), 2);
        QVERIFY2(told.first().startsWith(u"rdap: "), qPrintable(told.first()));
        QCOMPARE(told.last(), u"one: off|"_s);
    }
};

WG_TEST(tst_SourceStrip)
#include "tst_sourcestrip.moc"
