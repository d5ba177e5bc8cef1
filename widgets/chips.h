// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/enrichmentwords.h"

#include <QToolButton>

class QPainter;

namespace wg {

class FlowLayout;

/// A tag of the system: blue outline, plain text. Its reasons are its tool tip, which a click or
/// the keyboard shows as well. GUI thread.
class SystemChip : public QToolButton
{
    Q_OBJECT

public:
    SystemChip(const EnrichmentWords::Chip &chip, QWidget *parent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tellWhy();
};

/// The system's tags of one entity, as text flows; one line high at least, so that nothing moves
/// when they arrive. GUI thread.
class ChipRow : public QWidget
{
    Q_OBJECT

public:
    explicit ChipRow(QWidget *parent);

    /// The same tags stay as they are, and the focus on them.
    void show(const QList<EnrichmentWords::Chip> &chips);
    /// What Tab comes to last here, or before where there is none.
    [[nodiscard]] QWidget *lastAfter(QWidget *before) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void rebuilt();

private:
    QList<EnrichmentWords::Chip> m_chips;
    QList<SystemChip *> m_buttons;
    FlowLayout *m_flow;
};

/// Draws tags side by side in a cell; those that find no room are counted.
void paintChips(QPainter *painter, const QRect &rect, const QStringList &tags, const QFont &font,
                const QPalette &palette);

} // namespace wg
