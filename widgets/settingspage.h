// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings.h"
#include "widgets/page.h"

class QListWidget;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace wg {

class RuleList;
class SettingEditor;

/// The settings table as a page, one part a group. What is entered is stored at once; what is wrong
/// is said in place. GUI thread; owned by its tab.
class SettingsPage : public Page
{
    Q_OBJECT

public:
    SettingsPage(Actions &actions, const ActionTable &table, QWidget *parent);

    [[nodiscard]] Place place() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon pageIcon() const override;
    void entered() override;
    [[nodiscard]] SettingEditor *editor(const QString &key) const { return m_editors.value(key); }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] int room() const;
    std::pair<QScrollArea *, QVBoxLayout *> buildPart();
    QWidget *buildGroup(SettingGroup group);
    QWidget *buildRules();
    void addSources(const QList<SourceState> &sources);
    void add(const SettingInfo &info, const QString &key, const QString &title,
             QVBoxLayout *column);
    void set(const QString &key, const QString &value);
    void showKey(const QString &key);

    QListWidget *m_groups;
    QStackedWidget *m_stack;
    RuleList *m_rules;
    QHash<QString, SettingEditor *> m_editors;
    QVBoxLayout *m_perSource = nullptr;
    bool m_sourcesAsked = false;
};

} // namespace wg
