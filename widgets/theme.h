// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

class QApplication;
class QWidget;

namespace wg {

/// Light or dark, or as the desktop has it.
enum class ThemeChoice : quint8
{
    System,
    Light,
    Dark
};

/// The colours of one theme: a palette for Fusion and the marks that a palette has no place for.
/// Text colours have a contrast of at least 4.5, marks of at least 3, on window, base and
/// selection. A value.
struct Theme
{
    bool dark = false;
    QColor window;
    QColor base;
    QColor raised; ///< alternate rows, chips
    QColor rule; ///< hair lines; carries no meaning
    QColor edge; ///< borders of fields and buttons
    QColor text;
    QColor dim; ///< secondary text
    QColor accent; ///< links, the eye, focus
    QColor selection;
    QColor bad;
    QColor warn;
    QColor good;
    QColor neutral;

    static const Theme &light();
    static const Theme &darkOne();
    /// The theme that a widget is shown in.
    static const Theme &of(const QPalette &palette);
    [[nodiscard]] QPalette palette() const;
};

/// Contrast of two opaque colours by WCAG 2, from 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

/// The fixed-width font for names, addresses and hashes, at the size of base.
[[nodiscard]] QFont monospace(const QFont &base);
[[nodiscard]] QFont scaled(QFont font, double factor);
[[nodiscard]] QFont bold(QFont font);
/// Spacing in quarters of a line's height: 4, 8, 12, 16, 24 at the usual size for 1, 2, 3, 4, 6.
[[nodiscard]] int space(const QWidget *widget, int quarters);

/// The ground and the edge of a panel that lies over a page: seen in both themes.
void paintPanel(QWidget *panel);

/// How high a row of a table is, in lines of text: the setting appearance.density.
[[nodiscard]] double rowLines();
void setCompactRows(bool compact);

/// Puts the theme on the application and keeps it right while the desktop changes. GUI thread;
/// owned by whoever composes the program.
class ThemeKeeper : public QObject
{
    Q_OBJECT

public:
    explicit ThemeKeeper(QApplication &app, QObject *parent = nullptr);

    void setChoice(ThemeChoice choice);
    /// By the setting's word: "system", "light", "dark".
    void setChoice(const QString &word);
    /// What the desktop says now (for a portal that tells changes).
    void setSystemDark(bool dark);
    [[nodiscard]] const Theme &theme() const;

Q_SIGNALS:
    void changed();

private:
    void apply();

    QApplication &m_app;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_systemDark = false;
};

} // namespace wg
