// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/recording.h"

#include "core/ids.h"
#include "net/regularfile.h"

#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>
#include <algorithm>
#include <sys/file.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int formVersion = 1;
/// A line without its bodies; headers are what takes room.
constexpr qint64 longestLine = 4 << 20;
/// What a replay holds in memory is made of.
constexpr qint64 mostBytesOfLines = 256 << 20;
constexpr qint64 mostExchanges = 500'000;
constexpr qint64 mostBytesOfBody = 64 << 20;

QString cardOf(const QString &folder)
{
    return folder + u"/recording.json"_s;
}

QString linesOf(const QString &folder)
{
    return folder + u"/exchanges.ndjson"_s;
}

QString bodyOf(const QString &folder, const QString &hash)
{
    return folder + u"/bodies/"_s + hash;
}

Error unwritable(const QFileDevice &file)
{
    const bool full = file.error() == QFileDevice::ResourceError || errno == ENOSPC;
    return {full ? ErrorCode::DiskFull : ErrorCode::NotWritable,
            u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString())};
}

Error unreadable(const QString &path, const Error &why)
{
    return {why.code == ErrorCode::Failed ? ErrorCode::NotFound : why.code,
            path + u": "_s + why.detail};
}

/// A folder that came from somebody else may lead elsewhere.
Result<Done> refuseLinks(const QString &folder)
{
    for (const QString &name :
         {u"/recording.json"_s, u"/exchanges.ndjson"_s, u"/bodies"_s, u"/sources"_s}) {
        if (QFileInfo(folder + name).isSymLink())
            return Error{ErrorCode::Refused, u"%1%2: it is a link"_s.arg(folder, name)};
    }
    return Done{};
}

/// Puts a whole file in the place of one, or of none, that only we may read.
Result<Done> replaceFile(const QString &path, const QByteArray &bytes)
{
    const QFileInfo info(path);
    if (info.isSymLink() || (info.exists() && !info.isFile()))
        return Error{ErrorCode::Refused, u"%1: it is no regular file"_s.arg(path)};
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(bytes) == bytes.size() && file.commit();
    if (!written)
        return unwritable(file);
    return Done{};
}

struct Description
{
    QString id;
    Instant from;
    std::optional<Instant> to;
    QList<std::pair<QString, QString>> settings;
    QJsonObject card; ///< all that is written
};

Result<Description> readDescription(const QString &folder)
{
    const auto bytes = readRegular(cardOf(folder), longestLine, Links::Refused);
    if (!bytes && bytes.error().code == ErrorCode::NotFound)
        return Error{ErrorCode::NotFound, u"%1 holds no recording"_s.arg(folder)};
    if (!bytes)
        return unreadable(cardOf(folder), bytes.error());
    const QJsonObject object = QJsonDocument::fromJson(*bytes).object();
    const int version = object.value("recording"_L1).toInt();
    if (version > formVersion) {
        return Error{ErrorCode::NewerSchema,
                     u"the recording in %1 was made by a newer Watchglass"_s.arg(folder)};
    }
    const auto from = parseInstant(object.value("from"_L1).toString());
    const QString id = object.value("id"_L1).toString();
    if (version < 1 || !from || id.isEmpty())
        return Error{ErrorCode::Malformed, u"%1 describes no recording"_s.arg(cardOf(folder))};
    Description described{id, *from, parseInstant(object.value("to"_L1).toString()), {}, object};
    const QJsonObject settings = object.value("settings"_L1).toObject();
    for (auto it = settings.begin(); it != settings.end(); ++it)
        described.settings.append({it.key(), it.value().toString()});
    return described;
}

/// Told before any is understood, which takes longer.
qint64 linesIn(QFile &file)
{
    qint64 lines = 0;
    while (!file.atEnd())
        lines += file.read(longestLine).count('\n');
    file.seek(0);
    return lines;
}

/// Reads the lines; a last one without its end was cut off.
Result<Done> readLines(Recording &recording)
{
    QFile file(linesOf(recording.folder));
    if (const auto opened = openRegular(file, QIODevice::ReadOnly, Links::Refused); !opened) {
        if (opened.error().code == ErrorCode::NotFound)
            return Done{}; // killed before the first exchange
        return unreadable(file.fileName(), opened.error());
    }
    if (file.size() > mostBytesOfLines) {
        return Error{ErrorCode::TooLarge,
                     u"%1 is larger than %2 MiB"_s.arg(file.fileName(),
                                                       QString::number(mostBytesOfLines >> 20))};
    }
    if (linesIn(file) > mostExchanges) {
        return Error{
            ErrorCode::TooLarge,
            u"%1 has more than %2 lines"_s.arg(file.fileName(), QString::number(mostExchanges))};
    }
    QByteArray room(longestLine + 1, Qt::Uninitialized); // not a new one each line
    for (int number = 1; !file.atEnd(); ++number) {
        const qint64 size = file.readLine(room.data(), room.size());
        if (size < 0)
            return unreadable(file.fileName(), {ErrorCode::Failed, file.errorString()});
        const QByteArrayView line(room.constData(), size);
        if (!line.endsWith('\n')) {
            recording.cut = file.atEnd();
            if (recording.cut)
                return Done{};
        }
        auto exchange = exchangeOf(line.toByteArray());
        if (!exchange) {
            return Error{ErrorCode::Malformed,
                         u"%1 line %2: %3"_s.arg(file.fileName(), QString::number(number),
                                                 exchange.error().detail)};
        }
        recording.exchanges.push_back(std::move(*exchange));
    }
    return Done{};
}

} // namespace

