// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/result.h"

#include <QIODevice>
#include <QList>

namespace wg {

/// What a file of entities holds: those it names, each once, and why its other lines name none.
struct EntityList
{
    QList<Entity> entities;
    QList<Error> invalid;
};

/// Reads lines that name entities; empty lines and comments say nothing. TooLarge, Failed.
Result<EntityList> readEntityList(QIODevice &file);

/// Why a text is no entity, with the text.
Error invalidText(const QString &text, const Error &why);

} // namespace wg
