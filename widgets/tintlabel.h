// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/icons.h"

#include <QLabel>

namespace wg {

/// A sign or a few words in one of the theme's tints; follows the theme and the font. GUI thread.
class TintLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TintLabel(Tint tint, QWidget *parent);
    /// A sign, as high as so many lines of text.
    TintLabel(const QString &sign, Tint tint, int lines, QWidget *parent);

    void setSign(const QString &sign, Tint tint);

protected:
    void changeEvent(QEvent *event) override;

private:
    void apply();

    QString m_sign;
    Tint m_tint;
    int m_lines = 1;
};

} // namespace wg
