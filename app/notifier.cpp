// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notifier.h"

#include "core/after.h"
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
/// What is raised so soon after a notification joins it, and it changes this often at most.
constexpr int togetherMs = 10'000;
constexpr int pauseMs = 1'000;

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
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &Notifier::show);
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

Notifier::Telling Notifier::telling() const
{
    if (m_told.entities.size() == 1) {
        const auto changes = tr("%n change(s)", nullptr, m_told.changes);
        return {defang(m_told.entities.first()),
                tr("%1: %2").arg(m_told.datasets.join(u", "), changes)};
    }
    QStringList names;
    for (const auto &entity : m_told.entities.mid(0, mostNamed))
        names.append(defang(entity));
    if (m_told.entities.size() > mostNamed)
        names.append(u"…"_s);
    const int alerts = int(m_told.alike.size()) + m_told.alone;
    return {tr("%n alert(s)", nullptr, alerts), names.join(u", ")};
}

/// Nobody takes a story for the world.
QString Notifier::named(const QString &summary) const
{
    switch (m_actions.world()) {
    case World::Own:
        return summary;
    case World::Sample:
        return tr("Sample story: %1").arg(summary);
    case World::Replay:
        return tr("Replay: %1").arg(summary);
    }
    Q_UNREACHABLE();
}

void Notifier::tell(const QList<Card> &cards)
{
    QList<QUuid> ids;
    for (const auto &card : cards)
        ids.append(card.id);
    const bool wanted = m_actions.settings().flag(u"notifications.enabled"_s);
    after(this, m_actions.markNotified(ids), [=, this](const Result<Done> &marked) {
        if (marked && wanted)
            gather(cards);
    });
}

/// A poll of many eyes raises its cards one after the other: they are one thing to be told.
void Notifier::gather(const QList<Card> &cards)
{
    const bool grows =
        m_underway || m_pause.isActive() || (m_last != 0 && !m_sinceLast.hasExpired(togetherMs));
    if (!grows) {
        m_told = {};
        m_last = 0;
    }
    for (const auto &card : cards) {
        if (!m_told.entities.contains(card.entity) && m_told.entities.size() <= mostNamed)
            m_told.entities.append(card.entity);
        for (const auto dataset : card.datasets)
            m_told.datasets.append(Words::datasetTitle(dataset));
        m_told.changes += std::max(card.changeCount, 1);
        ++m_told.cards;
        if (card.signature == Hash128{})
            ++m_told.alone;
        else
            m_told.alike.insert(toBytes(card.signature));
        m_told.card = card.id;
    }
    m_told.datasets.removeDuplicates();
    m_grown = true;
    if (!m_underway && !m_pause.isActive())
        show();
}

void Notifier::show()
{
    if (!std::exchange(m_grown, false))
        return;
    m_underway = true;
    Telling words = telling();
    words.summary = named(words.summary);
    const QUuid card = m_told.cards == 1 ? m_told.card : QUuid();
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    const QStringList actions{u"default"_s, tr("Open")};
    const QVariantMap hints{{u"desktop-entry"_s, u"watchglass"_s}, {u"category"_s, u"network"_s}};
    call << u"Watchglass"_s << m_last << u"watchglass"_s << plain(words.summary)
         << plain(words.body) << actions << hints << -1;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [=, this] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        m_underway = false;
        m_last = reply.isValid() ? reply.value() : 0;
        m_sinceLast.start();
        m_pause.start();
        if (reply.isValid())
            m_shown.insert(m_last, card);
        else
            Q_EMIT unheard(plain(words.summary), plain(words.body));
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
    if (id == m_last)
        m_last = 0;
}

} // namespace wg
