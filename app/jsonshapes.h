// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/orders.h"
#include "core/pages.h"

#include <QJsonArray>
#include <QJsonObject>

namespace wg {

/// The JSON of the command line: times are RFC 3339 UTC, values canonical text as stored.
QJsonObject toJson(const Artifact &artifact);
QJsonObject toJson(const LookupReport &report);
QJsonObject toJson(const MonitorRow &monitor);
QJsonObject toJson(const PollReport &report);
QJsonObject toJson(const Card &card);
QJsonObject toJson(const SourceState &state);
QJsonObject toJson(const ImportReport &report);
QJsonObject toJson(const JournalEntry &entry);
QJsonObject toJson(const Error &error);
QJsonArray toJson(const QList<Artifact> &artifacts);

/// Adds "world": "sample" or "replay" to a document that is not of the world.
QJsonObject labelled(QJsonObject json, World world);

} // namespace wg
