// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/facttable.h"

namespace wg {

struct CertificateFact;

/// The certificates of one entity, in columns of their own: whom they name, who issued them and how
/// long they hold. GUI thread.
class CertificateTableModel : public FactTableModel
{
    Q_OBJECT

public:
    /// Names stand where other datasets have their value.
    enum Column
    {
        Names = FactTableModel::Value,
        Issuer,
        ValidFrom,
        ValidTo,
        FirstSeen,
        Sources,
        ColumnCount
    };

    using FactTableModel::FactTableModel;

    [[nodiscard]] QList<Artifact> links(int row) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] std::optional<Artifact> link(const FactRow &row) const override;
    [[nodiscard]] QString text(const FactRow &row, int column) const override;
    [[nodiscard]] QStringList toolTip(const FactRow &row, int column) const override;
    [[nodiscard]] QVariant sortKey(const FactRow &row, int column) const override;

private:
    [[nodiscard]] static QString validTo(const CertificateFact &fact);
};

} // namespace wg
