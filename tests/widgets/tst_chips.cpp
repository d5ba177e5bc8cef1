// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/enrichedtable.h"
#include "support/runner.h"
#include "widgets/chips.h"
#include "widgets/desktest.h"
#include "widgets/entityhead.h"
#include "widgets/stilltable.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QToolTip>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const Entity host{ArtifactKind::Ipv4, u"98.126.38.107"_s};

/// The visible label that holds these words.
const QLabel *labelWith(const Desk &desk, const QString &part)
{
    for (const auto *label : desk.window->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(part))
            return label;
    }
    return nullptr;
}

StillTable *resolutions(Desk &desk, int rows)
{
    StillTable *table = nullptr;
    [&] { QTRY_VERIFY((table = desk.find<StillTable>(u"Resolutions"_s))); }();
    [&] { QTRY_COMPARE(table->model()->rowCount(), rows); }();
    return table;
}

/// How much of a picture is painted in the tags' colour.
int inked(const QStringList &tags, int width)
{
    const QPalette palette = Theme::light().palette();
    QImage image(width, 40, QImage::Format_RGB32);
    image.fill(Theme::light().base);
    QPainter painter(&image);
    paintChips(&painter, image.rect(), tags, QApplication::font(), palette);
    painter.end();
    int count = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y)
            count += image.pixelColor(x, y) == Theme::light().base ? 0 : 1;
    }
    return count;
}

} // namespace

