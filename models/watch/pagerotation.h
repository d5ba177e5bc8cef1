// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"

#include <QSet>

namespace wg {

/// The same but for numbers: cookies "sid_12" and "sid_9f" of one domain, hosts "img1.cdn.net" and
/// "img7.cdn.net", titles with another count. A word with a digit in it is a number. Empty for
/// facts that no page exchanges. Pure.
QString pageShape(const Record &record);

/// Which members of a web page come and go with every visit, and are no news: cookies with a number
/// in their name, hosts that share a load, titles. Pure; used within one look at a question.
class PageRotation
{
public:
    explicit PageRotation(const QuestionDelta &question);

    /// One for another that differs in numbers alone, or of a rotating page from hands known.
    [[nodiscard]] bool isMember(const Appeared &appeared) const;
    [[nodiscard]] bool isMember(const Vanished &vanished) const;
    [[nodiscard]] bool isMember(const Altered &altered) const;

private:
    [[nodiscard]] bool isIn(const QSet<QString> &others, const Record &record) const;

    bool m_exchanges = false; ///< within three checks
    bool m_rotates = false; ///< twice within three checks
    bool m_everyVisit = false; ///< with every visit of late: another title says nothing
    QSet<QString> m_before; ///< shapes and hands of what the page had
    QSet<QString> m_now; ///< … and has
};

} // namespace wg
