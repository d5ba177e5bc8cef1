// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourceinfo.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace wg {

/// Asks for the key of a source, without showing it, or takes it away. Deletes itself when closed.
/// GUI thread.
class KeyDialog : public QDialog
{
    Q_OBJECT

public:
    KeyDialog(const SourceState &source, QWidget *parent);

Q_SIGNALS:
    void given(const QString &source, const QByteArray &key);
    void removeWanted(const QString &source);

private:
    void judge();
    void give();

    QString m_source;
    QLineEdit *m_key;
    QPushButton *m_save;
};

} // namespace wg
