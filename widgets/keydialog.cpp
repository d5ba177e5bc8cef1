// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keydialog.h"

#include "items/words.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

KeyDialog::KeyDialog(const SourceState &source, QWidget *parent)
    : QDialog(parent)
    , m_source(source.info.name)
    , m_key(new QLineEdit(this))
    , m_answer(new TintLabel(Tint::Bad, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Key of %1").arg(m_source));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setAccessibleName(tr("Key of %1").arg(m_source));
    m_key->setPlaceholderText(tr("Paste the key"));
    m_key->setMinimumWidth(space(this, 90));
    auto *from = plainLabel(tr("To be had at %1").arg(source.info.keyFrom), this);
    from->setTextInteractionFlags(Qt::TextSelectableByMouse);
    from->setWordWrap(true);
    auto *kept = dimLabel(
        tr("It is kept in the key chain of your desktop, and sent to the source alone."), this);
    kept->setWordWrap(true);
    m_answer->setWordWrap(true);
    m_answer->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({}); // the style's own is of another family
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    if (source.key != KeyState::Absent) {
        auto *remove = buttons->addButton(tr("&Remove the key"), QDialogButtonBox::ResetRole);
        connect(remove, &QPushButton::clicked, this, [this] {
            Q_EMIT removeWanted(m_source);
            reject();
        });
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &KeyDialog::give);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_key, &QLineEdit::textChanged, this, &KeyDialog::judge);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space(this, 4), space(this, 4), space(this, 4), space(this, 4));
    column->setSpacing(space(this, 3));
    column->addWidget(from);
    column->addWidget(m_key);
    column->addWidget(m_answer);
    column->addWidget(kept);
    column->addWidget(buttons);
    judge();
}

void KeyDialog::judge()
{
    m_answer->hide();
    m_save->setEnabled(!m_key->isReadOnly() && !m_key->text().trimmed().isEmpty());
}

void KeyDialog::give()
{
    m_key->setReadOnly(true); // until the key chain has answered, which may ask first
    judge();
    Q_EMIT given(m_source, m_key->text().trimmed().toUtf8());
}

void KeyDialog::take(const Result<Done> &stored)
{
    if (stored)
        return accept();
    m_key->setReadOnly(false);
    judge();
    m_answer->setText(u"⚠ "_s + Words::error(stored.error()));
    m_answer->show();
    resize(width(), layout()->totalHeightForWidth(width()));
    m_key->setFocus(Qt::OtherFocusReason);
}

} // namespace wg
