// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/openingwords.h"

#include "core/untrustedtext.h"
#include "items/words.h"

#include <QCoreApplication>

namespace wg {

namespace {

QString nextStep(ErrorCode code)
{
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("CannotOpen", text);
    };
    switch (code) {
    case ErrorCode::DiskFull:
        return tr("Free some space, then start again.");
    case ErrorCode::NewerSchema:
        return tr("Start the newer Watchglass, or name another folder with --workspace.");
    case ErrorCode::Corrupt:
        return tr("\"watchglass restore FILE\" in a terminal puts a backup in its place.");
    case ErrorCode::WorkspaceBusy:
        return tr("End the other one, then start again.");
    case ErrorCode::Usage:
    case ErrorCode::NotAnEntity:
    case ErrorCode::NotFound:
    case ErrorCode::NothingStored:
    case ErrorCode::Refused:
    case ErrorCode::Postponed:
    case ErrorCode::Held:
    case ErrorCode::Unreachable:
    case ErrorCode::Malformed:
    case ErrorCode::TooLarge:
    case ErrorCode::Cancelled:
    case ErrorCode::Conflict:
    case ErrorCode::NotWritable: // the detail says it
    case ErrorCode::Failed:
        return {};
    }
    return {};
}

} // namespace

QString cannotOpenWords(const Error &error, const QString &folder)
{
    QStringList parts{QCoreApplication::translate("CannotOpen", "%1 cannot be opened.")
                          .arg(madeVisible(folder, 300)),
                      Words::error(error)};
    if (const auto step = nextStep(error.code); !step.isEmpty())
        parts.append(step);
    return parts.join(QStringLiteral("\n\n"));
}

QString openingSentence(const StoreOpening &opening)
{
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("CommandLine", text);
    };
    if (opening.damage.isEmpty())
        return {};
    const QString what = opening.keptAside.isEmpty()
        ? tr("the database was lost (%1)").arg(opening.damage)
        : tr("the database was damaged (%1) and is kept as %2")
              .arg(opening.damage, opening.keptAside);
    const QString then = opening.restoredFrom.isEmpty()
        ? tr("no good backup was found, so it starts empty")
        : tr("the backup %1 was restored; what came after it is missing").arg(opening.restoredFrom);
    return madeVisible(tr("%1; %2").arg(what, then));
}

} // namespace wg
