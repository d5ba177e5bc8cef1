// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>
#include <QString>

namespace wg {

/// One line without its end, valid until the next is read; 64 bytes behind it are readable.
struct TextLine
{
    const char *start = nullptr;
    qsizetype size = 0;
    QByteArrayView whole; ///< with the blanks around it
    bool tooLong = false; ///< passed over, nothing in start
    bool indented = false; ///< blanks stood before it
    bool ended = true; ///< not the last of a file without a line end

    [[nodiscard]] bool isBlank() const { return size == 0; }
};

/// Cuts a device into lines with bounded memory; LF or CRLF, blanks around a line dropped, a UTF-8
/// byte order mark at the start passed over. Blocks on devices that must be waited for.
class LineBuffer
{
public:
    explicit LineBuffer(QIODevice &device);

    bool next(TextLine &line);
    /// Up to 1 MiB from the start, without moving on. Only before the first next().
    QByteArrayView beginning();
    [[nodiscard]] const QString &error() const { return m_error; }

private:
    /// Reads more behind what is left; false at the end or on error.
    bool fill();
    void skipLongLine();

    QIODevice &m_device;
    QByteArray m_buffer;
    qsizetype m_at = 0; ///< first byte not yet handed out
    qsizetype m_end = 0; ///< behind the last byte read
    qsizetype m_searched = 0; ///< no line end before here
    bool m_ended = false;
    bool m_started = false;
    QString m_error;
};

} // namespace wg
