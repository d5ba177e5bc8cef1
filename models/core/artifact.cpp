// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifact.h"

namespace wg {

bool isEntity(const Artifact &a)
{
    return (a.kind == ArtifactKind::Domain || isAddress(a)) && !a.value.isEmpty();
}

bool isAddress(const Artifact &a)
{
    return a.kind == ArtifactKind::Ipv4 || a.kind == ArtifactKind::Ipv6;
}

QLatin1String kindName(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::Domain:
        return QLatin1String("domain");
    case ArtifactKind::Ipv4:
        return QLatin1String("ipv4");
    case ArtifactKind::Ipv6:
        return QLatin1String("ipv6");
    case ArtifactKind::Cidr:
        return QLatin1String("cidr");
    case ArtifactKind::Asn:
        return QLatin1String("asn");
    case ArtifactKind::CertificateSha1:
        return QLatin1String("certificate_sha1");
    case ArtifactKind::CertificateSha256:
        return QLatin1String("certificate_sha256");
    case ArtifactKind::Spki:
        return QLatin1String("spki");
    case ArtifactKind::Email:
        return QLatin1String("email");
    case ArtifactKind::Organisation:
        return QLatin1String("organisation");
    case ArtifactKind::NameServer:
        return QLatin1String("name_server");
    case ArtifactKind::Tracker:
        return QLatin1String("tracker");
    case ArtifactKind::FileHash:
        return QLatin1String("file_hash");
    case ArtifactKind::Url:
        return QLatin1String("url");
    }
    return QLatin1String("unknown");
}

} // namespace wg