Result<Recording> readRecording(const QString &folder)
{
    if (const auto sound = refuseLinks(folder); !sound)
        return sound.error();
    const auto described = readDescription(folder);
    if (!described)
        return described.error();
    Recording recording;
    recording.folder = folder;
    recording.id = described->id;
    recording.from = described->from;
    recording.settings = described->settings;
    if (const auto read = readLines(recording); !read)
        return read.error();
    std::stable_sort(recording.exchanges.begin(), recording.exchanges.end(),
                     [](const Exchange &a, const Exchange &b) { return a.at < b.at; });
    recording.to = described->to.value_or(recording.from);
    if (!recording.exchanges.empty()) {
        recording.from = std::min(recording.from, recording.exchanges.front().at);
        recording.to = std::max(recording.to, recording.exchanges.back().at);
    }
    return recording;
}

Result<QByteArray> readBody(const QString &folder, const QString &hash)
{
    auto body = readRegular(bodyOf(folder, hash), mostBytesOfBody, Links::Refused);
    if (!body && body.error().code == ErrorCode::NotFound)
        return Error{ErrorCode::NotFound, u"the recording lacks bodies/%1"_s.arg(hash)};
    if (!body)
        return Error{ErrorCode::Malformed, u"bodies/%1: %2"_s.arg(hash, body.error().detail)};
    if (bodyHash(*body) != hash)
        return Error{ErrorCode::Malformed, u"bodies/%1 is not what was recorded"_s.arg(hash)};
    return body;
}

QString recordedManifests(const QString &folder)
{
    return folder + u"/sources"_s;
}

RecordingWriter::RecordingWriter(QString folder, qint64 mostBytes)
    : m_mostBytes(mostBytes)
{
    m_state.folder = std::move(folder);
    m_lines.setFileName(linesOf(m_state.folder));
}

RecordingWriter::~RecordingWriter() = default;

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::open(const QString &folder, Instant now,
                                                               qint64 mostBytes)
{
    std::unique_ptr<RecordingWriter> writer(new RecordingWriter(folder, mostBytes));
    if (const auto begun = writer->begin(now); !begun)
        return begun.error();
    return writer;
}

Result<Done> RecordingWriter::begin(Instant now)
{
    const QString &folder = m_state.folder;
    if (const auto sound = refuseLinks(folder); !sound)
        return sound.error();
    const bool fresh = !QFile::exists(cardOf(folder));
    const auto all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    if (fresh && !QDir(folder).entryList(all).isEmpty()) {
        return Error{
            ErrorCode::Refused,
            u"%1 holds other things; name a new folder, or one with a recording"_s.arg(folder)};
    }
    const bool existed = QDir(folder).exists();
    if (!QDir().mkpath(folder + u"/bodies"_s))
        return Error{ErrorCode::NotWritable, u"the folder %1 cannot be made"_s.arg(folder)};
    if (!existed)
        chmod(QFile::encodeName(folder).constData(), 0700);
    chmod(QFile::encodeName(folder + u"/bodies"_s).constData(), 0700);
    const auto mode = QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered;
    if (const auto opened = openRegular(m_lines, mode, Links::Refused); !opened)
        return unreadable(m_lines.fileName(), opened.error());
    m_lines.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (const auto locked = lock(); !locked)
        return locked.error();
    if (fresh) {
        m_card = {{u"recording"_s, formVersion},
                  {u"id"_s, uuidText(newUuid(now))},
                  {u"from"_s, toRfc3339(now)}};
        return describe(now);
    }
    const auto described = readDescription(folder);
    if (!described)
        return described.error();
    m_card = described->card;
    return knowsTotals() ? Result<Done>(Done{}) : count();
}

/// The lock goes with the process.
Result<Done> RecordingWriter::lock()
{
    if (flock(m_lines.handle(), LOCK_EX | LOCK_NB) == 0)
        return Done{};
    return Error{ErrorCode::Refused, u"another Watchglass records into %1"_s.arg(m_state.folder)};
}

/// Every command opens the recording: what was counted when it was closed is not counted again.
bool RecordingWriter::knowsTotals()
{
    const qint64 size = m_lines.size();
    if (size == 0 || m_card.value("length"_L1).toInteger() != size || !m_lines.seek(size - 1)
        || m_lines.read(1) != "\n")
        return false;
    m_state.exchanges = std::max<qint64>(m_card.value("exchanges"_L1).toInteger(), 0);
    m_state.bytes = std::max<qint64>(m_card.value("bytes"_L1).toInteger(), size);
    return true;
}

