// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/fingerprint.h"

#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The finalizer of splitmix64.
quint64 mixed(quint64 x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

quint64 timeBits(const std::optional<Instant> &time)
{
    return time ? quint64(time->ms) : 0x8000000000000000U;
}

} // namespace

bool saysNoSuchName(Outcome outcome, const QString &detail)
{
    return outcome == Outcome::Empty && detail == "nxdomain"_L1;
}

Hash128 answerHash(const Observation &answer)
{
    Hash128 hash = setHash(answer.records);
    if (saysNoSuchName(answer.outcome, answer.detail))
        hash[15] ^= 0xff;
    return hash;
}

qint64 datesHash(const QList<Record> &records)
{
    quint64 sum = 0;
    for (const Record &record : records) {
        if (!record.worldFirst && !record.worldLast)
            continue;
        const Hash128 id = recordId(record);
        quint64 bits = 0;
        std::memcpy(&bits, id.data(), sizeof bits);
        bits = mixed(bits ^ timeBits(record.worldFirst));
        sum += mixed(bits ^ timeBits(record.worldLast));
    }
    return qint64(sum);
}

Hash128 fingerprintOf(const Pass &pass)
{
    QByteArray bytes;
    bytes.reserve(40 * pass.observations.size());
    const auto add = [&bytes](const void *data, size_t size) {
        bytes.append(static_cast<const char *>(data), qsizetype(size));
    };
    for (const Observation &answer : pass.observations) {
        const Question &question = answer.question;
        if (question.asked != pass.asked || question.source != pass.source)
            return {};
        const Hash128 set = answerHash(answer);
        const qint64 dates = datesHash(answer.records);
        const std::array<qint32, 4> numbers{qint32(question.dataset), qint32(answer.outcome),
                                            answer.parserVersion, qint32(question.text.size())};
        add(numbers.data(), sizeof numbers);
        add(set.data(), set.size());
        add(&dates, sizeof dates);
        add(question.text.utf16(), size_t(question.text.size()) * sizeof(char16_t));
    }
    return bytes.isEmpty() ? Hash128{} : hashOf(bytes);
}

} // namespace wg
