// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/logreader.h"

#include <array>

namespace wg {

/// What a named field of a log holds.
enum class FlowField : quint8
{
    Nothing,
    Time,
    Who,
    Address,
    Port,
    Protocol,
    Name, ///< the host that was asked for
    Host, ///< the same where the rest is of HTTP; elsewhere whoever wrote the log
    ServerName, ///< of TLS
    Query, ///< of DNS
    QueryType,
    Url,
    Action,
    Method, ///< shows that it is HTTP
    SourcePort,
    Event, ///< Suricata's kind of line: "alert", "drop", "fileinfo" …
    DnsPart, ///< "query" or "answer"
    Direction, ///< of an alert's packet: "to_client"
};

/// The fields of one line of a log that names them (Zeek's, and JSON of many programs), and the
/// contact they tell of. Values only.
class FlowFields
{
public:
    /// By the usual names, members of objects after a dot: "id.resp_h", "dest_ip", "url.domain" …
    static FlowField fieldOf(std::string_view name);

    void clear() { m_texts.fill({}); }
    /// The first of several that say something counts; of DNS types a name more than a number.
    void set(FlowField field, std::string_view text);
    /// Bad where the line says neither who nor when, or when in no form that is known; about no
    /// contact where it does not say who, or with nobody.
    LogVerdict contact(LogLine &out) const;

private:
    [[nodiscard]] std::string_view text(FlowField field) const
    {
        return m_texts[std::size_t(field)];
    }
    void fillTarget(LogLine &out) const;
    [[nodiscard]] bool isEcho() const;
    [[nodiscard]] bool isAnswer() const;
    [[nodiscard]] FlowFields turned() const;
    LogVerdict contactSaid(LogLine &out) const;

    std::array<std::string_view, 18> m_texts;
};

} // namespace wg
