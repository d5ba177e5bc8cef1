// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chips.h"

#include "widgets/flowlayout.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QToolTip>
#include <utility>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

int padding(const QFontMetrics &metrics)
{
    return metrics.height() / 3;
}

int chipWidth(const QFontMetrics &metrics, const QString &tag)
{
    return metrics.horizontalAdvance(tag) + 2 * padding(metrics);
}

int chipHeight(const QFontMetrics &metrics)
{
    return metrics.height() * 5 / 4;
}

enum class Stroke : quint8
{
    Usual,
    Focused
};

void paintChip(QPainter *painter, const QRect &rect, const QString &tag, const Theme &theme,
               Stroke stroke)
{
    const double width = stroke == Stroke::Focused ? 2 : 1;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.accent, width));
    painter->setBrush(Qt::NoBrush);
    const double in = width / 2;
    const double radius = rect.height() / 4.0;
    painter->drawRoundedRect(QRectF(rect).adjusted(in, in, -in, -in), radius, radius);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, tag);
}

} // namespace

SystemChip::SystemChip(const EnrichmentWords::Chip &chip, QWidget *parent)
    : QToolButton(parent)
{
    setText(chip.tag);
    setAccessibleName(tr("System tag %1").arg(chip.tag));
    setTip(this, chip.why);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QToolButton::clicked, this, &SystemChip::tellWhy);
}

void SystemChip::tellWhy()
{
    QToolTip::showText(mapToGlobal(rect().bottomLeft()), toolTip(), this);
}

QSize SystemChip::sizeHint() const
{
    return {chipWidth(fontMetrics(), text()), chipHeight(fontMetrics())};
}

void SystemChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintChip(&painter, rect(), text(), Theme::of(palette()),
              hasFocus() ? Stroke::Focused : Stroke::Usual);
}

ChipRow::ChipRow(QWidget *parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(this, space(this, 2), space(this, 1)))
{
    auto policy = sizePolicy();
    policy.setHeightForWidth(true);
    policy.setVerticalPolicy(QSizePolicy::Minimum);
    setSizePolicy(policy);
    setVisible(false);
}

/// All in one line, where there is room.
QSize ChipRow::sizeHint() const
{
    int width = 0;
    for (const auto *button : m_buttons)
        width += button->sizeHint().width() + (width > 0 ? space(this, 2) : 0);
    return {width, chipHeight(fontMetrics())};
}

void ChipRow::show(const QList<EnrichmentWords::Chip> &chips)
{
    if (chips == m_chips)
        return;
    m_chips = chips;
    while (auto *item = m_flow->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_buttons.clear();
    for (const auto &chip : chips) {
        auto *button = new SystemChip(chip, this);
        m_flow->addWidget(button);
        m_buttons.append(button);
        button->setVisible(true);
    }
    setVisible(!m_buttons.isEmpty());
    updateGeometry();
    Q_EMIT rebuilt();
}

QWidget *ChipRow::lastAfter(QWidget *before) const
{
    for (auto *button : m_buttons)
        QWidget::setTabOrder(std::exchange(before, button), button);
    return before;
}

void paintChips(QPainter *painter, const QRect &rect, const QStringList &tags, const QFont &font,
                const QPalette &palette)
{
    const QFontMetrics metrics(font);
    const auto &theme = Theme::of(palette);
    const int gap = metrics.height() / 3;
    const int height = std::min(rect.height(), chipHeight(metrics));
    const int top = rect.top() + (rect.height() - height) / 2;
    painter->setFont(font);
    int left = rect.left();
    for (qsizetype i = 0; i < tags.size(); ++i) {
        const auto rest = u"+%1"_s.arg(tags.size() - i);
        const bool last = i + 1 == tags.size();
        const int kept =
            last ? 0 : gap + metrics.horizontalAdvance(u"+%1"_s.arg(tags.size() - i - 1));
        const int width = chipWidth(metrics, tags.at(i));
        if (left + width + kept > rect.right() + 1) {
            painter->setPen(theme.accent);
            painter->drawText(QRect(left, top, rect.right() + 1 - left, height),
                              Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, rest);
            return;
        }
        paintChip(painter, {left, top, width, height}, tags.at(i), theme, Stroke::Usual);
        left += width + gap;
    }
}

} // namespace wg
