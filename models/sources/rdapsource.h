// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/httpsource.h"
#include "sources/rdapdirectory.h"

namespace wg {

/// Registration data of a registered domain, of the network around an address, or of a network
/// that is known already, from the registry that IANA's bootstrap names; one question at a time per
/// registry. Lives on the net thread.
class RdapSource final : public HttpSource
{
    Q_OBJECT

public:
    RdapSource(const Gate &gate, Fetcher &fetcher, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    void test(std::function<void(Outcome, QString)> done) override;

    /// Which registries offer RDAP at all.
    [[nodiscard]] RdapDirectory &directory() { return m_directory; }
    /// A bootstrap file that an earlier run fetched.
    void rememberFile(const RdapFile &file) { m_directory.remember(file); }

Q_SIGNALS:
    /// A good bootstrap file was fetched.
    void fileFetched(const wg::RdapFile &file);

protected:
    [[nodiscard]] QList<Question> questions(const Artifact &subject) const override;
    [[nodiscard]] ParseFunction parser() const override;
    void begin(const AskPtr &ask, const Permit &permit) override;

private:
    void askRegistry(const AskPtr &ask, const RdapBootstrap &bootstrap);
    void took(const AskPtr &ask, Result<HttpAnswer> &&answer);
    void askRegistrar(const AskPtr &ask, const QUrl &url);
    void send(const AskPtr &ask, const QUrl &url, Pap pap, const QStringList &hosts, Fetched taken);

    RdapDirectory m_directory;
};

} // namespace wg
