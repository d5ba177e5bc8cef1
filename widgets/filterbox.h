// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace wg {

/// The box that "/" leads to: tells what was typed after a pause, gives the focus back on Enter and
/// Escape, and Escape empties it. GUI thread.
class FilterBox : public QLineEdit
{
    Q_OBJECT

public:
    FilterBox(const QString &name, QWidget *parent);

    /// The focus comes here with all of the text selected.
    void begin();

Q_SIGNALS:
    void filterChanged(const QString &text);
    /// The reader goes back to the rows.
    void done();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

/// The clear button of a box gets a name of its own, which Qt leaves out.
void nameClearButton(QLineEdit *box);

} // namespace wg
