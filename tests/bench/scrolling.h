// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/measuredapplication.h"
#include "core/pages.h"
#include "widgets/evenlist.h"

#include <QBasicTimer>
#include <random>

namespace wg {
class CardListModel;
}

namespace wg::bench {

/// 35 cards that are there at once: the reader of the other side.
class MemoryCards : public PageReader
{
public:
    MemoryCards();
    QFuture<Result<CardPage>> cards(const CardQuery &query) override;
    QFuture<Result<CardAnchors>> cardAnchors(const CardQuery &, int, qint64) override;
    QFuture<Result<Card>> card(const QUuid &) override;
    QFuture<Result<FactPage>> facts(const FactQuery &) override;
    QFuture<Result<EntitySummary>> summary(const Entity &) override;
    QFuture<Result<MonitorPage>> monitors(const MonitorQuery &) override;
    QFuture<Result<QList<SourceState>>> sources() override;

private:
    CardPage m_page;
};

/// A list like the inbox's, in the same place of the same window, over cards in memory.
class FewRows
{
public:
    FewRows(PageReader &cards, QWidget *window, const EvenList *like);
    [[nodiscard]] EvenList *list() const { return m_list; }

private:
    EvenList *m_list;
};

/// Scrolls two lists in turn, 60 times a second: wheel, page, jumps. A frame is all that the main
/// thread does from one painting to the next: the scrolls, the painting, pages that arrive.
class Scrolling : public QObject
{
    Q_OBJECT

public:
    Scrolling(MeasuredApplication &app, EvenList *many, EvenList *few);
    void start(std::function<void()> done);
    [[nodiscard]] QJsonObject report() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Frame
    {
        double wall = 0;
        double cpu = 0;
    };

    void step();
    void keep();
    void scroll(EvenList *list);
    [[nodiscard]] static QJsonObject judged(QList<Frame> frames);

    MeasuredApplication &m_app;
    std::array<EvenList *, 2> m_lists;
    std::array<QList<Frame>, 2> m_frames; ///< many, few
    std::function<void()> m_done;
    QBasicTimer m_timer;
    std::mt19937 m_random{7}; // the same jumps every time
    int m_step = 0;
    int m_moves = 0;
};

} // namespace wg::bench
