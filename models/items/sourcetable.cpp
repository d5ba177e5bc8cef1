// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/sourcetable.h"

#include "core/after.h"
#include "items/merge.h"
#include "items/words.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

bool isKeyless(const SourceState &source)
{
    return source.info.needsKey && source.key == KeyState::Absent;
}

} // namespace

SourceTableModel::SourceTableModel(PageReader &reader, QObject *parent)
    : QAbstractTableModel(parent)
    , m_reader(reader)
{ }

void SourceTableModel::refresh()
{
    const auto ticket = m_ticket.renew();
    after(this, m_reader.sources(), [this, ticket](const Result<QList<SourceState>> &sources) {
        if (!m_ticket.isCurrent(ticket))
            return;
        if (!sources) {
            Q_EMIT failed(sources.error());
            return;
        }
        const MergeSteps steps{[this](int first, int last) { beginInsertRows({}, first, last); },
                               [this] { endInsertRows(); },
                               [this](int i) { beginRemoveRows({}, i, i); },
                               [this] { endRemoveRows(); }};
        mergeRows(
            m_sources, *sources, [](const SourceState &s) { return s.info.name; }, steps,
            [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); });
        Q_EMIT shown();
    });
}

SourceTableModel::Well SourceTableModel::wellness(const SourceState &source)
{
    if (source.broken)
        return Well::Trouble;
    if (!source.enabled || !source.permitted || isKeyless(source))
        return Well::Off;
    if (source.key == KeyState::Locked || source.key == KeyState::Failed)
        return Well::Trouble;
    if (!source.lastOutcome)
        return Well::Idle;
    switch (*source.lastOutcome) {
    case Outcome::Complete:
    case Outcome::Truncated:
    case Outcome::Empty:
        return source.lacking.isEmpty() ? Well::Good : Well::Trouble;
    case Outcome::SuspiciousEmpty:
    case Outcome::Refused:
    case Outcome::Unreachable:
    case Outcome::Malformed:
        return Well::Trouble;
    }
    return Well::Idle;
}

QString SourceTableModel::health(const SourceState &source)
{
    if (source.broken)
        return tr("cannot be read");
    if (!source.enabled)
        return tr("off");
    if (isKeyless(source))
        return tr("needs a key");
    if (source.key == KeyState::Locked)
        return tr("key chain locked");
    if (source.key == KeyState::Failed)
        return tr("key chain fails");
    if (!source.permitted)
        return source.consented ? tr("not permitted") : tr("needs consent");
    if (source.pausedUntil && *source.pausedUntil > Words::now())
        return tr("paused until %1").arg(Words::clock(*source.pausedUntil, Words::now()));
    if (!source.lastOutcome)
        return tr("not asked yet");
    if (isUsable(*source.lastOutcome) && !source.lacking.isEmpty())
        return tr("answers look different");
    return wellness(source) == Well::Good ? tr("well") : Words::outcome(*source.lastOutcome);
}

int SourceTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sources.size());
}

int SourceTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString SourceTableModel::text(const SourceState &source, int column) const
{
    switch (column) {
    case Name:
        return source.info.name;
    case Datasets: {
        QStringList titles;
        for (const auto dataset : source.info.datasets)
            titles.append(Words::datasetTitle(dataset));
        return titles.join(u", "_s);
    }
    case PapLevel:
        return source.broken ? QString() : QString(papName(source.info.pap));
    case Health:
        return health(source);
    case LastAsked:
        return Words::when(source.lastAsked, Words::now());
    default:
        return {};
    }
}

QVariant SourceTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SourceState &source = m_sources.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(source, index.column());
    case Qt::ToolTipRole:
        if (index.column() == LastAsked && source.lastAsked)
            return UntrustedText::trusted(Words::exact(*source.lastAsked)).toolTip();
        if (index.column() == Health && !source.lastDetail.isEmpty())
            return UntrustedText::fromString(source.lastDetail).toolTip();
        return UntrustedText::fromString(text(source, index.column())).toolTip();
    case WellRole:
        return int(wellness(source));
    case TroubleRole:
        return wellness(source) == Well::Trouble;
    default:
        return {};
    }
}

QVariant SourceTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Source");
    case Datasets:
        return tr("Datasets");
    case PapLevel:
        return tr("PAP");
    case Health:
        return tr("Health");
    case LastAsked:
        return tr("Last asked");
    default:
        return {};
    }
}

} // namespace wg
