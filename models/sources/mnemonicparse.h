// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/source.h"

namespace wg {

/// The pages of one ask of mnemonic's passive DNS as one observation per dataset. Pure, any thread.
QList<Observation> parseMnemonic(const RawPass &raw);

/// What decides whether another page is asked for.
struct MnemonicPage
{
    bool readable = false;
    int code = 0; ///< responseCode, 0 when missing
    qint64 rows = 0;
    std::optional<qint64> count; ///< what the server claims to have in all; may lie
};
MnemonicPage lookAtMnemonicPage(const QByteArray &body);

} // namespace wg
