// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include "widgets/housestyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QPainter>
#include <QToolTip>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace wg {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

Theme makeLight()
{
    Theme t;
    t.window = QColor(0xf2f3f5);
    t.base = QColor(0xffffff);
    t.raised = QColor(0xf7f8f9);
    t.rule = QColor(0xd9dce1);
    t.edge = QColor(0x878f9b);
    t.text = QColor(0x1b2027);
    t.dim = QColor(0x545d69);
    t.accent = QColor(0x1a5699);
    t.selection = QColor(0xd8e6f6);
    t.bad = QColor(0xb3261e);
    t.warn = QColor(0x8a5100);
    t.good = QColor(0x1b6e3c);
    t.neutral = QColor(0x4a5568);
    return t;
}

Theme makeDark()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x1c1f24);
    t.base = QColor(0x15181c);
    t.raised = QColor(0x22262c);
    t.rule = QColor(0x30353d);
    t.edge = QColor(0x69727f);
    t.text = QColor(0xdfe3e8);
    t.dim = QColor(0xa0aab6);
    t.accent = QColor(0x84b9f2);
    t.selection = QColor(0x263f5c);
    t.bad = QColor(0xff8a80);
    t.warn = QColor(0xffb95c);
    t.good = QColor(0x7bd79a);
    t.neutral = QColor(0xb0bac9);
    return t;
}

} // namespace

const Theme &Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::darkOne()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightnessF() < 0.5 ? darkOne() : light();
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, base);
    p.setColor(QPalette::AlternateBase, raised);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, dim);
    p.setColor(QPalette::Button, dark ? raised : window);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, bad);
    p.setColor(QPalette::ToolTipBase, dark ? raised : base);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Highlight, selection);
    p.setColor(QPalette::HighlightedText, text);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::Light, dark ? QColor(0x363c45) : QColor(0xffffff));
    p.setColor(QPalette::Midlight, dark ? QColor(0x2b3037) : QColor(0xe9ebee));
    p.setColor(QPalette::Mid, edge);
    p.setColor(QPalette::Dark, dark ? QColor(0x0e1013) : QColor(0x9aa1ab));
    p.setColor(QPalette::Shadow, QColor(Qt::black));
    const QColor off = dark ? QColor(0x7d8792) : QColor(0x777f8a);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, off);
    p.setColor(QPalette::Disabled, QPalette::Highlight, rule);
    return p;
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QFont monospace(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF());
    else
        font.setPixelSize(base.pixelSize());
    font.setWeight(base.weight());
    return font;
}

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(int(std::lround(font.pixelSize() * factor)));
    return font;
}

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

int space(const QWidget *widget, int quarters)
{
    const int line = QFontMetrics(widget->font()).height();
    return std::max(1, int(std::lround(line * quarters / 4.0)));
}

void paintPanel(QWidget *panel)
{
    const auto &theme = Theme::of(panel->palette());
    QPainter painter(panel);
    painter.fillRect(panel->rect(), theme.dark ? theme.raised : theme.base);
    painter.setPen(theme.edge);
    painter.drawRect(panel->rect().adjusted(0, 0, -1, -1));
}

double rowLines()
{
    return qApp->property("compactRows").toBool() ? 1.2 : 1.5;
}

void setCompactRows(bool compact)
{
    qApp->setProperty("compactRows", compact);
}

ThemeKeeper::ThemeKeeper(QApplication &app, QObject *parent)
    : QObject(parent)
    , m_app(app)
    , m_systemDark(app.palette().color(QPalette::Window).lightnessF() < 0.5)
{
    m_app.setStyle(new HouseStyle);
    apply();
}

void ThemeKeeper::setChoice(ThemeChoice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

void ThemeKeeper::setChoice(const QString &word)
{
    if (word == QLatin1String("light"))
        setChoice(ThemeChoice::Light);
    else if (word == QLatin1String("dark"))
        setChoice(ThemeChoice::Dark);
    else
        setChoice(ThemeChoice::System);
}

void ThemeKeeper::setSystemDark(bool dark)
{
    if (m_systemDark == dark)
        return;
    m_systemDark = dark;
    if (m_choice == ThemeChoice::System)
        apply();
}

const Theme &ThemeKeeper::theme() const
{
    const bool dark =
        m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_systemDark);
    return dark ? Theme::darkOne() : Theme::light();
}

void ThemeKeeper::apply()
{
    const auto palette = theme().palette();
    m_app.setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT changed();
}

} // namespace wg
