// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/popups.h"

#include "core/after.h"
#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/scrollpart.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QRadioButton>
#include <QScreen>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostQueuedShown = 12;
constexpr int leastLinesSeen = 4; ///< of a part that scrolls

QLabel *headingLabel(const QString &text, QWidget *parent)
{
    auto *heading = plainLabel(text, parent);
    heading->setFont(bold(scaled(parent->font(), 1.1)));
    heading->setWordWrap(true);
    return heading;
}

QWidget *signedLine(const QString &sign, Tint tint, const QString &text, const QString &second,
                    QWidget *parent)
{
    auto *line = new QWidget(parent);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins({});
    row->setSpacing(space(parent, 2));
    row->addWidget(new TintLabel(sign, tint, 1, line), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *first = plainLabel(text, line);
    first->setWordWrap(true);
    words->addWidget(first);
    if (!second.isEmpty()) {
        auto *why = dimLabel(second, line);
        why->setWordWrap(true);
        words->addWidget(why);
    }
    row->addLayout(words, 1);
    return line;
}

/// The gate looks at the key before it looks at ceiling and consent, after the switches.
bool lacksOnlyKey(const Party &party, const Policy &policy)
{
    return !policy.cacheOnly && !policy.disabledSources.contains(party.source)
        && policy.withoutKey.contains(party.source);
}

} // namespace

Popup::Popup(const QString &title, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_column(new QVBoxLayout(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(title);
    setFixedWidth(QFontMetrics(font()).averageCharWidth() * 64);
    m_column->setContentsMargins(space(this, 3), space(this, 3), space(this, 3), space(this, 3));
    m_column->setSpacing(space(this, 2));
    m_column->addWidget(headingLabel(title, this));
}

void Popup::paintEvent(QPaintEvent *)
{
    paintPanel(this);
}

/// Enter presses what has the focus, as it does in the window.
void Popup::keyPressEvent(QKeyEvent *event)
{
    auto *button = qobject_cast<QAbstractButton *>(focusWidget());
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && button)
        button->click();
    else
        QFrame::keyPressEvent(event);
}

/// The part that scrolls gives way where the whole is higher than the room.
void Popup::fit(int room)
{
    int whole = 0;
    const auto fitting = [this] {
        m_column->invalidate();
        return m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(width())
                                             : m_column->totalSizeHint().height();
    };
    if (m_part) {
        const auto margins = m_column->contentsMargins();
        const int inner = width() - margins.left() - margins.right()
            - m_part->verticalScrollBar()->sizeHint().width();
        whole = m_part->widget()->layout()->totalHeightForWidth(inner);
        m_part->setFixedHeight(whole);
    }
    int height = fitting();
    if (m_part && height > room) {
        const int least = std::min(whole, fontMetrics().lineSpacing() * leastLinesSeen);
        m_part->setFixedHeight(std::max(least, whole - (height - room)));
        height = fitting();
    }
    resize(width(), height);
}

void Popup::openBelow(const QWidget *anchor)
{
    const auto screen = anchor->screen()->availableGeometry();
    const auto below =
        anchor->mapToGlobal(QPoint(anchor->width() - width(), anchor->height() + space(this, 1)));
    // Low on the screen there is next to no room below; then it lies over the button.
    fit(std::max(screen.bottom() - below.y(), screen.height() / 2));
    const auto place = [&] {
        move(
            std::clamp(below.x(), screen.left(), std::max(screen.left(), screen.right() - width())),
            std::clamp(below.y(), screen.top(),
                       std::max(screen.top(), screen.bottom() - height())));
    };
    place();
    show();
    place(); // its frame is known now
    if (m_first)
        m_first->setFocus(Qt::PopupFocusReason);
    else
        focusNextChild();
}

PartiesPopup::PartiesPopup(Actions &actions, const std::optional<Entity> &asked, QWidget *parent)
    : Popup(tr("How visible a look-up may be"), parent)
{
    addCeiling(actions);
    if (asked)
        addParties(actions, *asked);
}

/// Who would learn comes first; of those who only lack a key their number is enough.
void PartiesPopup::addParties(Actions &actions, const Entity &asked)
{
    const auto title = tr("Asking about %1 tells").arg(madeVisible(asked.value, 80));
    auto *rule = new QFrame(this);
    rule->setFrameShape(QFrame::HLine);
    rule->setForegroundRole(QPalette::Mid);
    column()->addWidget(rule);
    column()->addWidget(headingLabel(title, this));
    auto *part = new ScrollPart(title, this);
    auto *body = new QWidget(part);
    auto *lines = new QVBoxLayout(body);
    lines->setContentsMargins({});
    lines->setSpacing(space(this, 2));
    const auto &policy = actions.policy();
    int learners = 0;
    int keyless = 0;
    QList<QWidget *> others;
    for (const auto &party : actions.parties(asked)) {
        const auto who = madeVisible(party.who, 200);
        const auto source = madeVisible(party.source, 60);
        if (party.permitted) {
            lines->addWidget(
                signedLine(u"party"_s, Tint::Accent, tr("%1 (%2)").arg(who, source), {}, body));
            ++learners;
        } else if (lacksOnlyKey(party, policy)) {
            ++keyless;
        } else {
            others.append(signedLine(u"lock"_s, Tint::Dim, tr("not %1 (%2)").arg(who, source),
                                     madeVisible(party.whyNot, 300), body));
        }
    }
    if (learners == 0)
        lines->addWidget(signedLine(u"lock"_s, Tint::Good, tr("nobody"), {}, body));
    for (auto *other : std::as_const(others))
        lines->addWidget(other);
    if (keyless > 0)
        lines->addWidget(signedLine(u"lock"_s, Tint::Dim,
                                    tr("%n more need(s) a key", nullptr, keyless), {}, body));
    lines->addStretch(1);
    part->setWidget(body);
    body->setAutoFillBackground(false);
    part->viewport()->setAutoFillBackground(false);
    column()->addWidget(part);
    scrollIn(part);
}

void PartiesPopup::addCeiling(Actions &actions)
{
    m_ceilings = new QButtonGroup(this);
    for (const auto pap : {Pap::Red, Pap::Amber, Pap::Green}) {
        auto *choice = new QRadioButton(papName(pap), this);
        choice->setChecked(actions.policy().ceiling == pap);
        choice->setAccessibleName(papName(pap));
        choice->setAccessibleDescription(Words::papMeaning(pap));
        choice->installEventFilter(this);
        if (choice->isChecked())
            beginAt(choice);
        m_ceilings->addButton(choice);
        column()->addWidget(choice);
        auto *meaning = dimLabel(Words::papMeaning(pap), this);
        meaning->setWordWrap(true);
        meaning->setIndent(space(this, 5));
        column()->addWidget(meaning);
        connect(choice, &QRadioButton::toggled, this, [this, pap, &actions](bool on) {
            if (!on)
                return;
            after(this, actions.setSetting(u"pap"_s, papName(pap)),
                  [this](const Result<QString> &set) {
                      if (!set)
                          Q_EMIT failed(Words::error(set.error()));
                      close();
                  });
        });
    }
    auto *consent = dimLabel(tr("GREEN sources also need their own consent, under Sources."), this);
    consent->setWordWrap(true);
    column()->addWidget(consent);
}

/// Arrow keys only move; Space and Enter choose. A ceiling is not raised by passing over it.
bool PartiesPopup::eventFilter(QObject *watched, QEvent *event)
{
    auto *choice = qobject_cast<QAbstractButton *>(watched);
    if (!choice || event->type() != QEvent::KeyPress)
        return Popup::eventFilter(watched, event);
    const auto choices = m_ceilings->buttons();
    const auto at = choices.indexOf(choice);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
    case Qt::Key_Right:
        choices.at(std::min(at + 1, choices.size() - 1))->setFocus(Qt::TabFocusReason);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Left:
        choices.at(std::max<qsizetype>(at - 1, 0))->setFocus(Qt::BacktabFocusReason);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choice->click();
        return true;
    default:
        return Popup::eventFilter(watched, event);
    }
}

