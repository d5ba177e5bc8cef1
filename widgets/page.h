// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"
#include "widgets/commands.h"

#include <QAction>
#include <QIcon>
#include <QWidget>

class QMenu;

namespace wg {

/// Where one can be: what back and forward walk through and a session remembers.
struct Place
{
    enum class Kind : quint8
    {
        Welcome,
        Subject,
        Choice,
        Inbox,
        Monitors,
        Sources,
        Settings
    };

    Kind kind = Kind::Welcome;
    Entity entity;
    QList<Entity> choices;
    QUuid card;

    friend bool operator==(const Place &, const Place &) = default;
};

/// Where a page opens, and whether opening it may ask outside. Only what a person orders asks.
enum class Where : quint8
{
    Here,
    NewTab
};
enum class Manner : quint8
{
    Ask,
    WhenStale,
    FromCache
};

/// The QActions of all commands, made by the window; pages put them into their menus.
using ActionTable = QHash<Command, QAction *>;

/// One page of a tab. Made lazily, driven by commands, never asks on its own. GUI thread; owned by
/// its tab.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(Actions &actions, const ActionTable &table, QWidget *parent);

    [[nodiscard]] virtual Place place() const = 0;
    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QIcon pageIcon() const = 0;
    /// What it can do now; the window enables menus and dispatches keys by it.
    [[nodiscard]] virtual QList<Command> commands() const { return {}; }
    virtual void run(Command) { }
    /// What a command of this page does here, where that is not what it does elsewhere.
    [[nodiscard]] virtual QString words(Command command) const { return Commands::text(command); }
    /// It came to the front, or left it.
    virtual void entered() { }
    virtual void left() { }
    /// A minute went by: relative times are written anew.
    virtual void tick() { }
    /// Goes, with its tab or alone, as soon as nothing that it ordered is under way.
    void letGo();
    /// Who would be told by asking again here; nothing for pages that ask nobody.
    [[nodiscard]] virtual std::optional<Entity> subject() const { return std::nullopt; }

Q_SIGNALS:
    void titleChanged();
    void openRequested(const wg::Place &place, wg::Where where, wg::Manner manner);
    /// One sentence for the status bar.
    void said(const QString &sentence);
    /// What takes a while, for the status bar; over when empty.
    void worked(const QString &what);

protected:
    [[nodiscard]] Actions &actions() const { return m_actions; }
    [[nodiscard]] QAction *action(Command command) const { return m_table.value(command); }
    /// Copies, defanged unless asIs or the setting says otherwise; the first three copies say so.
    enum class CopyForm : quint8
    {
        Defanged,
        AsIs
    };
    void copy(const QStringList &values, CopyForm form);
    void openEntity(const Artifact &artifact, Where where, Manner manner);
    /// A menu of these commands, their keys shown, opened at a global place. Where a row leads to
    /// several things, they stand in a menu of their own.
    void popUp(const QList<Command> &commands, const QPoint &at, const QList<Artifact> &links = {});
    /// Around an order that has to end whatever becomes of the page; words only where it takes a
    /// while.
    void beginWork(const QString &what = {});
    void endWork();

private:
    void addLinks(QMenu *menu, const QList<Artifact> &links);

    Actions &m_actions;
    const ActionTable &m_table;
    int m_underway = 0;
    bool m_leaving = false;
};

} // namespace wg

Q_DECLARE_METATYPE(wg::Place)