/// The system's tags and what else is known of an entity, at the head of its page and in its rows.
class tst_Chips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFactsLineSaysEachFactOnce()
    {
        Desk desk;
        desk.window->openEntity(host);
        const QLabel *facts = nullptr;
        QTRY_VERIFY((facts = labelWith(desk, u"AS35908"_s)));
        QCOMPARE(facts->text(),
                 u"AS35908 VPLSNET - Krypt Technologies  ·  98.126.0.0/17  ·  US or DE  ·  name "
                 "VPLSNET"_s);
        QVERIFY(facts->accessibleDescription().contains(u"DE, says maxmind"_s));
        QVERIFY(facts->accessibleDescription().contains(u"The sources differ."_s));
    }
    void theSuffixListsDateIsInTheToolTip()
    {
        Desk desk;
        desk.window->openEntity(interfax);
        const QLabel *facts = nullptr;
        QTRY_VERIFY((facts = labelWith(desk, u"registrar PDR"_s)));
        QVERIFY(facts->toolTip().contains(u"public suffix list of 2023-02-09"_s));
    }
    void theHeadShowsTagsWithTheirReasons()
    {
        Desk desk;
        desk.window->openEntity(interfax);
        SystemChip *chip = nullptr;
        QTRY_VERIFY((chip = desk.find<SystemChip>(u"System tag parked"_s)));
        QCOMPARE(chip->text(), u"parked"_s);
        QVERIFY(desk.find<SystemChip>(u"System tag sinkhole"_s));
        // Plain text: what looks like markup is shown as it is.
        QVERIFY(chip->toolTip().contains(u"&lt;b&gt;sedoparking"_s));
        QVERIFY(chip->accessibleDescription().contains(
            u"(Domain parking services of 2024-04-22, over a year old)"_s));
    }
    void aTagIsReachedByTabAndSaysWhyBySpace()
    {
        Desk desk;
        desk.window->openEntity(interfax);
        SystemChip *first = nullptr;
        QTRY_VERIFY((first = desk.find<SystemChip>(u"System tag parked"_s)));
        auto *eye = desk.find<QToolButton>(u"Watch interfaxru.com"_s);
        eye->setFocus(Qt::TabFocusReason);
        desk.key(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), first);
        desk.key(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), desk.find<SystemChip>(u"System tag sinkhole"_s));
        QToolTip::hideText();
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(QToolTip::isVisible());
        QVERIFY(QToolTip::text().contains(u"Known sinkholes of 2026-08-22"_s));
        QToolTip::hideText();
    }
    void theSameTagsKeepTheFocus()
    {
        Desk desk;
        desk.window->openEntity(interfax);
        SystemChip *chip = nullptr;
        QTRY_VERIFY((chip = desk.find<SystemChip>(u"System tag parked"_s)));
        chip->setFocus(Qt::TabFocusReason);
        script().summaries[interfax].enrichment.told.append(
            {FactRole::Asn, UntrustedText::fromString(u"AS64496"_s), {}, u"cymru"_s});
        Q_EMIT desk.actions->entitiesTouched({interfax});
        QTRY_VERIFY(labelWith(desk, u"AS64496"_s));
        QCOMPARE(QApplication::focusWidget(), chip);
    }
    void nothingMovesWhenTagsArrive()
    {
        Desk desk;
        auto told = script().summaries[interfax].enrichment;
        script().summaries[interfax].enrichment = {};
        desk.window->openEntity(interfax);
        auto *head = desk.window->currentPage()->findChild<EntityHead *>();
        QTRY_VERIFY(labelWith(desk, u"first seen"_s));
        QApplication::sendPostedEvents(); // laid out
        const int before = head->sizeHint().height();
        QVERIFY(!head->findChild<ChipRow *>()->isVisible());
        script().summaries[interfax].enrichment = told;
        Q_EMIT desk.actions->entitiesTouched({interfax});
        QTRY_VERIFY(desk.find<SystemChip>(u"System tag parked"_s));
        QApplication::sendPostedEvents();
        QCOMPARE(head->sizeHint().height(), before);
    }
    void columnsSayWhatAnAddressIs()
    {
        Desk desk;
        desk.window->openEntity(interfax);
        const auto *table = resolutions(desk, 41);
        const auto *header = table->horizontalHeader();
        for (const int column :
             {EnrichedTableModel::Asn, EnrichedTableModel::Country, EnrichedTableModel::Tags})
            QVERIFY(!header->isSectionHidden(column));
        QVERIFY(header->visualIndex(EnrichedTableModel::Tags)
                < header->visualIndex(FactTableModel::Sources));
        QStringList shown;
        for (int row = 0; row < 41; ++row)
            shown.append(table->model()->index(row, EnrichedTableModel::Asn).data().toString());
        QVERIFY(shown.contains(u"AS35908 VPLSNET - Krypt"_s));
        QVERIFY(shown.contains(u"AS35908 or AS64511"_s));
    }
    void namesOnAnAddressHaveTagsAndNoAsn()
    {
        Desk desk;
        desk.window->openEntity(host);
        const auto *table = resolutions(desk, 1);
        QVERIFY(table->horizontalHeader()->isSectionHidden(EnrichedTableModel::Asn));
        QVERIFY(table->horizontalHeader()->isSectionHidden(EnrichedTableModel::Country));
        QCOMPARE(table->model()->index(0, EnrichedTableModel::Tags).data().toString(),
                 u"parked, sinkhole"_s);
    }
    void columnsKeepTheirWidthWhenRowsArrive()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            for (auto &row : s.facts[interfax][Dataset::Resolutions])
                row.enrichment.reset();
        });
        desk.window->openEntity(interfax);
        auto *table = resolutions(desk, 41);
        const auto widths = [table] {
            QList<int> all;
            for (int i = 0; i < table->model()->columnCount(); ++i)
                all.append(table->columnWidth(i));
            return all;
        };
        const auto before = widths();
        Script whole;
        fillDesk(whole);
        script().facts = whole.facts;
        Q_EMIT desk.actions->entitiesTouched({interfax});
        const auto tagged = [table] {
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                if (!table->model()
                         ->index(row, EnrichedTableModel::Asn)
                         .data()
                         .toString()
                         .isEmpty())
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(tagged());
        QCOMPARE(widths(), before);
    }
    void tagsThatFindNoRoomAreCounted()
    {
        const QStringList tags{u"dynamic"_s, u"sinkhole"_s, u"cdn"_s};
        QVERIFY(inked(tags, 400) > inked(tags.mid(0, 1), 400));
        const int narrow = inked(tags, 40);
        QVERIFY(narrow > 0); // "+3"
        QVERIFY(narrow < inked(tags.mid(0, 1), 400));
        QCOMPARE(inked({}, 400), 0);
    }
};

WG_TEST(tst_Chips)

#include "tst_chips.moc"
