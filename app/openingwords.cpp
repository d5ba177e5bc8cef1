// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/openingwords.h"

#include "core/untrustedtext.h"

#include <QCoreApplication>

namespace wg {

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
