// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sourcespage.h"

#include "core/after.h"
#include "items/sourcetable.h"
#include "items/words.h"
#include "widgets/flowlayout.h"
#include "widgets/icons.h"
#include "widgets/keydialog.h"
#include "widgets/scrollpart.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int allStretch = 1000; ///< beside 1: takes what there is
constexpr int detailLines = 19; ///< what is told of a source where nothing wraps
constexpr int leastDetailLines = 6;
constexpr int leastRows = 4;

} // namespace

SourcesPage::SourcesPage(Actions &orders, const ActionTable &table, QWidget *parent)
    : Page(orders, table, parent)
    , m_model(new SourceTableModel(orders, this))
    , m_table(new StillTable(tr("Sources"),
                             {.trouble = SourceTableModel::TroubleRole,
                              .monospaced = {SourceTableModel::Name},
                              .marks = SourceTableModel::Name},
                             this))
    , m_stack(new QStackedLayout)
    , m_state(new StateView(this))
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setColumnWidths({24, 34, 12, 28, 0}, SourceTableModel::LastAsked);
    auto *body = new QWidget(this);
    auto *inner = new QVBoxLayout(body);
    inner->setContentsMargins({});
    inner->setSpacing(0);
    inner->addWidget(m_table, allStretch); // up to its rows; what is left is the detail's
    inner->addWidget(buildDetail(), 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(body);
    m_state->show({{}, Tint::Dim, tr("Reading the sources …"), {}, {}});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addLayout(m_stack);
    connect(m_model, &SourceTableModel::shown, this, [this, body] {
        m_stack->setCurrentWidget(body);
        share();
        if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
            m_table->selectRow(0);
        showCurrent();
    });
    connect(m_model, &SourceTableModel::failed, this, &SourcesPage::failed);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_testing.clear();
        showCurrent();
    });
    connect(&orders, &Actions::sourcesChanged, m_model, &SourceTableModel::refresh);
    connect(&orders, &Actions::settingsChanged, m_model, &SourceTableModel::refresh);
    m_model->refresh();
}

/// What is told of the chosen source; scrolls where the window is low.
QWidget *SourcesPage::buildDetail()
{
    auto *scroll = new ScrollPart(tr("The chosen source"), this);
    scroll->setMinimumHeight(leastDetailLines * QFontMetrics(font()).height());
    auto *detail = new QWidget(scroll);
    m_name = plainLabel({}, detail);
    m_name->setFont(bold(scaled(font(), 1.2)));
    m_enabled = new QCheckBox(tr("&Use this source"), detail);
    m_consent = new QCheckBox(tr("I &consent that it reaches the target"), detail);
    m_setKey = new QPushButton(icon(u"lock"_s), {}, detail);
    m_test = new QPushButton(icon(u"refresh"_s), tr("&Test"), detail);
    for (auto **label :
         {&m_learns, &m_terms, &m_presence, &m_key, &m_quota, &m_permitted, &m_outcome, &m_words}) {
        *label = plainLabel({}, detail);
        (*label)->setWordWrap(true);
        (*label)->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    connect(m_enabled, &QCheckBox::toggled, this, &SourcesPage::enable);
    connect(m_consent, &QCheckBox::toggled, this, &SourcesPage::consent);
    connect(m_test, &QPushButton::clicked, this, &SourcesPage::test);
    connect(m_setKey, &QPushButton::clicked, this, &SourcesPage::askForKey);
    m_form = new QFormLayout;
    m_form->setHorizontalSpacing(space(this, 4));
    m_form->setVerticalSpacing(space(this, 2));
    m_form->setLabelAlignment(Qt::AlignLeft);
    const auto add = [this, detail](const QString &title, QLabel *told) {
        auto *label = dimLabel(title, detail);
        label->setAlignment(Qt::AlignTop); // beside the first line of what wraps
        m_form->addRow(label, told);
    };
    add(tr("Who learns of it"), m_learns);
    add(tr("Terms"), m_terms);
    add(tr("Tells"), m_presence);
    add(tr("Key"), m_key);
    add(tr("Quota"), m_quota);
    add(tr("May be asked"), m_permitted);
    add(tr("Last outcome"), m_outcome);
    add(tr("In words"), m_words);
    auto *switches = new QWidget(detail);
    auto *flow = new FlowLayout(switches, space(this, 4), space(this, 2));
    for (QWidget *each : QList<QWidget *>{m_enabled, m_consent, m_setKey, m_test}) {
        each->setMinimumHeight(m_test->sizeHint().height()); // boxes in line with the buttons
        flow->addWidget(each);
    }
    auto *column = new QVBoxLayout(detail);
    column->setContentsMargins(space(this, 4), space(this, 4), space(this, 4), space(this, 3));
    column->setSpacing(space(this, 3));
    column->addWidget(m_name);
    column->addWidget(switches);
    column->addLayout(m_form);
    column->addStretch(1);
    scroll->setWidget(detail);
    return scroll;
}

Place SourcesPage::place() const
{
    return {Place::Kind::Sources, {}, {}, {}};
}

QString SourcesPage::title() const
{
    return tr("Sources");
}

QIcon SourcesPage::pageIcon() const
{
    return icon(u"sources"_s);
}

QList<Command> SourcesPage::commands() const
{
    return {Command::MoveDown, Command::MoveUp, Command::AskAgain};
}

QString SourcesPage::words(Command command) const
{
    return command == Command::AskAgain ? tr("Test") : Page::words(command);
}

void SourcesPage::run(Command command)
{
    if (command == Command::MoveDown || command == Command::MoveUp)
        m_table->move(command == Command::MoveDown ? 1 : -1);
    else if (command == Command::AskAgain)
        test();
}

void SourcesPage::entered()
{
    m_model->refresh();
    m_table->setFocus(Qt::OtherFocusReason);
}

const SourceState *SourcesPage::current() const
{
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < m_model->rowCount() ? &m_model->stateAt(row) : nullptr;
}

/// The list is as high as its rows where there is room for them and for the detail below it, whose
/// edge stays where it is while one walks the list.
void SourcesPage::share()
{
    const int head = m_table->horizontalHeader()->sizeHint().height();
    const int row = m_table->verticalHeader()->defaultSectionSize();
    const int detail = std::min(detailLines * QFontMetrics(font()).height(), height() * 3 / 5);
    const int rows = std::min((height() - detail - head) / row, m_model->rowCount());
    m_table->setMinimumHeight(head + leastRows * row);
    m_table->setMaximumHeight(head + std::max(leastRows, rows) * row); // whole rows
}

void SourcesPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    share();
}

