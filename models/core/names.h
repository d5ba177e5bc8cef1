// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace wg {

/// The registered domain by the public suffix list ("www.bbc.co.uk" → "bbc.co.uk"); empty for a
/// public suffix itself. Names below unknown suffixes count their last two labels.
QString registeredDomain(const QString &canonicalName);
/// The date of the public suffix list in use, or empty.
QString publicSuffixListDate();

/// True where a label looks generated per recipient: long and of high entropy (hex, base32, base64,
/// UUID). Asking about it can tell the actor who asks.
bool looksPerVictim(const QString &canonicalName);

/// What a person must be told about a name before trusting their eyes; empty when nothing.
/// E.g. "looks like apple.com written with Cyrillic letters". Compared are the names that phishing
/// imitates most, and ownNames.
QString confusableWarning(const QString &canonicalName, const QStringList &ownNames = {});

} // namespace wg
