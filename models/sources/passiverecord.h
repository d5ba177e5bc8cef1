// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg {

/// One sentence of passive DNS as its teller words it: "name has type data, seen count times from
/// first to last". The views are UTF-8 and need to live only during make().
struct PassiveStatement
{
    std::string_view name;
    std::string_view type; ///< "A", "a", "TYPE257", or a number as text
    std::string_view data;
    std::optional<Instant> first;
    std::optional<Instant> last;
    std::string_view bailiwick = {}; ///< empty where untold, as is the count
    std::string_view count = {};
};

/// Turns statements into records; neighbours about one name share its text. Dates that cannot be
/// (before 1970, or behind the moment it was told) are dropped, the record stays. One thread at a
/// time.
class PassiveRecordMaker
{
public:
    /// told: when the teller was asked or its file read.
    explicit PassiveRecordMaker(Instant told);

    /// Writes all of the record and returns no text, or returns what is wrong in one sentence. The
    /// room that its texts had is used again.
    QLatin1String make(const PassiveStatement &statement, Record &out);

private:
    /// A record type as told.
    struct Type
    {
        std::string bytes;
        QString name;
        quint16 number = 0; ///< 0 where it has none
    };

    [[nodiscard]] const Type &type() const { return m_types[m_type]; }
    bool readOwner(std::string_view name);
    QLatin1String readType(std::string_view bytes);
    static QLatin1String recogniseType(Type &type);
    QLatin1String readValue(std::string_view data, Record &out) const;
    QLatin1String readAddress(std::string_view data, UntrustedText &out) const;
    void readDetails(const PassiveStatement &statement, std::string_view serial, Attributes &out);
    [[nodiscard]] bool isPossible(const std::optional<Instant> &date) const;

    std::string m_ownerBytes;
    Artifact m_owner;
    std::string m_bailiwickBytes;
    UntrustedText m_bailiwick;
    std::vector<Type> m_types; ///< some of those told so far
    std::size_t m_type = 0; ///< which is that of the statement at hand
    Instant m_latest; ///< later dates are impossible
};

/// A time stamp in seconds, milliseconds or microseconds, told apart by size; nothing for 0 and
/// less.
std::optional<Instant> passiveTime(double stamp);
std::optional<Instant> passiveTime(quint64 stamp);
/// The same as text, or RFC 3339.
std::optional<Instant> passiveTime(std::string_view text);

} // namespace wg
