// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"

#include <QHash>
#include <QObject>

namespace wg {

/// Desktop notifications through org.freedesktop.Notifications: entity, dataset and how many
/// changes, no markup, names defanged. Lives on the main thread. Cards are marked as told before
/// they are shown.
class Notifier : public QObject
{
    Q_OBJECT

public:
    Notifier(Actions &actions, QObject *parent = nullptr);

    /// Cards raised while nobody was there to tell: one summary, not a storm.
    void tellMissed();

Q_SIGNALS:
    /// A notification was clicked; a null id stands for several cards.
    void clicked(const QUuid &card);
    /// No notification service answers: say it another way.
    void unheard(const QString &summary, const QString &body);

private:
    struct Telling
    {
        QString summary;
        QString body;
    };
    static Telling tellingOf(const QList<Card> &cards);
    void tell(const QList<Card> &cards);
    void show(const Telling &telling, const QUuid &card);

private Q_SLOTS:
    void onAction(uint id, const QString &action);
    void onClosed(uint id, uint reason);

private:
    Actions &m_actions;
    QHash<uint, QUuid> m_shown;
};

} // namespace wg
