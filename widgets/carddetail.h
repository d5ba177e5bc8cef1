// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "items/ticket.h"
#include "widgets/page.h"

class QHBoxLayout;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QStackedLayout;
class QToolButton;

namespace wg {

class ChangeTableModel;
class ElidedLabel;
class FlowLayout;
class LinkButton;
class StateView;
class StillTable;

/// One card in full: what changed before and after, what it concerns, what its entity did lately.
/// Values are links. GUI thread; owned by the inbox.
class CardDetail : public QWidget
{
    Q_OBJECT

public:
    CardDetail(PageReader &reader, QWidget *parent);

    /// Shows a card of the list at once and reads the rest; null shows the state instead.
    void show(const Card &card);
    void showNothing(const QString &sentence, const QString &detail);
    void showMany(int count);
    [[nodiscard]] StillTable *changes() const { return m_changes; }
    [[nodiscard]] QStringList selectedValues() const;
    /// Of the card shown; empty when none is.
    [[nodiscard]] const Artifact &entity() const { return m_card.entity; }
    [[nodiscard]] QUuid card() const { return m_card.id; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

Q_SIGNALS:
    void entityOpened(const wg::Artifact &artifact, wg::Where where);
    void cardWanted(const QUuid &card);
    void commandWanted(wg::Command command);

private:
    QWidget *buildBody();
    QHBoxLayout *buildOrders(QWidget *body);
    void showHead();
    void take(const Card &card);
    void readLast();
    void showLast(const QList<Card> &cards);
    void showConcerned();
    void fitLists();
    void fitColumns();
    void hideEmptyColumns();

    PageReader &m_reader;
    Card m_card;
    Ticket m_ticket;
    QStackedLayout *m_stack;
    StateView *m_state;
    QWidget *m_body;
    LinkButton *m_name;
    ElidedLabel *m_group; ///< in place of the name when it stands for several
    QLabel *m_cause;
    QLabel *m_facts;
    QLabel *m_concerns;
    QWidget *m_concernedBox;
    FlowLayout *m_concerned;
    QToolButton *m_acknowledge;
    QToolButton *m_hide; ///< offered by a storm; elsewhere by its key and the menu
    ChangeTableModel *m_model;
    StillTable *m_changes = nullptr;
    QLabel *m_lastTitle;
    QListWidget *m_last;
};

} // namespace wg
