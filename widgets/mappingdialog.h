// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/importoptions.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;

namespace wg {

/// Asks what the columns of a table hold whose header does not say it; what its first rows look
/// like is proposed. Deletes itself when closed. GUI thread.
class MappingDialog : public QDialog
{
    Q_OBJECT

public:
    MappingDialog(const QString &fileName, const TableSketch &sketch, QWidget *parent);

Q_SIGNALS:
    /// What to import it as.
    void given(const ImportOptions &options);

private:
    QWidget *buildColumns(const TableSketch &sketch);
    void propose(const TableSketch &sketch);
    void judge();
    [[nodiscard]] bool holds(const QString &field) const;
    [[nodiscard]] ImportOptions options() const;
    void give(const ImportOptions &options);

    QStringList m_columns;
    QList<QComboBox *> m_fields; ///< of each column
    QComboBox *m_dataset;
    QLabel *m_lack;
    QPushButton *m_import;
};

} // namespace wg
