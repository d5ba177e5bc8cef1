// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/housestyle.h"

#include "widgets/icons.h"
#include "widgets/linkdelegate.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QPainter>
#include <QRadioButton>
#include <QStyleFactory>
#include <QStyleOption>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal corner = 3.0;

QRectF sharp(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

/// Of what has the focus: twice as strong as an edge that only invites.
void drawRing(const QStyleOption *option, QPainter *painter)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Theme::of(option->palette).accent);
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(sharp(option->rect), corner, corner);
    painter->drawRoundedRect(sharp(option->rect).adjusted(1, 1, -1, -1), corner, corner);
    painter->restore();
}

} // namespace

HouseStyle::HouseStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{ }

void HouseStyle::drawField(const QStyleOption *option, QPainter *painter) const
{
    const auto &theme = Theme::of(option->palette);
    const bool focus = option->state & State_HasFocus;
    const bool enabled = option->state & State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(focus ? theme.accent : theme.edge);
    painter->setBrush(enabled ? theme.base : theme.window);
    painter->drawRoundedRect(sharp(option->rect), corner, corner);
    painter->restore();
}

void HouseStyle::drawIndicator(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter) const
{
    const auto &theme = Theme::of(option->palette);
    const bool enabled = option->state & State_Enabled;
    const bool on = option->state & State_On;
    const int side = qMin(option->rect.width(), option->rect.height());
    const QRect box(option->rect.left(), option->rect.top() + (option->rect.height() - side) / 2,
                    side, side);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(on ? theme.accent : theme.neutral);
    painter->setBrush(on && enabled ? theme.accent : theme.base);
    if (element == PE_IndicatorRadioButton) {
        painter->drawEllipse(sharp(box));
        painter->setBrush(theme.base);
        painter->setPen(Qt::NoPen);
        if (on)
            painter->drawEllipse(QRectF(box).center() + QPointF(0, 0), side * 0.2, side * 0.2);
    } else {
        painter->drawRoundedRect(sharp(box), corner - 1, corner - 1);
        if (on) {
            painter->setPen(
                QPen(theme.base, side / 8.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter->drawPolyline(
                QPolygonF{QPointF(box.left() + side * 0.24, box.top() + side * 0.52),
                          QPointF(box.left() + side * 0.43, box.top() + side * 0.70),
                          QPointF(box.left() + side * 0.77, box.top() + side * 0.30)});
        }
    }
    painter->restore();
}

void HouseStyle::drawButton(const QStyleOption *option, QPainter *painter, Look look) const
{
    const auto &theme = Theme::of(option->palette);
    const bool enabled = option->state & State_Enabled;
    const bool down = option->state & (State_Sunken | State_On);
    const bool over = enabled && (option->state & State_MouseOver);
    const bool focus = option->state & State_HasFocus;
    const bool raised = look != Look::Flat;
    if (!raised && !down && !over && !focus)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool accent = focus || (enabled && look == Look::Wanted);
    painter->setPen(accent ? QPen(theme.accent) : raised ? QPen(theme.edge) : QPen(Qt::NoPen));
    const QColor rest = theme.dark ? theme.raised : theme.base;
    painter->setBrush(down         ? theme.selection
                          : over   ? theme.rule
                          : raised ? rest
                                   : QColor(Qt::transparent));
    painter->drawRoundedRect(sharp(option->rect), corner, corner);
    painter->restore();
    if (focus)
        drawRing(option, painter);
}

void HouseStyle::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const auto &theme = Theme::of(option->palette);
    const bool selected = option->state & State_Selected;
    const bool over = (option->state & State_Enabled) && (option->state & State_MouseOver);
    if (selected || over)
        painter->fillRect(option->rect, selected ? theme.base : theme.raised);
    const int line = qMax(2, option->fontMetrics.height() / 8);
    if (selected)
        painter->fillRect(option->rect.adjusted(0, option->rect.height() - line, 0, 0),
                          theme.accent);
    if (option->state & State_HasFocus && selected) {
        painter->save();
        painter->setPen(theme.accent);
        painter->drawRect(option->rect.adjusted(1, 1, -2, -line - 1));
        painter->restore();
    }
}

void HouseStyle::drawHeader(const QStyleOption *option, QPainter *painter) const
{
    const auto &theme = Theme::of(option->palette);
    painter->fillRect(option->rect, theme.window);
    painter->save();
    painter->setPen(theme.rule);
    painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
    painter->restore();
}

/// As far from the edges as the cells below it.
void HouseStyle::drawHeaderLabel(const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    const auto *view = qobject_cast<const QHeaderView *>(widget);
    if (!header || !view)
        return;
    const auto &theme = Theme::of(option->palette);
    const bool marks = view->property("marksColumn").toInt() == header->section;
    const int at = view->sectionViewportPosition(header->section);
    const int pad = cellPadding(option->fontMetrics);
    QRect words = option->rect;
    words.setLeft(at + (marks ? marksWidth(option->fontMetrics) : pad));
    if (header->textAlignment & Qt::AlignRight)
        words.setRight(at + view->sectionSize(header->section) - pad);
    if (words.width() < option->fontMetrics.averageCharWidth() * 3)
        return;
    painter->save();
    painter->setPen(theme.dim);
    painter->drawText(words, int(header->textAlignment) | Qt::TextSingleLine,
                      option->fontMetrics.elidedText(header->text, Qt::ElideRight, words.width()));
    painter->restore();
}

/// As much air before the sign as Qt leaves behind the words.
void HouseStyle::drawToolLabel(const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (!tool || tool->toolButtonStyle != Qt::ToolButtonTextBesideIcon) {
        QProxyStyle::drawControl(CE_ToolButtonLabel, option, painter, widget);
        return;
    }
    auto moved = *tool;
    moved.rect.adjust(tool->fontMetrics.horizontalAdvance(u' '), 0, 0, 0);
    QProxyStyle::drawControl(CE_ToolButtonLabel, &moved, painter, widget);
}

void HouseStyle::drawTool(const QStyleOptionToolButton &tool, QPainter *painter,
                          const QWidget *widget) const
{
    auto plain = tool; // an arrow in the corner would lie over the sign or below the words
    plain.features &= ~QStyleOptionToolButton::HasMenu;
    plain.state &= ~State_HasFocus; // Fusion's own is a breath of colour, and none without keys
    QProxyStyle::drawComplexControl(CC_ToolButton, &plain, painter, widget);
    if (tool.state & State_HasFocus)
        drawRing(&tool, painter);
}

void HouseStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0) {
            drawField(option, painter);
            return;
        }
        break;
    }
    case PE_FrameLineEdit:
        return; // drawn with its panel
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        drawIndicator(element, option, painter);
        return;
    case PE_PanelButtonCommand: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool wanted = button && button->features & QStyleOptionButton::DefaultButton;
        drawButton(option, painter, wanted ? Look::Wanted : Look::Raised);
        return;
    }
    case PE_PanelButtonTool:
        drawButton(option, painter, option->state & State_AutoRaise ? Look::Flat : Look::Raised);
        return;
    case PE_IndicatorTabClose: {
        const bool over = option->state & State_MouseOver;
        if (over)
            painter->fillRect(option->rect, Theme::of(option->palette).rule);
        icon(u"close"_s, over ? Tint::Text : Tint::Dim).paint(painter, option->rect);
        return;
    }
    case PE_FrameTabBarBase: {
        const auto &theme = Theme::of(option->palette);
        painter->fillRect(QRect(option->rect.bottomLeft(), QSize(option->rect.width(), 1)),
                          theme.rule);
        return;
    }
    case PE_FrameStatusBarItem:
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QCheckBox *>(widget) || qobject_cast<const QRadioButton *>(widget)) {
            drawRing(option, painter);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void HouseStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    switch (element) {
    case CE_TabBarTabShape:
        drawTab(option, painter);
        return;
    case CE_HeaderSection:
        drawHeader(option, painter);
        return;
    case CE_HeaderEmptyArea:
        drawHeader(option, painter);
        return;
    case CE_HeaderLabel:
        drawHeaderLabel(option, painter, widget);
        return;
    case CE_ToolButtonLabel:
        drawToolLabel(option, painter, widget);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void HouseStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
        drawTool(*tool, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control != CC_SpinBox && control != CC_ComboBox)
        return;
    const auto &theme = Theme::of(option->palette); // Fusion's own edge is lost in the dark
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(option->state & State_HasFocus ? theme.accent : theme.edge);
    painter->drawRoundedRect(sharp(option->rect), corner, corner);
    painter->restore();
}

/// Fields have room for the air that subElementRect() takes from their words.
QSize HouseStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    const auto fitting = QProxyStyle::sizeFromContents(type, option, size, widget);
    return type == CT_SpinBox ? fitting + QSize(option->fontMetrics.height() / 2, 0) : fitting;
}

QRect HouseStyle::subElementRect(SubElement element, const QStyleOption *option,
                                 const QWidget *widget) const
{
    const auto rect = QProxyStyle::subElementRect(element, option, widget);
    if (element != SE_LineEditContents)
        return rect;
    const int air = option->fontMetrics.height() / 4; // words do not touch the edge
    return rect.adjusted(air, 0, -air, 0);
}

int HouseStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                            const QWidget *widget) const
{
    switch (metric) {
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QIcon HouseStyle::standardIcon(StandardPixmap which, const QStyleOption *option,
                               const QWidget *widget) const
{
    if (which == SP_LineEditClearButton)
        return icon(u"close"_s, Tint::Dim);
    return QProxyStyle::standardIcon(which, option, widget);
}

int HouseStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
        return 0;
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 450;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

} // namespace wg
