// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"
#include "sources/jcard.h"

#include <QJsonArray>
#include <QJsonObject>

namespace wg {

/// Collects whois records of one owner; empty values and repetitions are left out.
class WhoisRecords
{
public:
    explicit WhoisRecords(Artifact owner)
        : m_owner(std::move(owner))
    { }

    /// A single-valued fact: another value modifies it.
    void single(const QString &type, const QString &value);
    /// One of several: the value is the fact.
    void member(const QString &type, const QString &value);
    /// Attribute (compared) and detail (never compared) of the record added last.
    void attribute(const QString &name, const QString &text);
    void detail(const QString &name, const QString &text);

    [[nodiscard]] const QList<Record> &records() const { return m_records; }

private:
    void add(const QString &type, const QString &value, Identity identity);

    Artifact m_owner;
    QList<Record> m_records;
    bool m_added = false;
};

/// "clientDeleteProhibited https://icann.org/epp#…" and "Client Delete Prohibited" are one status.
QString whoisStatus(const QString &text);

/// Text of a member, redaction seen through, white space made single blanks.
QString rdapText(const QJsonObject &object, QLatin1String member);
/// The date of the event with the first of these actions that there is, as RFC 3339; of several the
/// earliest registration, else the latest. Empty when missing or impossible.
QString rdapEvent(const QJsonObject &object, std::initializer_list<QLatin1String> actions);
/// The first entity with this role, looked for in entities of entities as well; empty when none.
QJsonObject rdapEntity(const QJsonObject &object, QLatin1String role, int depth = 3);
/// Contact of the first entity with this role that says anything.
Contact rdapContact(const QJsonObject &object, QLatin1String role, int depth = 3);

} // namespace wg
