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
    /// The workspace as it is, or the bundled story in one of its own.
    explicit Desktop(WorkspacePaths paths, World world = World::Own);
    ~Desktop() override;

    void start();
    void quit();
    /// Where there can be no window: one modal box, in plain text, and the end.
    static void sayAndEnd(const Error &error, const QString &folder);

private Q_SLOTS:
    void onPortalSetting(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void open();
    void openWorld();
    void tellStory(const Stage &stage);
    void openOn(const Result<Stage> &stage);
    void standOn(const Stage &stage, const Result<std::shared_ptr<Ground>> &ground);
    void showWindow();
    void nameWorld();
    static void openSample();
    void wire();
    void followSystemTheme();
    void windowClosed();
    [[nodiscard]] QString windowFile() const;
    void say(const Error &error);
    void sayWaiting(Entrance::For what);
    void showWait(const QString &sentence);
    void sayOpening(const StoreOpening &opening);
    void tellTrouble(const NetworkState &state);

    WorkspacePaths m_paths;
    World m_world;
    Entrance m_entrance;
    ThemeKeeper m_theme;
    std::unique_ptr<QLabel> m_waiting;
    QFuture<Result<std::shared_ptr<Ground>>> m_opening;
    bool m_justTold = false; ///< the story's cards are what to look at first
    QTimer m_minute; ///< of a replay's clock, whose day is shown
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Tray> m_tray;
    std::unique_ptr<Notifier> m_notifier;
};

} // namespace wg
