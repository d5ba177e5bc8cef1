// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rdapfile.h"
#include "net/fetcher.h"
#include "sources/rdapbootstrap.h"

#include <QObject>
#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace wg {

/// Whether a copy that is still good will do.
enum class Freshness : quint8
{
    Day,
    Now
};

/// IANA's bootstrap files, each kept for a day; an older good copy beats a new broken one. Lives on
/// the net thread, owned by RdapSource.
class RdapDirectory : public QObject
{
    Q_OBJECT

public:
    /// The file, valid during the call.
    using Ready = std::function<void(const Result<RdapBootstrap> &)>;

    RdapDirectory(const Gate &gate, Fetcher &fetcher, const Clock &clock,
                  QObject *parent = nullptr);

    /// Calls ready at once or when the file is here; Unreachable, Refused or Malformed with a
    /// sentence.
    void want(RdapRegistry registry, Asker asker, Freshness freshness, Ready ready);
    /// Whether a copy at hand, however old, names a service for the subject. Asks nobody.
    [[nodiscard]] bool names(const Artifact &subject);
    /// Hosts of every file seen, and the national registries below them: where redirects may lead.
    [[nodiscard]] QStringList hosts() const;
    /// What was fetched earlier, perhaps by another run; the newest of each setting is kept.
    void remember(const RdapFile &file);

Q_SIGNALS:
    /// A good file came, to be remembered.
    void fetched(const wg::RdapFile &file);

private:
    struct Entry
    {
        QUrl from; ///< another bootstrap setting starts over
        std::optional<RdapBootstrap> good;
        Instant goodSince;
        std::optional<Error> error;
        Instant retryAt;
        int failures = 0;
        std::vector<Ready> waiting;
    };

    Entry &entryOf(RdapRegistry registry);
    [[nodiscard]] Entry remembered(RdapRegistry registry, const QUrl &from) const;
    void load(RdapRegistry registry, Asker asker);
    void took(RdapRegistry registry, Result<HttpAnswer> &&answer);
    void answer(Entry &entry);
    [[nodiscard]] bool isSettled(const Entry &entry, Asker asker) const;

    const Gate &m_gate;
    Fetcher &m_fetcher;
    const Clock &m_clock;
    std::array<Entry, 3> m_entries;
    QList<RdapFile> m_remembered; ///< of any setting, unread until wanted
};

} // namespace wg
