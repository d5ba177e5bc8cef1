// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/changetable.h"

#include "core/entitytext.h"
#include "items/certificatefact.h"
#include "items/words.h"

#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

bool isCertificate(const Change &change)
{
    return change.record.dataset == Dataset::Certificates;
}

} // namespace

std::optional<Artifact> linkOf(const Change &change)
{
    auto link = linkedEntity(change.record);
    if (isCertificate(change)) {
        if (const auto named = parseEntity(certificateFact(change.record).title.raw()))
            link = *named;
    }
    if (!link && isEntity(change.record.owner) && change.record.owner != change.question.asked)
        link = change.record.owner;
    if (link && *link == change.question.asked) // seen from the value's side
        link = change.record.owner;
    return link;
}

void ChangeTableModel::show(const QList<Change> &changes)
{
    beginResetModel();
    m_changes = changes;
    m_oneDataset = std::all_of(changes.cbegin(), changes.cend(), [&changes](const Change &change) {
        return change.record.dataset == changes.first().record.dataset;
    });
    endResetModel();
}

int ChangeTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_changes.size());
}

int ChangeTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

/// Of a certificate that came or went whom it names and who issued it, not its number.
QString ChangeTableModel::side(const Change &change, const UntrustedText &value)
{
    if (value.isEmpty() || !isCertificate(change) || change.kind == ChangeKind::Modified)
        return value.shown(500);
    const auto fact = certificateFact(change.record);
    return fact.issuer.isEmpty()
        ? fact.title.shown(300)
        : tr("%1 by %2").arg(fact.title.shown(300), fact.issuer.shown(120));
}

QString ChangeTableModel::text(const Change &change, int column) const
{
    switch (column) {
    case Kind:
        return Words::change(change.kind);
    case What: {
        const auto asked = change.question.asked;
        const bool reverse = change.record.owner != asked && isAddress(asked);
        auto type = leadsTo(change.record, asked) ? Words::reverseType(change.record.type)
                                                  : madeVisible(change.record.type, 60);
        if (isCertificate(change) && change.kind == ChangeKind::Modified)
            type = u"%1 %2"_s.arg(type, certificateFact(change.record).title.shown(300));
        const bool said = change.before.raw() == change.record.owner.value
            || change.after.raw() == change.record.owner.value;
        if (reverse && !said)
            return u"%1 %2"_s.arg(madeVisible(change.record.owner.value, 300), type);
        return m_oneDataset ? type
                            : u"%1 %2"_s.arg(Words::datasetTitle(change.record.dataset), type);
    }
    case Before:
        return side(change, change.before);
    case After:
        return side(change, change.after);
    case News:
        return change.kind == ChangeKind::Removed ? QString() : Words::novelty(change.novelty);
    case FirstSeen:
        return change.worldFirst ? Words::when(change.worldFirst, Words::now()) : QString();
    default:
        return {};
    }
}

QVariant ChangeTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Change &change = m_changes.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(change, index.column());
    case Qt::ToolTipRole:
        if (index.column() == FirstSeen && change.worldFirst)
            return UntrustedText::trusted(Words::exact(*change.worldFirst)).toolTip();
        return UntrustedText::fromString(text(change, index.column())).toolTip();
    case GoneRole:
        return change.kind == ChangeKind::Removed && index.column() == Before;
    case NoveltyRole:
        return change.kind == ChangeKind::Removed || index.column() != News
            ? QVariant()
            : QVariant(int(change.novelty));
    case LinkRole: {
        const auto link = linkOf(change);
        const int column = change.kind == ChangeKind::Removed ? Before : After;
        return link && index.column() == column ? QVariant::fromValue(*link) : QVariant();
    }
    default:
        return {};
    }
}

QVariant ChangeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Kind:
        return tr("Change");
    case What:
        return tr("What");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    case News:
        return tr("News");
    case FirstSeen:
        return tr("First seen");
    default:
        return {};
    }
}

} // namespace wg
