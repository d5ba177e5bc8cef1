// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QLabel>

// bench_window [TEXT]: the least that a Qt Widgets program can show, to compare a start with. The
// first text of a program makes Qt read the font database, so a window with a text costs more.
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QLabel window;
    window.setTextFormat(Qt::PlainText);
    window.setText(QApplication::arguments().value(1));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
