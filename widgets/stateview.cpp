// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stateview.h"

#include "core/untrustedtext.h"
#include "items/words.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

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

void StateView::show(const State &state)
{
    m_icon->setSign(state.icon, state.tint);
    m_sentence->setText(state.sentence);
    m_detail->setText(state.detail);
    m_detail->setVisible(!state.detail.isEmpty());
    setAccessibleName(state.sentence);
    while (auto *item = m_row->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto &step : state.steps) {
        auto *button = new QPushButton(step.text, m_steps);
        button->setAccessibleName(step.text);
        button->setDefault(m_row->isEmpty());
        connect(button, &QPushButton::clicked, this, [act = step.act] { act(); });
        m_row->addWidget(button);
    }
    m_steps->setVisible(!state.steps.isEmpty());
}

QString StateView::sentence() const
{
    return m_sentence->text();
}

} // namespace wg
