// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QIODevice>
#include <functional>
#include <memory>

namespace wg {

/// In place of a path: standard input, and a terminal does not show what is typed.
inline const QString hiddenInput = QStringLiteral("-hidden");
/// Of a line that is typed, so many bytes are read.
inline constexpr qint64 mostTyped = 4096;

/// Where a command reads and writes: this terminal, or a client at the other end of the local
/// socket.
class CommandIo
{
public:
    using Opened = std::function<void(Result<std::shared_ptr<QIODevice>>)>;

    virtual ~CommandIo() = default;
    virtual void out(const QByteArray &bytes) = 0;
    virtual void err(const QByteArray &bytes) = 0;
    /// A line that replaces the one before it, where somebody watches.
    virtual void progress(const QString &line) = 0;
    /// Opens a file of whoever gave the command; "-" is their standard input, see also hiddenInput.
    /// Answers once.
    virtual void openInput(const QString &path, Opened opened) = 0;
    /// An absolute path of whoever gave the command.
    [[nodiscard]] virtual QString absolute(const QString &path) const = 0;
};

} // namespace wg
