// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/cardlist.h"

#include "core/after.h"
#include "items/words.h"

#include <algorithm>
#include <utility>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostLoadedPages = 24;
constexpr int mostUnderway = 4;
/// Keys read at once at most while the list grows to its end: a reader is not held up for longer.
constexpr int mostGrowth = 200'000;

/// A page read again, when cards have left the query, reaches into the next one: what belongs there
/// is shown and chosen there.
QList<Card> ownCards(QList<Card> cards, const std::optional<qint64> &next)
{
    if (next)
        cards.removeIf([&next](const Card &card) { return card.row < *next; });
    return cards;
}

} // namespace

CardListModel::CardListModel(PageReader &reader, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
{ }

void CardListModel::show(const CardQuery &query)
{
    beginResetModel();
    m_query = query;
    m_query.limit = m_frame.step();
    m_head.clear();
    m_frame.clear();
    m_loaded.clear();
    m_seen.clear();
    m_used.clear();
    for (auto &reading : m_underway)
        reading.future.cancel();
    m_underway.clear();
    m_awaited.clear();
    m_total = 0;
    m_growing = m_more = false;
    m_reading = true;
    endResetModel();
    const auto ticket = m_ticket.renew();
    after(this, m_reader.cards(m_query), [this, ticket](const Result<CardPage> &page) {
        if (m_ticket.isCurrent(ticket))
            takeFirst(page);
    });
}

void CardListModel::takeFirst(const Result<CardPage> &page)
{
    m_reading = false;
    if (!page) {
        Q_EMIT failed(page.error());
        return;
    }
    const auto cards = page->cards;
    m_total = page->total + m_head.size();
    if (!cards.isEmpty()) {
        beginInsertRows({}, int(m_head.size()), int(m_head.size() + cards.size()) - 1);
        m_frame.setFirstPage(cards.first().row + 1, int(cards.size()));
        m_loaded.insert(0, cards);
        m_used = {0};
        endInsertRows();
    }
    m_more = cards.size() == m_frame.step();
    grow(firstRows);
    Q_EMIT shown();
}

/// Reads where the next pages begin.
void CardListModel::grow(int most)
{
    if (!m_more || m_growing)
        return;
    m_growing = true;
    auto from = m_query;
    from.beforeRow = m_frame.key(m_frame.pages() - 1);
    const auto ticket = m_ticket.current();
    after(this, m_reader.cardAnchors(from, m_frame.step(), most),
          [this, ticket, most](const Result<CardAnchors> &anchors) {
              if (m_ticket.isCurrent(ticket))
                  takeMore(anchors, most);
          });
}

void CardListModel::takeMore(const Result<CardAnchors> &anchors, int most)
{
    m_growing = false;
    if (!anchors || m_frame.pages() == 0)
        return;
    auto frame = m_frame;
    frame.extend(anchors->rows, anchors->counted);
    const int before = rowCount();
    const int after = int(m_head.size()) + frame.rows();
    m_more = after > before && anchors->counted >= most;
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_frame = frame;
        endInsertRows();
    }
    grow(mostGrowth);
}

bool CardListModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_more && !m_growing;
}

void CardListModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        grow(mostGrowth);
}

int CardListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_head.size()) + m_frame.rows();
}

const Card *CardListModel::cardAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    if (row < m_head.size())
        return &m_head.at(row);
    const auto place = m_frame.place(row - int(m_head.size()));
    const auto page = m_loaded.constFind(place.page);
    if (page == m_loaded.cend() || place.inPage >= page->size())
        return nullptr;
    return &page->at(place.inPage);
}

QVariant CardListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Card *card = cardAt(index.row());
    if (role == LoadedRole) {
        auto *self = const_cast<CardListModel *>(this); // reading ahead is no change
        if (card)
            self->readAhead(index.row());
        else
            self->want(index.row());
        return card != nullptr;
    }
    return card ? text(*card, role) : QVariant();
}

QVariant CardListModel::text(const Card &card, int role) const
{
    const auto who = Words::subject(card);
    switch (role) {
    case IdRole:
        return card.id;
    case Qt::DisplayRole:
        return u"%1 · %2"_s.arg(who, Words::cause(card));
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3, %4"_s.arg(who, Words::cause(card),
                                       Words::when(card.detectedAt, Words::now()),
                                       Words::cardState(card, Words::now()));
    case Qt::ToolTipRole:
        return Words::toolTip({who, Words::cause(card), madeVisible(card.headline, 300),
                               Words::exact(card.detectedAt)});
    default:
        return {};
    }
}

void CardListModel::want(int row)
{
    const auto place = m_frame.place(row - int(m_head.size()));
    if (place.page < 0)
        return;
    m_awaited.insert(place.page);
    read(place.page);
}

/// Who comes near the end of a page finds the next one there.
void CardListModel::readAhead(int row)
{
    const auto place = m_frame.place(row - int(m_head.size()));
    if (place.page < 0)
        return;
    const int near = m_frame.step() / 4;
    if (place.inPage < near)
        read(place.page - 1);
    else if (place.inPage >= m_frame.count(place.page) - near)
        read(place.page + 1);
}

