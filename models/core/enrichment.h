// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

namespace wg {

class TagLists;

/// What a fact tells for an entity's enrichment. The numbers are stored.
enum class FactRole : quint8
{
    Asn = 1, ///< "AS64496"; its name is the holder's
    Prefix = 2, ///< the announced network around an address
    Country = 3, ///< two letters; of a geolocation file, or of the registration
    Registrar = 4,
    NameServer = 5, ///< canonical host name
    Alias = 6, ///< where a CNAME points to
    ReverseName = 7, ///< what a PTR says
    Address = 8, ///< that a name has now; read, never kept
};

/// One such fact, by one source.
struct Told
{
    FactRole role = FactRole::Asn;
    UntrustedText value;
    UntrustedText name; ///< the holder's, where the source tells it
    QString source;

    friend bool operator==(const Told &, const Told &) = default;
};

/// A word about an entity that the program gives by itself, and why. Several reasons for one word
/// are several tags.
struct SystemTag
{
    QString tag; ///< "cdn", "not-routable", "asn:example"
    UntrustedText why; ///< "its name server ns1.parking.example is one of parking.example"
    QString list; ///< title of the list that says so; empty where it is a source's word
    QString date; ///< of the list, "YYYY-MM-DD"
    bool old = false; ///< the list was over a year old

    friend bool operator==(const SystemTag &, const SystemTag &) = default;
};

/// What is known of an entity beside its records, once for every place that shows it.
struct Enrichment
{
    Entity entity;
    QList<Told> told; ///< by role; sources that differ stand side by side
    QString registeredDomain; ///< of a name
    QString suffixListDate; ///< of the public suffix list that gave it
    QString skeleton; ///< equal for names that look alike (UTS #39)
    QString lookAlike; ///< what it is taken for, in a sentence; empty for most
    QList<SystemTag> tags;
};

/// A value and everybody who says it.
struct Saying
{
    UntrustedText value;
    UntrustedText name;
    QStringList sources;
};

/// What a record tells for the enrichment of its owner, in one form for all sources; nothing for
/// other records and for values that make no sense.
std::optional<Told> toldBy(const Record &record, const QString &source);
/// Whether records of that kind may.
bool mayEnrich(Dataset dataset, QStringView type);

/// The distinct values of one role, the most often told first. More than one: sources differ.
QList<Saying> sayings(const QList<Told> &told, FactRole role);

/// Fills in what follows from the entity's name and from what is told of it. ownNames as for
/// confusableWarning().
Enrichment enriched(Enrichment known, const TagLists &lists, Instant now,
                    const QStringList &ownNames = {});

} // namespace wg
