// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QLabel;

namespace wg {

/// The first sixty seconds, and every new tab: what to type, what it tells whom. Asks nobody. GUI
/// thread; owned by its tab.
class WelcomePage : public Page
{
    Q_OBJECT

public:
    WelcomePage(Actions &actions, const ActionTable &table, QWidget *parent);

    [[nodiscard]] Place place() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon pageIcon() const override;
    void entered() override;

Q_SIGNALS:
    void searchWanted();

private:
    void tellOpening(const StoreOpening &opening);
    void readSources();

    QLabel *m_told;
    QLabel *m_opening;
};

} // namespace wg