void CardListModel::read(int page)
{
    if (page < 0 || page >= m_frame.pages() || m_loaded.contains(page))
        return;
    const auto same = [page](const Reading &r) { return r.page == page; };
    if (std::any_of(m_underway.cbegin(), m_underway.cend(), same))
        return;
    if (m_underway.size() >= mostUnderway) // a long jump leaves pages behind that nobody sees
        m_underway.takeFirst().future.cancel();
    auto query = m_query;
    query.beforeRow = m_frame.key(page);
    const auto ticket = m_ticket.current();
    const auto future = m_reader.cards(query);
    m_underway.append({page, future});
    after(this, future, [this, ticket, page, same](const Result<CardPage> &read) {
        if (!m_ticket.isCurrent(ticket))
            return;
        m_underway.removeIf(same);
        takePage(page, read);
    });
}

void CardListModel::takePage(int page, const Result<CardPage> &read)
{
    if (!read) {
        Q_EMIT failed(read.error());
        return;
    }
    auto cards = ownCards(read->cards, keyAfter(page));
    if (cards.size() > m_frame.count(page))
        cards.resize(m_frame.count(page));
    dropGone(page, cards);
    m_seen.remove(page);
    m_loaded.insert(page, cards);
    m_used.append(page);
    forgetFarPages(page);
    // What was read ahead, nobody has looked at: nothing is painted again for it.
    if (m_awaited.remove(page) && !cards.isEmpty()) {
        const int first = int(m_head.size()) + m_frame.start(page);
        Q_EMIT dataChanged(at(first), at(first + int(cards.size()) - 1));
    }
}

std::optional<qint64> CardListModel::keyAfter(int page) const
{
    return page + 1 < m_frame.pages() ? std::optional(m_frame.key(page + 1)) : std::nullopt;
}

/// Cards left the query since the page was read or its anchors were: their rows go, so that what is
/// chosen of the others stays chosen. Nobody knows which rows of a page that was never seen.
void CardListModel::dropGone(int page, const QList<Card> &cards)
{
    const auto before = m_seen.value(page);
    if (before.size() == m_frame.count(page)) {
        QSet<QUuid> here;
        for (const Card &card : cards)
            here.insert(card.id);
        int end = int(before.size());
        while (end > 0 && m_frame.count(page) > cards.size()) {
            const int most = m_frame.count(page) - int(cards.size());
            int gone = 0;
            while (gone < std::min(most, end) && !here.contains(before.at(end - gone - 1)))
                ++gone;
            dropRows(page, end - gone, gone);
            end -= std::max(1, gone);
        }
    }
    dropRows(page, int(cards.size()), m_frame.count(page) - int(cards.size()));
}

void CardListModel::dropRows(int page, int place, int count)
{
    if (count <= 0)
        return;
    const int first = int(m_head.size()) + m_frame.start(page) + place;
    beginRemoveRows({}, first, first + count - 1);
    m_frame.setCount(page, m_frame.count(page) - count);
    endRemoveRows();
}

void CardListModel::unload(int page)
{
    QList<QUuid> seen;
    for (const Card &card : m_loaded.take(page))
        seen.append(card.id);
    m_seen.insert(page, seen);
}

void CardListModel::forgetFarPages(int near)
{
    while (m_used.size() > mostLoadedPages) {
        const int oldest = m_used.takeFirst();
        if (oldest != near && !m_used.contains(oldest) && m_loaded.contains(oldest))
            unload(oldest);
    }
}

bool CardListModel::fits(const Card &card) const
{
    if (m_query.states.isEmpty() ? card.state == CardState::Suppressed
                                 : !m_query.states.contains(card.state))
        return false;
    if (m_query.dataset && !card.datasets.contains(*m_query.dataset))
        return false;
    if (!m_query.day.isEmpty() && m_query.day != toDay(card.detectedAt))
        return false;
    return !m_query.entity || card.entity == *m_query.entity
        || card.concerns.contains(*m_query.entity);
}

template <class Match>
int CardListModel::findRow(Match match) const
{
    for (qsizetype i = 0; i < m_head.size(); ++i) {
        if (match(m_head.at(i)))
            return int(i);
    }
    for (auto page = m_loaded.cbegin(); page != m_loaded.cend(); ++page) {
        for (qsizetype i = 0; i < page->size(); ++i) {
            if (match(page->at(i)))
                return int(m_head.size()) + m_frame.start(page.key()) + int(i);
        }
    }
    return -1;
}

int CardListModel::rowOf(const QUuid &id) const
{
    return findRow([&id](const Card &card) { return card.id == id; });
}

