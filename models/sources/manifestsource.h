// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/httpsource.h"
#include "sources/keyring.h"
#include "sources/manifest.h"

#include <QTimer>
#include <optional>

namespace wg {

/// A source that a manifest describes. All questions of an ask go out at once, each page by page.
/// Lives on the net thread.
class ManifestSource final : public HttpSource
{
    Q_OBJECT

public:
    ManifestSource(std::shared_ptr<const Manifest> manifest, const Gate &gate, Fetcher &fetcher,
                   KeyRing &keys, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] SourceInfo info() const override { return m_manifest->info; }
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    [[nodiscard]] bool keepsBookmarks() const override { return true; }
    void test(std::function<void(Outcome, QString)> done) override;
    [[nodiscard]] std::optional<Instant> roomAt() const override;

protected:
    [[nodiscard]] QList<Question> questions(const Artifact &subject) const override;
    [[nodiscard]] ParseFunction parser() const override;
    void begin(const AskPtr &ask, const Permit &permit) override;

private:
    /// One question's way through its pages.
    struct Walk
    {
        const ManifestQuestion *question = nullptr;
        int page = 0;
        qint64 rows = 0;
        QString cursor; ///< of the next page
        AskedFrom from;
        QString row; ///< of another question, that is followed
    };

    [[nodiscard]] bool asks(const ManifestQuestion &question, const Artifact &subject) const;
    [[nodiscard]] bool speaksAlone(const ManifestQuestion &question, const Artifact &subject) const;
    [[nodiscard]] HttpQuestion request(const Permit &permit, const ManifestQuestion &question,
                                       const Artifact &subject, const Walk &walk) const;
    [[nodiscard]] QUrl url(const QString &path,
                           const QList<std::pair<QString, QString>> &query) const;
    void addKey(HttpQuestion &http) const;
    [[nodiscard]] Walk start(const ManifestQuestion &question, const AskOrder &order,
                             const Permit &permit) const;
    void askAll(const AskPtr &ask, const Permit &permit);
    [[nodiscard]] bool startsOver(const AskPtr &ask, const Walk &walk, const RawAnswer &answer);
    [[nodiscard]] bool isQuotaDue(const SourceKey &key) const;
    void askQuotaBeside(Asker asker);
    void askQuotaBehind();
    void askQuota(Asker asker);
    void askHarmless(const std::function<void(Outcome, QString)> &done);
    /// Calls go once the source may ask, or refuse with the reason why it cannot.
    void withKey(Asker asker, std::function<void()> go, std::function<void(QString)> refuse);
    void askPage(const AskPtr &ask, const Walk &walk);
    void took(const AskPtr &ask, const Walk &walk, Result<HttpAnswer> &&answered);
    /// Begins with the questions that follow rows of this answer.
    void follow(const AskPtr &ask, const ManifestQuestion &question, const QByteArray &body);
    void walked(const AskPtr &ask);

    std::shared_ptr<const Manifest> m_manifest;
    KeyRing &m_keys;
    std::optional<Instant> m_quotaAskedAt;
    Hash128 m_quotaAskedWith{}; ///< of the key
    const qint64 m_narrowMs; ///< of the window that a look-up may need for itself; 0: none
    QTimer m_quotaLater; ///< until there may be room for the question
};

} // namespace wg
