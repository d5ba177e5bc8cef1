// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/contacts.h"
#include "sources/logreader.h"

#include <QStringList>
#include <set>
#include <unordered_map>

namespace wg {

/// Counts the contacts of a log: one sighting for each entity, kind of contact and service, however
/// many lines tell of it. One thread at a time; owned by ImportReader.
class ContactBook
{
public:
    /// ownNames: the organisation's; contact with them and what is below them is internal. Dates
    /// behind told are impossible.
    ContactBook(QStringList ownNames, Instant told);

    enum class Entered : quint8
    {
        Counted,
        Internal,
        Elsewise, ///< no contact: a look-up of an address's name
        NoEntity,
        NotYet ///< its date lies behind the moment it was told
    };
    Entered enter(const LogLine &line);
    /// A row of a table, as a sighting with its own count, dates and hosts. Rows add up; of further
    /// details the first of each name is kept.
    Entered enter(const Record &row);

    /// More would be too much to hold; what is taken then makes room.
    [[nodiscard]] bool isFull() const;
    /// At most so many sightings, which are forgotten here; none when all are taken.
    QList<Record> take(qsizetype most);

private:
    /// What one way of writing a name or address came to.
    struct Entry
    {
        Artifact entity;
        Entered kind = Entered::NoEntity;
        QString type;
        QString service;
        std::optional<ContactSpan> span;
        qint64 count = 0;
        std::set<std::string> hosts;
        Attributes details; ///< that a table has beside them
    };

    Entry &entryOf(std::string_view type, std::string_view service, std::string_view target);
    Entered count(std::string_view target, const LogLine &line);
    static void addHost(Entry &entry, std::string_view host);
    void recognise(std::string_view target, Entry &entry) const;
    static bool isFromOutside(const LogLine &line);
    [[nodiscard]] static Record recordOf(const Entry &entry);

    QStringList m_ownNames;
    Instant m_told;
    std::unordered_map<std::string, Entry> m_entries; ///< by type, service and target as written
    std::string m_key;
};

} // namespace wg
