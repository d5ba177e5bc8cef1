// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLocalSocket>
#include <optional>

namespace wg {

/// What travels on the local socket: a kind, a 4-byte big-endian length, and that many bytes.
enum class FrameKind : char
{
    Command = 'C', ///< client: JSON {"words":[…],"folder":…}
    Chunk = 'F', ///< client: bytes of the asked file; an empty one ends it
    NoFile = 'N', ///< client: the file cannot be read (on), with the reason
    Raise = 'W', ///< client: a second desktop; show your window
    Heard = 'H', ///< server: the command is taken; the first frame
    Out = 'O', ///< server: standard output
    Err = 'E', ///< server: standard error
    Progress = 'P', ///< server: a progress line
    Open = 'I', ///< server: send this file; "-" is standard input
    Exit = 'X', ///< server: the exit code as decimal text; the last frame
};

struct Frame
{
    FrameKind kind = FrameKind::Out;
    QByteArray bytes;
};

constexpr qsizetype largestFrame = 4 << 20;

void sendFrame(QLocalSocket &socket, FrameKind kind, const QByteArray &bytes);

/// Cuts frames out of a stream. Malformed streams (a length beyond largestFrame) break the reader.
class FrameReader
{
public:
    void feed(const QByteArray &bytes) { m_held += bytes; }
    std::optional<Frame> next();
    [[nodiscard]] bool isBroken() const { return m_broken; }

private:
    QByteArray m_held;
    bool m_broken = false;
};

} // namespace wg
