// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/maxmindparse.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString textOf(const QJsonObject &told, QLatin1String member)
{
    return told.value(member).toString().simplified();
}

/// One fact, with what stands beside it and where it is from.
void add(QList<Record> &records, const Artifact &owner, const QJsonObject &told, Record record)
{
    if (record.value.raw().isEmpty())
        return;
    record.owner = owner;
    record.dataset = Dataset::Network;
    for (const auto member : {"file"_L1, "built"_L1})
        setAttribute(record.details, member, UntrustedText::fromString(textOf(told, member)));
    records.append(record);
}

Record recordOf(const QString &type, const QString &value, Identity identity)
{
    Record record;
    record.type = type;
    record.value = UntrustedText::fromString(value);
    record.identity = identity;
    return record;
}

void addDetail(Record &record, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        setAttribute(record.details, name, UntrustedText::fromString(text));
}

QList<Record> recordsOf(const Artifact &owner, const QJsonObject &told)
{
    QList<Record> records;
    const qint64 number = told.value("asn"_L1).toInteger();
    Record asn =
        recordOf(u"asn"_s, number > 0 ? u"AS%1"_s.arg(number) : QString(), Identity::Value);
    addDetail(asn, u"holder"_s, textOf(told, "organisation"_L1));
    add(records, owner, told, asn);
    Record country = recordOf(u"country"_s, textOf(told, "country"_L1), Identity::Type);
    addDetail(country, u"name"_s, textOf(told, "country_name"_L1));
    add(records, owner, told, country);
    add(records, owner, told, recordOf(u"city"_s, textOf(told, "city"_L1), Identity::Type));
    return records;
}

Observation parseAnswer(const RawAnswer &answer)
{
    Observation out;
    out.question = answer.question;
    out.presence = Presence::Current;
    out.outcome = answer.failure;
    out.detail = answer.detail;
    out.at = answer.at;
    if (answer.failure != Outcome::Complete)
        return out;
    out.raw = answer.bytes;
    const QJsonDocument document = QJsonDocument::fromJson(answer.bytes);
    if (!document.isObject()) {
        out.outcome = Outcome::Malformed;
        out.detail = u"what the file says cannot be read"_s;
        return out;
    }
    out.records = recordsOf(answer.question.asked, document.object());
    if (out.records.isEmpty()) {
        out.outcome = Outcome::Empty;
        out.detail = u"the file does not know the address"_s;
    }
    return out;
}

} // namespace

QList<Observation> parseMaxmind(const RawPass &raw)
{
    QList<Observation> out;
    for (const RawAnswer &answer : raw.answers)
        out.append(parseAnswer(answer));
    return out;
}

} // namespace wg
