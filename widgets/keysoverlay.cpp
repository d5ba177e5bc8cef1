// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keysoverlay.h"

#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>

namespace wg {

using namespace Qt::StringLiterals;

KeysOverlay::KeysOverlay(const QString &pageTitle, const QList<Command> &ofPage, QWidget *window)
    : QFrame(window)
    , m_before(window->focusWidget())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(space(this, 6), space(this, 4), space(this, 6), space(this, 4));
    grid->setHorizontalSpacing(space(this, 4));
    grid->setVerticalSpacing(space(this, 1));
    grid->setColumnMinimumWidth(1, QFontMetrics(font()).averageCharWidth() * 28);
    QList<Command> everywhere;
    for (const auto &info : Commands::table()) {
        const bool dataset = int(info.command) >= int(Command::Dataset1);
        if (!dataset && !ofPage.contains(info.command)
            && (info.group == CommandGroup::Go || info.group == CommandGroup::Program))
            everywhere.append(info.command);
    }
    int column = 0;
    if (!ofPage.isEmpty()) {
        add(pageTitle, ofPage, grid, column);
        column += 2;
    }
    add(tr("Everywhere"), everywhere, grid, column);
    grid->setRowMinimumHeight(grid->rowCount(), space(this, 1)); // sets the last line apart
    grid->addWidget(dimLabel(tr("Letters act outside text fields. Any key closes this."), this),
                    grid->rowCount(), 0, 1, -1);
    adjustSize();
    move((window->width() - width()) / 2, (window->height() - height()) / 2);
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void KeysOverlay::add(const QString &title, const QList<Command> &commands, QGridLayout *grid,
                      int column)
{
    auto *heading = plainLabel(title, this);
    heading->setFont(bold(scaled(font(), 1.1)));
    grid->addWidget(heading, 0, column, 1, 2);
    int row = 1;
    for (const auto command : commands) {
        QStringList keys;
        for (const auto &key : Commands::keys(command))
            keys.append(Commands::keyText(key));
        auto *key = plainLabel(keys.join(u"  "_s), this);
        key->setFont(bold(monospace(font())));
        grid->addWidget(key, row, column);
        grid->addWidget(plainLabel(Commands::text(command), this), row, column + 1);
        ++row;
    }
}

bool KeysOverlay::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // every key closes, none of them acts
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        leave();
        return true;
    }
    if (event->type() == QEvent::FocusOut) {
        close();
        return true;
    }
    return QFrame::event(event);
}

void KeysOverlay::paintEvent(QPaintEvent *)
{
    paintPanel(this);
}

void KeysOverlay::mousePressEvent(QMouseEvent *)
{
    leave();
}

/// Left to itself Qt would go on with the first widget of the window, the search box.
void KeysOverlay::leave()
{
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
    close();
}

} // namespace wg
