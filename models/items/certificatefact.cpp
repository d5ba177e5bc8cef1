// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/certificatefact.h"

#include "core/entitytext.h"
#include "core/titles.h"

#include <QSet>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNames = 1'000;
constexpr qint64 mostCounted = 1'000'000; ///< no megabyte holds more

UntrustedText firstOf(std::initializer_list<UntrustedText> texts)
{
    for (const UntrustedText &text : texts) {
        if (!text.isEmpty())
            return text;
    }
    return {};
}

QList<UntrustedText> namesIn(const QString &joined)
{
    QList<UntrustedText> names;
    for (const QStringView name : QStringView(joined).split(u", "_s, Qt::SkipEmptyParts)) {
        if (names.size() >= mostNames)
            break;
        names.append(UntrustedText::fromString(name.toString()));
    }
    return names;
}

} // namespace

CertificateFact certificateFact(const Record &record)
{
    const auto said = [&record](QStringView word) { return attribute(record.details, word); };
    CertificateFact fact;
    fact.names = namesIn(said(u"names").raw());
    fact.nameCount =
        std::clamp<qint64>(said(u"name_count").raw().toLongLong(), fact.names.size(), mostCounted);
    fact.title = titleOf(record);
    fact.issuer = firstOf({said(u"issuer_name"), said(u"issuer")});
    fact.validFrom = parseInstant(said(u"not_before").raw());
    fact.validTo = parseInstant(said(u"not_after").raw());
    fact.revoked = attribute(record.attributes, u"revoked").raw() == "true"_L1;
    return fact;
}

QList<Artifact> namedEntities(const CertificateFact &fact)
{
    QList<Artifact> entities;
    QSet<Artifact> seen;
    for (const UntrustedText &name : QList<UntrustedText>{fact.title} + fact.names) {
        const auto entity = parseEntity(name.raw());
        if (!entity || seen.contains(*entity))
            continue;
        seen.insert(*entity);
        entities.append(*entity);
    }
    return entities;
}

} // namespace wg
