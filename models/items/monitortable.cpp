// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/monitortable.h"

#include "items/merge.h"
#include "items/words.h"

namespace wg {

MonitorTableModel::MonitorTableModel(PageReader &reader, QObject *parent)
    : QAbstractTableModel(parent)
    , m_reader(reader)
{ }

void MonitorTableModel::show(const QString &filter)
{
    beginResetModel();
    m_query.filter = filter;
    m_rows.clear();
    m_total = 0;
    m_again = m_more = false;
    m_ticket.renew();
    endResetModel();
    m_reading = true;
    readOn({}, {}, m_query.limit);
}

void MonitorTableModel::refresh()
{
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    readOn({}, {}, std::max<qsizetype>(m_rows.size(), m_query.limit));
}

void MonitorTableModel::readOn(std::optional<qint64> after, const QList<MonitorRow> &soFar,
                               qsizetype wanted)
{
    auto query = m_query;
    query.afterRow = after;
    const auto ticket = m_ticket.current();
    await(m_reader.monitors(query), this,
          [this, ticket, soFar, wanted](const Result<MonitorPage> &page) {
              if (!m_ticket.isCurrent(ticket))
                  return;
              if (!page) {
                  m_reading = false;
                  Q_EMIT failed(page.error());
                  return;
              }
              auto rows = soFar;
              rows += page->monitors;
              m_total = page->total;
              m_more = page->monitors.size() >= m_query.limit;
              if (rows.size() < wanted && m_more)
                  readOn(rows.last().row, rows, wanted);
              else
                  take(rows);
          });
}

void MonitorTableModel::take(const QList<MonitorRow> &rows)
{
    const MergeSteps steps{[this](int first, int last) { beginInsertRows({}, first, last); },
                           [this] { endInsertRows(); },
                           [this](int i) { beginRemoveRows({}, i, i); },
                           [this] { endRemoveRows(); }};
    mergeRows(
        m_rows, rows, [](const MonitorRow &row) { return row.id; }, steps, [](int) {});
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    m_reading = false;
    Q_EMIT shown();
    if (std::exchange(m_again, false))
        refresh();
}

int MonitorTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int MonitorTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString MonitorTableModel::text(const MonitorRow &row, int column) const
{
    const Instant now = Words::now();
    switch (column) {
    case EntityName:
        return madeVisible(row.entity.value, 300);
    case Since:
        return Words::when(row.since, now);
    case Baseline:
        return row.baselineAt ? Words::when(*row.baselineAt, now) : tr("not yet");
    case LastChecked:
        return Words::when(row.lastChecked, now);
    case NextDue:
        if (row.nextDue && *row.nextDue < now)
            return tr("due");
        return Words::when(row.nextDue, now);
    case Open:
        return row.openCards > 0 ? Words::number(row.openCards) : QString();
    case Trouble:
        return madeVisible(row.trouble, 300);
    default:
        return {};
    }
}

QString MonitorTableModel::toolTip(const MonitorRow &row, int column) const
{
    const auto exact = [](const std::optional<Instant> &t) {
        return t ? Words::exact(*t) : QString();
    };
    switch (column) {
    case Since:
        return tr("%1, by %2").arg(Words::exact(row.since), row.author);
    case Baseline:
        return exact(row.baselineAt);
    case LastChecked:
        return exact(row.lastChecked);
    case NextDue:
        return exact(row.nextDue);
    default:
        return text(row, column);
    }
}

QVariant MonitorTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MonitorRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, index.column());
    case Qt::ToolTipRole: {
        const auto tip = toolTip(row, index.column());
        return tip.isEmpty() ? QVariant() : UntrustedText::fromString(tip).toolTip();
    }
    case Qt::TextAlignmentRole:
        return index.column() == Open ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case LinkRole:
        return index.column() == EntityName ? QVariant::fromValue(row.entity) : QVariant();
    case TroubleRole:
        return !row.trouble.isEmpty();
    default:
        return {};
    }
}

QVariant MonitorTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case EntityName:
        return tr("Entity");
    case Since:
        return tr("Watched since");
    case Baseline:
        return tr("Baseline");
    case LastChecked:
        return tr("Last check");
    case NextDue:
        return tr("Next check");
    case Open:
        return tr("Open cards");
    case Trouble:
        return tr("Trouble");
    default:
        return {};
    }
}

bool MonitorTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_reading && m_more && !m_rows.isEmpty();
}

void MonitorTableModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_reading = true;
    readOn(m_rows.last().row, m_rows, m_rows.size() + m_query.limit);
}

} // namespace wg
