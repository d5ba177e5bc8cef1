// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/linebuffer.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype longestLine = 1 << 20;
constexpr qsizetype firstChunk = 1 << 20; ///< what the first look may need
constexpr qsizetype chunk = 1 << 17; ///< read at once, and still in the processor's cache when used
constexpr qsizetype padding = 64;
constexpr int waitMs = 30'000;

} // namespace

LineBuffer::LineBuffer(QIODevice &device)
    : m_device(device)
    , m_buffer(longestLine + firstChunk + padding, '\0')
{ }

bool LineBuffer::fill()
{
    if (m_ended)
        return false;
    if (m_at > 0) {
        std::memmove(m_buffer.data(), m_buffer.constData() + m_at, std::size_t(m_end - m_at));
        m_end -= m_at;
        m_searched -= m_at;
        m_at = 0;
    }
    const qsizetype room =
        std::min(m_started ? chunk : firstChunk, m_buffer.size() - padding - m_end);
    qint64 got = m_device.read(m_buffer.data() + m_end, room);
    while (got == 0 && !m_device.atEnd() && m_device.waitForReadyRead(waitMs))
        got = m_device.read(m_buffer.data() + m_end, room);
    if (got <= 0) {
        m_ended = true;
        if (got < 0)
            m_error = u"the file cannot be read: %1"_s.arg(m_device.errorString());
        return false;
    }
    m_end += got;
    if (!m_started) {
        m_started = true;
        if (QByteArrayView(m_buffer).first(m_end).startsWith("\xef\xbb\xbf"))
            m_at = m_searched = 3;
    }
    return true;
}

QByteArrayView LineBuffer::beginning()
{
    if (!m_started)
        fill();
    return QByteArrayView(m_buffer).sliced(m_at, m_end - m_at);
}

void LineBuffer::skipLongLine()
{
    while (true) {
        const void *end = std::memchr(m_buffer.constData() + m_at, '\n', std::size_t(m_end - m_at));
        if (end) {
            m_at = m_searched = static_cast<const char *>(end) - m_buffer.constData() + 1;
            return;
        }
        m_at = m_searched = m_end;
        if (!fill())
            return;
    }
}

bool LineBuffer::next(TextLine &line)
{
    line = {};
    qsizetype end = -1;
    while (true) {
        const char *bytes = m_buffer.constData();
        const void *found = std::memchr(bytes + m_searched, '\n', std::size_t(m_end - m_searched));
        if (found) {
            end = static_cast<const char *>(found) - bytes;
            break;
        }
        m_searched = m_end;
        if (m_end - m_at > longestLine) {
            skipLongLine();
            line.tooLong = true;
            return true;
        }
        if (!fill()) {
            if (m_at == m_end)
                return false;
            line.ended = false;
            end = m_end;
            break;
        }
    }
    const qsizetype start = m_at;
    qsizetype first = start;
    qsizetype last = end;
    m_at = m_searched = std::min(end + 1, m_end);
    const auto isBlank = [this](qsizetype i) { return quint8(m_buffer.constData()[i]) <= ' '; };
    while (first < last && isBlank(first))
        ++first;
    while (last > first && isBlank(last - 1))
        --last;
    const bool returned = end > start && m_buffer.constData()[end - 1] == '\r';
    line.whole = QByteArrayView(m_buffer).sliced(start, end - start - (returned ? 1 : 0));
    line.indented = first < last && first > start;
    line.start = m_buffer.constData() + first;
    line.size = last - first;
    return true;
}

} // namespace wg
