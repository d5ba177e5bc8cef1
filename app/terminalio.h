// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandio.h"
#include "app/inputfile.h"

namespace wg {

/// The terminal this process was started from. Lives on the main thread.
class TerminalIo final : public CommandIo
{
public:
    ~TerminalIo() override;
    /// What cannot be written is said once on standard error; main() then ends with 1.
    void out(const QByteArray &bytes) override;
    void err(const QByteArray &bytes) override;
    void progress(const QString &line) override;
    void openInput(const QString &path, Opened opened) override;
    [[nodiscard]] QString absolute(const QString &path) const override;
    /// Ends what waits for input.
    void cancel();

private:
    void endProgress();
    bool m_progressShown = false;
    std::weak_ptr<InputFile> m_input;
};

} // namespace wg