/// What is there already. A line that was cut off goes: the next one must begin a line.
Result<Done> RecordingWriter::count()
{
    m_lines.seek(0);
    qint64 read = 0;
    qint64 whole = 0;
    for (QByteArray block = m_lines.read(longestLine); !block.isEmpty();
         block = m_lines.read(longestLine)) {
        bool tooLong = false;
        for (qsizetype at = block.indexOf('\n'); at >= 0; at = block.indexOf('\n', at + 1)) {
            tooLong = tooLong || read + at + 1 - whole > longestLine;
            whole = read + at + 1;
            ++m_state.exchanges;
        }
        read += block.size();
        if (tooLong || read - whole > longestLine) {
            return Error{ErrorCode::Malformed,
                         u"%1 has a line that is no exchange"_s.arg(m_lines.fileName())};
        }
    }
    if (read != m_lines.size()) { // it failed; what is behind must not go
        return Error{ErrorCode::Failed,
                     u"%1 cannot be read: %2"_s.arg(m_lines.fileName(), m_lines.errorString())};
    }
    m_state.cut = whole < m_lines.size();
    if (m_state.cut && !m_lines.resize(whole))
        return unwritable(m_lines);
    m_state.bytes = whole;
    const auto bodies = QDir(m_state.folder + u"/bodies"_s).entryInfoList(QDir::Files);
    for (const auto &body : bodies)
        m_state.bytes += body.size();
    return Done{};
}

Result<Done> RecordingWriter::describe(Instant to)
{
    m_card.insert(u"program"_s, QStringLiteral("Watchglass " WATCHGLASS_VERSION));
    m_card.insert(u"to"_s, toRfc3339(to));
    m_card.insert(u"exchanges"_s, m_state.exchanges);
    m_card.insert(u"bytes"_s, m_state.bytes);
    m_card.insert(u"length"_s, m_lines.size());
    return replaceFile(cardOf(m_state.folder), QJsonDocument(m_card).toJson());
}

Result<Done> RecordingWriter::keep(RecordedWorkspace workspace)
{
    m_workspace = std::move(workspace);
    const QJsonObject before = m_card.value("settings"_L1).toObject();
    QJsonObject settings = before;
    for (const auto &[key, value] : std::as_const(m_workspace.settings))
        settings.insert(key, value);
    if (settings == before)
        return Done{};
    m_card.insert(u"settings"_s, settings);
    const auto to = parseInstant(m_card.value("to"_L1).toString());
    return describe(to.value_or(Instant()));
}

/// A body that is there but is another, as in a folder that came from somebody else, is replaced.
Result<Done> RecordingWriter::writeBody(const QByteArray &body, const QString &hash)
{
    if (m_written.contains(hash))
        return Done{};
    if (!readBody(m_state.folder, hash)) {
        if (const auto written = replaceFile(bodyOf(m_state.folder, hash), body); !written)
            return written;
        m_state.bytes += body.size();
    }
    m_written.insert(hash);
    return Done{};
}

/// Once, and only of a source that was asked.
Result<Done> RecordingWriter::writeManifest(const QString &source, const Confidential &secrets)
{
    const QByteArray text = struck(m_workspace.manifests.take(source), {secrets.keys, {}});
    if (text.isEmpty())
        return Done{};
    const QString folder = recordedManifests(m_state.folder);
    if (!QDir().mkpath(folder))
        return Error{ErrorCode::NotWritable, u"the folder %1 cannot be made"_s.arg(folder)};
    chmod(QFile::encodeName(folder).constData(), 0700);
    return replaceFile(folder + u'/' + source + u".json"_s, text);
}

Result<Done> RecordingWriter::append(Exchange exchange, const Confidential &secrets)
{
    qint64 more = 0;
    exchange.hashes.clear();
    for (const QByteArray &body : std::as_const(exchange.bodies)) {
        exchange.hashes.append(bodyHash(body));
        more += m_written.contains(exchange.hashes.last()) ? 0 : body.size();
    }
    const QByteArray line = toLine(exchange) + '\n';
    if (m_state.bytes + more + line.size() > m_mostBytes || m_state.exchanges >= mostExchanges
        || m_lines.size() + line.size() > mostBytesOfLines) {
        return Error{
            ErrorCode::TooLarge,
            u"the recording in %1 has reached %2 exchanges and %3 MiB, and has ended"_s.arg(
                m_state.folder, QString::number(m_state.exchanges),
                QString::number(m_state.bytes >> 20))};
    }
    if (const auto written = writeManifest(exchange.source, secrets); !written)
        return written.error();
    for (qsizetype i = 0; i < exchange.bodies.size(); ++i) {
        if (const auto written = writeBody(exchange.bodies[i], exchange.hashes[i]); !written)
            return written.error();
    }
    const qint64 end = m_lines.size();
    if (m_lines.write(line) != line.size() || !m_lines.flush()) {
        const Error why = unwritable(m_lines);
        m_lines.resize(end); // half a line would spoil those behind it
        return why;
    }
    m_state.bytes += line.size();
    ++m_state.exchanges;
    return Done{};
}

Result<Done> RecordingWriter::close(Instant now)
{
    return describe(now);
}

} // namespace wg
