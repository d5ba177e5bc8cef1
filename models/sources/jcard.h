// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

namespace wg {

/// What a contact says about itself, without what was withheld.
struct Contact
{
    QString name;
    QString organisation;
    QString country; ///< two capital letters, else the text
    QString email; ///< lower case
};

/// Reads a vcardArray (RFC 7095) and forgives it much; anything unreadable is simply not there.
Contact readJcard(const QJsonValue &vcardArray);

/// "REDACTED FOR PRIVACY" and the like: a text that stands for no value.
bool isRedacted(const QString &text);

} // namespace wg
