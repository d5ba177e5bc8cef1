// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/filterbox.h"

#include <QAction>
#include <QKeyEvent>
#include <QTimer>

namespace wg {

namespace {

constexpr int typingPauseMs = 150;

} // namespace

void nameClearButton(QLineEdit *box)
{
    if (auto *clear = box->findChild<QAction *>(QStringLiteral("_q_qlineeditclearaction")))
        clear->setText(FilterBox::tr("Clear"));
}

FilterBox::FilterBox(const QString &name, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("Filter  ( / )"));
    setAccessibleName(name);
    setClearButtonEnabled(true);
    nameClearButton(this);
    setFixedWidth(QFontMetrics(font()).averageCharWidth() * 26);
    auto *pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(typingPauseMs);
    connect(this, &QLineEdit::textChanged, pause, qOverload<>(&QTimer::start));
    connect(pause, &QTimer::timeout, this, [this] { Q_EMIT filterChanged(text().trimmed()); });
}

void FilterBox::begin()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Down;
    if (!enter && event->key() != Qt::Key_Escape) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    if (!enter)
        clear();
    Q_EMIT done();
}

} // namespace wg
