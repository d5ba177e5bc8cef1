// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/elidedlabel.h"
#include "widgets/housestyle.h"
#include "widgets/icons.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QRadioButton>
#include <QStyleOptionToolButton>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

class tst_Theme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsAndTintedWordsFollowTheTheme()
    {
        ThemeKeeper keeper(*qApp);
        keeper.setChoice(ThemeChoice::Light);
        QWidget window;
        TintLabel words(Tint::Bad, &window);
        TintLabel sign(u"warning"_s, Tint::Warn, 1, &window);
        window.show();
        const auto before = sign.pixmap().toImage();
        QCOMPARE(words.palette().color(QPalette::WindowText), Theme::light().bad);
        keeper.setChoice(ThemeChoice::Dark);
        for (auto *label : {&words, &sign}) { // Qt tells widgets only while exec() runs
            QEvent change(QEvent::PaletteChange);
            QApplication::sendEvent(label, &change);
        }
        QCOMPARE(words.palette().color(QPalette::WindowText), Theme::darkOne().bad);
        QVERIFY(sign.pixmap().toImage() != before);
        keeper.setChoice(ThemeChoice::Light);
    }
    void whatHasTheFocusShowsItInBothThemes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void whatHasTheFocusShowsItInBothThemes()
    {
        QFETCH(bool, dark);
        const auto &theme = dark ? Theme::darkOne() : Theme::light();
        const HouseStyle style;
        const auto ringed = [&theme](const auto &draw) { // along the middle of the lower edge
            QImage image(60, 30, QImage::Format_RGB32);
            image.fill(theme.window);
            QPainter painter(&image);
            draw(painter);
            return contrast(image.pixelColor(30, 29), theme.accent) < 1.1
                && contrast(image.pixelColor(30, 28), theme.accent) < 1.1;
        };
        const QRect whole(0, 0, 60, 30);
        QStyleOptionToolButton tool;
        tool.rect = whole;
        tool.palette = theme.palette();
        tool.subControls = QStyle::SC_ToolButton;
        tool.state = QStyle::State_Enabled | QStyle::State_AutoRaise;
        const auto drawTool = [&](QPainter &painter) {
            style.drawComplexControl(QStyle::CC_ToolButton, &tool, &painter, nullptr);
        };
        QVERIFY(!ringed(drawTool));
        tool.state |= QStyle::State_HasFocus;
        QVERIFY(ringed(drawTool));
        QStyleOptionFocusRect frame;
        frame.rect = whole;
        frame.palette = theme.palette();
        frame.state = QStyle::State_Enabled | QStyle::State_HasFocus;
        const QCheckBox check;
        const QRadioButton radio;
        for (const auto *widget :
             {static_cast<const QWidget *>(&check), static_cast<const QWidget *>(&radio)}) {
            QVERIFY(ringed([&](QPainter &painter) {
                style.drawPrimitive(QStyle::PE_FrameFocusRect, &frame, &painter, widget);
            }));
        }
    }
    void wordsThatDoNotFitEndInAnEllipsisAndAreToldInFull()
    {
        ElidedLabel label(u"a-name-that-is-longer-than-its-place.example"_s, Qt::ElideMiddle,
                          nullptr);
        label.resize(label.sizeHint());
        QVERIFY(!label.isCut());
        label.resize(label.minimumSizeHint());
        QVERIFY(label.isCut());
        QVERIFY(label.toolTip().contains(u"longer-than-its-place"));
    }
    void contrastIsThatOfTheStandard()
    {
        QVERIFY(qAbs(contrast(Qt::black, Qt::white) - 21.0) < 0.01);
        QVERIFY(qAbs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.02);
    }
    void textCanBeReadAndMarksSeenInBothThemes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textCanBeReadAndMarksSeenInBothThemes()
    {
        QFETCH(bool, dark);
        const auto &t = dark ? Theme::darkOne() : Theme::light();
        for (const auto &ground : {t.window, t.base, t.raised, t.selection}) {
            for (const auto &text : {t.text, t.accent, t.dim})
                QVERIFY2(contrast(text, ground) >= 4.5,
                         qPrintable(text.name() + u" on "_s + ground.name()));
            for (const auto &mark : {t.bad, t.warn, t.good, t.neutral})
                QVERIFY2(contrast(mark, ground) >= 3.0,
                         qPrintable(mark.name() + u" on "_s + ground.name()));
        }
        for (const auto &words : {t.bad, t.warn, t.good})
            QVERIFY(contrast(words, t.window) >= 4.5);
        QVERIFY(contrast(t.edge, t.window) >= 2.9);
        QVERIFY(contrast(t.edge, t.base) >= 3.0);
    }
    void paletteCarriesTheTheme()
    {
        QCOMPARE(Theme::of(Theme::light().palette()).dark, false);
        QCOMPARE(Theme::of(Theme::darkOne().palette()).dark, true);
    }
    void everyIconDrawsSomethingInItsTint()
    {
        const auto files = QDir(u":/icons"_s).entryList({u"*.svg"_s});
        QVERIFY(files.size() > 20);
        for (const auto &file : files) {
            const auto name = file.chopped(4);
            const auto image = icon(name, Tint::Bad).pixmap(QSize(24, 24)).toImage();
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    drawn += qAlpha(image.pixel(x, y)) > 100 ? 1 : 0;
            }
            QVERIFY2(drawn > 10, qPrintable(file));
        }
    }
};

WG_TEST(tst_Theme)
#include "tst_theme.moc"
