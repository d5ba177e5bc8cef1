// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "core/result.h"

#include <QFileInfo>
#include <QJsonObject>
#include <memory>

namespace wg {

/// An open GeoLite2 or GeoIP2 file (ASN, Country or City). Looking up costs microseconds. Any one
/// thread at a time.
class MmdbFile
{
public:
    /// Refused where there is no such file or it cannot be opened, Malformed where it is not
    /// one of these; with a sentence.
    static Result<std::shared_ptr<MmdbFile>> open(const QString &path);
    ~MmdbFile();
    MmdbFile(const MmdbFile &) = delete;
    MmdbFile &operator=(const MmdbFile &) = delete;

    /// Whether the file on disk is still the one that was opened: another one, written over it,
    /// must not be read by the old one's map.
    [[nodiscard]] bool isCurrent() const;
    /// What the file says about an address: "asn" (number), "organisation", "country" (code),
    /// "country_name", "city", and always "file" (its type) and "built" (RFC 3339). Without the
    /// first five where it does not know the address.
    [[nodiscard]] Result<QJsonObject> about(const QString &address) const;

private:
    struct Map;
    explicit MmdbFile(std::unique_ptr<Map> map);

    std::unique_ptr<Map> m_map;
    QString m_path;
    QDateTime m_modified;
    qint64 m_size = 0;
};

} // namespace wg
