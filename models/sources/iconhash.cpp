// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/iconhash.h"

#include <QtEndian>
#include <bit>

namespace wg {

namespace {

constexpr qsizetype lineLength = 76;

quint32 scrambled(quint32 block)
{
    return std::rotl(block * 0xcc9e2d51U, 15) * 0x1b873593U;
}

/// Every bit of the input tells on every bit of the output.
quint32 finished(quint32 hash)
{
    hash = (hash ^ (hash >> 16)) * 0x85ebca6bU;
    hash = (hash ^ (hash >> 13)) * 0xc2b2ae35U;
    return hash ^ (hash >> 16);
}

} // namespace

quint32 murmurHash3(QByteArrayView bytes)
{
    constexpr qsizetype width = 4;
    quint32 hash = 0;
    qsizetype at = 0;
    for (; at + width <= bytes.size(); at += width) {
        hash ^= scrambled(qFromLittleEndian<quint32>(bytes.data() + at));
        hash = std::rotl(hash, 13) * 5 + 0xe6546b64U;
    }
    quint32 tail = 0;
    for (qsizetype i = bytes.size() - 1; i >= at; --i)
        tail = (tail << 8) | quint8(bytes[i]);
    hash ^= scrambled(tail);
    return finished(hash ^ quint32(bytes.size()));
}

qint32 iconHash(const QByteArray &icon)
{
    const QByteArray base64 = icon.toBase64();
    QByteArray lines;
    for (qsizetype at = 0; at < base64.size(); at += lineLength)
        lines += base64.mid(at, lineLength) + '\n';
    return qint32(murmurHash3(lines));
}

} // namespace wg
