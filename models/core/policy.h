// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourceinfo.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace wg {

/// Everything the network gate decides by; a value, sent to the net thread whenever settings
/// change.
struct Policy
{
    QList<SourceInfo> sources; ///< all there are, and what they declare
    Pap ceiling = Pap::Amber;
    bool cacheOnly = false; ///< the one key that stops every question
    QSet<QString> consents; ///< GREEN sources that were consented to
    QSet<QString> disabledSources;
    QSet<QString> withoutKey; ///< sources that need a key and have none
    QSet<QString> ownServers; ///< sources whose servers the user named: documentation names may be
                              ///< asked there
    QSet<QString> specialAllowed; ///< sources that may be asked about private and own names
    QSet<QString> plainHttpAllowed; ///< sources for which plain http is allowed beyond loopback
    QStringList ownNames; ///< the organisation's names: never asked outside
    QSet<QString> released; ///< canonical text of held names that a person let go
    QUrl proxy; ///< socks5:// or http://, empty for none
    QString dnsServers; ///< comma list "address:port"; empty for the system's
    QHash<QString, QUrl> baseUrls; ///< per source: replaces scheme, host and port
    QHash<QString, QString> files; ///< per source: the file of the user's that it reads
    QUrl rdapBootstrap; ///< base URL of the four IANA files
    bool rdapRegistrar = false; ///< follow the registrar link (GREEN)
    QHash<QString, qint64> intervals; ///< per source, ms
    qint64 confirmGapMs = 900'000;
};

} // namespace wg

Q_DECLARE_METATYPE(wg::Policy)
