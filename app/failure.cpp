// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failure.h"

#include "app/jsonshapes.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace wg {

ExitCode tellFailure(CommandIo &io, const Error &error, OutputForm form)
{
    switch (form) {
    case OutputForm::Text:
        io.err((u"watchglass: "_s + errorSentence(error) + u'\n').toUtf8());
        break;
    case OutputForm::Json:
        io.out(QJsonDocument(toJson(error)).toJson(QJsonDocument::Compact) + '\n');
        break;
    }
    return exitCodeOf(error.code);
}

} // namespace wg
