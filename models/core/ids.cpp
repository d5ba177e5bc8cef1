// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"

#include <array>
#include <sodium.h>

namespace wg {

namespace {

/// Watchglass's name space for ids made of content; never changes, or a replay would insert twice.
const QUuid contentSpace(0x6f1d8a52, 0x3c0e, 0x4b97, 0x9d, 0x41, 0x7a, 0xe2, 0x05, 0xc8, 0xb3,
                         0x6f);

} // namespace

QUuid newUuid(Instant now)
{
    std::array<quint8, 16> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    const auto ms = quint64(std::max<qint64>(now.ms, 0));
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = quint8(ms >> (40 - 8 * i));
    bytes[6] = quint8(0x70 | (bytes[6] & 0x0f));
    bytes[8] = quint8(0x80 | (bytes[8] & 0x3f));
    return QUuid::fromRfc4122(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
}

QUuid contentUuid(const QByteArray &canonicalContent)
{
    return QUuid::createUuidV5(contentSpace, canonicalContent);
}

QString uuidText(const QUuid &id)
{
    return id.toString(QUuid::WithoutBraces);
}

} // namespace wg