void SourcesPage::failed(const Error &error)
{
    m_state->show({u"warning"_s,
                   Tint::Bad,
                   tr("The sources could not be read."),
                   Words::error(error),
                   {{tr("Try again"), [this] { m_model->refresh(); }}}});
    m_stack->setCurrentWidget(m_state);
}

void SourcesPage::showCurrent()
{
    const auto *source = current();
    if (!source)
        return;
    const auto now = Words::now();
    const auto &info = source->info;
    m_name->setText(info.title.isEmpty() ? info.name : u"%1  (%2)"_s.arg(info.title, info.name));
    for (auto *label : {m_terms, m_presence, m_key, m_quota, m_permitted, m_outcome})
        m_form->setRowVisible(label, !source->broken); // nothing is known of it
    m_learns->setText(source->broken ? tr("Nobody: the manifest cannot be used.") : info.learns);
    m_terms->setText(info.terms);
    m_presence->setText(tr("%1; PAP %2").arg(Words::presence(info.presence), papName(info.pap)));
    m_key->setText(keyWords(*source));
    m_quota->setText(source->quota ? Words::quota(*source->quota, now) : u"–"_s);
    m_permitted->setText(!source->enabled ? tr("No: it is switched off.")
                             : source->permitted
                             ? tr("Yes.")
                             : tr("No: %1").arg(madeVisible(source->whyNot, 300)));
    m_outcome->setText(outcomeWords(*source));
    const QString told =
        source->broken ? u"%1: %2"_s.arg(info.name, source->whyNot) : source->lastDetail;
    if (m_testing != info.name) // what a test said stays until another source is chosen
        m_words->setText(told.isEmpty() ? u"–"_s : madeVisible(told, 1000));
    const QSignalBlocker quietEnabled(m_enabled);
    const QSignalBlocker quietConsent(m_consent);
    m_enabled->setChecked(source->enabled);
    m_enabled->setVisible(!source->broken);
    m_consent->setVisible(info.pap == Pap::Green);
    m_consent->setChecked(source->consented);
    m_setKey->setVisible(info.takesKey);
    m_setKey->setText(source->key == KeyState::Absent ? tr("Set &key …") : tr("Change &key …"));
    m_test->setVisible(info.asksOutside && !source->broken);
    m_test->setEnabled(source->enabled && source->permitted);
    m_test->setToolTip(tr("Asks the source one harmless question (R)"));
}

void SourcesPage::enable(bool on)
{
    const auto *source = current();
    if (!source)
        return;
    const auto key = u"source.%1.enabled"_s.arg(source->info.name);
    after(this, actions().setSetting(key, on ? u"true"_s : u"false"_s),
          [this](const Result<QString> &set) {
              if (!set)
                  Q_EMIT said(Words::error(set.error()));
              m_model->refresh();
          });
}

