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

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

/// So many names fit where notifications are shown.
constexpr qsizetype mostNamed = 3;

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

Notifier::Telling Notifier::tellingOf(const QList<Card> &cards)
{
    QList<Artifact> entities;
    QStringList datasets;
    int changes = 0;
    for (const auto &card : cards) {
        if (!entities.contains(card.entity) && entities.size() <= mostNamed)
            entities.append(card.entity);
        for (const auto dataset : card.datasets)
            datasets.append(Words::datasetTitle(dataset));
        changes += std::max(card.changeCount, 1);
    }
    datasets.removeDuplicates();
    if (entities.size() == 1) {
        return {defang(entities.first()),
                tr("%1: %2").arg(datasets.join(u", "), tr("%n change(s)", nullptr, changes))};
    }
    QStringList names;
    for (const auto &entity : entities.mid(0, mostNamed))
        names.append(defang(entity));
    if (entities.size() > mostNamed)
        names.append(u"…"_s);
    return {tr("%n alert(s)", nullptr, int(cards.size())), names.join(u", ")};
}

void Notifier::tell(const QList<Card> &cards)
{
    QList<QUuid> ids;
    for (const auto &card : cards)
        ids.append(card.id);
    const Telling telling = tellingOf(cards);
    const QUuid target = cards.size() == 1 ? cards.first().id : QUuid();
    const bool wanted = m_actions.settings().flag(u"notifications.enabled"_s);
    after(this, m_actions.markNotified(ids), [=, this](const Result<Done> &marked) {
        if (marked && wanted)
            show(telling, target);
    });
}

void Notifier::show(const Telling &telling, const QUuid &card)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    const QStringList actions{u"default"_s, tr("Open")};
    const QVariantMap hints{{u"desktop-entry"_s, u"watchglass"_s}, {u"category"_s, u"network"_s}};
    call << u"Watchglass"_s << uint(0) << u"watchglass"_s << plain(telling.summary)
         << plain(telling.body) << actions << hints << -1;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [=, this] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            m_shown.insert(reply.value(), card);
        else
            Q_EMIT unheard(plain(telling.summary), plain(telling.body));
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
