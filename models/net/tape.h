// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings.h"
#include "net/gate.h"
#include "net/recording.h"
#include "net/strike.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <map>

namespace wg {

/// What a recording had in store for a request.
using Played = Result<Exchange>;
using PlayedDone = std::function<void(const Played &)>;

/// By what who asks names the answer that is known there; empty for none.
struct Known
{
    QByteArray etag;
    QByteArray modified;

    [[nodiscard]] bool isSet() const { return !etag.isEmpty() || !modified.isEmpty(); }
    /// Whether it is of this answer.
    [[nodiscard]] bool isOf(const Exchange &answer) const;
};

/// Stands where transports meet the wire, behind the gate: writes down what passes, or, where a
/// recording is replayed, answers in the wire's place, so that nothing leaves. Lives on the net
/// thread; disk is read and written on a thread of its own.
class Tape : public QObject
{
    Q_OBJECT

public:
    using Told = std::function<void(const Result<RecordingState> &)>;

    explicit Tape(const Clock &clock, QObject *parent = nullptr);
    /// Writes what waits, and answers what is being played.
    ~Tape() override;

    /// Records into a folder from now on; errors of RecordingWriter::open. Nobody needs to wait:
    /// what passes meanwhile is written, too.
    void record(const QString &folder, Told told);
    /// What a recording keeps beside its exchanges, from now on.
    void keep(const RecordedWorkspace &workspace);
    /// Is struck out of all that is recorded, for good.
    void keepSecret(const Confidential &secrets) { m_secrets.add(secrets); }
    /// Ends it, if one is under way; how it stood.
    void stop(Told told);
    void askState(Told told);
    [[nodiscard]] bool isRecording() const { return m_recording; }
    /// Where one records: what a question of that intent came to.
    void note(const Intent &intent, Exchange &&exchange, const QByteArrayList &keys = {});

    /// From now on, for good, nobody outside is asked.
    void replay(std::shared_ptr<const Recording> recording);
    [[nodiscard]] bool isReplaying() const { return m_replayed != nullptr; }
    /// The answer to a request now: the last one that was recorded until now. Unreachable where
    /// there is none. That nothing has changed is no answer to who does not name the answer it has
    /// changed from. Never calls done from inside; each once.
    void play(const WireRequest &request, PlayedDone done) { play(request, {}, std::move(done)); }
    void play(const WireRequest &request, const Known &known, PlayedDone done);
    /// Whether the recording holds an answer to this until now.
    [[nodiscard]] bool knows(const WireRequest &request) const;
    /// The resolvers that were asked in the recording.
    [[nodiscard]] const QList<ServerAddress> &resolvers() const { return m_resolvers; }

    /// Recordings end by themselves here; tests take less.
    void setMostBytes(qint64 bytes) { m_mostBytes = bytes; }

Q_SIGNALS:
    /// The recording ended by itself: it is full, or the disk does not take it.
    void ended(const wg::Error &why);

private:
    struct Line;

    void onDisk(std::function<void()> work);
    [[nodiscard]] RecordedWorkspace struckOf(RecordedWorkspace workspace) const;
    void tellState(Told told);
    void broke(const Error &why);
    void deliver(quint64 ticket, const Played &played);
    [[nodiscard]] const Exchange *lastOf(const WireRequest &request, const Known &known) const;

    const Clock &m_clock;
    QThreadPool m_disk; ///< one thread: lines keep their order
    std::shared_ptr<std::unique_ptr<RecordingWriter>> m_writer; ///< touched on the disk's thread
    bool m_recording = false;
    quint64 m_take = 0; ///< tells one order to record from the next
    RecordedWorkspace m_workspace;
    Confidential m_secrets;
    qint64 m_mostBytes = qint64(1) << 30;
    std::shared_ptr<const Recording> m_replayed;
    QHash<WireRequest, std::vector<const Exchange *>> m_index;
    QList<ServerAddress> m_resolvers;
    std::map<quint64, PlayedDone> m_playing;
    quint64 m_lastTicket = 0;
};

} // namespace wg
