// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"

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

    /// Words of the palette, in the order of the menu.
    void setCommands(const QStringList &commands);
    /// The entity that stands in the box now, if exactly one does.
    [[nodiscard]] std::optional<Entity> typedEntity() const;

Q_SIGNALS:
    void oneFound(const wg::Entity &entity, bool newTab);
    void severalFound(const QList<wg::Entity> &entities, bool newTab);
    void nothingFound(const QString &why);
    void commandChosen(const QString &words);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void read(bool newTab);
    [[nodiscard]] static QString whyNothing(const QString &typed);
    void offer(const QString &text);

    QStringListModel *m_commands;
    QStringList m_words;
};

} // namespace wg
