// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

namespace wg::test {
int runAll(int argc, char **argv);
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    return wg::test::runAll(argc, argv);
}
