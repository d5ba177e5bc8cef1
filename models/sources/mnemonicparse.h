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
    std::size_t print = 0; ///< of the rows: pages with the same one are the same page
    std::optional<qint64> count; ///< what the server claims to have, in all or on this page
    qint64 limit = 0; ///< rows that it puts on a page, by its own word; 0 when it says nothing
    qint64 size = 0; ///< rows that it put on this page, by its own word
};
MnemonicPage lookAtMnemonicPage(const QByteArray &body);

/// Whether there may be more behind a page that begins at offset: it is full by the limit that was
/// asked for or that the server told, or the server claims to have more than it has given.
bool mayHaveMore(const MnemonicPage &page, qint64 offset, qint64 askedLimit);

} // namespace wg
