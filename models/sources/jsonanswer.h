// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>
#include <simdjson.h>

namespace wg {

/// One JSON answer and what holds it in memory. Whole numbers too long for 64 bits, as serial
/// numbers of certificates are, are read as texts.
class JsonAnswer
{
public:
    /// Nothing when the bytes are no JSON; valid as long as this lives and reads no other.
    std::optional<simdjson::dom::element> read(const QByteArray &answer);

private:
    simdjson::dom::parser m_parser;
};

} // namespace wg
