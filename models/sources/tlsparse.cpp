// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tlsparse.h"

#include "sources/certificatefields.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr auto handshake = "handshake"_L1;
constexpr qsizetype longestWords = 300;

/// The lines in front of the chain.
QHash<QByteArray, QString> agreedIn(const QByteArray &head)
{
    QHash<QByteArray, QString> agreed;
    const QByteArrayList lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0)
            agreed.insert(line.first(colon),
                          QString::fromUtf8(line.sliced(colon + 2)).left(longestWords));
    }
    return agreed;
}

void addDetail(Record &record, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        setAttribute(record.details, name, UntrustedText::fromString(text));
}

Record recordOf(const Artifact &owner, Dataset dataset, const QString &type, const QString &value)
{
    Record record;
    record.owner = owner;
    record.dataset = dataset;
    record.type = type;
    record.value = UntrustedText::fromString(value);
    return record;
}

/// As the sources of certificates give it; that it is trusted or not is no change of it.
Record certificateRecord(const Artifact &owner, const Certificate &certificate,
                         const QString &distrust)
{
    Record record =
        recordOf(owner, Dataset::Certificates, u"certificate"_s, certificate.identity());
    const QStringList fields = certificateFields();
    for (const QString &field : fields) {
        if (field != "identity"_L1)
            addDetail(record, field, certificateField(certificate, field).join(u','));
    }
    addDetail(record, u"verified"_s, distrust.isEmpty() ? u"true"_s : distrust);
    return record;
}

/// What was agreed on depends on which of a service's machines answered, so it is no part of it.
Record serviceRecord(const Artifact &owner, const QHash<QByteArray, QString> &agreed,
                     const Certificate &certificate)
{
    Record record = recordOf(owner, Dataset::Services, u"port"_s, u"443"_s);
    addDetail(record, u"transport"_s, u"tcp"_s);
    addDetail(record, u"protocol"_s, agreed.value("protocol"));
    addDetail(record, u"cipher"_s, agreed.value("cipher"));
    addDetail(record, u"alpn"_s, agreed.value("alpn"));
    addDetail(record, u"certificate_sha256"_s, certificate.sha256);
    return record;
}

Observation observationOf(const Question &question, const RawAnswer &answer)
{
    Observation out;
    out.question = question;
    out.presence = Presence::Current;
    out.outcome = answer.failure;
    out.detail = answer.detail;
    out.at = answer.at;
    return out;
}

} // namespace

QList<Question> tlsQuestions(const Artifact &subject)
{
    return {{subject, Dataset::Certificates, u"tls"_s, handshake},
            {subject, Dataset::Services, u"tls"_s, handshake}};
}

QByteArray tlsAnswerBytes(const TlsAnswer &answer)
{
    const auto line = [](const char *name, QString text) {
        text.replace(u'\n', u' ').replace(u'\r', u' ');
        return QByteArray(name) + ": " + text.toUtf8() + '\n';
    };
    QByteArray bytes = line("protocol", answer.protocol) + line("cipher", answer.cipher)
        + line("alpn", answer.alpn) + line("distrust", answer.distrust) + '\n';
    constexpr qsizetype pemLine = 64; // RFC 7468
    for (const QByteArray &der : answer.chain) {
        bytes += "-----BEGIN CERTIFICATE-----\n";
        const QByteArray base64 = der.toBase64();
        for (qsizetype at = 0; at < base64.size(); at += pemLine)
            bytes += base64.mid(at, pemLine) + '\n';
        bytes += "-----END CERTIFICATE-----\n";
    }
    return bytes;
}

QList<Observation> parseTls(const RawPass &raw)
{
    if (raw.answers.isEmpty())
        return {};
    const RawAnswer &answer = raw.answers.first();
    QList<Observation> out;
    const auto questions = tlsQuestions(raw.asked);
    for (const Question &question : questions)
        out.append(observationOf(question, answer));
    out.first().raw = answer.bytes;
    if (answer.failure != Outcome::Complete)
        return out;
    const qsizetype end = std::max<qsizetype>(0, answer.bytes.indexOf("\n\n"));
    const auto agreed = agreedIn(answer.bytes.first(end));
    const auto chain = parseCertificates(answer.bytes.sliced(end));
    if (!chain || chain->isEmpty()) {
        for (Observation &each : out) {
            each.outcome = Outcome::Malformed;
            each.detail = chain ? u"the server presents no certificate"_s : chain.error().detail;
        }
        return out;
    }
    const Certificate &own = chain->first();
    out[0].records = {certificateRecord(raw.asked, own, agreed.value("distrust"))};
    out[1].records = {serviceRecord(raw.asked, agreed, own)};
    return out;
}

} // namespace wg
