// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/commands.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

using enum Command;
constexpr auto go = CommandGroup::Go;
constexpr auto page = CommandGroup::Page;
constexpr auto card = CommandGroup::Card;
constexpr auto program = CommandGroup::Program;

constexpr CommandInfo commandTable[] = {
    {Search, go, QT_TRANSLATE_NOOP("Commands", "Search"), "Ctrl+K; Ctrl+L", "search", false},
    {NewTab, go, QT_TRANSLATE_NOOP("Commands", "New tab"), "Ctrl+T", "plus", false},
    {CloseTab, go, QT_TRANSLATE_NOOP("Commands", "Close tab"), "Ctrl+W", "close", false},
    {NextTab, go, QT_TRANSLATE_NOOP("Commands", "Next tab"), "Ctrl+PgDown; Ctrl+Tab", "", false},
    {PreviousTab, go, QT_TRANSLATE_NOOP("Commands", "Previous tab"), "Ctrl+PgUp; Ctrl+Shift+Tab",
     "", false},
    {Back, go, QT_TRANSLATE_NOOP("Commands", "Back"), "Alt+Left", "back", false},
    {Forward, go, QT_TRANSLATE_NOOP("Commands", "Forward"), "Alt+Right", "forward", false},
    {GoInbox, go, QT_TRANSLATE_NOOP("Commands", "Inbox"), "Ctrl+1", "inbox", false},
    {GoMonitors, go, QT_TRANSLATE_NOOP("Commands", "Monitors"), "Ctrl+2", "monitors", false},
    {GoSources, go, QT_TRANSLATE_NOOP("Commands", "Sources"), "Ctrl+3", "sources", false},
    {GoSettings, go, QT_TRANSLATE_NOOP("Commands", "Settings"), "Ctrl+,", "settings", false},
    {MoveDown, page, QT_TRANSLATE_NOOP("Commands", "Next row"), "J", "", false},
    {MoveUp, page, QT_TRANSLATE_NOOP("Commands", "Previous row"), "K", "", false},
    {Open, page, QT_TRANSLATE_NOOP("Commands", "Open"), "Return", "", true},
    {OpenInNewTab, page, QT_TRANSLATE_NOOP("Commands", "Open in a new tab"), "Ctrl+Return",
     "external", true},
    {ToggleEye, page, QT_TRANSLATE_NOOP("Commands", "Watch or stop watching"), "M", "eye-closed",
     false},
    {AskAgain, page, QT_TRANSLATE_NOOP("Commands", "Ask again"), "R", "refresh", false},
    {Copy, page, QT_TRANSLATE_NOOP("Commands", "Copy defanged"), "Y", "copy", false},
    {CopyAsIs, page, QT_TRANSLATE_NOOP("Commands", "Copy as is"), "Shift+Y", "", false},
    {Filter, page, QT_TRANSLATE_NOOP("Commands", "Filter"), "/", "filter", false},
    {Dataset1, page, QT_TRANSLATE_NOOP("Commands", "Dataset 1"), "Alt+1", "", false},
    {Dataset2, page, QT_TRANSLATE_NOOP("Commands", "Dataset 2"), "Alt+2", "", false},
    {Dataset3, page, QT_TRANSLATE_NOOP("Commands", "Dataset 3"), "Alt+3", "", false},
    {Dataset4, page, QT_TRANSLATE_NOOP("Commands", "Dataset 4"), "Alt+4", "", false},
    {Dataset5, page, QT_TRANSLATE_NOOP("Commands", "Dataset 5"), "Alt+5", "", false},
    {Dataset6, page, QT_TRANSLATE_NOOP("Commands", "Dataset 6"), "Alt+6", "", false},
    {Dataset7, page, QT_TRANSLATE_NOOP("Commands", "Dataset 7"), "Alt+7", "", false},
    {Dataset8, page, QT_TRANSLATE_NOOP("Commands", "Dataset 8"), "Alt+8", "", false},
    {Dataset9, page, QT_TRANSLATE_NOOP("Commands", "Dataset 9"), "Alt+9", "", false},
    {Acknowledge, card, QT_TRANSLATE_NOOP("Commands", "Acknowledge"), "E", "acknowledge", false},
    {Snooze, card, QT_TRANSLATE_NOOP("Commands", "Snooze"), "S", "snooze", false},
    {HideLike, card, QT_TRANSLATE_NOOP("Commands", "Hide changes like these"), "H", "filter",
     false},
    {Undo, card, QT_TRANSLATE_NOOP("Commands", "Undo"), "U; Ctrl+Z", "undo", false},
    {Import, program, QT_TRANSLATE_NOOP("Commands", "Import a list"), "Ctrl+I", "import", false},
    {Sample, program, QT_TRANSLATE_NOOP("Commands", "Open the sample story"), "Ctrl+Shift+S",
     "eye-open", false},
    {CacheOnly, program, QT_TRANSLATE_NOOP("Commands", "Ask nobody (cache only)"), "Ctrl+Shift+P",
     "lock", false},
    {ShowKeys, program, QT_TRANSLATE_NOOP("Commands", "Keys of this page"), "?; F1", "question",
     false},
    {Quit, program, QT_TRANSLATE_NOOP("Commands", "Quit"), "Ctrl+Q", "quit", false},
};

} // namespace

std::span<const CommandInfo> Commands::table()
{
    return commandTable;
}

const CommandInfo &Commands::info(Command command)
{
    for (const auto &info : commandTable) {
        if (info.command == command)
            return info;
    }
    return commandTable[0];
}

QString Commands::text(Command command)
{
    return tr(info(command).text);
}

QList<QKeySequence> Commands::keys(Command command)
{
    return QKeySequence::listFromString(QString::fromLatin1(info(command).keys),
                                        QKeySequence::PortableText);
}

QString Commands::keyText(Command command)
{
    const auto all = keys(command);
    return all.isEmpty() ? QString() : keyText(all.first());
}

QString Commands::keyText(const QKeySequence &key)
{
    return key.toString(QKeySequence::NativeText).replace(u"Return"_s, tr("Enter"));
}

QString Commands::textWithKey(Command command)
{
    return tr("%1 (%2)", "a command and its key").arg(text(command), keyText(command));
}

QString Commands::groupTitle(CommandGroup group)
{
    switch (group) {
    case CommandGroup::Go:
        return tr("Go");
    case CommandGroup::Page:
        return tr("Page");
    case CommandGroup::Card:
        return tr("Cards");
    case CommandGroup::Program:
        return tr("Program");
    }
    return {};
}

} // namespace wg
