// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/enrichment.h"

#include <QJsonArray>
#include <QJsonObject>

namespace wg {

/// What is known of an entity beside its records. The first of each is what most sources say;
/// "told" lists everything that anybody says.
QJsonObject enrichmentJson(const Enrichment &known);
/// One object a reason: tag, why, list, date, old.
QJsonArray systemTagsJson(const Enrichment &known);
/// Of what a record leads to: asn, country and the words of its tags.
QJsonObject briefEnrichmentJson(const Enrichment &known);

/// Rows for a table of text: what, value, who says so.
QList<QStringList> enrichmentRows(const Enrichment &known);
/// "AS64496 EXAMPLE, NL, cdn" behind a value in a line of text; empty where nothing stands out.
QString briefEnrichment(const Enrichment &known);

} // namespace wg
