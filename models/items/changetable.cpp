// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/changetable.h"

#include "items/words.h"

#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

std::optional<Artifact> linkOf(const Change &change)
{
    auto link = linkedEntity(change.record);
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

QString ChangeTableModel::text(const Change &change, int column) const
{
    switch (column) {
    case Kind:
        return Words::change(change.kind);
    case What: {
        const auto asked = change.question.asked;
        const bool reverse = change.record.owner != asked && isAddress(asked);
        const auto type = madeVisible(change.record.type, 60);
        const bool said = change.before.raw() == change.record.owner.value
            || change.after.raw() == change.record.owner.value;
        if (reverse && !said)
            return u"%1 %2"_s.arg(madeVisible(change.record.owner.value, 300), type);
        return m_oneDataset ? type
                            : u"%1 %2"_s.arg(Words::datasetTitle(change.record.dataset), type);
    }
    case Before:
        return change.before.shown(500);
    case After:
        return change.after.shown(500);
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
