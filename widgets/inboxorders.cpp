// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/cardlist.h"
#include "items/words.h"
#include "widgets/carddetail.h"
#include "widgets/inboxpage.h"

#include <QDateTime>
#include <QDateTimeEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidgetAction>

// What an inbox orders; how it shows is in inboxpage.cpp.
namespace wg {

namespace {

/// The morning of a day from now, local: eight o'clock.
Instant morningIn(int days)
{
    const auto day = QDateTime::currentDateTime().date().addDays(days);
    return {QDateTime(day, QTime(8, 0)).toMSecsSinceEpoch()};
}

} // namespace

void InboxPage::finish(const QFuture<Result<JournalReport>> &order, const QString &sentence)
{
    await(order, this, [this, sentence](const Result<JournalReport> &report) {
        if (!report) {
            Q_EMIT said(Words::error(report.error()));
            return;
        }
        m_done += int(report->cards.size());
        Q_EMIT said(sentence);
        refreshVisible();
        showCount();
    });
}

void InboxPage::acknowledge()
{
    const auto ids = chosen();
    if (ids.isEmpty())
        return;
    finish(actions().acknowledge(ids),
           tr("%n card(s) acknowledged; U takes it back", nullptr, int(ids.size())));
    int last = 0;
    for (const auto &index : m_list->selectionModel()->selectedIndexes())
        last = std::max(last, index.row());
    if (last + 1 < m_model->rowCount())
        m_list->setCurrentIndex(m_model->index(last + 1, 0));
}

void InboxPage::snooze()
{
    if (chosen().isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Snooze"));
    menu->addAction(tr("Until to&morrow morning"), this, [this] { snoozeUntil(morningIn(1)); });
    menu->addAction(tr("Until next &week"), this, [this] {
        const int today = QDateTime::currentDateTime().date().dayOfWeek();
        snoozeUntil(morningIn(8 - today));
    });
    menu->addAction(tr("Until the next &different change"), this, [this] { snoozeUntil({}); });
    auto *until = new QDateTimeEdit(QDateTime::currentDateTime().addSecs(3600), menu);
    until->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    until->setAccessibleName(tr("Snooze until"));
    auto *set = new QPushButton(tr("Until this &time"), menu);
    auto *row = new QWidget(menu);
    auto *line = new QHBoxLayout(row);
    line->addWidget(until);
    line->addWidget(set);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(row);
    menu->addSeparator();
    menu->addAction(action);
    connect(set, &QPushButton::clicked, this, [this, until, menu] {
        snoozeUntil(Instant{until->dateTime().toMSecsSinceEpoch()});
        menu->close();
    });
    const auto at = m_list->visualRect(m_list->currentIndex()).center();
    menu->popup(m_list->viewport()->mapToGlobal(at));
    menu->setActiveAction(menu->actions().first());
}

void InboxPage::snoozeUntil(const std::optional<Instant> &until)
{
    const auto ids = chosen();
    const auto words = until
        ? tr("Snoozed until %1; U takes it back").arg(Words::clock(*until, Words::now()))
        : tr("Snoozed until the next different change; U takes it back");
    finish(actions().snooze(ids, until), words);
    move(1);
}

void InboxPage::undo()
{
    await(actions().undo(), this, [this](const Result<JournalReport> &report) {
        if (!report) {
            Q_EMIT said(report.error().code == ErrorCode::NotFound ? tr("Nothing to undo")
                                                                   : Words::error(report.error()));
            return;
        }
        m_done = std::max(0, m_done - int(report->cards.size()));
        Q_EMIT said(tr("Undone"));
        refreshVisible();
        showCount();
    });
}

} // namespace wg
