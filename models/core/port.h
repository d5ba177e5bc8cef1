// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>
#include <optional>

namespace wg {

/// A port as a person writes it, plain digits from 0 to 65535; private to core.
inline std::optional<quint16> portNumber(QStringView text)
{
    bool ok = false;
    const uint port = text.toUInt(&ok);
    const bool plain = ok && port <= 65535 && text.front() >= u'0' && text.front() <= u'9';
    return plain ? std::optional(quint16(port)) : std::nullopt;
}

} // namespace wg
