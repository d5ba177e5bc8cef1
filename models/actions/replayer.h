// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"
#include "core/virtualclock.h"

#include <QPromise>
#include <QTimer>

namespace wg {

class NetRoom;

/// An eye that was on in a recording, and since when it is known to have been.
struct RecordedEye
{
    Instant since;
    Entity entity;
};

/// Eyes whose questions a recording holds, in the order of their times.
QList<RecordedEye> eyesIn(const Recording &recording, const QList<SourceInfo> &sources);

/// Lets the gate pass what it passed when it was recorded: the sources asked then, and no others.
void admitRecorded(Policy &policy, const Recording &recording);

/// Runs a recording to its end: switches eyes on when their time has come and moves the clock on
/// from one thing that is due to the next, or waits where the clock goes by itself. Then all are
/// asked once more, so that what came last is seen, and confirmed where that takes two answers.
/// Main thread, owned by the actions.
class Replayer : public QObject
{
    Q_OBJECT

public:
    Replayer(Actions &actions, NetRoom &net, const Recording &recording, QList<RecordedEye> eyes,
             VirtualClock &clock);

    QFuture<Result<ReplayReport>> run();

private:
    void step();
    void switchOn();
    void lookOnceMore();
    void moveOn(std::optional<Instant> due);
    void tellProgress();
    [[nodiscard]] Instant nextStop() const;
    void end(const Result<ReplayReport> &result);

    Actions &m_actions;
    NetRoom &m_net;
    VirtualClock &m_clock;
    QList<RecordedEye> m_eyes; ///< not yet on
    ReplayReport m_report;
    Instant m_end; ///< when also the last confirmations are in
    bool m_lookedOnceMore = false;
    qint64 m_toldHour = -1;
    QTimer m_wait;
    QPromise<Result<ReplayReport>> m_promise;
};

} // namespace wg
