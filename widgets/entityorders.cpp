// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/after.h"
#include "items/words.h"
#include "widgets/datasetview.h"
#include "widgets/entityhead.h"
#include "widgets/entitypage.h"
#include "widgets/eyebutton.h"
#include "widgets/stilltable.h"

#include <QMenu>

// The orders that an entity page gives; what it shows is in entitypage.cpp.
namespace wg {

using namespace Qt::StringLiterals;

QList<Command> EntityPage::commands() const
{
    using enum Command;
    QList<Command> all{MoveDown, MoveUp, Open,     OpenInNewTab, ToggleEye,
                       AskAgain, Copy,   CopyAsIs, Filter,       Undo};
    const auto tabs = std::min<qsizetype>(m_views.size(), int(Dataset9) - int(Dataset1) + 1);
    for (int i = 0; i < tabs; ++i)
        all.append(Command(int(Dataset1) + i));
    return all;
}

void EntityPage::run(Command command)
{
    switch (command) {
    case Command::MoveDown:
        current()->table()->move(1);
        return;
    case Command::MoveUp:
        current()->table()->move(-1);
        return;
    case Command::ToggleEye:
        m_head->eye()->click();
        return;
    case Command::AskAgain:
        ask(Freshness::Ask);
        return;
    case Command::Copy:
        copySelected(CopyForm::Defanged);
        return;
    case Command::CopyAsIs:
        copySelected(CopyForm::AsIs);
        return;
    case Command::Filter:
        current()->focusFilter();
        return;
    case Command::Open:
    case Command::OpenInNewTab:
        if (const auto link = current()->linkAt(current()->table()->currentIndex()))
            openEntity(*link, command == Command::Open ? Where::Here : Where::NewTab,
                       Manner::WhenStale);
        return;
    default:
        break;
    }
    const int tab = int(command) - int(Command::Dataset1);
    if (tab >= 0 && tab < m_views.size())
        select(m_views.at(tab)->dataset());
}

void EntityPage::copySelected(CopyForm form)
{
    auto values = current()->selectedValues();
    if (values.isEmpty())
        values = {m_entity.value};
    copy(values, form);
}

void EntityPage::showMenu(const QPoint &global)
{
    QList<Command> shown;
    if (current()->linkAt(current()->table()->currentIndex()))
        shown = {Command::Open, Command::OpenInNewTab};
    shown +=
        {Command::Copy, Command::CopyAsIs, Command::Filter, Command::AskAgain, Command::ToggleEye};
    popUp(shown, global, current()->linksAt(current()->table()->currentIndex()));
}

/// Everybody, as R does; where only sources on demand tell of the dataset, those.
void EntityPage::askFor(Dataset dataset)
{
    const auto tells = [&](const SourceState &source) {
        return source.enabled && source.permitted && fills(source.info, m_entity, dataset);
    };
    const bool any = std::any_of(m_sources.cbegin(), m_sources.cend(), tells);
    const bool others =
        std::any_of(m_sources.cbegin(), m_sources.cend(), [&](const SourceState &source) {
            return tells(source) && !source.info.onDemand;
        });
    LookupOrder order;
    order.readAfter = false;
    if (any && !others)
        order.datasets = {dataset};
    ask(order);
}

void EntityPage::step(Dataset dataset, NextStep next)
{
    switch (next) {
    case NextStep::AskAgain:
        askFor(dataset);
        return;
    case NextStep::Cancel:
        actions().cancelAsk(m_entity);
        return;
    case NextStep::ConsentOnce:
        consentOnce(dataset);
        return;
    case NextStep::ConsentAlways:
        consentAlways(dataset);
        return;
    case NextStep::OpenSources:
        Q_EMIT openRequested({Place::Kind::Sources, {}, {}, {}}, Where::NewTab, Manner::FromCache);
        return;
    case NextStep::OpenSettings:
        Q_EMIT openRequested({Place::Kind::Settings, {}, {}, {}}, Where::NewTab, Manner::FromCache);
        return;
    case NextStep::Release:
        release();
        return;
    case NextStep::LeaveCacheOnly: {
        const auto report = [this](const Result<QString> &done) {
            if (!done)
                Q_EMIT said(Words::error(done.error()));
        };
        after(this, actions().setSetting(u"cache_only"_s, u"false"_s), report);
        return;
    }
    case NextStep::Why:
    case NextStep::ClearFilter:
        return;
    }
}

/// The sources whose own consent the person is asked for where they stand.
QStringList EntityPage::lackingConsent(Dataset dataset) const
{
    auto situation = this->situation(dataset);
    situation.parties = actions().parties(m_entity);
    return DatasetStates::lackingConsent(situation);
}

void EntityPage::consentAlways(Dataset dataset)
{
    after(this, actions().setSetting(u"pap"_s, papName(Pap::Green)),
          [this, sources = lackingConsent(dataset)](const Result<QString> &set) {
              if (set)
                  consentTo(sources);
              else
                  Q_EMIT said(Words::error(set.error()));
          });
}

void EntityPage::consentTo(QStringList sources)
{
    if (sources.isEmpty())
        return ask(Freshness::Ask);
    const QString next = sources.takeFirst();
    after(this, actions().consent(next, Consent::Given), [this, sources](const Result<Done> &done) {
        if (done)
            consentTo(sources);
        else
            Q_EMIT said(Words::error(done.error()));
    });
}

/// Consent for this one question alone: no setting changes, no eye is asked.
void EntityPage::consentOnce(Dataset dataset)
{
    LookupOrder order;
    order.datasets = {dataset};
    order.readAfter = false;
    order.onceFor = lackingConsent(dataset);
    ask(order);
}

void EntityPage::release()
{
    after(this, actions().release(m_entity), [this](const Result<Done> &done) {
        if (done)
            ask(Freshness::Ask);
        else
            Q_EMIT said(Words::error(done.error()));
    });
}

} // namespace wg
