// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/after.h"
#include "items/cardlist.h"
#include "items/deedwords.h"
#include "items/words.h"
#include "widgets/carddetail.h"
#include "widgets/evenlist.h"
#include "widgets/inboxpage.h"

#include <QDateTime>
#include <QDateTimeEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidgetAction>
#include <algorithm>

// What an inbox orders; how it shows is in inboxpage.cpp.
namespace wg {

namespace {

/// So many cards change before anybody asks where they are.
constexpr int quicklyDone = 10'000;

/// The morning of a day from now, local: eight o'clock.
Instant morningIn(int days)
{
    const auto day = Words::now().utc().toLocalTime().date().addDays(days);
    return {QDateTime(day, QTime(8, 0)).toMSecsSinceEpoch()};
}

} // namespace

void InboxPage::finish(const QFuture<Result<JournalReport>> &order, int rows,
                       const QString &sentence)
{
    after(this, order, [this, rows, sentence](const Result<JournalReport> &report) {
        if (report) {
            m_done.append(rows);
            refreshVisible();
            showCount();
        }
        Q_EMIT said(report ? sentence : Words::error(report.error()));
        endWork();
    });
}

/// The selected cards, also those that scrolling has not brought in yet; else the one shown. The
/// order finishes the work.
void InboxPage::withChosen(const QString &work,
                           const std::function<void(const QList<QUuid> &)> &order)
{
    const auto rows = m_list->selectedRows();
    if (rows.isEmpty() && m_wanted.isNull())
        return;
    beginWork(rows.size() > quicklyDone ? work : QString());
    const auto take = [this, order](const Result<QList<QUuid>> &ids) {
        if (ids && !ids->isEmpty()) {
            order(*ids);
            return;
        }
        Q_EMIT said(ids ? tr("What was selected is done already.") : Words::error(ids.error()));
        endWork();
    };
    if (rows.isEmpty())
        take(QList<QUuid>{m_wanted});
    else
        m_model->ids(rows, take);
}

void InboxPage::acknowledge()
{
    const auto rows = m_list->selectedRows();
    const auto work = tr("Acknowledging %Ln card(s)", nullptr, int(rows.size()));
    withChosen(work, [this](const QList<QUuid> &ids) {
        finish(actions().acknowledge(ids), int(ids.size()),
               tr("%Ln card(s) acknowledged; U takes it back", nullptr, int(ids.size())));
    });
    const int next = rows.isEmpty() ? 0 : rows.last() + 1;
    if (next < m_model->rowCount())
        m_list->setCurrentIndex(m_model->index(next, 0));
}

void InboxPage::toggleEye()
{
    if (m_detail->entity().isEmpty())
        return;
    const auto entity = m_detail->entity();
    const auto name = madeVisible(entity.value, 80);
    after(this, actions().summary(entity), [this, entity, name](const Result<EntitySummary> &now) {
        const auto to = now && now->watched ? EyeState::Off : EyeState::On;
        after(this, actions().switchEyes({entity}, to),
              [this, name, to](const Result<EyeReport> &report) {
                  const auto done = to == EyeState::Off
                      ? tr("No longer watching %1; U takes it back").arg(name)
                      : tr("Watching %1: what is so now is the baseline").arg(name);
                  Q_EMIT said(report ? done : Words::error(report.error()));
              });
    });
}

void InboxPage::snooze()
{
    if (m_list->selectedCount() == 0 && m_wanted.isNull())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Snooze"));
    menu->addAction(tr("Until to&morrow morning"), this, [this] { snoozeUntil(morningIn(1)); });
    menu->addAction(tr("Until next &week"), this, [this] {
        const int today = Words::now().utc().toLocalTime().date().dayOfWeek();
        snoozeUntil(morningIn(8 - today));
    });
    menu->addAction(tr("Until the next &different change"), this, [this] { snoozeUntil({}); });
    auto *until = new QDateTimeEdit(Words::now().utc().toLocalTime().addSecs(3600), menu);
    until->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    until->setAccessibleName(tr("Snooze until"));
    auto *set = new QPushButton(tr("Until this &time"), menu);
    auto *row = new QWidget(menu);
    row->setFocusPolicy(Qt::StrongFocus); // the arrow keys reach it as one entry of the menu
    row->setFocusProxy(until);
    auto *line = new QHBoxLayout(row);
    line->addWidget(until);
    line->addWidget(set);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(row);
    menu->addSeparator();
    menu->addAction(action);
    connect(action, &QAction::triggered, this,
            [this, until] { snoozeUntil(Instant{until->dateTime().toMSecsSinceEpoch()}); });
    connect(set, &QPushButton::clicked, action, [action, menu] {
        action->trigger();
        menu->close();
    });
    const auto at = m_list->visualRect(m_list->currentIndex()).center();
    menu->popup(m_list->viewport()->mapToGlobal(at));
    menu->setActiveAction(menu->actions().first());
}

void InboxPage::snoozeUntil(const std::optional<Instant> &until)
{
    const auto words = until
        ? tr("Snoozed until %1; U takes it back").arg(Words::clock(*until, Words::now()))
        : tr("Snoozed until the next different change; U takes it back");
    const auto work = tr("Snoozing %Ln card(s)", nullptr, m_list->selectedCount());
    withChosen(work, [this, until, words](const QList<QUuid> &ids) {
        finish(actions().snooze(ids, until), int(ids.size()), words);
    });
    move(1);
}

/// From now on; the card itself stays, it was told already.
void InboxPage::hideLike()
{
    const auto card = m_detail->card();
    if (card.isNull())
        return;
    after(this, actions().hideLike(card), [this](const Result<JournalReport> &report) {
        if (!report)
            Q_EMIT said(Words::error(report.error()));
        else if (report->entry.id.isNull())
            Q_EMIT said(tr("Changes like these are hidden already; Settings lists the rules"));
        else
            Q_EMIT said(tr("Changes like these are hidden from now on; Settings lists the rules, "
                           "U takes it back"));
    });
}

void InboxPage::undo()
{
    after(this, actions().undo(), [this](const Result<JournalReport> &report) {
        if (!report) {
            Q_EMIT said(report.error().code == ErrorCode::NotFound ? tr("Nothing to undo")
                                                                   : Words::error(report.error()));
            return;
        }
        if (!report->cards.isEmpty() && !m_done.isEmpty())
            m_done.removeLast();
        Q_EMIT said(undoneWords(report->undone));
        refreshVisible();
        showCount();
    });
}

} // namespace wg
