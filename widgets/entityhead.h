// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/orders.h"
#include "core/pages.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace wg {

class ChipRow;
class ElidedLabel;
class EyeButton;
class FlowLayout;
class TintLabel;

/// The head of an entity page: what it is, whether it is watched, what is known, what changed since
/// one looked, and what is being asked now. Shows a summary; gives orders by signal. GUI thread.
class EntityHead : public QWidget
{
    Q_OBJECT

public:
    EntityHead(const Entity &entity, QWidget *parent);

    void show(const EntitySummary &summary);
    /// Sources that are asked now; empty when all have answered.
    void setAsking(const QStringList &sources);
    void setNetwork(const NetworkState &state);
    void setEyeBusy();
    [[nodiscard]] EyeButton *eye() const { return m_eye; }
    /// What Tab comes to last here, before any news.
    [[nodiscard]] QWidget *lastOfHead() const;

Q_SIGNALS:
    void eyeToggled(wg::EyeState state);
    void askWanted();
    void cancelWanted();
    void copyWanted();
    /// A part of the "since you looked" line.
    void newsWanted(wg::Dataset dataset);

private:
    void build();
    void showFacts();
    void orderTabs();
    void showChecks();
    void showNews();
    void addNews(const QString &text, Dataset dataset);

    EntitySummary m_summary;
    QStringList m_asking;
    NetworkState::Mode m_network = NetworkState::Mode::Online;
    ElidedLabel *m_name;
    QLabel *m_unicode;
    EyeButton *m_eye;
    QToolButton *m_ask;
    TintLabel *m_warning;
    ElidedLabel *m_facts;
    ChipRow *m_tags;
    ElidedLabel *m_checks;
    QToolButton *m_cancel;
    QWidget *m_news;
    FlowLayout *m_newsFlow;
};

} // namespace wg
