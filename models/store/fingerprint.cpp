// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/fingerprint.h"

#include <QVarLengthArray>
#include <algorithm>
#include <cstring>
#include <tuple>

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

/// Everything that is compared, as bytes; on the stack for all but the largest asks.
class Print
{
public:
    void add(const Observation &answer)
    {
        const QList<Record> &records = answer.records;
        add(qint32(answer.question.dataset));
        add(qint32(answer.outcome));
        add(qint32(answer.extent));
        add(qint32(answer.parserVersion));
        add(qint32(saysNoSuchName(answer.outcome, answer.detail)));
        add(answer.detail); // or an old reason would stand for the new one
        add(answer.question.text);
        add(qint32(records.size()));
        if (records.size() == 1) {
            add(records.first(), answer.question.asked);
            return;
        }
        QVarLengthArray<const Record *, 32> sorted;
        for (const Record &record : records)
            sorted.append(&record);
        std::sort(sorted.begin(), sorted.end(), [](const Record *a, const Record *b) {
            return std::tie(a->type, a->value.raw(), a->owner)
                < std::tie(b->type, b->value.raw(), b->owner);
        });
        for (const Record *record : sorted)
            add(*record, answer.question.asked);
    }
    [[nodiscard]] Hash128 hash() const { return hashOf({m_bytes.data(), m_bytes.size()}); }

private:
    void add(const Record &record, const Artifact &asked)
    {
        const bool isOwn = record.owner == asked;
        add(qint32(record.dataset) << 16 | qint32(record.identity) << 8 | qint32(isOwn));
        if (!isOwn) {
            add(qint32(record.owner.kind));
            add(record.owner.value);
        }
        add(record.type);
        add(record.value.raw());
        add(qint32(record.attributes.size()));
        for (const Attribute &attribute : record.attributes) {
            add(attribute.name);
            add(attribute.text.raw());
        }
        addRaw(timeBits(record.worldFirst));
        addRaw(timeBits(record.worldLast));
    }
    void add(const QString &text)
    {
        add(qint32(text.size()));
        m_bytes.append(reinterpret_cast<const char *>(text.constData()), 2 * text.size());
    }
    void add(qint32 number) { addRaw(number); }
    template <class Number>
    void addRaw(Number number)
    {
        m_bytes.append(reinterpret_cast<const char *>(&number), qsizetype(sizeof number));
    }

    QVarLengthArray<char, 4096> m_bytes;
};

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
    Print print;
    for (const Observation &answer : pass.observations) {
        const Question &question = answer.question;
        if (question.asked != pass.asked || question.source != pass.source)
            return {};
        print.add(answer);
    }
    return pass.observations.isEmpty() ? Hash128{} : print.hash();
}

} // namespace wg
