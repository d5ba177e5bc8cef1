// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QKeySequence>
#include <QList>
#include <span>

namespace wg {

/// Everything that has a key. One table gives each its words, keys and place in the menu.
enum class Command : quint8
{
    Search,
    NewTab,
    CloseTab,
    NextTab,
    PreviousTab,
    Back,
    Forward,
    GoInbox,
    GoMonitors,
    GoSources,
    GoSettings,
    Import,
    Sample,
    Undo,
    CacheOnly,
    ShowKeys,
    Quit,
    MoveDown,
    MoveUp,
    Open,
    OpenInNewTab,
    ToggleEye,
    AskAgain,
    Copy,
    CopyAsIs,
    Filter,
    Acknowledge,
    Snooze,
    HideLike,
    Dataset1,
    Dataset2,
    Dataset3,
    Dataset4,
    Dataset5,
    Dataset6,
    Dataset7,
    Dataset8,
    Dataset9,
};

/// Where a command stands in the menu.
enum class CommandGroup : quint8
{
    Go,
    Page,
    Card,
    Program
};

struct CommandInfo
{
    Command command;
    CommandGroup group;
    const char *text; ///< QT_TRANSLATE_NOOP("Commands", …)
    const char *keys; ///< portable, several separated by "; "
    const char *icon; ///< meaning, or ""
    bool viewsOwn; ///< the key belongs to the focused view; shown, not grabbed
};

/// Words and keys of commands. Pure; GUI thread.
class Commands
{
    Q_DECLARE_TR_FUNCTIONS(Commands)

public:
    static std::span<const CommandInfo> table();
    static const CommandInfo &info(Command command);
    static QString text(Command command);
    static QList<QKeySequence> keys(Command command);
    /// The first key as people see it.
    static QString keyText(Command command);
    static QString keyText(const QKeySequence &key);
    static QString groupTitle(CommandGroup group);
    /// "Ask again (R)".
    static QString textWithKey(Command command);
};

} // namespace wg
