// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "sources/source.h"

#include <QJsonObject>
#include <QUrl>

namespace wg {

/// RDAP answers (RFC 9083) of one ask: one observation each, but for an answer about an address
/// two: which network it lies in, and the facts of that network. Pure, any thread.
QList<Observation> parseRdap(const RawPass &raw);

/// The registrar's own RDAP answer about a domain, if the registry links to one and does not itself
/// name the registrant; empty otherwise.
QUrl registrarLink(const QByteArray &registryAnswer);

/// Facts of a "domain" object, owned by the asked name.
QList<Record> rdapDomainRecords(const QJsonObject &domain, const Artifact &asked);
/// What only the registrar's answer adds: the registrant.
QList<Record> rdapRegistrantRecords(const QJsonObject &domain, const Artifact &asked);
/// Facts of an "ip network" object, owned by the block of it that lies around an address or
/// network; empty when none does.
QList<Record> rdapNetworkRecords(const QJsonObject &network, const Artifact &asked);

/// The networks that together are the range, in order; at most 254.
QList<IpNetwork> networksOfRange(IpAddress first, const IpAddress &last);

} // namespace wg
