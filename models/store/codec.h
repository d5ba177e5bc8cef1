// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <QList>
#include <QString>
#include <optional>

namespace wg::codec {

/// JSON object of name and text; nothing for an empty list.
std::optional<QString> fromAttributes(const Attributes &attributes);
Attributes toAttributes(const QString &json);

/// The same in a quarter of the room, for what stands in millions of rows: pairs parted by U+001E,
/// each a name's letter (of names U+001F follows them) and its text, in which U+001D stands for the
/// owner; "B" alone is a bailiwick that is the owner's. JSON where this cannot tell them.
std::optional<QString> packed(const Attributes &attributes, const QString &owner);
Attributes unpacked(const QString &text, const QString &owner);

/// One byte a dataset, in their order.
QByteArray fromDatasets(const QList<Dataset> &datasets);
QList<Dataset> toDatasets(const QByteArray &bytes);

/// Details, attributes and the end of a value that is longer than its sort key, as one column holds
/// them: the first two packed, parted by U+001C from what follows; null where nothing is said.
struct Said
{
    QString details;
    QString attributes;
    QString rest;
};
std::optional<QString> joined(const Said &said);
Said parted(const QString &text);

/// The beginning of a value by which facts are kept in order: at most 96 code points. Short enough
/// for any index.
constexpr qsizetype longestSortKey = 96;
QString sortKey(const QString &value);

/// Text that may come from outside, fit for both engines; null when empty.
std::optional<QString> words(const QString &text);

/// Qt's UTF-8 decoder takes a leading U+FEFF for a byte order mark and drops it; one more in front
/// brings the text back as it was, from either engine.
QString decodable(const QString &text);

/// "dns" for "dns@192.0.2.53".
QString baseName(const QString &source);

} // namespace wg::codec