void CardListModel::ids(const QList<int> &rows, const IdsThen &then)
{
    const auto wanted = std::make_shared<WantedIds>();
    wanted->query = m_query;
    wanted->then = then;
    const int head = int(m_head.size());
    int page = -1;
    int first = 0; // row of the page
    int count = 0;
    const QList<Card> *loaded = nullptr;
    for (const int row : rows) { // may be a million: a page is looked up once
        if (row < head) {
            wanted->found.append(m_head.at(row).id);
            continue;
        }
        if (row < first || row >= first + count) {
            page = m_frame.place(row - head).page;
            if (page < 0)
                continue;
            first = head + m_frame.start(page);
            count = m_frame.count(page);
            const auto held = m_loaded.constFind(page);
            loaded = held == m_loaded.cend() ? nullptr : &*held;
            if (!loaded)
                wanted->missing.append(missing(page));
        }
        if (!loaded)
            wanted->missing.last().places.append(row - first);
        else if (row - first < loaded->size())
            wanted->found.append(loaded->at(row - first).id);
    }
    takeSeen(*wanted);
    readIds(wanted);
}

CardListModel::Missing CardListModel::missing(int page) const
{
    return {page, m_frame.key(page), keyAfter(page), {}, false};
}

/// Single rows mean the cards that they showed, wherever those would stand by now.
void CardListModel::takeSeen(WantedIds &wanted) const
{
    for (auto &missing : wanted.missing) {
        missing.whole =
            missing.places.size() == m_frame.count(missing.page) && (missing.next || !m_more);
    }
    wanted.missing.removeIf([this, &wanted](const Missing &missing) {
        const auto seen = m_seen.value(missing.page);
        if (missing.whole || seen.size() != m_frame.count(missing.page))
            return false;
        for (const int place : missing.places)
            wanted.found.append(seen.at(place));
        return true;
    });
}

void CardListModel::readIds(const std::shared_ptr<WantedIds> &wanted)
{
    if (wanted->missing.isEmpty()) {
        wanted->then(wanted->found);
        return;
    }
    const auto page = wanted->missing.takeLast();
    wanted->query.beforeRow = page.key;
    after(this, m_reader.cards(wanted->query), [this, wanted, page](const Result<CardPage> &read) {
        if (!read) {
            wanted->then(read.error());
            return;
        }
        const auto cards = ownCards(read->cards, page.next);
        for (qsizetype place = 0; place < cards.size(); ++place) {
            if (page.whole || page.places.contains(place))
                wanted->found.append(cards.at(place).id);
        }
        readIds(wanted);
    });
}

void CardListModel::raise(const QList<Card> &cards)
{
    for (const Card &card : cards) {
        if (!fits(card) || rowOf(card.id) >= 0)
            continue;
        const bool joins = m_query.grouped && !card.group.isNull();
        const int group =
            joins ? findRow([&card](const Card &held) { return held.group == card.group; }) : -1;
        if (group >= 0) {
            put(group, card);
            continue;
        }
        beginInsertRows({}, 0, 0);
        m_head.prepend(card);
        ++m_total;
        endInsertRows();
    }
}

void CardListModel::refresh(int first, int last)
{
    if (rowCount() == 0) {
        if (!m_reading)
            show(m_query);
        return;
    }
    const auto ticket = m_ticket.current();
    for (int row = std::max(0, first); row <= std::min(last, rowCount() - 1); ++row) {
        const Card *held = cardAt(row);
        if (!held)
            continue;
        after(this, m_reader.card(held->id), [this, ticket](const Result<Card> &read) {
            if (!m_ticket.isCurrent(ticket) || !read)
                return;
            auto card = *read;
            card.changes.clear();
            if (const int at = rowOf(card.id); at >= 0) {
                put(at, card);
                joinGroup(card);
            }
        });
    }
    dropOutside(first, last);
}

/// A card raised on its own may turn out to be of a group that already has a row: one stays.
void CardListModel::joinGroup(const Card &card)
{
    if (!m_query.grouped || card.group.isNull())
        return;
    bool first = true;
    for (int i = 0; i < m_head.size(); ++i) {
        if (m_head.at(i).group != card.group || std::exchange(first, false))
            continue;
        beginRemoveRows({}, i, i);
        m_head.removeAt(i);
        --m_total;
        endRemoveRows();
        --i;
    }
}

/// Pages that nobody sees are read again when somebody does.
void CardListModel::dropOutside(int first, int last)
{
    const int head = int(m_head.size());
    const auto unseen = [this, first, last, head](int page) {
        const int start = head + m_frame.start(page);
        return start > last || start + m_frame.count(page) <= first;
    };
    for (const int page : std::as_const(m_used)) {
        if (m_loaded.contains(page) && unseen(page))
            unload(page);
    }
    m_used.removeIf([this](int page) { return !m_loaded.contains(page); });
}

void CardListModel::put(int row, const Card &card)
{
    if (row < m_head.size()) {
        m_head[row] = card;
    } else {
        const auto place = m_frame.place(row - int(m_head.size()));
        m_loaded[place.page][place.inPage] = card;
    }
    Q_EMIT dataChanged(at(row), at(row));
}

} // namespace wg
