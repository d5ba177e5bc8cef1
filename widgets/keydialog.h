// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/sourceinfo.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace wg {

class TintLabel;

/// Asks for the key of a source, without showing it, or takes it away; stays until it is stored.
/// Deletes itself when closed. GUI thread.
class KeyDialog : public QDialog
{
    Q_OBJECT

public:
    KeyDialog(const SourceState &source, QWidget *parent);

    /// What the key chain said: closes, or shows why not and waits for another try.
    void take(const Result<Done> &stored);

Q_SIGNALS:
    void given(const QString &source, const QByteArray &key);
    void removeWanted(const QString &source);

private:
    void judge();
    void give();

    QString m_source;
    QLineEdit *m_key;
    TintLabel *m_answer;
    QPushButton *m_save;
};

} // namespace wg
