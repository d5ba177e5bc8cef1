// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/fetcher.h"
#include "sources/source.h"

#include <QHash>
#include <QPointer>
#include <memory>

namespace wg {

/// One ask of an HTTP source under way.
struct HttpAsk
{
    AskOrder order;
    AskDone done; ///< null once it was called
    RawPass pass;
    QList<QFuture<Result<HttpAnswer>>> requests; ///< those under way are among them
    int open = 0; ///< for sources that ask several questions at once: how many are
    QHash<QString, QStringList> followed; ///< rows, by the question that follows them
};

/// What sources over HTTP have in common: every ask ends exactly once, on success, failure, cancel
/// and shutdown. Lives on the net thread.
class HttpSource : public Source
{
    Q_OBJECT

public:
    HttpSource(const Gate &gate, Fetcher &fetcher, const Clock &clock, QObject *parent = nullptr);
    ~HttpSource() override;

    [[nodiscard]] QStringList fullNames() const override { return {info().name}; }
    void ask(const AskOrder &order, AskDone done) override;
    void cancel(quint64 ticket) override;

protected:
    using AskPtr = std::shared_ptr<HttpAsk>;
    using Fetched = std::function<void(Result<HttpAnswer> &&)>;

    /// What an ask about this subject asks, for answers that never came.
    [[nodiscard]] virtual QList<Question> questions(const Artifact &subject) const = 0;
    [[nodiscard]] virtual ParseFunction parser() const = 0;
    /// The gate agreed; begins the requests.
    virtual void begin(const AskPtr &ask, const Permit &permit) = 0;

    /// Fetches for an ask; taken is not called once the ask has ended.
    void fetch(const AskPtr &ask, const HttpQuestion &question, Fetched taken);
    /// Calls done with what the pass holds.
    void finish(const AskPtr &ask);
    /// Ends the ask with the same failure for every question.
    void fail(const AskPtr &ask, Outcome outcome, const QString &detail);

    /// As roomAt(), of a server of the source's.
    [[nodiscard]] std::optional<Instant> roomAtServer(const QUrl &server, const QStringList &hosts,
                                                      const QList<HostWindow> &windows) const;
    [[nodiscard]] Result<Permit> permit(const AskOrder &order, Pap pap) const;
    [[nodiscard]] const Gate &gate() const { return m_gate; }
    [[nodiscard]] Fetcher &fetcher() const { return m_fetcher; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

private:
    const Gate &m_gate;
    Fetcher &m_fetcher;
    const Clock &m_clock;
    QHash<HttpAsk *, AskPtr> m_asks;
};

/// Calls taken on context's thread when the future ends, with Cancelled when it holds nothing;
/// never once context is gone.
void whenFetched(QObject *context, const QFuture<Result<HttpAnswer>> &future,
                 std::function<void(Result<HttpAnswer> &&)> taken);

/// The failure as an outcome of a question.
Outcome outcomeOf(ErrorCode code);
/// An answer, or why there is none, as parsers take it.
RawAnswer rawAnswer(const Question &question, Result<HttpAnswer> &&answer, Instant now);

/// An HTTP status that is no success, or an error code within a body, as an outcome.
Outcome outcomeOfStatus(int status);

} // namespace wg
