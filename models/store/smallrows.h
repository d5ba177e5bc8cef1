// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger.h"
#include "core/rdapfile.h"
#include "core/settings.h"
#include "store/interner.h"
#include "store/reader.h"

namespace wg {

/// Settings, ledger, memories, looks, the offline queue and the store's own numbers. Either thread;
/// what changes rows is for the writer.
class SmallRows
{
public:
    SmallRows(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
    { }

    qint64 number(const QString &name);
    void setNumber(const QString &name, qint64 number);
    /// The next store sequence number, taken.
    qint64 nextSequence();
    /// Tells backups that something else than a check was written.
    void touchContent();

    Settings settings();
    void setSetting(const QString &key, const std::optional<QString> &value);

    void addLedger(const LedgerEvent &event);
    void looked(const Entity &entity, Instant at);

    void rememberSource(const SourceMemory &memory);
    QList<SourceMemory> sources();
    void rememberLacking(const QString &source, const QString &question, const QStringList &fields,
                         Instant at);
    void rememberResolver(const ResolverMemory &memory);
    QList<ResolverMemory> resolvers();
    void forgetResolvers();
    void rememberRdapFile(const RdapFile &memory);
    QList<RdapFile> rdapFiles();

    void enqueue(const Entity &entity, Instant at);
    void dequeue(const Entity &entity);
    QList<QueuedAsk> queue();

private:
    Database &m_database;
    Interner &m_interner;
};

} // namespace wg
