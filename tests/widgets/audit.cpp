// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/audit.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QLabel>
#include <QTabBar>
#include <QToolButton>

namespace wg::test {

using namespace Qt::StringLiterals;

namespace {

QString called(const QWidget *widget)
{
    return u"%1 “%2” in %3"_s.arg(
        QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
        widget->parentWidget()
            ? QString::fromLatin1(widget->parentWidget()->metaObject()->className())
            : u"-"_s);
}

/// Parts that Qt makes for itself.
bool isInner(const QWidget *widget)
{
    return widget->objectName().startsWith(u"qt_") || widget->inherits("QScrollBar")
        || widget->inherits("QComboBoxPrivateContainer") || widget->inherits("QHeaderView")
        || widget->inherits("QTableCornerButton");
}

void auditName(QWidget *widget, QStringList &faults)
{
    const bool button = qobject_cast<QAbstractButton *>(widget) != nullptr; // also for the mouse
    if ((widget->focusPolicy() == Qt::NoFocus && !button) || isInner(widget))
        return;
    auto *face = QAccessible::queryAccessibleInterface(widget);
    if (!face || face->text(QAccessible::Name).isEmpty())
        faults.append(called(widget) + u": no accessible name"_s);
}

void auditRoom(QWidget *widget, QStringList &faults)
{
    if (auto *label = qobject_cast<QLabel *>(widget)) {
        const bool picture = label->text().isEmpty();
        if (!picture && label->textFormat() != Qt::PlainText)
            faults.append(called(label) + u": may read markup: "_s + label->text());
        const bool cut = !label->wordWrap() && label->sizeHint().width() > label->width() + 1;
        if (!picture && cut && label->toolTip().isEmpty())
            faults.append(called(label) + u": clipped: "_s + label->text());
    }
    if (auto *button = qobject_cast<QAbstractButton *>(widget)) {
        const bool sign = button->inherits("QLineEditIconButton"); // its text is only its name
        if (!isInner(button) && !sign && button->minimumSizeHint().width() > button->width() + 1)
            faults.append(called(button) + u": clipped: "_s + button->text());
    }
}

void auditMnemonic(QWidget *widget, QHash<QString, QString> &used, QStringList &faults)
{
    QString text;
    if (auto *button = qobject_cast<QAbstractButton *>(widget))
        text = button->text();
    else if (auto *label = qobject_cast<QLabel *>(widget); label && label->buddy())
        text = label->text();
    const auto key = QKeySequence::mnemonic(text).toString();
    if (key.isEmpty())
        return;
    if (used.contains(key))
        faults.append(u"%1 is the mnemonic of “%2” and “%3”"_s.arg(key, used.value(key), text));
    used.insert(key, text);
}

} // namespace

QStringList audit(QWidget *root)
{
    QStringList faults;
    QHash<QString, QString> mnemonics;
    for (auto *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(root) || widget->visibleRegion().isEmpty())
            continue;
        auditName(widget, faults);
        auditRoom(widget, faults);
        auditMnemonic(widget, mnemonics, faults);
    }
    return faults;
}

} // namespace wg::test
