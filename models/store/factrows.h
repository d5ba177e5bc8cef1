// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/delta.h"
#include "store/interner.h"

#include <QSet>
#include <limits>
#include <utility>

namespace wg {

/// The identity of a fact, as its rows are found: vkey is the beginning of the value (empty where
/// the value is no part of the identity), and where that is not all of it, the id is in the rows as
/// well.
struct FactKey
{
    qint64 owner = 0;
    Dataset dataset = Dataset::Dns;
    qint64 type = 0;
    Hash128 id{};
    QString vkey;
    Identity identity = Identity::Value;
    bool cut = false; ///< vkey is not the whole value

    /// As in the rows: "T" where the value is no part of the identity.
    [[nodiscard]] QByteArray rid() const
    {
        return cut ? toBytes(id) : QByteArray(identity == Identity::Type ? "T" : "");
    }
};
inline Identity identityIn(const QByteArray &rid)
{
    return rid == "T" ? Identity::Type : Identity::Value;
}

inline std::optional<Instant> wholeSeconds(std::optional<Instant> at)
{
    return at ? std::optional(Instant::fromSeconds(at->seconds())) : std::nullopt;
}

/// How a presence span ended. The numbers are stored.
enum class GoneHow : quint8
{
    Absent = 1,
    Altered = 2,
    Reread = 3, ///< a newer parser reads the same answer otherwise
};

/// Both are one number in the rows.
inline int traitsOf(Presence presence, std::optional<GoneHow> how)
{
    return (presence == Presence::Historical ? 1 : 0) | (how ? int(*how) << 1 : 0);
}
inline Presence presenceIn(qint64 traits)
{
    return traits & 1 ? Presence::Historical : Presence::Current;
}
inline std::optional<GoneHow> goneHowIn(qint64 traits)
{
    return traits > 1 ? std::optional(GoneHow(traits >> 1)) : std::nullopt;
}

/// One presence span: this source says this state of a fact, from its telling until it was gone.
struct SpanRow
{
    qint64 source = 0;
    qint64 toldSeq = 0;
    Instant toldAt;
    Presence presence = Presence::Current;
    std::optional<Instant> worldFirst; ///< of both, whole seconds are kept
    std::optional<Instant> worldLast;
    std::optional<Instant> goneAt;
    std::optional<GoneHow> goneHow;
    Hash128 state{};
    std::optional<qint64> goneSeq;
    UntrustedText value;
    Attributes attributes;
    QString details; ///< packed; of the spans of one state one has them
};

/// A first absence that waits for its confirmation.
struct AbsentRow
{
    Instant since;
    qint64 seq = 0;
};

/// Facts, their presence spans, the reverse direction and pending absences. Writer thread, except
/// for what only reads.
class FactRows
{
public:
    FactRows(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
    { }

    FactKey keyOf(const Record &record);
    /// The key that a row's columns tell.
    FactKey keyOf(qint64 owner, Dataset dataset, qint64 type, const QString &vkey,
                  const QByteArray &rid);
    /// By source, then by the time of telling.
    QList<SpanRow> spans(const FactKey &key);
    /// Open spans of one source in one dataset of an owner; type 0 stands for every type.
    QList<std::pair<FactKey, SpanRow>> openSpans(qint64 owner, Dataset dataset, qint64 type,
                                                 qint64 source);
    /// The same of what is told of others with an entity as its value.
    QList<std::pair<FactKey, SpanRow>> openSpansAt(qint64 value, Dataset dataset, qint64 source);
    /// The fact in that state, with the world dates of the span.
    Record record(const FactKey &key, const SpanRow &span);
    /// The same where all spans of the fact are at hand.
    Record record(const FactKey &key, const SpanRow &span, const QList<SpanRow> &spans);
    std::optional<AbsentRow> absence(const FactKey &key, qint64 source);
    /// Neighbourhoods of all addresses that a source told for a name up to a sequence number.
    QList<IpNetwork> neighbourhoods(qint64 owner, Dataset dataset, qint64 type, qint64 source,
                                    qint64 uptoSeq = std::numeric_limits<qint64>::max());

    /// Opens a span of the record, with the fact's reverse row and network where it is new. Where
    /// the state is known its details stay, but for those of a certificate or a service, of which
    /// every source knows others, and of a sighting, which every log adds to. Of span the value,
    /// attributes and details are the record's; told twice in one telling, the later word counts.
    /// True when no source had told the state.
    bool tell(const FactKey &key, const SpanRow &span, const Record &record);
    void close(const FactKey &key, const SpanRow &span, qint64 seq, Instant at, GoneHow how);
    /// Only those details, of a fact that is known.
    void joinDetails(const FactKey &key, const Record &told, const Hash128 &state);
    void moveWorld(const FactKey &key, const SpanRow &span);
    void setPresence(const FactKey &key, const SpanRow &span, Presence presence);
    void markAbsent(const FactKey &key, qint64 source, const AbsentRow &absent);
    void clearAbsent(const FactKey &key, qint64 source);

    /// Joins fact f to reverse r; bound by the value's sort key.
    static const std::string_view factOfReverse;
    /// What spanFrom() reads, from column on, of rows of fact f.
    static const std::string_view spanColumns;
    SpanRow spanFrom(const Statement &row, int column, const FactKey &key);
    /// The statements by which facts are written, for who writes many: bound in their order.
    static const std::string_view insertFact; ///< not where the same telling said it before
    static const std::string_view insertReverse;
    static const std::string_view countReverse; ///< value, dataset, how many new facts have it
    /// Keeps the time of a telling; false where it is another one than this.
    bool noteTelling(qint64 seq, Instant at);
    /// The artifact at which a fact is found from its value's side; none for most.
    static std::optional<Artifact> reverseOf(const Record &record);
    /// The range of a network that owns whois facts.
    void addNetwork(qint64 owner, const Record &record);
    /// Every source or log of such a dataset knows other details.
    static bool manyTell(Dataset dataset)
    {
        return dataset == Dataset::Certificates || dataset == Dataset::Services
            || dataset == Dataset::Sightings;
    }
    /// joinDetails() for datasets of which every source or log knows other details.
    void joinWhereManyTell(const FactKey &key, const Record &told, const Hash128 &state);
    /// Owners of which current sources say since the last call something else that their enrichment
    /// rests on.
    QSet<qint64> takeStirred() { return std::exchange(m_stirred, {}); }

private:
    /// details: packed.
    void bindFact(Statement &to, const FactKey &key, const SpanRow &span, const Record &record,
                  const std::optional<QString> &details);
    void addReverse(const FactKey &key, const Record &record);
    std::optional<QString> detailsFor(const FactKey &key, const SpanRow &told, const Record &record,
                                      const QList<SpanRow> &known);
    void setDetails(const FactKey &key, const SpanRow &span, const std::optional<QString> &details);
    void stir(const FactKey &key);

    Database &m_database;
    Interner &m_interner;
    QSet<qint64> m_stirred;
    qint64 m_telling = 0; ///< the last one that was noted, and its time
    Instant m_tellingAt;
    quint64 m_rollbacks = 0;
};

} // namespace wg
