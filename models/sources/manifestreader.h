// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/manifest.h"
#include "sources/manifestfields.h"

namespace wg {

// What manifest.cpp and manifestquestion.cpp share; private to sources.

/// Reads "/data/0", "1/name"; trouble where it is none, or may be many without leave.
std::optional<JsonPlace> readPlace(ManifestFields &fields, const QString &name);
JsonPlace readPlaces(ManifestFields &fields, const QString &name);
/// Each of a list of places, none of them many.
QList<JsonPlace> readPlaceList(ManifestFields &fields, const QString &name);
/// "6 hours"; fallback where it is absent, trouble where it is shorter than a minute.
qint64 readSpan(ManifestFields &fields, const QString &name, qint64 fallbackMs);
/// How an eye asks only for what came since; the question is otherwise read.
void readCursor(ManifestFields &fields, ManifestQuestion &question);
/// "as": one transform or a list of them; none where it is absent.
QList<Transform> readTransforms(ManifestFields &fields);
/// "/place", "=constant", ["/place", "/or/else"] or {"at": places, "text": constant, "as":
/// transforms}; "all" instead of "at" takes every place.
Expression readExpression(ManifestFields &fields, const QString &name);
/// Every member of an object of expressions, in order of their names.
QList<std::pair<QString, Expression>> readNamed(ManifestFields &fields, const QString &name);
/// "30/min", "1000/day".
QList<HostWindow> readWindows(ManifestFields &fields, const QString &name);
/// "headers": such as can be sent, and hold no key.
QList<std::pair<QByteArray, QByteArray>> readHeaders(ManifestFields &fields);
/// Members of an object of texts; a list of texts is as many of the same name.
QList<std::pair<QString, QString>> readTexts(ManifestFields &fields, const QString &name);
ManifestQuestion readQuestion(ManifestFields &fields, Presence presence);

} // namespace wg