void SourcesPage::consent(bool given)
{
    const auto *source = current();
    if (!source)
        return;
    after(this, actions().consent(source->info.name, given ? Consent::Given : Consent::Withdrawn),
          [this](const Result<Done> &done) {
              if (!done)
                  Q_EMIT said(Words::error(done.error()));
              m_model->refresh();
          });
}

QString SourcesPage::outcomeWords(const SourceState &source)
{
    const auto now = Words::now();
    QString outcome = tr("Not asked yet.");
    if (source.lastOutcome) {
        outcome = tr("%1, asked %2")
                      .arg(Words::outcome(*source.lastOutcome), Words::when(source.lastAsked, now));
        if (source.lastGood && !isUsable(*source.lastOutcome))
            outcome += tr("; last good answer %1").arg(Words::when(*source.lastGood, now));
        if (source.pausedUntil && *source.pausedUntil > now)
            outcome +=
                tr("; not asked again before %1").arg(Words::clock(*source.pausedUntil, now));
        if (!source.lacking.isEmpty())
            outcome += tr("; the answers look different since %1: no %2")
                           .arg(Words::when(source.lackingSince, now),
                                madeVisible(source.lacking.join(u", "_s), 300));
    }
    return outcome;
}

QString SourcesPage::keyWords(const SourceState &source) const
{
    if (!source.info.takesKey)
        return tr("None needed.");
    switch (source.key) {
    case KeyState::Absent:
        return (source.info.needsKey ? tr("Needed, and not set. To be had at %1")
                                     : tr("Not set, and not needed; with one it tells more. To be "
                                          "had at %1"))
            .arg(source.info.keyFrom);
    case KeyState::Unread:
    case KeyState::Found:
        return tr("Set; it is kept in the key chain.");
    case KeyState::Locked:
    case KeyState::Failed:
        return tr("Set, but it cannot be had: %1").arg(madeVisible(source.keyDetail, 300));
    }
    return {};
}

void SourcesPage::askForKey()
{
    const auto *source = current();
    if (!source || !source->info.takesKey)
        return;
    auto *dialog = new KeyDialog(*source, this);
    connect(
        dialog, &KeyDialog::given, this,
        [this, dialog](const QString &name, const QByteArray &key) { setKey(name, key, dialog); });
    connect(dialog, &KeyDialog::removeWanted, this, &SourcesPage::removeKey);
    dialog->open();
}

/// The dialog stays until the key chain has answered: a key that it does not take is not lost.
void SourcesPage::setKey(const QString &source, const QByteArray &key,
                         const QPointer<KeyDialog> &dialog)
{
    after(this, actions().setSourceKey(source, key),
          [this, source, dialog](const Result<Done> &done) {
              if (dialog)
                  dialog->take(done);
              if (done || !dialog)
                  Q_EMIT said(
                      done ? tr("The key of %1 is in the key chain. Test it with R.").arg(source)
                           : Words::error(done.error()));
              m_model->refresh();
          });
}

void SourcesPage::removeKey(const QString &source)
{
    after(this, actions().removeSourceKey(source), [this, source](const Result<Done> &done) {
        Q_EMIT said(done ? tr("The key of %1 is gone from the key chain.").arg(source)
                         : Words::error(done.error()));
        m_model->refresh();
    });
}

void SourcesPage::test()
{
    const auto *source = current();
    if (!source || source->broken)
        return;
    if (!source->info.asksOutside) {
        Q_EMIT said(tr("%1 asks nobody: there is nothing to try").arg(source->info.name));
        return;
    }
    if (!source->enabled || !source->permitted) {
        Q_EMIT said(tr("%1 is not tried: %2")
                        .arg(source->info.name,
                             source->enabled ? madeVisible(source->whyNot, 300)
                                             : tr("it is switched off")));
        return;
    }
    m_testing = source->info.name;
    m_words->setText(tr("Asking %1 …").arg(m_testing));
    after(this, actions().testSource(m_testing),
          [this, name = m_testing](const Result<SourceTest> &test) {
              if (m_testing != name)
                  return;
              const auto words = test
                  ? u"%1: %2"_s.arg(Words::outcome(test->outcome),
                                    test->detail.isEmpty() ? u"–"_s
                                                           : madeVisible(test->detail, 1000))
                  : Words::error(test.error());
              m_words->setText(words);
              Q_EMIT said(tr("%1: %2").arg(name, test ? Words::outcome(test->outcome) : words));
              m_model->refresh();
          });
}

} // namespace wg
