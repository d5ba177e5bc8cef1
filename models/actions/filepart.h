// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/importoptions.h"
#include "core/result.h"

#include <QFile>
#include <QString>
#include <memory>

namespace wg {

/// How far a file of the watched folder was read. Kept as text in the workspace.
struct FileMemory
{
    QString version; ///< that was told of; empty while its last line is awaited
    QString map; ///< version of the mapping file by which it was read
    QString format; ///< that it was found to be
    qint64 offset = 0; ///< behind the last line that was whole
    QString start; ///< hash of what stood before the offset

    [[nodiscard]] QString text() const;
    static FileMemory fromText(const QString &text);
};

/// The lines at the head of a file that explain the others, and a part of the file behind them.
class FilePart : public QIODevice
{
public:
    FilePart(const QString &path, QByteArray head);
    /// NotFound, with a sentence.
    Result<Done> openAt(qint64 from, qint64 end);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override;

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QFile m_file;
    QByteArray m_head;
    qint64 m_end = 0;
};

/// Whether the last line of a file is read although its end is missing.
enum class LastLine : quint8
{
    Awaited,
    Taken
};

/// What is to be imported of a file now.
struct FileOpening
{
    std::shared_ptr<FilePart> device; ///< none where nothing came since
    ImportOptions options; ///< of the mapping file beside it
    qint64 from = 0;
    qint64 end = 0; ///< behind its last whole line
    bool cut = false; ///< behind it stands a line without its end
    QString map;
    QString start; ///< hash of what stands before end
};

/// Opens what has come to a file since it was read last: whole lines only, unless the last one is
/// taken. All of it where the file is another, shorter, read by another mapping, or of a format
/// whose lines explain each other. On the pool. NotFound, and Usage for a mapping file that cannot
/// be understood; with a sentence.
Result<FileOpening> openFilePart(const QString &path, const FileMemory &memory, LastLine lastLine);

/// What was remembered of the file that this one was before it was renamed or copied: of those told
/// the one it begins with, and of these the longest; else nothing. On the pool.
FileMemory memoryOfSame(const QString &path, const QList<FileMemory> &others);

/// The mapping file of a file: beside it under its name with ".map", else "default.map"; empty
/// where there is none.
QString mappingFileOf(const QString &path);
/// Whether a file is a mapping, not data.
bool isMappingFile(const QString &path);

} // namespace wg
