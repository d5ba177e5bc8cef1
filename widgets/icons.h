// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace wg {

/// What an icon's colour says.
enum class Tint : quint8
{
    Text,
    Dim,
    Accent,
    Good,
    Warn,
    Bad
};

/// One of our icons by its meaning ("search", "eye-half"), tinted by the palette at each painting,
/// so that it follows the theme. GUI thread.
[[nodiscard]] QIcon icon(const QString &meaning, Tint tint = Tint::Text);
/// The application's own icon, in its own colours.
[[nodiscard]] QIcon appIcon();
/// The colour of a tint in the application's present theme.
[[nodiscard]] QColor tintColor(Tint tint);

} // namespace wg
