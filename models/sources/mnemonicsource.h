// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/httpsource.h"

namespace wg {

/// mnemonic's public passive DNS, both directions, page by page. Lives on the net thread.
class MnemonicSource final : public HttpSource
{
    Q_OBJECT

public:
    using HttpSource::HttpSource;

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    void test(std::function<void(Outcome, QString)> done) override;
    [[nodiscard]] std::optional<Instant> roomAt() const override;

protected:
    [[nodiscard]] QList<Question> questions(const Artifact &subject) const override;
    [[nodiscard]] ParseFunction parser() const override;
    void begin(const AskPtr &ask, const Permit &permit) override;

private:
    /// Where a page stands.
    struct Place
    {
        qint64 offset = 0;
        std::size_t before = 0; ///< print of the page before
    };

    void askPage(const AskPtr &ask, const Place &place);
    void took(const AskPtr &ask, const Place &place, Result<HttpAnswer> &&answer);
};

} // namespace wg
