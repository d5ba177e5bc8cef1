// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stateview.h"

#include "core/untrustedtext.h"
#include "items/words.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace wg {

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel *dimLabel(const QString &text, QWidget *parent)
{
    auto *label = plainLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

void setTip(QWidget *widget, const QStringList &lines)
{
    widget->setToolTip(Words::toolTip(lines));
    QStringList plain;
    for (const auto &line : lines)
        plain.append(madeVisible(line));
    widget->setAccessibleDescription(plain.join(u'\n'));
}

StateView::StateView(QWidget *parent)
    : QWidget(parent)
    , m_icon(new TintLabel({}, Tint::Dim, 2, this))
    , m_sentence(plainLabel({}, this))
    , m_detail(dimLabel({}, this))
    , m_steps(new QWidget(this))
    , m_row(new QHBoxLayout(m_steps))
{
    setFocusPolicy(Qt::ClickFocus); // where no step is, letters still act
    m_icon->setAlignment(Qt::AlignCenter);
    for (auto *label : {m_sentence, m_detail}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    m_sentence->setFont(scaled(font(), 1.1));
    m_row->setContentsMargins({});
    auto *column = new QVBoxLayout(this);
    column->setSpacing(space(this, 2));
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addWidget(m_sentence);
    column->addWidget(m_detail);
    column->addSpacing(space(this, 1));
    column->addWidget(m_steps, 0, Qt::AlignHCenter);
    column->addStretch(3);
}

bool StateView::shows(const State &state) const
{
    const auto same = [](const Step &a, const Step &b) { return a.text == b.text; };
    return state.icon == m_state.icon && state.tint == m_state.tint
        && state.sentence == m_state.sentence && state.detail == m_state.detail
        && std::equal(state.steps.cbegin(), state.steps.cend(), m_state.steps.cbegin(),
                      m_state.steps.cend(), same);
}

void StateView::show(const State &state)
{
    const bool same = shows(state);
    m_state = state; // the steps may act on something else
    if (same)
        return;
    const bool focused = isAncestorOf(QApplication::focusWidget());
    const auto before = focusedStep();
    m_icon->setSign(state.icon, state.tint);
    m_sentence->setText(state.sentence);
    m_detail->setText(state.detail);
    m_detail->setVisible(!state.detail.isEmpty());
    setAccessibleName(state.sentence);
    while (auto *item = m_row->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto &step : state.steps)
        addStep(step);
    m_steps->setVisible(!state.steps.isEmpty());
    fit();
    if (focused)
        keepFocus(before);
}

QString StateView::focusedStep() const
{
    const auto *button = qobject_cast<const QPushButton *>(QApplication::focusWidget());
    return button && m_steps->isAncestorOf(button) ? button->text() : QString();
}

/// On the same step where it is still offered.
void StateView::keepFocus(const QString &step)
{
    for (int i = 0; !step.isEmpty() && i < m_state.steps.size(); ++i) {
        if (m_state.steps.at(i).text == step) {
            m_row->itemAt(i)->widget()->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    catchFocus();
}

/// Where there is no room for everything, the words count.
void StateView::fit()
{
    m_icon->show();
    m_icon->setVisible(layout()->totalHeightForWidth(width()) <= height());
}

void StateView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

QSize StateView::minimumSizeHint() const
{
    const QSize whole = QWidget::minimumSizeHint();
    const int icon = m_icon->isHidden() ? 0 : m_icon->sizeHint().height() + layout()->spacing();
    return {whole.width(), whole.height() - icon};
}

void StateView::addStep(const Step &step)
{
    auto *button = new QPushButton(step.text, m_steps);
    button->setAccessibleName(step.text);
    button->setDefault(m_row->isEmpty());
    connect(button, &QPushButton::clicked, this, [this, at = m_row->count()] {
        const auto act = m_state.steps.at(at).act; // may show another state
        act();
    });
    auto *before = m_row->isEmpty() ? this : m_row->itemAt(m_row->count() - 1)->widget();
    m_row->addWidget(button);
    button->show();
    setTabOrder(before, button); // Qt would put it behind all that is in the window
}

void StateView::takeFocus()
{
    auto *first = m_row->isEmpty() ? nullptr : m_row->itemAt(0)->widget();
    (first ? first : this)->setFocus(Qt::OtherFocusReason);
}

void StateView::catchFocus()
{
    for (int i = 0; i < m_state.steps.size(); ++i) {
        if (m_state.steps.at(i).weight == Weight::Light) {
            m_row->itemAt(i)->widget()->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    setFocus(Qt::OtherFocusReason);
}

QString StateView::sentence() const
{
    return m_sentence->text();
}

} // namespace wg
