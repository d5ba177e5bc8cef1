// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/deedwords.h"

#include "core/untrustedtext.h"

#include <QCoreApplication>

namespace wg {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Deeds", text);
}

QString counted(const char *text, qsizetype n)
{
    return QCoreApplication::translate("Deeds", text, nullptr, int(n));
}

} // namespace

QString deedOf(const JournalEntry &entry)
{
    const QString first = madeVisible(entry.entities.value(0).value, 80);
    const QString names = entry.entities.size() < 2
        ? first
        : counted(QT_TRANSLATE_N_NOOP("Deeds", "%1 and %n other(s)"), entry.entities.size() - 1)
              .arg(first);
    const qsizetype cards = entry.cards.size();
    switch (entry.verb) {
    case Verb::EyeOn:
        return tr("eye on (%1)").arg(names);
    case Verb::EyeOff:
        return tr("eye off (%1)").arg(names);
    case Verb::CardsAcknowledge:
        return counted(QT_TRANSLATE_N_NOOP("Deeds", "%n alert(s) acknowledged"), cards);
    case Verb::CardsSnooze:
        return counted(QT_TRANSLATE_N_NOOP("Deeds", "%n alert(s) snoozed"), cards);
    case Verb::CardsReopen:
        return counted(QT_TRANSLATE_N_NOOP("Deeds", "%n alert(s) reopened"), cards);
    case Verb::RuleAdd:
        return tr("a rule that hides changes (%1)").arg(names);
    case Verb::Release:
        return tr("%1 let outside").arg(names);
    case Verb::Consent:
    case Verb::Forget:
    case Verb::Undo:
        return QString(verbName(entry.verb));
    }
    Q_UNREACHABLE();
}

QString undoneWords(const std::optional<JournalEntry> &undone)
{
    return undone ? tr("Undone: %1").arg(deedOf(*undone)) : tr("Undone");
}

} // namespace wg
