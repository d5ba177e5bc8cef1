// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace wg {

void installTranslations(QCoreApplication &app)
{
    auto *plurals = new QTranslator(&app);
    if (plurals->load(QStringLiteral(":/i18n/watchglass_en.qm")))
        QCoreApplication::installTranslator(plurals);
    auto *words = new QTranslator(&app);
    if (words->load(QLocale(), QStringLiteral("watchglass"), QStringLiteral("_"),
                    QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(words);
}

} // namespace wg
