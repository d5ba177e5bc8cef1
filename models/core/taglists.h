// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/enrichment.h"

#include <QHash>
#include <QSet>
#include <map>

namespace wg {

/// One service, or one kind of network, of a list: by what it is recognised.
struct TagEntry
{
    QString who; ///< "Example CDN"
    QStringList names; ///< what lies below them, and whose CNAME leads there
    QStringList nameServers; ///< they and what lies below them
    QList<IpNetwork> addresses;
    QList<IpNetwork> except; ///< smaller networks that are no such
    QStringList asns; ///< "AS64496"
    QStringList words; ///< parts of a PTR name that also holds the address
    QStringList unless; ///< parts that say the opposite
};

/// Entities that get one tag. Canonical names throughout.
struct TagList
{
    QString name;
    QString title;
    QString tag;
    QString date; ///< "YYYY-MM-DD"
    QString source; ///< where its words are from
    QString licence;
    bool own = false; ///< the user's
    QList<TagEntry> entries;
};

/// The tag of addresses that no packet from outside reaches; no name gets it from its addresses.
constexpr QLatin1String notRoutableTag("not-routable");

/// All lists, ready to be asked. A value that threads share; made once at start.
class TagLists
{
public:
    /// Another list; one of the same name is replaced.
    void add(const TagList &list);
    [[nodiscard]] const QList<TagList> &lists() const { return m_lists; }
    /// Once all are added.
    void build();

    /// What the lists say of an entity and of what is told of it.
    [[nodiscard]] QList<SystemTag> tagsOf(const Enrichment &known, Instant now) const;

private:
    struct Place
    {
        int list = 0;
        int entry = 0;
        bool excepted = false;
    };
    struct Match
    {
        Place place;
        QString key; ///< what of the list it was
    };
    using Places = QHash<QString, QList<Place>>;
    using Networks = std::map<int, QHash<QByteArray, QList<Place>>, std::greater<>>;

    void index(const TagEntry &entry, const Place &place);
    void indexNetwork(const IpNetwork &network, const Place &place);
    static QList<Match> namesAround(const Places &places, const QString &name);
    [[nodiscard]] QList<Match> networksAround(const IpAddress &address) const;
    [[nodiscard]] QList<Match> dynamicWords(const QString &name, const IpAddress &address) const;
    void tell(QList<SystemTag> &tags, const Match &match, const QString &why, Instant now) const;
    void tellAddress(QList<SystemTag> &tags, const Entity &entity, const QString &address,
                     Instant now) const;
    void tellTold(QList<SystemTag> &tags, const Entity &entity, const Told &told,
                  Instant now) const;
    void tellRoutable(QList<SystemTag> &tags, const IpAddress &address, Instant now) const;

    QList<TagList> m_lists;
    Places m_names;
    Places m_nameServers;
    Places m_asns;
    Places m_words;
    QSet<QString> m_opposites;
    Networks m_networks4;
    Networks m_networks6;
};

/// Over a year old at that time, or without a date.
bool isOld(const QString &date, Instant now);
/// Whether a name spells an address: its four numbers in a row, either way round, or its hex
/// digits. False for neighbours of the address.
bool spellsAddress(const QString &name, const IpAddress &address);

} // namespace wg
