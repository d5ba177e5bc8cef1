// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/httpsource.h"

namespace wg {

/// One visit to the target's own web server: its first page by https, or by http where https cannot
/// be reached, and its icon. It follows redirects to the name itself, its registered domain and
/// "www." before either; any other host is noted and left alone. Lives on the net thread.
class WebSource final : public HttpSource
{
    Q_OBJECT

public:
    using HttpSource::HttpSource;

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    void test(std::function<void(Outcome, QString)> done) override;

protected:
    [[nodiscard]] QList<Question> questions(const Artifact &subject) const override;
    [[nodiscard]] ParseFunction parser() const override;
    void begin(const AskPtr &ask, const Permit &permit) override;

private:
    /// Where a visit stands.
    struct Place
    {
        QUrl url;
        int redirects = 0;
    };

    void visit(const AskPtr &ask, const Place &place);
    void took(const AskPtr &ask, const Place &place, Result<HttpAnswer> &&answered);
    void askIcon(const AskPtr &ask, const QUrl &page);
    void keep(const AskPtr &ask, const QUrl &url, QLatin1String text,
              Result<HttpAnswer> &&answered) const;
    /// Whether plain http is left to try after this failure.
    [[nodiscard]] bool mayTryPlain(const Place &place, const Error &error) const;
};

/// The hosts whose pages count as an entity's own. Pure.
QStringList webHosts(const Artifact &subject);

} // namespace wg
