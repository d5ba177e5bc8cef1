// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frames.h"

#include <QtEndian>

namespace wg {

namespace {

constexpr qsizetype headSize = 5;

} // namespace

void sendFrame(QLocalSocket &socket, FrameKind kind, const QByteArray &bytes)
{
    qsizetype at = 0;
    do {
        const QByteArray part = bytes.mid(at, largestFrame);
        char head[headSize] = {char(kind)};
        qToBigEndian(quint32(part.size()), head + 1);
        socket.write(head, headSize);
        socket.write(part);
        at += part.size();
    } while (at < bytes.size());
}

std::optional<Frame> FrameReader::next()
{
    if (m_broken || m_held.size() < headSize)
        return std::nullopt;
    const auto length = qsizetype(qFromBigEndian<quint32>(m_held.constData() + 1));
    if (length > largestFrame) {
        m_broken = true;
        return std::nullopt;
    }
    if (m_held.size() < headSize + length)
        return std::nullopt;
    Frame frame{FrameKind(m_held.at(0)), m_held.mid(headSize, length)};
    m_held.remove(0, headSize + length);
    return frame;
}

} // namespace wg
