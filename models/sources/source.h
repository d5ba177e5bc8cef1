// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"
#include "core/sourceinfo.h"
#include "net/gate.h"

#include <QHash>
#include <QObject>
#include <functional>

namespace wg {

/// From where a question was asked; of several pages the first one knows.
struct AskedFrom
{
    Bookmark before{}; ///< as it was used; only its print where all was asked for
    QString known; ///< the cursor that is kept, also where all is asked for
    Extent extent = Extent::Whole; ///< of the answer that is expected, unless it is the same
    Instant at; ///< when it was sent
    QByteArray etag; ///< of the answer
    QByteArray modified;
};

/// The answer to one question as bytes, not yet understood.
struct RawAnswer
{
    Question question;
    Outcome failure =
        Outcome::Complete; ///< set when there are no bytes: Unreachable, Refused, Malformed …
    QString detail;
    QByteArray bytes;
    int status = 0; ///< HTTP status, 0 elsewhere
    bool sent = true; ///< false where policy kept it in, or there is nobody to ask
    bool postponed = false; ///< a quota is used up: it is to be asked again when there is room
    bool cut = false; ///< more was to come: page cap, size cap, lost connection
    QHash<QByteArray, QByteArray> headers; ///< only those a manifest names; lower-case names
    Instant at;
    std::optional<AskedFrom> from{};
};

struct RawPass;
/// Pure and thread-safe: bytes to observations, one or more for every RawAnswer. Never fails: what
/// cannot be read is an observation with outcome Malformed and a sentence.
using ParseFunction = std::function<QList<Observation>(const RawPass &raw)>;

/// Everything one ask brought back; parse on the compute pool.
struct RawPass
{
    Artifact asked;
    QString source; ///< full name
    Purpose purpose = Purpose::Poll;
    QList<RawAnswer> answers;
    ParseFunction parse;
};

/// One ask of one source.
struct AskOrder
{
    Artifact subject; ///< from Source::subject()
    Purpose purpose = Purpose::Poll;
    Asker asker = Asker::Eye;
    quint64 ticket = 0; ///< to cancel
    Leave leave = Leave::Standing; ///< a person's word for this one order
    QList<Bookmark> bookmarks{}; ///< of this subject, where the source keeps them
};
using AskDone = std::function<void(RawPass &&)>;

/// Something that answers. The request lives here, on the net thread; understanding is a free
/// function.
class Source : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual SourceInfo info() const = 0;
    /// What is really asked for an entity's sake: itself, its registered domain …; empty when this
    /// source has nothing to say about it.
    [[nodiscard]] virtual Artifact subject(const Entity &entity) const = 0;
    /// The names under which it answers now: "rdap"; for DNS the resolvers in order of preference.
    [[nodiscard]] virtual QStringList fullNames() const = 0;
    /// Calls done exactly once, on the net thread, also when refused, cancelled or shut down.
    virtual void ask(const AskOrder &order, AskDone done) = 0;
    /// Whether its answers may bring bookmarks, which the next order is to have.
    [[nodiscard]] virtual bool keepsBookmarks() const { return false; }
    virtual void cancel(quint64 ticket) = 0;
    /// When its quota has room for one more ask on behalf of an eye; nothing when now. People wait
    /// in the queue.
    [[nodiscard]] virtual std::optional<Instant> roomAt() const { return std::nullopt; }
    /// Asks something harmless to see whether it answers; the sentence is the source's own.
    virtual void test(std::function<void(Outcome, QString)> done) = 0;
};

} // namespace wg
