// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"
#include "core/result.h"
#include "store/reader.h"
#include "store/writer.h"

#include <QMetaType>

namespace wg {

/// Folders and files of a workspace.
struct WorkspacePaths
{
    QString folder;
    QString backups; ///< folder/backups
};

/// Who answers in a workspace.
enum class World : quint8
{
    Own, ///< the world
    Sample, ///< the bundled story
    Replay ///< a recording
};

/// How a look-up asks.
enum class Freshness : quint8
{
    CacheOnly, ///< asks nobody
    WhenStale, ///< asks where the cache is older than the source's interval
    Ask, ///< asks again whatever the cache holds (Enter after typing, R)
};
struct LookupOrder
{
    Freshness freshness = Freshness::Ask;
    QList<Dataset> datasets; ///< empty: all that are filled
    bool readAfter = true; ///< fill LookupReport::datasets; the window reads pages instead
    QStringList sources{}; ///< only these, those on demand too; empty: all but those
    QStringList onceFor{}; ///< GREEN sources consented to for this order alone: "ask once"
};
struct LookupReport
{
    Entity entity;
    QList<StoredDataset> datasets;
    int usable = 0; ///< sources that brought facts or proof just now
    int unreachable = 0;
    int refused = 0;
    bool fromCache = false; ///< something stored answered
    bool queued = false; ///< nobody could be reached: asked again when the network is back
    Enrichment enrichment{}; ///< empty where nothing is stored
};

/// Who learns of an entity when it is asked.
struct Party
{
    QString source;
    QString who; ///< host or resolver, or a sentence ("the RDAP registry of .com")
    Pap pap = Pap::Amber;
    bool permitted = false;
    QString whyNot; ///< when not permitted
    bool needsConsent = false; ///< only a consent is missing
};

enum class EyeState : quint8
{
    On,
    Off
};
enum class Consent : quint8
{
    Given,
    Withdrawn
};
enum class PollScope : quint8
{
    Due,
    All
};

struct EyeReport
{
    JournalReport journal;
    int answered = 0; ///< sources with a usable first answer, of
    int asked = 0;
    int waiting = 0; ///< of those asked, the ones whose quota is used up for now
    QHash<Artifact, int> newFacts;
};
struct PollReport
{
    qint64 checked = 0; ///< eyes asked
    qint64 changed = 0; ///< eyes with visible changes
    qint64 alerts = 0; ///< new visible cards
    qint64 failed = 0; ///< eyes for which some source could not be reached or understood
    qint64 waiting = 0; ///< checks whose sources' quotas are used up for now
};
struct ImportReport
{
    QString kind; ///< "cof", "zone", "entities", "csv", or the name of a log's format
    qint64 lines = 0;
    qint64 records = 0;
    qint64 newRecords = 0;
    qint64 entities = 0;
    qint64 bad = 0;
    QStringList firstBad; ///< "line 7: …", at most 100
    QList<Artifact> listed; ///< the entities of a list
    int cards = 0;
    qint64 internal = 0; ///< lines of a log about own hosts among themselves, left out
    QStringList notes; ///< what was not taken for other reasons, one sentence each
};
struct ReplayReport
{
    QList<Entity> eyes; ///< switched on, in the order of the recording
    Instant from;
    Instant to;
};
struct SourceTest
{
    QString source;
    Outcome outcome = Outcome::Unreachable;
    QString detail;
};

/// How the program is connected to the world, for the state field of the window.
struct NetworkState
{
    enum class Mode : quint8
    {
        Online,
        Offline,
        CacheOnly,
        Recorded ///< a recording answers, nobody is asked
    } mode = Mode::Online;
    int waiting = 0; ///< queued questions
    qint64 asking = 0; ///< asks under way
    QStringList troubles; ///< what stays so until somebody mends it, one sentence each
};

struct AskProgress
{
    enum class Step : quint8
    {
        Asked,
        Answered
    } step = Step::Asked;
    Artifact entity; ///< for whose page
    QString source;
    Outcome outcome = Outcome::Unreachable; ///< when Answered
    QString detail;
};

} // namespace wg

Q_DECLARE_METATYPE(wg::NetworkState)
Q_DECLARE_METATYPE(wg::AskProgress)
