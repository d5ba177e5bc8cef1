// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/hostname.h"

namespace wg {

/// Why a text names no entity; private to core.
enum class TextTrouble : quint8
{
    None,
    Empty,
    TooLong,
    NoHost,
    BadPort,
    BadAddress,
    Zone,
    Network,
    SingleLabel,
    Name,
};

/// One entity or the reason why there is none.
struct EntityReading
{
    Entity entity;
    TextTrouble trouble = TextTrouble::None;
    NameTrouble nameTrouble = NameTrouble::None;
    QString part; ///< the piece in question
};

/// Reads text that is refanged already.
EntityReading readEntity(QStringView plain);

} // namespace wg
