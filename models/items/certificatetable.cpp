// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/certificatetable.h"

#include "core/entitytext.h"
#include "items/certificatefact.h"
#include "items/words.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamesShown = 20;

QString day(const std::optional<Instant> &date)
{
    return date ? toDay(*date) : u"–"_s;
}

qint64 sortedBy(const std::optional<Instant> &date)
{
    return date.value_or(Instant{}).ms;
}

} // namespace

int CertificateTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

/// The name that one sees; all of them would be read for every cell that is painted.
std::optional<Artifact> CertificateTableModel::link(const FactRow &row) const
{
    const auto seen = parseEntity(certificateFact(row.record).title.raw());
    return seen ? std::optional(*seen) : std::nullopt;
}

QList<Artifact> CertificateTableModel::links(int row) const
{
    return namedEntities(certificateFact(rowAt(row).record));
}

QString CertificateTableModel::validTo(const CertificateFact &fact)
{
    if (fact.revoked)
        return tr("revoked, %1").arg(day(fact.validTo));
    return fact.hasExpired(Words::now()) ? tr("expired %1").arg(day(fact.validTo))
                                         : day(fact.validTo);
}

QString CertificateTableModel::text(const FactRow &row, int column) const
{
    const auto fact = certificateFact(row.record);
    switch (column) {
    case Names:
        if (fact.nameCount < 2)
            return fact.title.shown(300);
        return u"%1 · %2"_s.arg(fact.title.shown(300),
                                tr("%n name(s)", nullptr, int(fact.nameCount)));
    case Issuer:
        return fact.issuer.isEmpty() ? u"–"_s : fact.issuer.shown(300);
    case ValidFrom:
        return day(fact.validFrom);
    case ValidTo:
        return validTo(fact);
    case FirstSeen:
        return FactTableModel::text(row, FactTableModel::FirstSeen);
    case Sources:
        return FactTableModel::text(row, FactTableModel::Sources);
    default:
        return {};
    }
}

QStringList CertificateTableModel::toolTip(const FactRow &row, int column) const
{
    const auto fact = certificateFact(row.record);
    const auto exact = [](const std::optional<Instant> &t) {
        return t ? Words::exact(*t) : u"–"_s;
    };
    switch (column) {
    case ValidFrom:
        return {exact(fact.validFrom)};
    case ValidTo:
        return {exact(fact.validTo)};
    case FirstSeen:
        return FactTableModel::toolTip(row, FactTableModel::FirstSeen);
    case Sources:
        return FactTableModel::toolTip(row, FactTableModel::Sources);
    case Names: {
        QStringList lines;
        for (const auto &name : fact.names.mid(0, mostNamesShown))
            lines.append(name.shown(100));
        if (fact.nameCount > lines.size())
            lines.append(tr("and %n more", nullptr, int(fact.nameCount - lines.size())));
        return lines.isEmpty() ? QStringList{fact.title.shown(300)} : lines;
    }
    default:
        break;
    }
    QStringList lines;
    for (const auto *attributes : {&row.record.attributes, &row.record.details}) {
        for (const auto &each : *attributes) {
            if (each.name != "names"_L1)
                lines.append(u"%1 %2"_s.arg(each.name, each.text.shown(300)));
        }
    }
    return lines;
}

QVariant CertificateTableModel::sortKey(const FactRow &row, int column) const
{
    switch (column) {
    case ValidFrom:
        return sortedBy(certificateFact(row.record).validFrom);
    case ValidTo:
        return sortedBy(certificateFact(row.record).validTo);
    case FirstSeen:
        return FactTableModel::sortKey(row, FactTableModel::FirstSeen);
    default:
        return text(row, column);
    }
}

QVariant CertificateTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Names:
        return tr("Names");
    case Issuer:
        return tr("Issuer");
    case ValidFrom:
        return tr("Valid from");
    case ValidTo:
        return tr("Valid to");
    case FirstSeen:
        return tr("First seen");
    case Sources:
        return tr("Sources");
    default:
        return {};
    }
}

} // namespace wg
