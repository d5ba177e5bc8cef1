// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notifier.h"
#include "app/session.h"
#include "app/tray.h"
#include "widgets/theme.h"

#include <QDBusVariant>
#include <QLabel>
#include <memory>

namespace wg {

class MainWindow;

/// The desktop program: window, tray, notifications and the session they show. Lives on the main
/// thread.
class Desktop : public QObject
{
    Q_OBJECT

public:
    explicit Desktop(WorkspacePaths paths);
    ~Desktop() override;

    void start();
    void quit();
    /// Where there can be no window: one modal box, in plain text, and the end.
    static void sayAndEnd(const Error &error);

private Q_SLOTS:
    void onPortalSetting(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void open();
    void showWindow();
    void wire();
    void followSystemTheme();
    void windowClosed();
    [[nodiscard]] QString windowFile() const;
    void say(const Error &error);
    void sayWaiting();
    void sayOpening(const StoreOpening &opening);
    void tellTrouble(const NetworkState &state);

    WorkspacePaths m_paths;
    SystemClock m_clock;
    Entrance m_entrance;
    ThemeKeeper m_theme;
    std::unique_ptr<QLabel> m_waiting;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Tray> m_tray;
    std::unique_ptr<Notifier> m_notifier;
};

} // namespace wg
