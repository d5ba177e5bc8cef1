// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keysoverlay.h"

#include "widgets/page.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

/// Average characters of a window; a narrower one gets less air.
constexpr int widthForRoom = 120;

} // namespace

KeysOverlay::KeysOverlay(const Page &page, QWidget *window)
    : QFrame(window)
    , m_scroll(new QScrollArea(this))
    , m_before(window->focusWidget())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys"));
    auto *all = new QWidget(m_scroll);
    auto *grid = new QGridLayout(all);
    const int roomy = window->width() < fontMetrics().averageCharWidth() * widthForRoom ? 1 : 2;
    grid->setContentsMargins(space(this, 3) * roomy, space(this, 2) * roomy, space(this, 3) * roomy,
                             space(this, 2) * roomy);
    grid->setHorizontalSpacing(space(this, 2) * roomy);
    grid->setVerticalSpacing(space(this, 1));
    const auto ofPage = page.commands();
    QList<Line> here;
    for (const auto command : ofPage)
        here.append({command, page.words(command)});
    QList<Line> everywhere;
    for (const auto &info : Commands::table()) {
        const bool dataset = int(info.command) >= int(Command::Dataset1);
        if (!dataset && !ofPage.contains(info.command)
            && (info.group == CommandGroup::Go || info.group == CommandGroup::Program))
            everywhere.append({info.command, Commands::text(info.command)});
    }
    int column = 0;
    if (!here.isEmpty()) {
        grid->setColumnMinimumWidth(1, fontMetrics().averageCharWidth() * 14 * roomy);
        add(page.title(), here, grid, column);
        column += 2;
    }
    add(tr("Everywhere"), everywhere, grid, column);
    grid->setRowMinimumHeight(grid->rowCount(), space(this, 1)); // sets the last line apart
    const bool fits = grid->sizeHint().height() + space(this, 5) < window->height();
    grid->addWidget(dimLabel(fits ? tr("Letters act outside text fields. Any key closes this.")
                                  : tr("Letters act outside text fields. Arrows scroll, any other "
                                       "key closes this."),
                             all),
                    grid->rowCount(), 0, 1, -1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(all);
    all->setAutoFillBackground(false);
    auto *frame = new QVBoxLayout(this);
    frame->setContentsMargins(1, 1, 1, 1); // the panel's edge
    frame->addWidget(m_scroll);
    fit(all->sizeHint(), window->size());
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

/// As large as what it shows, and never larger than the window.
void KeysOverlay::fit(QSize wanted, QSize room)
{
    const int bar = m_scroll->verticalScrollBar()->sizeHint().width();
    wanted += {2, 2};
    if (wanted.height() > room.height())
        wanted += {bar, 0};
    resize(wanted.boundedTo(room));
    move((room.width() - width()) / 2, (room.height() - height()) / 2);
}

void KeysOverlay::add(const QString &title, const QList<Line> &lines, QGridLayout *grid, int column)
{
    auto *parent = grid->parentWidget();
    auto *heading = plainLabel(title, parent);
    heading->setFont(bold(scaled(parent->font(), 1.1)));
    grid->addWidget(heading, 0, column, 1, 2);
    int row = 1;
    for (const auto &[command, words] : lines) {
        QStringList keys;
        for (const auto &key : Commands::keys(command))
            keys.append(Commands::keyText(key));
        auto *key = plainLabel(keys.join(u"  "_s), parent);
        key->setFont(bold(monospace(parent->font())));
        grid->addWidget(key, row, column);
        grid->addWidget(plainLabel(words, parent), row, column + 1);
        ++row;
    }
}

/// Whether the key moved what is seen.
bool KeysOverlay::scrolls(int key)
{
    auto *bar = m_scroll->verticalScrollBar();
    if (bar->maximum() <= 0)
        return false;
    static const QHash<int, QAbstractSlider::SliderAction> moves{
        {Qt::Key_Down, QAbstractSlider::SliderSingleStepAdd},
        {Qt::Key_Up, QAbstractSlider::SliderSingleStepSub},
        {Qt::Key_PageDown, QAbstractSlider::SliderPageStepAdd},
        {Qt::Key_PageUp, QAbstractSlider::SliderPageStepSub},
        {Qt::Key_Home, QAbstractSlider::SliderToMinimum},
        {Qt::Key_End, QAbstractSlider::SliderToMaximum},
    };
    const auto move = moves.constFind(key);
    if (move == moves.cend())
        return false;
    bar->triggerAction(*move);
    return true;
}

bool KeysOverlay::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // every key closes, none of them acts
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        if (!scrolls(static_cast<QKeyEvent *>(event)->key()))
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
