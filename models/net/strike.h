// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

namespace wg {

/// What must not get into a recording.
struct Confidential
{
    QByteArrayList keys; ///< wherever they stand
    QByteArrayList names; ///< of users: where they stand as words of their own

    /// Takes in what another has.
    void add(const Confidential &other);
};

/// The texts that give a key away: itself, what follows the name in "name:password", and how it is
/// sent. Nothing is so short that it would be struck out of everything.
Confidential confidentialOf(const QByteArray &key);

/// Strikes them out, also where JSON, a URL or HTML writes them with escapes.
QByteArray struck(const QByteArray &text, const Confidential &secrets);
/// Takes them out of all that is written of an exchange. Names stay in the request, which came from
/// here and has none, and in answers that are not text.
void strike(Exchange &exchange, const Confidential &secrets);

} // namespace wg
