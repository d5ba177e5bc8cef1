// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QSystemTrayIcon>

namespace wg {

/// The icon in the tray with the number of open cards, and its menu. Lives on the main thread.
class Tray : public QObject
{
    Q_OBJECT

public:
    explicit Tray(QObject *parent = nullptr);
    ~Tray() override;

    /// False where the desktop has no tray: closing the window then quits.
    [[nodiscard]] static bool isAvailable();
    void show();
    /// Not the user's own: a word for which, said beside the program's name.
    void nameWorld(const QString &word);
    void setCount(qint64 openCards);
    void setTrouble(const QString &sentence);
    /// Only where no notification service answers.
    void say(const QString &summary, const QString &body);

Q_SIGNALS:
    void openAsked();
    void inboxAsked();
    void quitAsked();

private:
    void paint();

    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QAction *m_inbox = nullptr;
    qint64 m_count = 0;
    QString m_world;
    QString m_trouble;
};

} // namespace wg
