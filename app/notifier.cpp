// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notifier.h"
#include "store/after.h"

#include "core/entitytext.h"
#include "items/words.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QSet>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

/// Servers may read markup: nothing that could be any gets through.
QString plain(QString text)
{
    static const QString forbidden = u"<>&"_s;
    text.removeIf([](QChar c) { return forbidden.contains(c) || c < u' '; });
    return text.left(300);
}

} // namespace

Notifier::Notifier(Actions &actions, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
{
    connect(&actions, &Actions::cardsRaised, this, &Notifier::tell);
    auto bus = QDBusConnection::sessionBus();
    bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(onAction(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(onClosed(uint, uint)));
}

void Notifier::tellMissed()
{
    after(this, m_actions.unnotified(), [this](const Result<QList<Card>> &cards) {
        if (cards && !cards->isEmpty())
            tell(*cards);
    });
}

void Notifier::tell(const QList<Card> &cards)
{
    QList<QUuid> ids;
    QSet<Artifact> entities;
    for (const auto &card : cards) {
        ids.append(card.id);
        entities.insert(card.entity);
    }
    QString summary;
    QString body;
    if (cards.size() == 1) {
        const Card &card = cards.first();
        summary = defang(card.entity);
        QStringList datasets;
        for (const auto dataset : card.datasets)
            datasets.append(Words::datasetTitle(dataset));
        body = tr("%1: %2").arg(datasets.join(u", "),
                                tr("%n change(s)", nullptr, std::max(card.changeCount, 1)));
    } else {
        summary = tr("%n alert(s)", nullptr, int(cards.size()));
        body = tr("on %n watched entity(ies)", nullptr, int(entities.size()));
    }
    const QUuid target = cards.size() == 1 ? cards.first().id : QUuid();
    const bool wanted = m_actions.settings().flag(u"notifications.enabled"_s);
    after(this, m_actions.markNotified(ids), [=, this](const Result<Done> &marked) {
        if (marked && wanted)
            show(summary, body, target);
    });
}

void Notifier::show(const QString &summary, const QString &body, const QUuid &card)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    const QStringList actions{u"default"_s, tr("Open")};
    const QVariantMap hints{{u"desktop-entry"_s, u"watchglass"_s}, {u"category"_s, u"network"_s}};
    call << u"Watchglass"_s << uint(0) << u"watchglass"_s << plain(summary) << plain(body)
         << actions << hints << -1;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [=, this] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            m_shown.insert(reply.value(), card);
        else
            Q_EMIT unheard(plain(summary), plain(body));
    });
}

void Notifier::onAction(uint id, const QString &action)
{
    if (m_shown.contains(id) && action == "default"_L1)
        Q_EMIT clicked(m_shown.value(id));
}

void Notifier::onClosed(uint id, uint reason)
{
    Q_UNUSED(reason);
    m_shown.remove(id);
}

} // namespace wg
