// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandio.h"

namespace wg {

/// The terminal this process was started from.
class TerminalIo final : public CommandIo
{
public:
    ~TerminalIo() override;
    void out(const QByteArray &bytes) override;
    void err(const QByteArray &bytes) override;
    void progress(const QString &line) override;
    void openInput(const QString &path, Opened opened) override;
    [[nodiscard]] QString absolute(const QString &path) const override;

private:
    void endProgress();
    bool m_progressShown = false;
};

} // namespace wg
