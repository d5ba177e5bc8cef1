// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/result.h"

#include <QList>
#include <optional>

namespace wg {

/// Reads one entity from what a person typed or pasted: plain, defanged ("hxxp://a[.]b"), a URL, an
/// e-mail address (its domain), upper case, IDN, bracketed IPv6. NotAnEntity says why in one
/// sentence.
Result<Entity> parseEntity(QStringView text);

/// Every distinct entity in free text of several lines, in order of appearance; "#" comments and
/// words that name nothing are passed over; so is "report.zip" beside words that are no entities,
/// unless it is written as a URL, defanged or with a dot behind it. At most limit.
QList<Entity> findEntities(const QString &text, qsizetype limit = 100'000);

/// Undoes the usual defanging: [.] (.) {.} [dot] hxxp [:] [@] [/].
QString refang(QStringView text);

/// "example[.]com", "2001[:]db8[:][:]1": cannot be clicked or resolved by accident.
QString defang(const Artifact &artifact);
/// The same for free text: every dot of a name or address in it, and "http".
QString defangText(const QString &text);

/// The name people read: the Unicode form of an IDN where it is one and safe to show, else empty.
/// Safe: single script or highly restrictive (UTS #39), no confusable of an ASCII name.
QString unicodeForm(const QString &aLabelName);

/// Lower-case A-label form without trailing dot of a host name as DNS data carries it (underscore
/// labels and "*" allowed); nothing if it is no name (RFC 1035 lengths, UTS #46 for non-ASCII).
std::optional<QString> canonicalHostName(QStringView name);

} // namespace wg
