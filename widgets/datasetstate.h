// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/orders.h"
#include "core/pages.h"
#include "widgets/icons.h"

#include <QCoreApplication>
#include <QSet>

namespace wg {

/// Everything by which a dataset's tab decides what it says when it has no facts to show.
struct DatasetSituation
{
    Entity entity;
    Dataset dataset = Dataset::Resolutions;
    qint64 rows = 0;
    bool reading = false; ///< the store has not answered yet
    bool filtered = false;
    QList<SourceState> sources; ///< of this dataset
    QList<CheckState> checks; ///< of this dataset
    QStringList asking; ///< sources asked now
    QList<Party> parties;
    NetworkState network;
    std::optional<Error> error; ///< of the last look-up or of reading
};

/// What the person can do next, and does by pressing the button.
enum class NextStep : quint8
{
    AskAgain,
    Cancel,
    ConsentOnce,
    ConsentAlways,
    Why,
    OpenSources,
    OpenSettings,
    ClearFilter,
    Release,
    LeaveCacheOnly,
};

/// One of the designed states of a dataset.
struct DatasetState
{
    enum class Kind : quint8
    {
        Facts,
        Reading,
        Loading,
        Empty,
        Filtered,
        NotAsked,
        NoSource, ///< nobody tells this of such an entity
        Consent,
        Offline,
        CacheOnly,
        Refused,
        Held,
        Unreachable,
        Malformed,
        Failed,
    };
    Kind kind = Kind::Facts;
    QString icon;
    Tint tint = Tint::Dim;
    QString sentence;
    QString detail;
    QList<NextStep> steps;
};

/// Decides and words the state of a dataset. Pure; GUI thread.
class DatasetStates
{
    Q_DECLARE_TR_FUNCTIONS(DatasetStates)

public:
    static DatasetState judge(const DatasetSituation &situation);
    /// Whether the source would be asked about the entity now, and if not, why.
    struct Leave
    {
        bool given = false;
        bool needsConsent = false; ///< nothing but a consent is missing
        QString whyNot;
    };
    static Leave leaveToAsk(const DatasetSituation &situation, const SourceState &source);
    /// The check is our own refusal: the source itself heard nothing.
    static bool isOurRefusal(const DatasetSituation &situation, const CheckState &check);
    /// The sources that are left out only because nobody consented.
    static QStringList lackingConsent(const DatasetSituation &situation);
    /// Why what reaches the target is a matter of its own.
    static QString whyConsent(const DatasetSituation &situation);
    static QString stepText(NextStep step);

private:
    static std::optional<DatasetState> judgeSources(const DatasetSituation &situation);
    static std::optional<DatasetState> judgePermission(const DatasetSituation &situation);
    static DatasetState judgeChecks(const DatasetSituation &situation);
    static DatasetState judgeTrouble(const DatasetSituation &situation);
    static DatasetState consent(const DatasetSituation &situation);
    static QString resolver(const DatasetSituation &situation);
    static QString targetsOf(const DatasetSituation &situation, const QStringList &sources);
};

/// The first part of a full source name: "dns" of "dns@192.0.2.53".
[[nodiscard]] QString sourceFamily(const QString &fullName);

} // namespace wg
