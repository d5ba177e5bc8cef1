// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/quota.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int bucketsInWindow = 100;
/// Shorter windows are over before a program has started again.
constexpr qint64 leastKeptMs = minuteMs;
/// Of shorter windows nothing is reserved: a person waits for the next one.
constexpr qint64 leastReservedMs = hourMs;
constexpr int reservedPart = 5; ///< one of so many

qint64 bucketMs(qint64 perMs)
{
    return perMs / bucketsInWindow;
}

int allowedFor(const HostWindow &window, Asker asker)
{
    const bool eye = asker == Asker::Eye || asker == Asker::OrderedEye;
    return std::max(1, window.count - (eye ? reserveOf(window) : 0));
}

} // namespace

int reserveOf(const HostWindow &window)
{
    if (window.perMs < leastReservedMs)
        return 0;
    return (window.count + reservedPart - 1) / reservedPart;
}

int Quota::used(qint64 perMs, Instant now) const
{
    int sum = 0;
    const auto sent = m_sent.constFind(perMs);
    if (sent == m_sent.cend())
        return sum;
    for (const Sent &bucket : *sent)
        sum += bucket.until > now ? bucket.count : 0;
    return sum;
}

Instant Quota::freeAt(const QList<HostWindow> &windows, Asker asker, Instant now, int waiting) const
{
    Instant free = now;
    for (const HostWindow &window : windows) {
        int over = used(window.perMs, now) + waiting + 1 - allowedFor(window, asker);
        if (over <= 0)
            continue;
        // Where more wait than a window holds, it is some window after this one.
        Instant at = now + window.perMs;
        for (const Sent &bucket : m_sent.value(window.perMs)) {
            if (bucket.until <= now)
                continue;
            over -= bucket.count;
            if (over <= 0) {
                at = bucket.until;
                break;
            }
        }
        free = std::max(free, at);
    }
    if (m_word && m_word->reset > now) {
        const HostWindow word{m_word->limit.value_or(0), hourMs};
        const bool eye = asker == Asker::Eye || asker == Asker::OrderedEye;
        if (m_word->left - waiting - (eye ? reserveOf(word) : 0) <= 0)
            free = std::max(free, m_word->reset);
    }
    return free;
}

Quota::Taken Quota::note(const QList<HostWindow> &windows, Instant now)
{
    for (const HostWindow &window : windows) {
        auto &sent = m_sent[window.perMs];
        while (!sent.empty() && sent.front().until <= now)
            sent.pop_front();
        const Instant until = now + window.perMs;
        if (!sent.empty() && until < sent.back().until)
            ++sent.back().count;
        else
            sent.push_back({until + bucketMs(window.perMs), 1});
    }
    if (!m_word || m_word->reset <= now || m_word->left <= 0)
        return {now, 0};
    --m_word->left;
    return {now, m_word->number};
}

void Quota::takeBack(const QList<HostWindow> &windows, const Taken &taken)
{
    for (const HostWindow &window : windows) {
        if (window.perMs < leastKeptMs)
            continue;
        auto &sent = m_sent[window.perMs];
        const auto bucket = std::find_if(sent.begin(), sent.end(), [&](const Sent &each) {
            return each.until > taken.at + window.perMs;
        });
        if (bucket != sent.end() && --bucket->count == 0)
            sent.erase(bucket);
    }
    if (m_word && taken.word == m_word->number)
        ++m_word->left;
}

void Quota::said(int left, std::optional<int> limit, Instant reset)
{
    m_word = Word{std::max(0, left), limit, reset, ++m_words};
}

std::optional<QuotaState> Quota::state(const QList<HostWindow> &windows, Instant now) const
{
    std::optional<QuotaState> scarcest;
    const auto take = [&scarcest](const QuotaState &state) {
        const auto part = [](const QuotaState &s) { return double(s.left) / std::max(1, s.limit); };
        if (!scarcest || part(state) < part(*scarcest))
            scarcest = state;
    };
    for (const HostWindow &window : windows) {
        if (window.perMs < leastKeptMs)
            continue;
        QuotaState state{
            std::max(0, window.count - used(window.perMs, now)), window.count, window.perMs, {}};
        for (const Sent &bucket : m_sent.value(window.perMs)) {
            if (bucket.until > now)
                state.wholeAt = bucket.until;
        }
        take(state);
    }
    if (m_word && m_word->reset > now && m_word->limit)
        take({m_word->left, *m_word->limit, 0, m_word->reset});
    return scarcest;
}

QByteArray Quota::saved(Instant now) const
{
    QJsonObject windows;
    for (auto it = m_sent.cbegin(); it != m_sent.cend(); ++it) {
        QJsonArray sent;
        for (const Sent &bucket : *it) {
            if (it.key() >= leastKeptMs && bucket.until > now)
                sent.append(QJsonArray{bucket.until.ms, bucket.count});
        }
        if (!sent.isEmpty())
            windows.insert(QString::number(it.key()), sent);
    }
    QJsonObject kept;
    if (!windows.isEmpty())
        kept.insert(u"sent"_s, windows);
    if (m_word && m_word->reset > now) {
        kept.insert(u"said"_s,
                    QJsonArray{m_word->left, m_word->limit.value_or(0), m_word->reset.ms});
    }
    return kept.isEmpty() ? QByteArray() : QJsonDocument(kept).toJson(QJsonDocument::Compact);
}

Quota Quota::restored(const QByteArray &text, Instant now)
{
    Quota quota;
    const QJsonObject kept = QJsonDocument::fromJson(text).object();
    const QJsonObject windows = kept.value("sent"_L1).toObject();
    for (auto it = windows.begin(); it != windows.end(); ++it) {
        const qint64 perMs = it.key().toLongLong();
        if (perMs < leastKeptMs)
            continue;
        // A clock that was set back must not keep a window shut for longer than it is.
        const Instant latest = now + perMs + bucketMs(perMs);
        for (const QJsonValue &each : it.value().toArray()) {
            const Instant until{each.toArray().at(0).toInteger()};
            const int count = each.toArray().at(1).toInt();
            if (until > now && count > 0)
                quota.m_sent[perMs].push_back({std::min(until, latest), count});
        }
    }
    const QJsonArray word = kept.value("said"_L1).toArray();
    const Instant reset{word.at(2).toInteger()};
    if (word.size() == 3 && reset > now && reset - now <= 31 * dayMs) {
        const int limit = word.at(1).toInt();
        quota.said(word.at(0).toInt(), limit > 0 ? std::optional(limit) : std::nullopt, reset);
    }
    return quota;
}

} // namespace wg
