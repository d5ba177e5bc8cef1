// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"

namespace wg {

/// Writes what happens in a session to the log: at info level counts and states, the names and
/// addresses that are asked about only at debug level. Lives on the main thread.
class Chronicle : public QObject
{
    Q_OBJECT

public:
    explicit Chronicle(Actions &actions);
    ~Chronicle() override;

    /// A command begins; its words are for debug level.
    static void commandBegins(const QString &verb, const QStringList &words);
    static void commandEnds(const QString &verb, int exitCode);

private:
    void tellOpening(const StoreOpening &opening);
    void tellNetwork(const NetworkState &state);
    void tellCards(const QList<Card> &cards);
    void tellAsk(const AskProgress &progress);

    NetworkState::Mode m_mode = NetworkState::Mode::Online;
    qsizetype m_troubles = 0;
};

} // namespace wg
