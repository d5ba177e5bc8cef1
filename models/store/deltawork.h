// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/deltabuilder.h"

namespace wg {

constexpr qsizetype mostMembers = 32; ///< of a larger set a check does not keep them
constexpr qsizetype memberSize = 8;

/// Whether a check's members, the beginnings of ids, hold this one.
inline bool isMember(const QByteArray &members, const Hash128 &id)
{
    const auto known = toBytes(id).left(memberSize);
    for (qsizetype i = 0; i < members.size(); i += memberSize) {
        if (members.sliced(i, memberSize) == known)
            return true;
    }
    return false;
}

/// What an eye knows of facts that were told at their other end.
struct DeltaBuilder::OtherEnd
{
    qint64 baselineSeq = 0;
    QSet<QByteArray> toldByCards;
    Instant answered; ///< the latest time of the question's answers, by clocks that were set back
};

/// One question while it is compared.
struct DeltaBuilder::Work
{
    const Pass &pass;
    OpenQuestion &question;
    qsizetype index = 0;
    QuestionDelta delta;
    BuiltDelta &built;
    QHash<QByteArray, qsizetype> &told; ///< which edit tells what another answer told already
    std::optional<CheckRow> before = {}; ///< the question's last check, or what stands for it
    bool pendings = false;
    std::optional<OtherEnd> otherEnd = {};
};

} // namespace wg
