// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rulelist.h"

#include "core/after.h"
#include "items/words.h"
#include "widgets/elidedlabel.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostShown = 200;

/// Rules of one order stand next to each other.
QList<QList<StoredRule>> byEntry(const QList<StoredRule> &rules)
{
    QList<QList<StoredRule>> entries;
    for (const auto &rule : rules) {
        if (entries.isEmpty() || entries.constLast().constFirst().entry != rule.entry)
            entries.append(QList<StoredRule>());
        entries.last().append(rule);
    }
    return entries;
}

} // namespace

RuleList::RuleList(Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins({});
    m_rows->setSpacing(space(this, 2));
}

void RuleList::refresh()
{
    after(this, m_actions.hideRules(), [this](const Result<QList<StoredRule>> &rules) {
        if (rules)
            show(*rules);
        else
            Q_EMIT said(Words::error(rules.error()));
    });
}

qsizetype RuleList::focusedRow() const
{
    const auto focused = [](const QPushButton *button) { return button->hasFocus(); };
    const auto at = std::find_if(m_buttons.cbegin(), m_buttons.cend(), focused);
    return at == m_buttons.cend() ? -1 : at - m_buttons.cbegin();
}

void RuleList::show(const QList<StoredRule> &rules)
{
    const auto focused = focusedRow();
    m_buttons.clear();
    while (auto *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto entries = byEntry(rules);
    auto *head = dimLabel(entries.isEmpty()
                              ? tr("No rule hides anything. H on a card of the inbox hides changes "
                                   "like its own from then on.")
                              : tr("What a rule hides is kept and listed in the inbox, under "
                                   "\"Hidden by a rule\"."),
                          this);
    head->setWordWrap(true);
    m_rows->addWidget(head);
    for (const auto &each : entries.mid(0, mostShown))
        add(each);
    if (entries.size() > mostShown) {
        m_rows->addWidget(
            dimLabel(tr("and %n more", nullptr, int(entries.size() - mostShown)), this));
    }
    if (focused >= 0 && m_buttons.isEmpty())
        Q_EMIT left();
    else if (focused >= 0)
        m_buttons.at(std::min(focused, m_buttons.size() - 1))->setFocus(Qt::OtherFocusReason);
}

void RuleList::add(const QList<StoredRule> &ofOne)
{
    QStringList hidden;
    QStringList entities;
    for (const auto &each : ofOne) {
        hidden.append(u"%1 %2"_s.arg(Words::datasetTitle(each.rule.dataset),
                                     madeVisible(each.rule.type, 40)));
        entities.append(madeVisible(each.entity.value, 80));
    }
    hidden.removeDuplicates();
    entities.removeDuplicates();
    const auto &first = ofOne.constFirst();
    auto whose = entities.constFirst();
    if (entities.size() > 1)
        whose = tr("%1 and %n more", nullptr, int(entities.size()) - 1).arg(whose);
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins({});
    line->setSpacing(space(this, 3));
    auto *name = new ElidedLabel(whose, Qt::ElideMiddle, row);
    name->setFont(monospace(font()));
    setTip(name, entities.mid(0, mostShown));
    auto *what = plainLabel(hidden.join(u", "_s), row);
    auto *who = dimLabel(
        tr("by %1, %2").arg(madeVisible(first.author, 60), Words::when(first.at, Words::now())),
        row);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(name);
    for (auto *label : {what, who}) {
        label->setWordWrap(true);
        words->addWidget(label);
    }
    line->addLayout(words, 1);
    auto *button = new QPushButton(tr("Remove"), row);
    button->setAccessibleDescription(tr("Tell such changes of %1 again").arg(whose));
    connect(button, &QPushButton::clicked, this, [this, entry = first.entry] { remove(entry); });
    line->addWidget(button, 0, Qt::AlignTop);
    m_rows->addWidget(row);
    m_buttons.append(button);
    row->show(); // what is not shown yet takes no focus
}

void RuleList::remove(const QUuid &entry)
{
    after(this, m_actions.undo(entry), [this](const Result<JournalReport> &report) {
        Q_EMIT said(report ? tr("Removed: such changes are told again")
                           : Words::error(report.error()));
        refresh();
    });
}

} // namespace wg
