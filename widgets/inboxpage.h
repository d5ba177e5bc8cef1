// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <QPersistentModelIndex>
#include <functional>

class QComboBox;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace wg {

class CardDetail;
class CardListModel;
class EvenList;
class LinkButton;
class StateView;

/// Cards, newest first, on the left; the chosen one in full on the right. GUI thread; owned by its
/// tab.
class InboxPage : public Page
{
    Q_OBJECT

public:
    InboxPage(Actions &actions, const ActionTable &table, QWidget *parent);

    [[nodiscard]] Place place() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon pageIcon() const override;
    [[nodiscard]] QList<Command> commands() const override;
    void run(Command command) override;
    void entered() override;
    void left() override;
    /// Selects a card, whatever the filter shows now.
    void showCard(const QUuid &id);
    [[nodiscard]] EvenList *list() const { return m_list; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void buildList();
    void reload();
    void shown();
    void failed(const Error &error);
    void showCurrent();
    void showCount();
    void move(int rows);
    void refreshVisible();
    void acknowledge();
    void snooze();
    void snoozeUntil(const std::optional<Instant> &until);
    void hideLike();
    void undo();
    void openCurrent(Where where);
    void showMenu(const QPoint &global);
    void finish(const QFuture<Result<JournalReport>> &order, int rows, const QString &sentence);
    void withChosen(const QString &work, const std::function<void(const QList<QUuid> &)> &order);
    void readWanted();
    void toggleEye();
    void holdTop();
    void restoreTop();

    CardListModel *m_model;
    EvenList *m_list;
    CardDetail *m_detail;
    QComboBox *m_which;
    QLabel *m_count;
    LinkButton *m_clear;
    QStackedWidget *m_body;
    QSplitter *m_splitter = nullptr;
    bool m_divided = false; ///< by hand
    StateView *m_state;
    QUuid m_wanted; ///< a card asked for by its id, until another one is chosen
    QPersistentModelIndex m_top; ///< what must not move, while cards come in above
    int m_topAt = 0;
    QList<int> m_done; ///< rows of each order given here since the list was read
    bool m_stale = false;
    bool m_front = false;
};

} // namespace wg
