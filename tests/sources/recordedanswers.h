// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/manifestparse.h"

namespace wg::test {

/// A file below tests/sources/data.
QByteArray recorded(const QString &name);
/// One of the program's own.
std::shared_ptr<const Manifest> bundledManifest(const QString &name);
RawAnswer answerTo(const QString &question, const QByteArray &bytes, int status = 200);
/// What a described source says of an entity by these pages of one question.
QList<Observation> parsedPages(const QString &source, const QString &question,
                               const QString &entity, const QByteArrayList &pages,
                               int status = 200);
/// "resolutions complete 4; dns empty 0".
QString summary(const QList<Observation> &observations);
/// "owner type value {attribute=text} first..last" of every record, in order.
QStringList lines(const QList<Observation> &observations);

} // namespace wg::test
