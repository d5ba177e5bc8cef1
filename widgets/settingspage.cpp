// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settingspage.h"

#include "core/after.h"
#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/linkdelegate.h"
#include "widgets/rulelist.h"
#include "widgets/settingeditor.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

SettingsPage::SettingsPage(Actions &orders, const ActionTable &table, QWidget *parent)
    : Page(orders, table, parent)
    , m_groups(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_rules(new RuleList(orders, this))
{
    m_groups->setAccessibleName(tr("Parts of the settings"));
    m_groups->addItems(
        {tr("General"), tr("Sources"), tr("Privacy"), tr("Appearance"), tr("Hidden changes")});
    m_groups->setFrameShape(QFrame::NoFrame);
    m_groups->setMaximumWidth(QFontMetrics(font()).averageCharWidth() * 22);
    m_groups->setItemDelegate(new LinkDelegate({}, m_groups));
    m_groups->viewport()->setAutoFillBackground(false);
    for (const auto group : {SettingGroup::General, SettingGroup::Sources, SettingGroup::Privacy,
                             SettingGroup::Appearance})
        m_stack->addWidget(buildGroup(group));
    m_stack->addWidget(buildRules());
    connect(m_groups, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_groups->setCurrentRow(0);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space(this, 3), space(this, 3), 0, 0);
    row->setSpacing(space(this, 4));
    row->addWidget(m_groups);
    row->addWidget(m_stack, 1);
    connect(&orders, &Actions::settingsChanged, this, &SettingsPage::showKey);
    connect(m_rules, &RuleList::said, this, &Page::said);
    connect(m_rules, &RuleList::left, this, [this] { m_groups->setFocus(Qt::OtherFocusReason); });
}

/// A part that scrolls; what is added to the column stands in it.
std::pair<QScrollArea *, QVBoxLayout *> SettingsPage::buildPart()
{
    auto *scroll = new QScrollArea(m_stack);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *body = new QWidget(scroll);
    body->setMaximumWidth(QFontMetrics(font()).averageCharWidth() * 120);
    auto *column = new QVBoxLayout(body);
    column->setSpacing(space(this, 3));
    column->setContentsMargins(0, space(this, 1), space(this, 4), space(this, 4));
    scroll->setWidget(body);
    return {scroll, column};
}

QWidget *SettingsPage::buildRules()
{
    const auto [scroll, column] = buildPart();
    column->addWidget(m_rules);
    column->addStretch(1);
    return scroll;
}

QWidget *SettingsPage::buildGroup(SettingGroup group)
{
    const auto [scroll, column] = buildPart();
    for (const auto &info : settingTable()) {
        const auto key = QString::fromLatin1(info.key);
        if (info.group == group && !key.contains(u'*'))
            add(info, key, QCoreApplication::translate("Settings", info.title), column);
    }
    if (group == SettingGroup::Sources) {
        m_perSource = new QVBoxLayout;
        m_perSource->setSpacing(space(this, 3));
        column->addLayout(m_perSource);
    }
    column->addStretch(1);
    return scroll;
}

void SettingsPage::add(const SettingInfo &info, const QString &key, const QString &title,
                       QVBoxLayout *column)
{
    auto *editor = new SettingEditor(info, key, title, this);
    editor->setRoom(room());
    editor->show(actions().settings().text(key));
    m_editors.insert(key, editor);
    column->addWidget(editor);
    connect(editor, &SettingEditor::changed, this, &SettingsPage::set);
}

/// Of an editor, between the parts and the scroll bar.
int SettingsPage::room() const
{
    return width() - m_groups->maximumWidth() - space(this, 15);
}

void SettingsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    for (auto *editor : std::as_const(m_editors))
        editor->setRoom(room());
}

void SettingsPage::addSources(const QList<SourceState> &sources)
{
    for (const auto &source : sources) {
        auto *heading =
            plainLabel(source.info.title.isEmpty() ? source.info.name : source.info.title, this);
        heading->setFont(bold(scaled(font(), 1.1)));
        m_perSource->addWidget(heading);
        for (const auto &info : settingTable()) {
            auto key = QString::fromLatin1(info.key);
            if (!key.startsWith(u"source.*."))
                continue;
            key.replace(u'*', source.info.name);
            const auto title = QCoreApplication::translate("Settings", info.title);
            add(info, key, title, m_perSource);
            m_editors.value(key)->field()->setAccessibleName(
                u"%1: %2"_s.arg(source.info.name, title)); // no heading is read with it
        }
    }
}

Place SettingsPage::place() const
{
    return {Place::Kind::Settings, {}, {}, {}};
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

QIcon SettingsPage::pageIcon() const
{
    return icon(u"settings"_s);
}

void SettingsPage::entered()
{
    m_groups->setFocus(Qt::OtherFocusReason);
    m_rules->refresh();
    if (std::exchange(m_sourcesAsked, true))
        return;
    after(this, actions().sources(), [this](const Result<QList<SourceState>> &sources) {
        if (sources)
            addSources(*sources);
    });
}

void SettingsPage::set(const QString &key, const QString &value)
{
    const auto order = value.isEmpty() ? std::optional<QString>() : value;
    after(this, actions().setSetting(key, order), [this, key](const Result<QString> &set) {
        auto *editor = m_editors.value(key);
        if (!set) {
            editor->showError(Words::error(set.error()));
            return;
        }
        editor->show(*set);
        Q_EMIT said(tr("Saved"));
    });
}

void SettingsPage::showKey(const QString &key)
{
    if (auto *editor = m_editors.value(key))
        editor->show(actions().settings().text(key));
}

} // namespace wg
