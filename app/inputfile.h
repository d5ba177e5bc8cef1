// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QIODevice>
#include <memory>
#include <optional>
#include <termios.h>

namespace wg {

/// A file, pipe or terminal that a command reads, on whatever thread; a read that waits for more
/// ends when any thread calls cancel(), so that Ctrl+C is heard.
class InputFile final : public QIODevice
{
    Q_OBJECT

public:
    /// "-" is standard input; with hiddenInput a terminal asks for it and does not show what is
    /// typed. NotFound with the system's words.
    static Result<std::shared_ptr<InputFile>> openPath(const QString &path);
    ~InputFile() override;

    void cancel();
    [[nodiscard]] int descriptor() const { return m_file; }
    /// Whether a read would return at once, with bytes or the end.
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    InputFile(int file, int cancelled);

    void hideTyping();

    int m_file; ///< 0 stays open
    std::optional<termios> m_terminal; ///< as it was before it hid what is typed
    int m_cancelled; ///< an eventfd
};

} // namespace wg
