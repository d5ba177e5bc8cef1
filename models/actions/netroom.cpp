// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/netroom.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int ledgerFlushMs = 1000;
constexpr qsizetype ledgerBatch = 500;

} // namespace

LedgerCollector::LedgerCollector(Store &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_flush(this)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(ledgerFlushMs);
    connect(&m_flush, &QTimer::timeout, this, &LedgerCollector::flush);
}

LedgerCollector::~LedgerCollector()
{
    flush();
}

void LedgerCollector::told(const LedgerEvent &event)
{
    if (!event.byPerson) // eyes' part of the ledger is read from check spans
        return;
    m_events.append(event);
    if (m_events.size() >= ledgerBatch)
        flush();
    else if (!m_flush.isActive())
        m_flush.start();
}

void LedgerCollector::flush()
{
    if (m_events.isEmpty())
        return;
    m_store.write<Done>(
        [events = std::exchange(m_events, {})](Writer &writer) { return writer.told(events); });
}

NetRoom::NetRoom(const Catalogue &catalogue, Store &store, const Clock &clock, QThreadPool &compute)
{
    m_thread.setObjectName(u"net"_s);
    m_thread.start();
    m_door.moveToThread(&m_thread);
    // Made where it lives, so that sockets and timers belong there; takes a moment, before the
    // window.
    QMetaObject::invokeMethod(
        &m_door,
        [&] {
            m_ledger = std::make_unique<LedgerCollector>(store);
            m_watcher = std::make_unique<Watcher>(catalogue, store, clock, compute, *m_ledger);
        },
        Qt::BlockingQueuedConnection);
}

NetRoom::~NetRoom()
{
    // Both end on their own thread: sockets and timers must not die elsewhere.
    QMetaObject::invokeMethod(
        &m_door,
        [this] {
            m_watcher.reset();
            m_ledger.reset();
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void NetRoom::order(std::function<void(Watcher &)> work)
{
    QMetaObject::invokeMethod(
        &m_door, [this, work = std::move(work)] { work(*m_watcher); }, Qt::QueuedConnection);
}

} // namespace wg
