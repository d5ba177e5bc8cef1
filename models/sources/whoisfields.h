// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <optional>

namespace wg {

/// What a line is about.
enum class WhoisField : quint8
{
    Domain,
    Registrar,
    RegistrarId,
    AbuseEmail,
    Created,
    Changed,
    Expires,
    RegistrarExpires,
    Organisation,
    Person,
    Country,
    Email,
    NameServer,
    Status,
    Dnssec,
    HolderHandle, ///< of a contact further below
    Handle ///< what the contact of this paragraph is called
};
/// By key, as whoisLines() writes it.
using WhoisFields = QHash<QString, WhoisField>;

/// What is about the domain, or its holder, wherever it stands.
const WhoisFields &plainFields();

/// What every contact has as well: the domain's own only where no contact is spoken of.
const WhoisFields &domainFields();

/// What is somebody's, and says whose only by where it stands.
const WhoisFields &contactFields();

std::optional<WhoisField> fieldIn(const WhoisFields &fields, const QString &key);

} // namespace wg
