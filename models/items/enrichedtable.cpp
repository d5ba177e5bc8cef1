// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/enrichedtable.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

QStringList tagsOf(const FactRow &row)
{
    QStringList tags;
    for (const auto &chip : EnrichmentWords::remarkable(*row.enrichment))
        tags.append(chip.tag);
    return tags;
}

} // namespace

int EnrichedTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant EnrichedTableModel::data(const QModelIndex &index, int role) const
{
    if (role != ChipsRole || !index.isValid() || index.column() != Tags)
        return FactTableModel::data(index, role);
    const auto &known = rowAt(index.row()).enrichment;
    return known ? QVariant(tagsOf(rowAt(index.row()))) : QVariant();
}

QString EnrichedTableModel::text(const FactRow &row, int column) const
{
    if (column < Asn)
        return FactTableModel::text(row, column);
    if (!row.enrichment)
        return {};
    if (column == Asn)
        return EnrichmentWords::asn(*row.enrichment);
    if (column == Country)
        return EnrichmentWords::country(*row.enrichment);
    return tagsOf(row).join(u", "_s);
}

QStringList EnrichedTableModel::toolTip(const FactRow &row, int column) const
{
    if (column < Asn)
        return FactTableModel::toolTip(row, column);
    if (!row.enrichment)
        return {};
    if (column == Asn) {
        return EnrichmentWords::sources(*row.enrichment, FactRole::Asn)
            + EnrichmentWords::sources(*row.enrichment, FactRole::Prefix);
    }
    if (column == Country)
        return EnrichmentWords::sources(*row.enrichment, FactRole::Country);
    QStringList lines;
    for (const auto &chip : EnrichmentWords::chips(*row.enrichment)) {
        for (const auto &why : chip.why)
            lines.append(u"%1: %2"_s.arg(chip.tag, why));
    }
    return lines;
}

/// By the number of the ASN, not by its digits.
QVariant EnrichedTableModel::sortKey(const FactRow &row, int column) const
{
    if (column != Asn || !row.enrichment)
        return FactTableModel::sortKey(row, column);
    const auto asns = sayings(row.enrichment->told, FactRole::Asn);
    return asns.isEmpty() ? 0 : asns.first().value.raw().mid(2).toLongLong();
}

QVariant EnrichedTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < Asn)
        return FactTableModel::headerData(section, orientation, role);
    return section == Asn ? tr("ASN") : section == Country ? tr("Country") : tr("Tags");
}

} // namespace wg
