// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/page.h"

#include "core/entitytext.h"
#include "core/untrustedtext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace wg {

namespace {

constexpr int copiesExplained = 3;
constexpr qsizetype mostLinksOffered = 30; ///< as many as a screen is high

} // namespace

Page::Page(Actions &actions, const ActionTable &table, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_table(table)
{ }

void Page::letGo()
{
    m_leaving = true;
    if (m_underway == 0)
        deleteLater();
    else
        setParent(window()); // unseen, until the order has ended
}

void Page::beginWork(const QString &what)
{
    ++m_underway;
    if (!what.isEmpty())
        Q_EMIT worked(what);
}

void Page::endWork()
{
    if (--m_underway > 0)
        return;
    Q_EMIT worked({});
    if (m_leaving)
        deleteLater();
}

void Page::copy(const QStringList &values, CopyForm form)
{
    if (values.isEmpty())
        return;
    const bool defanged =
        form == CopyForm::Defanged && m_actions.settings().flag(QStringLiteral("copy.defang"));
    QStringList texts;
    for (const auto &value : values)
        texts.append(defanged ? defangText(value) : value);
    QGuiApplication::clipboard()->setText(texts.join(u'\n'));
    static int explained = 0; // for the life of the program, whichever page copies
    if (defanged && explained < copiesExplained) {
        ++explained;
        Q_EMIT said(tr("Copied defanged; Shift+Y copies as is"));
    } else {
        Q_EMIT said(tr("Copied %Ln value(s)", nullptr, int(values.size())));
    }
}

void Page::openEntity(const Artifact &artifact, Where where, Manner manner)
{
    if (isEntity(artifact))
        Q_EMIT openRequested(Place{Place::Kind::Subject, artifact, {}, {}}, where, manner);
}

void Page::addLinks(QMenu *menu, const QList<Artifact> &links)
{
    auto *names = menu->addMenu(tr("Open a name"));
    for (const auto &link : links.mid(0, mostLinksOffered)) {
        auto text = madeVisible(link.value, 80);
        text.replace(u'&', QStringLiteral("&&"));
        names->addAction(text, this,
                         [this, link] { openEntity(link, Where::Here, Manner::WhenStale); });
    }
    const auto more = links.size() - mostLinksOffered;
    if (more > 0)
        names->addAction(tr("and %n more", nullptr, int(more)))->setEnabled(false);
}

void Page::popUp(const QList<Command> &commands, const QPoint &at, const QList<Artifact> &links)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (links.size() > 1)
        addLinks(menu, links);
    for (const auto command : commands) {
        if (auto *known = action(command))
            menu->addAction(known);
    }
    menu->popup(at);
}

} // namespace wg
