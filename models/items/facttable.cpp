// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/facttable.h"

#include "core/after.h"
#include "items/words.h"

#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

QString typeText(const FactRow &row)
{
    QString text =
        row.reverse ? Words::reverseType(row.record.type) : madeVisible(row.record.type, 60);
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
    return linkedEntity(row.record);
}

FactTableModel::FactTableModel(PageReader &reader, QObject *parent)
    : PagedRows(parent)
    , m_reader(reader)
{ }

void FactTableModel::show(const FactQuery &query)
{
    showAnew([this, &query] { m_query = query; });
}

void FactTableModel::read(const QString &cursor, std::function<void(const Result<Slice> &)> take)
{
    auto query = m_query;
    query.afterKey = cursor;
    after(this, m_reader.facts(query), [take = std::move(take)](const Result<FactPage> &page) {
        take(page ? Result<Slice>(Slice{page->rows, page->nextKey, page->total}) : page.error());
    });
}

QByteArray FactTableModel::keyOf(const FactRow &row) const
{
    return toBytes(recordId(row.record)) + (row.reverse ? 'r' : 'f');
}

std::optional<Artifact> FactTableModel::link(const FactRow &row) const
{
    return linkOf(row);
}

QList<Artifact> FactTableModel::links(int row) const
{
    const auto one = link(rowAt(row));
    return one ? QList<Artifact>{*one} : QList<Artifact>();
}

QString FactTableModel::rawValue(int row) const
{
    const auto &fact = rowAt(row);
    return fact.reverse ? fact.record.owner.value : fact.record.value.raw();
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

QStringList FactTableModel::toolTip(const FactRow &row, int column) const
{
    const auto exact = [](const std::optional<Instant> &t) {
        return t ? Words::exact(*t) : u"–"_s;
    };
    if (column == FirstSeen)
        return {exact(firstSeen(row))};
    if (column == LastSeen && lastSeen(row))
        return {exact(lastSeen(row))};
    if (column == Sources || column == LastSeen) {
        QStringList lines;
        for (const auto &s : row.sightings) {
            lines.append(
                tr("%1 told us %2; in the world from %3 to %4")
                    .arg(s.source, exact(s.toldAt), exact(s.worldFirst), exact(s.worldLast)));
        }
        return lines;
    }
    QStringList lines{text(row, column)};
    if (column == Type) {
        for (const auto &detail : row.record.details)
            lines.append(u"%1 %2"_s.arg(detail.name, detail.text.shown(300)));
    }
    return lines;
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
    const FactRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return Words::toolTip(toolTip(row, index.column()));
    case LinkRole: {
        const auto one = index.column() == Value ? link(row) : std::nullopt;
        return one ? QVariant::fromValue(*one) : QVariant();
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

} // namespace wg
