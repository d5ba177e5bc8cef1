// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"

namespace wg::test {

constexpr Instant day0 = Instant::fromSeconds(1'790'000'000);

inline Entity domain(const char *name)
{
    return {ArtifactKind::Domain, QString::fromLatin1(name)};
}

inline Record record(const Entity &owner, const char *type, const char *value)
{
    Record r;
    r.owner = owner;
    const QByteArray t(type);
    r.dataset = t == "A" || t == "AAAA" ? Dataset::Resolutions : Dataset::Dns;
    r.type = QString::fromLatin1(t);
    r.value = UntrustedText::trusted(QString::fromLatin1(value));
    return r;
}

/// A poll of one name by live DNS, watched since a day before, with one question that was proven an
/// hour ago and differs in what the caller adds.
inline Delta pollOf(const Entity &entity, const char *type = "A")
{
    Delta delta;
    delta.asked = entity;
    delta.source = QStringLiteral("dns@192.0.2.53");
    delta.at = day0;
    delta.seq = 100;
    delta.intervalMs = hourMs;
    QuestionDelta question;
    question.answer.question = {entity, record(entity, type, "").dataset, delta.source,
                                QString::fromLatin1(type)};
    question.answer.outcome = Outcome::Complete;
    question.answer.at = day0;
    question.previousProof = day0 - hourMs;
    question.previousCheck = day0 - hourMs;
    delta.questions.append(question);
    delta.eyes.append({QUuid::createUuid(), entity, day0 - dayMs, day0 - dayMs, 10, 0, {}});
    return delta;
}

inline Appeared appeared(const Record &r)
{
    Appeared a;
    a.record = r;
    return a;
}

inline Vanished vanished(const Record &r, std::optional<Instant> since = {})
{
    Vanished v;
    v.record = r;
    v.absentSince = since;
    return v;
}

} // namespace wg::test
