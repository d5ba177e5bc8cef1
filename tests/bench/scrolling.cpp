// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/scrolling.h"

#include "items/cardlist.h"
#include "widgets/carddelegate.h"

#include <QFile>
#include <QJsonArray>
#include <QScrollBar>

namespace wg::bench {

namespace {

using namespace Qt::StringLiterals;

constexpr int rowsInMemory = 35;
constexpr int stepsInTurn = 65; ///< of one list before the other's turn
constexpr int warmSteps = 2 * stepsInTurn;
constexpr int steps = 22 * stepsInTurn;
constexpr int frameMs = 16;

template <class T>
QFuture<Result<T>> at(const T &value)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(value);
    promise.finish();
    return promise.future();
}

/// Private memory of this process in KiB.
qint64 privateKib()
{
    QFile file(u"/proc/self/smaps_rollup"_s);
    qint64 sum = 0;
    if (file.open(QIODevice::ReadOnly)) {
        for (const auto &line : file.readAll().split('\n')) {
            if (line.startsWith("Private_"))
                sum += line.simplified().split(' ').value(1).toLongLong();
        }
    }
    return sum;
}

} // namespace

MemoryCards::MemoryCards()
{
    for (int i = 0; i < rowsInMemory; ++i) {
        Card card;
        card.row = rowsInMemory - i;
        card.id = QUuid::createUuidV5(QUuid(), QByteArray::number(i));
        card.entity = {ArtifactKind::Domain, u"n%1.bench.test"_s.arg(i)};
        card.datasets = {Dataset::Resolutions};
        card.cause = Cause(1 + i % 8);
        card.detectedAt = Instant{1'790'000'000'000} - i * hourMs;
        card.changeCount = 1;
        card.headline = u"A 198.51.100.%1"_s.arg(i);
        m_page.cards.append(card);
    }
    m_page.total = rowsInMemory;
}

QFuture<Result<CardPage>> MemoryCards::cards(const CardQuery &)
{
    return at(m_page);
}

QFuture<Result<CardAnchors>> MemoryCards::cardAnchors(const CardQuery &, int, qint64)
{
    return at(CardAnchors{});
}

QFuture<Result<Card>> MemoryCards::card(const QUuid &)
{
    return at(Card{});
}

QFuture<Result<FactPage>> MemoryCards::facts(const FactQuery &)
{
    return at(FactPage{});
}

QFuture<Result<EntitySummary>> MemoryCards::summary(const Entity &)
{
    return at(EntitySummary{});
}

QFuture<Result<MonitorPage>> MemoryCards::monitors(const MonitorQuery &)
{
    return at(MonitorPage{});
}

QFuture<Result<QList<SourceState>>> MemoryCards::sources()
{
    return at(QList<SourceState>{});
}

FewRows::FewRows(PageReader &cards, QWidget *window, const EvenList *like)
    : m_list(new EvenList(window))
{
    auto *model = new CardListModel(cards, m_list);
    m_list->setFrameShape(like->frameShape());
    m_list->setSelectionMode(like->selectionMode());
    m_list->setItemDelegate(new CardDelegate(m_list));
    m_list->setModel(model);
    m_list->setGeometry(QRect(like->mapTo(window, QPoint()), like->size()));
    CardQuery query;
    query.states = {CardState::New};
    model->show(query);
}

Scrolling::Scrolling(MeasuredApplication &app, EvenList *many, EvenList *few)
    : m_app(app)
    , m_lists{many, few}
{ }

void Scrolling::start(std::function<void()> done)
{
    m_done = std::move(done);
    m_timer.start(frameMs, Qt::PreciseTimer, this);
}

/// Each tick ends the frame of the tick before.
void Scrolling::timerEvent(QTimerEvent *)
{
    if (m_step > 0)
        keep();
    else
        m_app.takeBusy();
    if (m_step == steps) {
        m_timer.stop();
        m_done();
        return;
    }
    step();
    ++m_step;
}

void Scrolling::step()
{
    const bool few = m_step / stepsInTurn % 2 == 1;
    m_lists[1]->setVisible(few);
    scroll(m_lists[few ? 1 : 0]);
}

/// Mostly the wheel, then pages, now and then a jump; up again at the end.
void Scrolling::scroll(EvenList *list)
{
    auto *bar = list->verticalScrollBar();
    const int row = list->sizeHintForRow(0);
    const int kind = m_moves++ % 13;
    if (kind == 12)
        bar->setValue(std::uniform_int_distribution(0, bar->maximum())(m_random));
    else if (bar->value() >= bar->maximum())
        bar->setValue(0);
    else if (kind >= 9)
        bar->setValue(bar->value() + bar->pageStep());
    else
        bar->setValue(bar->value() + row * 3);
}

void Scrolling::keep()
{
    // On a busy machine several steps share a painting; what they took belongs to its frame.
    if (m_app.takePaints() == 0)
        return;
    const auto [wall, cpu] = m_app.takeBusy();
    const int past = m_step - 1;
    if (past < warmSteps)
        return;
    if (past % stepsInTurn > 0) // the first of a turn also shows or hides the other list
        m_frames[past / stepsInTurn % 2].append({wall, cpu});
}

QJsonObject Scrolling::judged(QList<Frame> frames)
{
    QJsonObject told{{u"frames"_s, frames.size()}};
    const auto add = [&](const QString &name, double Frame::*time) {
        std::sort(frames.begin(), frames.end(),
                  [time](const Frame &a, const Frame &b) { return a.*time < b.*time; });
        const auto at = [&](double part) {
            return frames.at(qsizetype(part * double(frames.size() - 1))).*time;
        };
        told.insert(name, QJsonArray{at(0.5), at(0.99), at(1.0)});
    };
    add(u"wall"_s, &Frame::wall);
    add(u"cpu"_s, &Frame::cpu);
    return told;
}

QJsonObject Scrolling::report() const
{
    return {{u"many"_s, judged(m_frames[0])},
            {u"few"_s, judged(m_frames[1])},
            {u"rows"_s, m_lists[0]->model()->rowCount()},
            {u"private_kib"_s, privateKib()}};
}

} // namespace wg::bench
