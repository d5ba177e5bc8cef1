// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "net/strike.h"

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

    /// The program's own, which tells the sample story.
    [[nodiscard]] bool isBundled() const { return folder.startsWith(u':'); }
};

/// Reads all but the bodies, of a folder that may come from anybody. NotFound where there is no
/// recording, Malformed with the line, Refused where links or other things than files and folders
/// stand in for its own, TooLarge, NewerSchema.
Result<Recording> readRecording(const QString &folder);
/// One body. NotFound, or Malformed where it is not what its name says.
Result<QByteArray> readBody(const QString &folder, const QString &hash);
/// Where a recording holds the texts of the sources that its user described.
QString recordedManifests(const QString &folder);

/// What a recording keeps of its workspace: without it the same answers would be read and judged
/// in another way.
struct RecordedWorkspace
{
    QList<std::pair<QString, QString>> settings; ///< by which answers are judged, as texts
    QHash<QString, QByteArray> manifests; ///< of the user's own sources, by name
};

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

    /// From now on: settings at once, a manifest with the first exchange of its source.
    Result<Done> keep(RecordedWorkspace workspace);
    /// TooLarge once more than the cap would be written; DiskFull or NotWritable.
    Result<Done> append(Exchange exchange, const Confidential &secrets = {});
    /// Notes when it ended.
    Result<Done> close(Instant now);
    [[nodiscard]] const RecordingState &state() const { return m_state; }

private:
    RecordingWriter(QString folder, qint64 mostBytes);

    Result<Done> begin(Instant now);
    Result<Done> lock();
    Result<Done> count();
    [[nodiscard]] bool knowsTotals();
    Result<Done> describe(Instant to);
    Result<Done> writeBody(const QByteArray &body, const QString &hash);
    Result<Done> writeManifest(const QString &source, const Confidential &secrets);

    RecordingState m_state;
    qint64 m_mostBytes;
    QJsonObject m_card; ///< as it is written; what others wrote into it stays
    RecordedWorkspace m_workspace;
    QFile m_lines;
    QSet<QString> m_written; ///< bodies known to be there
};

} // namespace wg
