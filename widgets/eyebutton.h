// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"

#include <QToolButton>

namespace wg {

/// The eye of one entity: open when watched, half while the baseline is coming in, outlined when
/// not. Checked means watched, for people and for assistive tools alike. GUI thread.
class EyeButton : public QToolButton
{
    Q_OBJECT

public:
    explicit EyeButton(QWidget *parent = nullptr);

    void show(const EntitySummary &summary);
    /// The order is under way: its word says so, and pressing again orders the opposite.
    void setBusy(const QString &word);

private:
    void say(const QString &icon, const QString &text, const QString &state);

    QString m_name;
};

} // namespace wg
