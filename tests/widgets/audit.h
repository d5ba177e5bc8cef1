// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace wg::test {

/// What is wrong with everything visible below a widget: focusable widgets without an accessible
/// name, text that does not fit and has no tool tip, mnemonics used twice, labels that may read
/// markup.
QStringList audit(QWidget *root);

} // namespace wg::test
