// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace wg {

/// One line of plain text that says with an ellipsis where it was cut, and in full on hover. GUI
/// thread.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    ElidedLabel(const QString &text, Qt::TextElideMode mode, QWidget *parent);

    /// What a hover shows in place of the text itself; untrusted words are made visible.
    void setFullText(const QString &text);
    [[nodiscard]] bool isCut() const;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode;
};

} // namespace wg
