// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exitcode.h"

#include "core/untrustedtext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

QString headOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage:
    case ErrorCode::NotAnEntity:
    case ErrorCode::NotFound:
    case ErrorCode::NothingStored:
    case ErrorCode::Failed:
    case ErrorCode::Conflict:
    case ErrorCode::WorkspaceBusy:
    case ErrorCode::NotWritable:
        return {};
    case ErrorCode::Refused:
        return tr("refused: ");
    case ErrorCode::Postponed:
        return tr("not asked: ");
    case ErrorCode::Held:
        return tr("held: ");
    case ErrorCode::Unreachable:
        return tr("unreachable: ");
    case ErrorCode::Malformed:
        return tr("cannot be read: ");
    case ErrorCode::TooLarge:
        return tr("too large: ");
    case ErrorCode::Cancelled:
        return tr("cancelled: ");
    case ErrorCode::DiskFull:
        return tr("the disk is full; free some space and try again: ");
    case ErrorCode::NewerSchema:
        return tr("made by a newer Watchglass: ");
    case ErrorCode::Corrupt:
        return tr("damaged; \"watchglass restore FILE\" puts a backup in its place: ");
    }
    Q_UNREACHABLE();
}

} // namespace

ExitCode exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage:
    case ErrorCode::NotAnEntity:
        return ExitCode::Usage;
    case ErrorCode::NotFound:
    case ErrorCode::NothingStored:
        return ExitCode::NotFound;
    case ErrorCode::Refused:
    case ErrorCode::Postponed:
    case ErrorCode::Held:
    case ErrorCode::WorkspaceBusy:
        return ExitCode::Refused;
    case ErrorCode::Unreachable:
        return ExitCode::Unreachable;
    case ErrorCode::Malformed:
    case ErrorCode::TooLarge:
    case ErrorCode::Cancelled:
    case ErrorCode::NotWritable:
    case ErrorCode::DiskFull:
    case ErrorCode::NewerSchema:
    case ErrorCode::Corrupt:
    case ErrorCode::Conflict:
    case ErrorCode::Failed:
        return ExitCode::Failed;
    }
    Q_UNREACHABLE();
}

QLatin1String exitWord(ExitCode code)
{
    switch (code) {
    case ExitCode::Done:
        return "done"_L1;
    case ExitCode::Failed:
        return "failed"_L1;
    case ExitCode::Usage:
        return "usage"_L1;
    case ExitCode::NotFound:
        return "not_found"_L1;
    case ExitCode::Refused:
        return "refused"_L1;
    case ExitCode::Unreachable:
        return "unreachable"_L1;
    }
    Q_UNREACHABLE();
}

QString errorSentence(const Error &error)
{
    const QString sentence = headOf(error.code) + madeVisible(error.detail);
    return sentence.isEmpty() ? tr("something failed without saying why") : sentence;
}

} // namespace wg
