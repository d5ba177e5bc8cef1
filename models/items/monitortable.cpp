// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/monitortable.h"

#include "core/after.h"
#include "items/words.h"

namespace wg {

MonitorTableModel::MonitorTableModel(PageReader &reader, QObject *parent)
    : PagedRows(parent)
    , m_reader(reader)
{ }

void MonitorTableModel::show(const QString &filter)
{
    showAnew([this, &filter] { m_query.filter = filter; });
}

void MonitorTableModel::read(const QString &cursor, std::function<void(const Result<Slice> &)> take)
{
    auto query = m_query;
    if (!cursor.isEmpty())
        query.afterRow = cursor.toLongLong();
    after(this, m_reader.monitors(query),
          [take = std::move(take)](const Result<MonitorPage> &page) {
              if (!page)
                  return take(page.error());
              const auto next = page->nextRow ? QString::number(*page->nextRow) : QString();
              take(Slice{page->monitors, next, page->total});
          });
}

QByteArray MonitorTableModel::keyOf(const MonitorRow &row) const
{
    return row.id.toRfc4122();
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
    const MonitorRow &row = rowAt(index.row());
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
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Open)
        return int(Qt::AlignRight | Qt::AlignVCenter);
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

} // namespace wg
