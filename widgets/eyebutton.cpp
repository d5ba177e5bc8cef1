// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/eyebutton.h"

#include "items/words.h"
#include "widgets/commands.h"
#include "widgets/icons.h"

#include <QSignalBlocker>

namespace wg {

EyeButton::EyeButton(QWidget *parent)
    : QToolButton(parent)
{
    setCheckable(true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    say(QStringLiteral("eye-closed"), tr("Watch"), tr("not watched"));
}

void EyeButton::say(const QString &iconName, const QString &text, const QString &state)
{
    setIcon(wg::icon(iconName, isChecked() ? Tint::Accent : Tint::Text));
    setText(text);
    setAccessibleDescription(state);
    setToolTip(tr("%1 (%2)").arg(isChecked() ? tr("Stop watching") : tr("Watch for changes"),
                                 Commands::keyText(Command::ToggleEye)));
}

void EyeButton::show(const EntitySummary &summary)
{
    m_name = madeVisible(summary.entity.value, 300);
    setAccessibleName(tr("Watch %1").arg(m_name));
    {
        const QSignalBlocker quiet(this); // shown, not ordered
        setChecked(summary.watched);
    }
    setEnabled(true);
    if (!summary.watched) {
        say(QStringLiteral("eye-closed"), tr("Watch"), tr("not watched"));
    } else if (summary.baselineHave < summary.baselineWant) {
        const auto have =
            tr("baseline %1 of %2").arg(summary.baselineHave).arg(summary.baselineWant);
        say(QStringLiteral("eye-half"), tr("Watched, %1").arg(have), tr("watched, %1").arg(have));
    } else {
        const auto since = summary.watchedSince
            ? tr("Watched since %1").arg(Words::when(*summary.watchedSince, Words::now()))
            : tr("Watched");
        say(QStringLiteral("eye-open"), since, since);
    }
}

void EyeButton::setBusy(const QString &word)
{
    say(isChecked() ? QStringLiteral("eye-half") : QStringLiteral("eye-closed"), word, word);
}

} // namespace wg
