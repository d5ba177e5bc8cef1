// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QHash>
#include <QString>
#include <QStringList>
#include <span>

namespace wg {

/// An option of a verb.
struct OptionInfo
{
    const char *name; ///< "--dataset"
    const char *value; ///< "NAME" when it takes one, else ""
    const char *meaning;
};

/// A verb of the command line; help and "did you mean" are made from these.
struct VerbInfo
{
    const char *name;
    const char *arguments; ///< "ENTITY…"
    const char *meaning;
    std::span<const OptionInfo> options;
};

std::span<const VerbInfo> verbTable();
const VerbInfo *verbInfo(const QString &name);

/// A command as it was typed, checked against the table.
struct CommandLine
{
    QString verb; ///< empty for the desktop
    QStringList arguments;
    QHash<QString, QStringList> options; ///< by name with dashes, values in order
    QString workspace;
    bool json = false;
    bool help = false;
    bool version = false;

    [[nodiscard]] bool has(const char *option) const
    {
        return options.contains(QLatin1String(option));
    }
    [[nodiscard]] QString value(const char *option) const
    {
        return options.value(QLatin1String(option)).value(0);
    }
};

/// Usage names the nearest right verb or option. Arguments without the program's name.
Result<CommandLine> parseCommand(const QStringList &arguments);

/// --help of the program, or of one verb.
QString helpText(const QString &verb);
/// --version: ours and the libraries'.
QString versionText();

} // namespace wg
