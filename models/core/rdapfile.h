// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"

#include <QByteArray>
#include <QString>

namespace wg {

/// A good copy of one of IANA's RDAP bootstrap files, kept across starts.
struct RdapFile
{
    QString base; ///< the bootstrap setting that it came from
    QString name; ///< "dns.json"
    QByteArray body;
    Instant at; ///< when it was fetched
};

} // namespace wg
