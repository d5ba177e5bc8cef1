// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/cymruparse.h"

#include "core/address.h"
#include "sources/dnsparse.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int parserVersion = 2; ///< tells the country too

/// The most specific announced prefix around an address, as the rows of one answer tell.
struct Origin
{
    IpNetwork prefix{{}, -1};
    QStringList asns;
    QString country; ///< to which the registry gave it
    QString registry;
};

/// "AS13335", or nothing for what is no number of an autonomous system.
QString asnText(const QString &word)
{
    bool ok = false;
    const quint32 number = word.toUInt(&ok);
    return ok && number > 0 ? u"AS%1"_s.arg(number) : QString();
}

/// "AU", or nothing.
QString countryIn(const QString &word)
{
    const auto isLetter = [](QChar c) { return c >= u'A' && c <= u'Z'; };
    const QString code = word.toUpper();
    return code.size() == 2 && std::all_of(code.begin(), code.end(), isLetter) ? code : QString();
}

/// The TXT packet as live DNS understands it.
Observation dnsAnswer(const RawAnswer &answer, const QString &name)
{
    RawAnswer asked = answer;
    asked.question = {{ArtifactKind::Domain, name}, Dataset::Dns, u"cymru"_s, u"TXT"_s};
    return parseDnsAnswer(asked);
}

/// The fields of "13335 | 1.1.1.0/24 | AU | apnic | 2011-08-11".
QStringList fieldsOf(const Record &record)
{
    QStringList fields = record.value.raw().left(1000).split(u'|');
    for (QString &field : fields)
        field = field.simplified();
    return fields;
}

void take(Origin &origin, const QStringList &fields, const IpAddress &address)
{
    const auto prefix = parseNetwork(fields.value(1));
    const bool fits = prefix && prefix->contains(address);
    if (!fits || prefix->length < origin.prefix.length)
        return;
    if (prefix->length > origin.prefix.length)
        origin = {*prefix, {}, countryIn(fields.value(2)), fields.value(3)};
    const QStringList words = fields.value(0).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const QString asn = asnText(word);
        if (!asn.isEmpty() && !origin.asns.contains(asn))
            origin.asns.append(asn);
    }
}

Origin originIn(const Observation &told, const IpAddress &address)
{
    Origin origin;
    for (const Record &record : told.records)
        take(origin, fieldsOf(record), address);
    return origin;
}

/// "CLOUDFLARENET, US" of "13335 | US | arin | 2010-07-14 | CLOUDFLARENET, US".
QString holderIn(const RawAnswer &answer)
{
    const Observation told = dnsAnswer(answer, cymruHolderName(answer.question.text));
    for (const Record &record : told.records) {
        const QStringList fields = fieldsOf(record);
        if (fields.size() >= 5 && asnText(fields[0]) == answer.question.text)
            return fields[4];
    }
    return {};
}

Record recordOf(const Artifact &owner, const QString &type, const QString &value)
{
    Record record;
    record.owner = owner;
    record.dataset = Dataset::Network;
    record.type = type;
    record.value = UntrustedText::fromString(value);
    return record;
}

void addDetail(Record &record, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        setAttribute(record.details, name, UntrustedText::fromString(text));
}

QList<Record> recordsOf(const Origin &origin, const RawPass &raw)
{
    Record prefix = recordOf(raw.asked, u"prefix"_s, origin.prefix.text());
    prefix.identity = Identity::Type;
    addDetail(prefix, u"registry"_s, origin.registry);
    QList<Record> records{prefix};
    for (const QString &asn : origin.asns) {
        Record record = recordOf(raw.asked, u"asn"_s, asn);
        for (const RawAnswer &answer : raw.answers.mid(1)) {
            if (answer.question.text == asn)
                addDetail(record, u"holder"_s, holderIn(answer));
        }
        records.append(record);
    }
    if (!origin.country.isEmpty()) {
        records.append(recordOf(raw.asked, u"country"_s, origin.country));
        records.last().identity = Identity::Type;
    }
    return records;
}

} // namespace

QString cymruOriginName(const Artifact &address)
{
    const auto parsed = parseAddress(address.value);
    if (!parsed)
        return {};
    const QString reversed = reverseName(*parsed);
    const auto tail = parsed->v6 ? "ip6.arpa"_L1 : "in-addr.arpa"_L1;
    return reversed.chopped(tail.size())
        + (parsed->v6 ? "origin6.asn.cymru.com"_L1 : "origin.asn.cymru.com"_L1);
}

QString cymruHolderName(const QString &asn)
{
    return asn.toLower() + ".asn.cymru.com"_L1;
}

QStringList cymruOrigins(const RawAnswer &answer)
{
    const auto address = parseAddress(answer.question.asked.value);
    if (!address)
        return {};
    return originIn(dnsAnswer(answer, cymruOriginName(answer.question.asked)), *address).asns;
}

QList<Observation> parseCymru(const RawPass &raw)
{
    const auto address = parseAddress(raw.asked.value);
    if (raw.answers.isEmpty() || !address)
        return {};
    const RawAnswer &first = raw.answers.first();
    Observation out = dnsAnswer(first, cymruOriginName(raw.asked));
    const Origin origin = originIn(out, *address);
    out.question = first.question;
    out.parserVersion = parserVersion;
    const bool told = out.outcome == Outcome::Complete;
    out.records.clear();
    if (told && origin.asns.isEmpty()) {
        out.outcome = Outcome::Malformed;
        out.detail = u"the answer names no announced prefix around the address"_s;
    } else if (told) {
        out.records = recordsOf(origin, raw);
    } else if (out.outcome == Outcome::Empty) {
        out.detail = u"nobody announces the address"_s;
    }
    return {out};
}

} // namespace wg
