// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <QPointer>

class QCheckBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace wg {

class KeyDialog;
class SourceTableModel;
class StateView;
class StillTable;

/// Every source: what it tells, who learns of it, how it does; switched, consented and tested here.
/// GUI thread; owned by its tab.
class SourcesPage : public Page
{
    Q_OBJECT

public:
    SourcesPage(Actions &actions, const ActionTable &table, QWidget *parent);

    [[nodiscard]] Place place() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon pageIcon() const override;
    [[nodiscard]] QList<Command> commands() const override;
    void run(Command command) override;
    [[nodiscard]] QString words(Command command) const override;
    void entered() override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildDetail();
    void showCurrent();
    void share();
    void failed(const Error &error);
    void test();
    void enable(bool on);
    void consent(bool given);
    void askForKey();
    void setKey(const QString &source, const QByteArray &key, const QPointer<KeyDialog> &dialog);
    void removeKey(const QString &source);
    [[nodiscard]] static QString outcomeWords(const SourceState &source);
    [[nodiscard]] QString keyWords(const SourceState &source) const;
    [[nodiscard]] const SourceState *current() const;

    SourceTableModel *m_model;
    StillTable *m_table;
    QStackedLayout *m_stack;
    StateView *m_state;
    QFormLayout *m_form;
    QLabel *m_name;
    QLabel *m_learns;
    QLabel *m_terms;
    QLabel *m_presence;
    QLabel *m_key;
    QLabel *m_quota;
    QLabel *m_permitted;
    QLabel *m_outcome;
    QLabel *m_words;
    QCheckBox *m_enabled;
    QCheckBox *m_consent;
    QPushButton *m_test;
    QPushButton *m_setKey;
    QString m_testing;
};

} // namespace wg
