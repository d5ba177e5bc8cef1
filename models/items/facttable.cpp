// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/facttable.h"

#include "items/merge.h"
#include "items/words.h"

#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

QString typeText(const FactRow &row)
{
    QString text = madeVisible(row.record.type, 60);
    for (const auto &attribute : row.record.attributes)
        text += u" · %1 %2"_s.arg(madeVisible(attribute.name, 40), attribute.text.shown(80));
    return text;
}

QString sourcesText(const FactRow &row)
{
    QStringList names;
    for (const auto &sighting : row.sightings)
        names.append(madeVisible(sighting.source, 60));
    names.removeDuplicates();
    return names.join(u", "_s);
}

QByteArray keyOf(const FactRow &row)
{
    return toBytes(recordId(row.record)) + (row.reverse ? 'r' : 'f');
}

} // namespace

std::optional<Instant> firstSeen(const FactRow &row)
{
    std::optional<Instant> first;
    for (const auto &sighting : row.sightings) {
        const Instant seen = sighting.worldFirst.value_or(sighting.toldAt);
        first = first ? std::min(*first, seen) : seen;
    }
    return first;
}

std::optional<Instant> lastSeen(const FactRow &row)
{
    std::optional<Instant> last;
    for (const auto &sighting : row.sightings) {
        const auto seen = sighting.worldLast ? sighting.worldLast : sighting.goneAt;
        if (seen)
            last = last ? std::max(*last, *seen) : *seen;
    }
    return last;
}

std::optional<Artifact> linkOf(const FactRow &row)
{
    if (row.reverse)
        return row.record.owner;
    return valueArtifact(row.record);
}

FactTableModel::FactTableModel(PageReader &reader, QObject *parent)
    : QAbstractTableModel(parent)
    , m_reader(reader)
{ }

void FactTableModel::show(const FactQuery &query)
{
    beginResetModel();
    m_query = query;
    m_query.afterKey.clear();
    m_rows.clear();
    m_nextKey.clear();
    m_total = 0;
    m_again = false;
    m_ticket.renew();
    endResetModel();
    m_reading = true;
    readOn({}, {}, m_query.limit);
}

void FactTableModel::refresh()
{
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    readOn({}, {}, std::max<qsizetype>(m_rows.size(), m_query.limit));
}

void FactTableModel::readOn(const QString &afterKey, const QList<FactRow> &soFar, qsizetype wanted)
{
    auto query = m_query;
    query.afterKey = afterKey;
    const auto ticket = m_ticket.current();
    await(m_reader.facts(query), this, [this, ticket, soFar, wanted](const Result<FactPage> &page) {
        if (!m_ticket.isCurrent(ticket))
            return;
        if (!page) {
            m_reading = false;
            Q_EMIT failed(page.error());
            return;
        }
        auto rows = soFar;
        rows += page->rows;
        if (rows.size() < wanted && !page->nextKey.isEmpty() && !page->rows.isEmpty())
            readOn(page->nextKey, rows, wanted);
        else
            take(*page, rows);
    });
}

void FactTableModel::take(const FactPage &page, const QList<FactRow> &rows)
{
    m_total = page.total;
    m_nextKey = page.rows.isEmpty() ? QString() : page.nextKey;
    const MergeSteps steps{[this](int first, int last) { beginInsertRows({}, first, last); },
                           [this] { endInsertRows(); },
                           [this](int i) { beginRemoveRows({}, i, i); },
                           [this] { endRemoveRows(); }};
    mergeRows(m_rows, rows, keyOf, steps, [](int) {});
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    m_reading = false;
    Q_EMIT shown();
    if (std::exchange(m_again, false))
        refresh();
}

QString FactTableModel::rawValue(int row) const
{
    const auto &fact = m_rows.at(row);
    return fact.reverse ? fact.record.owner.value : fact.record.value.raw();
}

int FactTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FactTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString FactTableModel::text(const FactRow &row, int column) const
{
    switch (column) {
    case Value:
        return row.reverse ? madeVisible(row.record.owner.value, 300) : row.record.value.shown(500);
    case Type:
        return typeText(row);
    case FirstSeen:
        return Words::when(firstSeen(row), Words::now());
    case LastSeen:
        if (row.gone)
            return tr("gone %1").arg(Words::when(lastSeen(row), Words::now()));
        return row.current ? tr("now") : Words::when(lastSeen(row), Words::now());
    case Sources:
        return sourcesText(row);
    default:
        return {};
    }
}

QString FactTableModel::toolTip(const FactRow &row, int column) const
{
    const auto exact = [](const std::optional<Instant> &t) {
        return t ? Words::exact(*t) : u"–"_s;
    };
    if (column == FirstSeen)
        return exact(firstSeen(row));
    if (column == LastSeen && lastSeen(row))
        return exact(lastSeen(row));
    if (column == Sources || column == LastSeen) {
        QStringList lines;
        for (const auto &s : row.sightings) {
            lines.append(
                tr("%1 told us %2; in the world from %3 to %4")
                    .arg(s.source, exact(s.toldAt), exact(s.worldFirst), exact(s.worldLast)));
        }
        return lines.join(u'\n');
    }
    QStringList lines{text(row, column)};
    if (column == Type) {
        for (const auto &detail : row.record.details)
            lines.append(u"%1 %2"_s.arg(detail.name, detail.text.shown(300)));
    }
    return lines.join(u'\n');
}

QVariant FactTableModel::sortKey(const FactRow &row, int column) const
{
    const qint64 now = std::numeric_limits<qint64>::max();
    switch (column) {
    case FirstSeen:
        return firstSeen(row).value_or(Instant{}).ms;
    case LastSeen:
        return row.current ? now : lastSeen(row).value_or(Instant{}).ms;
    default:
        return text(row, column);
    }
}

QVariant FactTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FactRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, index.column());
    case Qt::ToolTipRole: {
        QString shown; // lines are ours, what stands in them is made visible line by line
        for (const auto &line : toolTip(row, index.column()).split(u'\n'))
            shown += (shown.isEmpty() ? u""_s : u"\n"_s) + madeVisible(line);
        return u"<qt><p style=\"white-space:pre-wrap\">%1</p></qt>"_s.arg(shown.toHtmlEscaped());
    }
    case LinkRole: {
        const auto link = index.column() == Value ? linkOf(row) : std::nullopt;
        return link ? QVariant::fromValue(*link) : QVariant();
    }
    case GoneRole:
        return row.gone;
    case NewRole:
        return row.newSinceLooked;
    case WatchedRole:
        return row.watched;
    case SortRole:
        return sortKey(row, index.column());
    default:
        return {};
    }
}

QVariant FactTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Value:
        return tr("Value");
    case Type:
        return m_query.dataset == Dataset::Whois ? tr("Field") : tr("Type");
    case FirstSeen:
        return tr("First seen");
    case LastSeen:
        return tr("Last seen");
    case Sources:
        return tr("Sources");
    default:
        return {};
    }
}

bool FactTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_reading && !m_nextKey.isEmpty();
}

void FactTableModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_reading = true;
    auto query = m_query;
    query.afterKey = m_nextKey;
    const auto ticket = m_ticket.current();
    await(m_reader.facts(query), this, [this, ticket](const Result<FactPage> &page) {
        if (!m_ticket.isCurrent(ticket))
            return;
        m_reading = false;
        if (!page) {
            Q_EMIT failed(page.error());
            return;
        }
        m_total = page->total;
        m_nextKey = page->rows.isEmpty() ? QString() : page->nextKey;
        if (!page->rows.isEmpty()) {
            beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + page->rows.size()) - 1);
            m_rows += page->rows;
            endInsertRows();
        }
        Q_EMIT shown();
        if (std::exchange(m_again, false))
            refresh();
    });
}

} // namespace wg
