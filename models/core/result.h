// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <utility>
#include <variant>

namespace wg {

/// Every way an order can fail. Words for people are chosen at the edges, by a switch without
/// default.
enum class ErrorCode : quint8
{
    Usage, ///< the order itself is wrong (unknown verb, bad option value)
    NotAnEntity, ///< the text names no domain and no address
    NotFound, ///< well asked, but there is no such thing
    NothingStored, ///< an offline question the cache has no answer to
    Refused, ///< policy says no: PAP, consent, never-ask list; or whoever was asked does
    Postponed, ///< a quota is used up for now: nobody was asked
    Held, ///< may be a per-victim name; asking can identify the analyst
    Unreachable, ///< nobody answered
    Malformed, ///< an answer or a file that is not what it should be
    TooLarge, ///< more than a cap allows
    Cancelled, ///< the one who waited went away
    NotWritable, ///< the workspace or file cannot be written
    DiskFull, ///< no space left
    NewerSchema, ///< the database was written by a newer program
    Corrupt, ///< the database is damaged
    WorkspaceBusy, ///< another process owns the workspace
    Conflict, ///< it changed meanwhile
    Failed, ///< anything else; the detail says what
};

/// What went wrong: a code for programs, and a detail in plain English that may hold outside text.
struct Error
{
    ErrorCode code = ErrorCode::Failed;
    QString detail;
};

/// A value or an Error. Callers look before they take.
template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_held(std::move(value))
    { }
    Result(Error error)
        : m_held(std::move(error))
    { }

    explicit operator bool() const { return m_held.index() == 0; }
    [[nodiscard]] bool ok() const { return m_held.index() == 0; }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_held); }
    [[nodiscard]] T &value() & { return std::get<0>(m_held); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_held)); }
    const T &operator*() const & { return std::get<0>(m_held); }
    T &operator*() & { return std::get<0>(m_held); }
    const T *operator->() const { return &std::get<0>(m_held); }
    T *operator->() { return &std::get<0>(m_held); }

    [[nodiscard]] const Error &error() const { return std::get<1>(m_held); }

private:
    std::variant<T, Error> m_held;
};

/// The value of an order that has nothing to return.
struct Done
{ };

} // namespace wg
