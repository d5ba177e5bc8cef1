// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace wg {

class TintLabel;

/// One setting of the table: its editor by type, what it means, and what is wrong with what was
/// entered, in place. GUI thread; owned by the settings page.
class SettingEditor : public QWidget
{
    Q_OBJECT

public:
    SettingEditor(const SettingInfo &info, const QString &key, const QString &title,
                  QWidget *parent);

    [[nodiscard]] const QString &key() const { return m_key; }
    void show(const QString &value);
    void showError(const QString &sentence);
    [[nodiscard]] QWidget *field() const;
    /// How many points it has. Titles leave more than half of them to what is entered, so that all
    /// fields begin below each other; longer ones wrap.
    void setRoom(int points);

Q_SIGNALS:
    void changed(const QString &key, const QString &value);

private:
    QWidget *buildField(const SettingInfo &info, const QString &title);

    QString m_key;
    QStringList m_choices;
    QCheckBox *m_flag = nullptr;
    QComboBox *m_choice = nullptr;
    QSpinBox *m_number = nullptr;
    QLineEdit *m_text = nullptr;
    QLabel *m_name = nullptr;
    QString m_title;
    TintLabel *m_error;
    QString m_shown; ///< what is stored, as far as the editor knows
};

} // namespace wg
