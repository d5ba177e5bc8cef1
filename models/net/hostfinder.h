// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/result.h"

#include <QList>
#include <functional>

class QObject;

namespace wg {

using HostFound = std::function<void(const QList<IpAddress> &)>;
/// Asks for the addresses of a name and calls found later, on context's thread, with none where
/// there are none; never once context is gone.
using HostFinder = std::function<void(const QString &host, QObject *context, HostFound found)>;

/// The system's own way, as it is used for every other connection; how the ledger names it.
HostFinder systemHostFinder();
constexpr QLatin1String systemResolver("the system's resolver");
/// The name as it is asked for: of several labels, so that no search list makes another of it.
QString absoluteName(const QString &host);

/// The address to connect to at this attempt (from 0): each in turn, if all are public. Refused
/// with a sentence where one is not, Unreachable where there is none.
Result<IpAddress> publicAddress(const QString &host, const QList<IpAddress> &addresses,
                                int attempt);

} // namespace wg
