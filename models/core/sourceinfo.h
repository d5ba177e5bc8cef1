// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/dataset.h"
#include "core/instant.h"
#include "core/sourcekey.h"

#include <QList>
#include <QStringList>
#include <optional>

namespace wg {

/// What a source declares about itself.
struct SourceInfo
{
    QString name; ///< "dns", "rdap", "internetdb" …
    QString title; ///< for people, translated
    QString party; ///< the host that is told; empty where it depends on who is asked about
    QString learns; ///< who learns what when it is asked, one sentence, translated
    QString terms; ///< terms and cost, one sentence, translated
    QList<Dataset> datasets;
    std::optional<QList<Dataset>> nameDatasets; ///< what it fills for a name, where that is less
    std::optional<QList<Dataset>> addressDatasets; ///< and for an address
    Pap pap = Pap::Amber;
    Presence presence = Presence::Historical;
    bool registered = false; ///< asked about the registered domain, never about hosts below it
    bool takesKey = false;
    bool needsKey = false; ///< says nothing without one
    QString keyFrom; ///< where a key is to be had: a web address
    bool onDemand = false; ///< asked when a person asks for its datasets by name, never for eyes
    bool asksOutside = true; ///< false for files
    qint64 intervalMs = dayMs; ///< default time between checks of an eye
};

/// Whether a source has something to say about an entity in a dataset.
inline bool fills(const SourceInfo &info, const Artifact &entity, Dataset dataset)
{
    const auto &less = isAddress(entity) ? info.addressDatasets : info.nameDatasets;
    return less.value_or(info.datasets).contains(dataset);
}

/// Whether a source has anything to say about an entity.
inline bool concerns(const SourceInfo &info, const Entity &entity)
{
    const auto &less = isAddress(entity) ? info.addressDatasets : info.nameDatasets;
    return !less.value_or(info.datasets).isEmpty();
}

/// What is left of the requests that a source allows.
struct QuotaState
{
    int left = 0;
    int limit = 0;
    qint64 perMs = 0; ///< the window; 0 where only the source knows
    std::optional<Instant> wholeAt; ///< when all of it is free again; nothing where it is
};

/// What became of a source: shown on the Sources page and by `source list`.
struct SourceState
{
    SourceInfo info;
    bool broken = false; ///< a manifest that cannot be used; info has its file's name alone
    bool enabled = true;
    KeyState key = KeyState::Absent;
    QString keyDetail; ///< one sentence when the key cannot be had
    bool consented = true; ///< GREEN sources need their own consent once
    bool permitted = true; ///< by PAP, proxy and consent together
    QString whyNot; ///< one sentence when not permitted
    std::optional<Outcome> lastOutcome;
    std::optional<Instant> lastAsked;
    std::optional<Instant> lastGood;
    QString lastDetail; ///< may hold outside text
    std::optional<Instant> pausedUntil; ///< breaker or Retry-After
    std::optional<QuotaState> quota; ///< the scarcest, where it has one
    QStringList lacking; ///< documented fields that most rows of its answers lack
    std::optional<Instant> lackingSince; ///< when that was first seen
};

} // namespace wg

Q_DECLARE_METATYPE(wg::QuotaState)
Q_DECLARE_METATYPE(wg::SourceState)
