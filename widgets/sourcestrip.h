// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/datasetstate.h"

#include <QWidget>

namespace wg {

class FlowLayout;

/// One line that says of each source of a dataset: what it answered, and when. GUI thread.
class SourceStrip : public QWidget
{
    Q_OBJECT

public:
    explicit SourceStrip(QWidget *parent = nullptr);

    void show(const DatasetSituation &situation);

Q_SIGNALS:
    /// A source that is asked on demand is to be asked.
    void askWanted(const QString &source);

private:
    struct Chip
    {
        QString icon;
        Tint tint = Tint::Dim;
        QString text;
        QStringList tip; ///< lines
        QString onDemand{}; ///< the source to be asked by a click
    };

    [[nodiscard]] static QList<Chip> chipsOf(const DatasetSituation &situation);
    [[nodiscard]] static QList<Chip> idleChips(const QList<const SourceState *> &sources);
    [[nodiscard]] static Chip chipOf(const QString &source, const QList<CheckState> &checks);
    [[nodiscard]] static Chip chipOf(const SourceState &source, const DatasetSituation &situation);

    FlowLayout *m_flow;
    QStringList m_shown;
};

} // namespace wg
