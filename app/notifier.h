// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace wg {

/// Desktop notifications through org.freedesktop.Notifications: entity, dataset and how many
/// changes, no markup, names defanged. Cards that come soon after each other are one notification
/// that grows. Lives on the main thread. Cards are marked as told before they are shown.
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
    /// What one notification tells of.
    struct Told
    {
        QList<Artifact> entities; ///< the first few
        QStringList datasets;
        int changes = 0;
        int cards = 0;
        QSet<QByteArray> alike; ///< what changed: the same on several entities is one alert
        int alone = 0; ///< cards that are like no other
        QUuid card; ///< the last one
    };
    [[nodiscard]] Telling telling() const;
    [[nodiscard]] QString named(const QString &summary) const;
    void tell(const QList<Card> &cards);
    void gather(const QList<Card> &cards);
    void show();

private Q_SLOTS:
    void onAction(uint id, const QString &action);
    void onClosed(uint id, uint reason);

private:
    Actions &m_actions;
    QHash<uint, QUuid> m_shown;
    Told m_told;
    uint m_last = 0; ///< the notification that m_told is in; none: 0
    QElapsedTimer m_sinceLast;
    QTimer m_pause; ///< between a notification and its next form
    bool m_underway = false;
    bool m_grown = false; ///< m_told is more than is shown
};

} // namespace wg
