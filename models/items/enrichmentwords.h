// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/enrichment.h"

#include <QCoreApplication>

namespace wg {

/// The words that people read for what is known of an entity, in one place and translated. Nothing
/// here is markup; what comes from outside is made visible. Pure; any thread.
class EnrichmentWords
{
    Q_DECLARE_TR_FUNCTIONS(EnrichmentWords)

public:
    /// A tag with every reason for it.
    struct Chip
    {
        QString tag;
        QStringList why;
        friend bool operator==(const Chip &, const Chip &) = default;
    };

    /// "AS64496 EXAMPLE-NET"; "AS64496 or AS64511" where sources differ.
    static QString asn(const Enrichment &known);
    static QString prefix(const Enrichment &known);
    static QString country(const Enrichment &known);
    static QString registeredDomain(const Enrichment &known);
    /// For the head of a page: ASN, prefix, country; of a host its registered domain.
    static QStringList facts(const Enrichment &known);
    /// Who says each of these, and which list the registered domain is from.
    static QStringList sources(const Enrichment &known);
    /// Who says what of one role.
    static QStringList sources(const Enrichment &known, FactRole role);
    /// In the order of the tags, each word once.
    static QList<Chip> chips(const Enrichment &known);
    /// Those that stand out in a table: not the ASN, which has a column, and not that an address is
    /// routable, as most are.
    static QList<Chip> remarkable(const Enrichment &known);
    /// "its name server … (Domain parking services of 2024-04-22, over a year old)".
    static QString why(const SystemTag &tag);
};

} // namespace wg
