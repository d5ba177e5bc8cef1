// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QAbstractTableModel>

namespace wg {

/// What every table that is read in pages tells. GUI thread; see PagedRows.
class PagedTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

Q_SIGNALS:
    /// What was asked for has been read.
    void shown();
    void failed(const wg::Error &error);
};

} // namespace wg
