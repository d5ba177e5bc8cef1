// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
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
    int mostArguments = 0; ///< -1: any number
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
    OutputForm form = OutputForm::Text;
    bool sample = false; ///< the bundled story
    bool help = false;
    bool version = false;

    [[nodiscard]] bool json() const { return form == OutputForm::Json; }
    [[nodiscard]] bool has(const char *option) const
    {
        return options.contains(QLatin1String(option));
    }
    [[nodiscard]] QString value(const char *option) const
    {
        return options.value(QLatin1String(option)).value(0);
    }
};

/// Usage names the nearest right verb or option, if one is near. Arguments without the program's
/// name.
Result<CommandLine> parseCommand(const QStringList &arguments);

/// Usage for a word in a place that takes only some, naming the nearest of them if one is near.
Error unknownWord(const QString &what, const QString &word, const QStringList &right);

/// --help of the program, or of one verb.
QString helpText(const QString &verb);
/// --version: ours and the libraries'.
QString versionText();

} // namespace wg
