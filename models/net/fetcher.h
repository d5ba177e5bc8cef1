// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "net/gate.h"
#include "net/hostfinder.h"
#include "net/quota.h"
#include "net/retry.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <memory>

namespace wg {

class Tape;

/// What proves who asks. It is added when a request leaves, and what comes back with it in it is
/// struck out: no URL, answer or error that we keep or show holds it. Goes to one host only.
struct HttpSecret
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray query; ///< "key=abc", encoded; appended to the URL's own
    QByteArrayList texts; ///< what to strike out
    QByteArray path{}; ///< encoded; takes the place of {key} in the URL's path
};

/// What becomes of an answer that is a redirect.
enum class Redirects : quint8
{
    Followed, ///< within allowedHosts; elsewhere they are Refused
    Told ///< is an answer like any other, its Location among the headers
};

/// What becomes of an answer whose body is larger than wanted.
enum class TooMuch : quint8
{
    Fails, ///< it is TooLarge
    IsCut ///< what fits is an answer that is cut
};

/// One GET (or POST with a body) of a source.
struct HttpQuestion
{
    Permit permit;
    QUrl url; ///< the source's own; the gate's base URL is applied inside
    /// url's host and where redirects may go; "*" for any https host all of whose addresses are
    /// public.
    QStringList allowedHosts{};
    QList<std::pair<QByteArray, QByteArray>> headers{};
    HttpSecret secret{};
    QByteArray body{}; ///< POST when not empty
    qint64 maxBytes = 16 << 20; ///< of the decoded body
    TooMuch tooMuch = TooMuch::Fails;
    int timeoutMs = 30'000; ///< without progress; the whole question takes at most twice that
    int tries = 3; ///< including the first
    QList<HostWindow> windows{}; ///< per host, shared by all questions of the source
    int parallel = 4; ///< requests of this source under way at one host (RDAP: 1)
    Redirects redirects = Redirects::Followed;
};

/// What came back, whatever the status says.
struct HttpAnswer
{
    int status = 0;
    QByteArray body;
    QByteArray contentType;
    QHash<QByteArray, QByteArray> headers; ///< lower-case names
    QUrl url; ///< after base URL and redirects
    Instant at;
    bool cut = false; ///< not all: the connection ended early at every try, or it is too much
};

/// Retry, rate windows, Retry-After, breaker, caps and cancellation for every HTTP source. Lives on
/// the net thread. Cancelling the future aborts the request.
class Fetcher : public QObject
{
    Q_OBJECT

public:
    Fetcher(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent = nullptr);
    ~Fetcher() override;

    /// Unreachable (with the reason), Refused (gate, 401/403, 429 beyond its Retry-After, breaker
    /// open for eyes), Postponed (no room in a window for too long), TooLarge, Malformed,
    /// Cancelled. 404 and other statuses are answers.
    QFuture<Result<HttpAnswer>> fetch(const HttpQuestion &question);

    /// Whether the answer may be had at all: a recording that is replayed may lack it.
    [[nodiscard]] bool mayAnswer(const HttpQuestion &question) const;
    /// Whether what passes is being written down.
    [[nodiscard]] bool isRecorded() const;

    /// How long it waits for what; tests shorten it.
    void setTimes(const FetchTimes &times);
    /// How names are resolved that must be looked at first; tests bring their own.
    void setHostFinder(HostFinder finder);
    /// Where what passes is recorded, or what is answered comes from; not owned, may go first.
    void setTape(Tape *tape);

    /// Changing a source's settings resets its breaker and waits.
    void reset(const QString &source);
    /// A Retry-After that was heard before a restart binds on.
    void rememberWait(const QString &source, Instant until);
    /// Until when the source's servers asked to be left alone; people wait, too.
    [[nodiscard]] std::optional<Instant> waitUntil(const QString &source) const;
    /// In how many milliseconds there is room in the windows of the host for one more question of
    /// an asker, after those that wait; 0 when now. Not an instant: windows go by a clock that is
    /// never set back.
    [[nodiscard]] qint64 roomInMs(const QString &source, const QUrl &url,
                                  const QStringList &allowedHosts, const QList<HostWindow> &windows,
                                  Asker asker) const;
    /// The scarcest quota of a source's hosts; nothing where none is known.
    [[nodiscard]] std::optional<QuotaState> quota(const QString &source) const;
    /// A source's own word on how many requests are left at the host for so long.
    void noteQuota(const QString &source, const QUrl &url, const QStringList &allowedHosts,
                   int left, int limit, qint64 forMs);
    /// What is used up of a source's quotas, to be kept over a restart; and how it was.
    [[nodiscard]] QByteArray savedQuota(const QString &source) const;
    void restoreQuota(const QString &source, const QByteArray &saved);
    /// Another key has a quota of its own.
    void forgetQuota(const QString &source);
    /// When this source may be asked again by an eye; nothing when now.
    [[nodiscard]] std::optional<Instant> pausedUntil(const QString &source) const;

Q_SIGNALS:
    /// Some request could (again) reach nobody at all, or did: drives "offline" in the window.
    void reachabilityChanged(bool online);
    /// Something of a source's quota was used up, or the source said how much is left.
    void quotaChanged(const QString &source);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
