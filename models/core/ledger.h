// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/dataset.h"
#include "core/instant.h"

#include <QString>

namespace wg {

/// One party was told about one entity.
struct LedgerEvent
{
    Instant at;
    Artifact about;
    QString source; ///< "rdap", "dns@192.0.2.53"
    QString party; ///< host or resolver that learned it
    Pap pap = Pap::Amber;
    bool byPerson = false; ///< eyes' checks are read from check spans, people's asks have rows
};

/// Takes ledger events; must not block. Called from the net thread.
class LedgerSink
{
public:
    virtual ~LedgerSink() = default;
    virtual void told(const LedgerEvent &event) = 0;
};

} // namespace wg

Q_DECLARE_METATYPE(wg::LedgerEvent)
