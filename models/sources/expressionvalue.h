// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/manifest.h"

namespace wg {

/// What the expression says of this row, empty texts left out; several where it says several.
QStringList valuesOf(const Expression &expression, const JsonRow &row);
/// The first of them, or no text.
QString valueOf(const Expression &expression, const JsonRow &row);
/// A date in whatever form sources tell it: seconds, milliseconds, RFC 3339 with or without zone
/// (then UTC), "2019-05-25 07:34:18 UTC", "Apr  7 00:00:00 2023 GMT".
std::optional<Instant> dateOf(const Expression &expression, const JsonRow &row);
std::optional<Instant> readDate(const QString &text);

/// Whether the condition holds for the row; the status is that of the whole answer.
bool holds(const Condition &condition, const JsonRow &row);
/// Whether it holds for what a header of the answer says; an absent one says nothing.
bool holds(const Condition &condition, const QString &header);

} // namespace wg
