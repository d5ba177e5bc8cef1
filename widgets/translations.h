// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace wg {

/// Installs the words of the reader's language: at least the plural forms of English, so that
/// nobody reads "1 record(s)". Called once, before any window; the application owns what is
/// installed.
void installTranslations(QCoreApplication &app);

} // namespace wg
