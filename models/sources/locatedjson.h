// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>

namespace wg {

/// A place in a text file; both counted from 1, columns in bytes.
struct TextPlace
{
    int line = 1;
    int column = 1;
};

struct LocatedMember;

/// JSON that remembers where each part stands, for files that people write.
struct LocatedJson
{
    enum class Kind : quint8
    {
        Null,
        Bool,
        Number,
        Text,
        List,
        Object
    };

    Kind kind = Kind::Null;
    TextPlace place;
    QString text; ///< a text's content, a number's digits, "true" or "false"
    QList<LocatedJson> items;
    QList<LocatedMember> members; ///< in order

    /// Null where there is no such member.
    [[nodiscard]] const LocatedJson *member(QStringView name) const;
};

/// A member's name and value.
struct LocatedMember
{
    QString name;
    TextPlace place;
    LocatedJson value;
};

/// Malformed with "LINE:COLUMN: what is wrong". A byte order mark may stand in front.
Result<LocatedJson> readLocatedJson(const QByteArray &file);
/// The same without places.
QJsonValue toJsonValue(const LocatedJson &json);
/// "LINE:COLUMN: sentence".
QString at(const TextPlace &place, const QString &sentence);

} // namespace wg
