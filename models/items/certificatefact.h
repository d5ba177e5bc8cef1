// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

namespace wg {

/// What a record of the dataset certificates says, whichever source told it. Pure; any thread.
struct CertificateFact
{
    UntrustedText title; ///< its common name, else its first name, else what the source calls it
    QList<UntrustedText> names; ///< the first thousand
    qint64 nameCount = 0; ///< all
    UntrustedText issuer; ///< its common name, else all that is known of it
    std::optional<Instant> validFrom;
    std::optional<Instant> validTo;
    bool revoked = false;

    [[nodiscard]] bool hasExpired(Instant now) const { return validTo && *validTo < now; }
};

[[nodiscard]] CertificateFact certificateFact(const Record &record);

/// The domains and addresses that the certificate names, each once; "*.example.com" stands for
/// example.com.
[[nodiscard]] QList<Artifact> namedEntities(const CertificateFact &fact);

} // namespace wg