StatePopup::StatePopup(Actions &actions, QAction *cacheOnly, QWidget *parent)
    : Popup(tr("How things stand"), parent)
    , m_actions(actions)
{
    const auto state = actions.networkState();
    switch (state.mode) {
    case NetworkState::Mode::Online:
        column()->addWidget(signedLine(u"online"_s, Tint::Good, tr("Online."), {}, this));
        break;
    case NetworkState::Mode::Offline:
        column()->addWidget(
            signedLine(u"offline"_s, Tint::Warn, tr("Offline: everything is shown from the cache."),
                       tr("Questions wait and are asked when the network is back."), this));
        break;
    case NetworkState::Mode::CacheOnly:
        column()->addWidget(signedLine(u"lock"_s, Tint::Warn,
                                       tr("Cache only: nobody is asked, no eye is checked."), {},
                                       this));
        break;
    case NetworkState::Mode::Recorded:
        column()->addWidget(signedLine(u"offline"_s, Tint::Accent,
                                       tr("No network: a recording answers every question."),
                                       tr("Nobody outside is asked."), this));
        break;
    }
    for (const auto &trouble : state.troubles)
        column()->addWidget(
            signedLine(u"warning"_s, Tint::Warn, madeVisible(trouble, 300), {}, this));
    auto *only = new QCheckBox(tr("Ask nobody (cache only)"), this);
    only->setChecked(actions.policy().cacheOnly);
    connect(only, &QCheckBox::toggled, this, [this, cacheOnly] {
        cacheOnly->trigger();
        close();
    });
    column()->addWidget(only);
    after(this, actions.queuedAsks(), [this](const Result<QList<QueuedAsk>> &queued) {
        if (queued)
            addQueued(*queued);
    });
}

void StatePopup::addQueued(const QList<QueuedAsk> &queued)
{
    if (queued.isEmpty())
        return;
    column()->addWidget(plainLabel(
        tr("%n question(s) waiting for the network:", nullptr, int(queued.size())), this));
    for (const auto &ask : queued.mid(0, mostQueuedShown)) {
        auto *line = new QWidget(this);
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins({});
        auto *name = plainLabel(madeVisible(ask.entity.value, 60), line);
        name->setFont(monospace(font()));
        auto *drop = new QToolButton(line);
        drop->setIcon(icon(u"close"_s));
        drop->setAutoRaise(true);
        drop->setAccessibleName(tr("Do not ask about %1").arg(name->text()));
        connect(drop, &QToolButton::clicked, this, [this, line, entity = ask.entity] {
            after(this, m_actions.dropQueued(entity), [line](const Result<Done> &done) {
                if (done)
                    line->hide();
            });
        });
        row->addWidget(name, 1);
        row->addWidget(dimLabel(Words::when(ask.at, Words::now()), line));
        row->addWidget(drop);
        column()->addWidget(line);
    }
    resize(width(), column()->totalHeightForWidth(width()));
}

} // namespace wg
