// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

#include <QFile>
#include <memory>
#include <vector>

namespace wg {

/// A folder of recorded exchanges, as read: recording.json, exchanges.ndjson and bodies/HASH.
struct Recording
{
    QString folder;
    QString id; ///< told apart by this, wherever the folder lies
    Instant from;
    Instant to;
    QList<std::pair<QString, QString>> settings; ///< of the recorded workspace, as texts
    std::vector<Exchange> exchanges; ///< in the order of their times; without their bodies
    bool cut = false; ///< the last line was cut off, and left out
};

/// Reads all but the bodies. NotFound where there is no recording, Malformed with the line.
Result<Recording> readRecording(const QString &folder);
/// One body. NotFound, or Malformed where it is not what its name says.
Result<QByteArray> readBody(const QString &folder, const QString &hash);

/// How a recording stands.
struct RecordingState
{
    QString folder; ///< empty where nothing is recorded
    qint64 exchanges = 0; ///< all that the folder holds
    qint64 bytes = 0;
    bool cut = false; ///< its last line had been cut off, and was taken away
};

/// Writes a recording. What was appended is there when the process is killed: bodies before the
/// lines that name them, each line at once. Lives on one thread at a time.
class RecordingWriter
{
public:
    /// Makes the folder (0700), or goes on with the recording in it. Refused where it holds other
    /// things or another process records there; NotWritable; NewerSchema.
    static Result<std::unique_ptr<RecordingWriter>> open(const QString &folder, Instant now,
                                                         qint64 mostBytes);
    ~RecordingWriter();

    /// TooLarge once more than the cap would be written; DiskFull or NotWritable.
    Result<Done> append(Exchange exchange);
    /// Notes when it ended.
    Result<Done> close(Instant now);
    [[nodiscard]] const RecordingState &state() const { return m_state; }

private:
    RecordingWriter(QString folder, qint64 mostBytes);

    Result<Done> begin(Instant now);
    Result<Done> lock();
    Result<Done> count();
    Result<Done> describe(Instant now);
    Result<Done> writeBody(const QByteArray &body, const QString &hash);

    RecordingState m_state;
    qint64 m_mostBytes;
    QString m_id;
    Instant m_from;
    QFile m_lines;
    QSet<QString> m_written; ///< bodies known to be there
};

} // namespace wg
