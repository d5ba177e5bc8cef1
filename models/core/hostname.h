// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace wg {

/// Why a text is no host name; private to core.
enum class NameTrouble : quint8
{
    None,
    Empty,
    EmptyLabel,
    LongLabel,
    LongName,
    BadCharacter,
    NumericTop,
    BadALabel,
    BadIdn,
};

/// How strictly an "xn--" label is looked at: DNS data carries broken ones, people should know.
enum class ALabels : quint8
{
    AsFound,
    Checked
};

/// A canonical name or the reason why there is none; with NumericTop both, for it may be an
/// address.
struct HostName
{
    QString name;
    NameTrouble trouble = NameTrouble::None;
    QString part; ///< the label or character in question
};
HostName readHostName(QStringView text, ALabels aLabels);

/// True where a name with a dot is its own canonical form beyond doubt, found quickly; false says
/// nothing.
bool isPlainHostName(QStringView name);

/// Unicode form of an A-label name by UTS #46; nothing where a label is invalid.
std::optional<QString> toUnicodeName(const QString &aLabelName);

/// True for ".", and the other full stops that UTS #46 maps to it.
constexpr bool isDot(char16_t c)
{
    return c == u'.' || c == u'\u3002' || c == u'\uff0e' || c == u'\uff61';
}

/// True where the last label can be a top-level domain of prose: a public suffix, or special use.
bool isKnownTop(QStringView topLabel);

} // namespace wg
