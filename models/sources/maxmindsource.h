// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/mmdbfile.h"
#include "sources/source.h"

namespace wg {

/// Autonomous system, country and city of addresses from a MaxMind file that the user has
/// (source.maxmind.file); asks nobody. Lives on the net thread; the file stays open until it
/// changes, and one that is broken is opened once.
class MaxmindSource final : public Source
{
    Q_OBJECT

public:
    MaxmindSource(const Gate &gate, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    [[nodiscard]] QStringList fullNames() const override { return {QStringLiteral("maxmind")}; }
    /// Brings no answer while no file is named.
    void ask(const AskOrder &order, AskDone done) override;
    void cancel(quint64) override { } ///< there is nothing that could last
    void test(std::function<void(Outcome, QString)> done) override;

private:
    /// A file that is no MaxMind file, as it was when that was found.
    struct Broken
    {
        QString path;
        QDateTime modified;
        qint64 size = 0;
        Error why;
    };

    [[nodiscard]] Result<QJsonObject> look(const QString &address);
    [[nodiscard]] Result<Done> open(const QString &path);

    const Gate &m_gate;
    const Clock &m_clock;
    QString m_path;
    std::shared_ptr<MmdbFile> m_file;
    std::optional<Broken> m_broken; ///< not opened again until it changes
};

} // namespace wg
