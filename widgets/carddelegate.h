// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"

#include <QStyledItemDelegate>

namespace wg {

/// Draws a card of the inbox in two lines, directly: who, when, what. A card that is done stays in
/// its place, dimmed. GUI thread; owned by the list.
class CardDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintCard(QPainter *painter, const QStyleOptionViewItem &option, const Card &card) const;
    void paintPlaceholder(QPainter *painter, const QStyleOptionViewItem &option) const;
};

/// The sign of a card: the icon that says what kind of change it tells.
[[nodiscard]] QString cardSign(const Card &card);

} // namespace wg
