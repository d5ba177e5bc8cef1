// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <QLineEdit>

class QStringListModel;

namespace wg {

/// The box at the top: reads names, addresses, links and whole lines of them; after ">" it is the
/// palette of all commands. Never asks anything by itself. GUI thread.
class SearchBox : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchBox(QWidget *parent = nullptr);

    /// What the palette offers: the commands that do something on the page in front.
    void setCommands(const QStringList &commands);
    /// The entity that stands in the box now, if exactly one does.
    [[nodiscard]] std::optional<Entity> typedEntity() const;

Q_SIGNALS:
    void oneFound(const wg::Entity &entity, wg::Where where);
    void severalFound(const QList<wg::Entity> &entities, wg::Where where);
    void nothingFound(const QString &why);
    void commandChosen(const QString &words);
    /// Escape in an empty box: the reader goes back to the page.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void read(Where where);
    [[nodiscard]] static QString whyNothing(const QString &typed);
    void offer(const QString &text);

    QStringListModel *m_commands;
    QStringList m_words;
};

} // namespace wg
