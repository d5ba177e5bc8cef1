// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settingeditor.h"

#include "widgets/stateview.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <limits>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

/// All fields begin below each other.
int widestTitle(const QFontMetrics &metrics)
{
    int widest = 0;
    for (const auto &info : settingTable()) {
        const auto title = QCoreApplication::translate("Settings", info.title);
        if (info.type != SettingType::Bool)
            widest = std::max(widest, metrics.horizontalAdvance(title));
    }
    return std::min(widest, metrics.averageCharWidth() * 60);
}

/// A box's words do not wrap by themselves.
QString wrapped(const QString &text, const QFontMetrics &metrics, int width)
{
    QStringList lines;
    for (const auto &word : text.split(u' ')) {
        const QString longer = lines.value(lines.size() - 1) + u' ' + word;
        if (lines.isEmpty() || metrics.horizontalAdvance(longer) > width)
            lines.append(word);
        else
            lines.last() = longer;
    }
    return lines.join(u'\n');
}

} // namespace

SettingEditor::SettingEditor(const SettingInfo &info, const QString &key, const QString &title,
                             QWidget *parent)
    : QWidget(parent)
    , m_key(key)
    , m_title(title)
    , m_error(new TintLabel(Tint::Bad, this))
{
    auto *field = buildField(info, title);
    field->setAccessibleName(title);
    const auto meaning = QCoreApplication::translate("Settings", info.meaning);
    field->setAccessibleDescription(meaning);
    auto *means = dimLabel(meaning, this);
    means->setWordWrap(true);
    m_error->setWordWrap(true);
    m_error->hide();
    auto *line = new QHBoxLayout;
    line->setSpacing(space(this, 2));
    if (!m_flag) {
        m_name = plainLabel(title, this);
        m_name->setWordWrap(true);
        m_name->setBuddy(field);
        line->addWidget(m_name);
    }
    line->addWidget(field, m_text ? 1 : 0);
    if (const auto unit = QString::fromLatin1(info.unit); !unit.isEmpty() && !m_number)
        line->addWidget(plainLabel(unit, this));
    line->addStretch(m_text ? 0 : 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space(this, 2));
    column->setSpacing(space(this, 1) / 2);
    column->addLayout(line);
    column->addWidget(m_error);
    column->addWidget(means);
}

QWidget *SettingEditor::buildField(const SettingInfo &info, const QString &title)
{
    switch (info.type) {
    case SettingType::Bool:
        m_flag = new QCheckBox(title, this);
        connect(m_flag, &QCheckBox::toggled, this,
                [this](bool on) { Q_EMIT changed(m_key, on ? u"true"_s : u"false"_s); });
        return m_flag;
    case SettingType::Pap:
    case SettingType::Choice:
        m_choices = info.type == SettingType::Pap ? QStringList{u"RED"_s, u"AMBER"_s, u"GREEN"_s}
                                                  : QString::fromLatin1(info.choices).split(u'|');
        m_choice = new QComboBox(this);
        for (const auto &choice : std::as_const(m_choices))
            m_choice->addItem(
                QCoreApplication::translate("Settings", choice.toLatin1().constData()));
        connect(m_choice, &QComboBox::activated, this,
                [this](int index) { Q_EMIT changed(m_key, m_choices.at(index)); });
        return m_choice;
    case SettingType::Int:
        m_number = new QSpinBox(this);
        m_number->setRange(int(std::max<qint64>(info.least, std::numeric_limits<int>::min())),
                           int(std::min<qint64>(info.most, std::numeric_limits<int>::max())));
        m_number->setKeyboardTracking(false);
        m_number->setGroupSeparatorShown(true);
        if (QLatin1String(info.key).endsWith(".interval"_L1))
            m_number->setSpecialValueText(tr("the source's own"));
        if (*info.unit)
            m_number->setSuffix(u' ' + QString::fromLatin1(info.unit));
        connect(m_number, &QSpinBox::valueChanged, this,
                [this](int value) { Q_EMIT changed(m_key, QString::number(value)); });
        return m_number;
    case SettingType::Text:
    case SettingType::Path:
    case SettingType::Url:
    case SettingType::ServerList:
    case SettingType::NameList:
        break;
    }
    m_text = new QLineEdit(this);
    if (info.type != SettingType::Text)
        m_text->setFont(monospace(font()));
    m_text->setPlaceholderText(QString::fromLatin1(info.fallback));
    connect(m_text, &QLineEdit::editingFinished, this, [this] {
        if (std::exchange(m_shown, m_text->text()) != m_text->text())
            Q_EMIT changed(m_key, m_text->text());
    });
    return m_text;
}

void SettingEditor::setRoom(int points)
{
    const QFontMetrics metrics(font());
    if (m_name)
        m_name->setFixedWidth(std::clamp(points * 2 / 5, 0, widestTitle(metrics)));
    else
        m_flag->setText(wrapped(m_title, metrics, points - 3 * metrics.height()));
}

QWidget *SettingEditor::field() const
{
    if (m_flag)
        return m_flag;
    if (m_choice)
        return m_choice;
    if (m_number)
        return m_number;
    return m_text;
}

void SettingEditor::show(const QString &value)
{
    m_error->hide();
    const QSignalBlocker quiet(field());
    if (m_flag)
        m_flag->setChecked(value == u"true");
    else if (m_choice)
        m_choice->setCurrentIndex(int(m_choices.indexOf(value)));
    else if (m_number)
        m_number->setValue(value.toInt());
    else if (!m_text->hasFocus() || m_text->text() == m_shown)
        m_text->setText(value);
    m_shown = value;
}

void SettingEditor::showError(const QString &sentence)
{
    m_error->setText(u"⚠ "_s + sentence);
    m_error->show();
}

} // namespace wg
