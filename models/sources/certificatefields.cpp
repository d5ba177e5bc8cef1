// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/certificatefields.h"

#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString dateText(std::optional<Instant> date)
{
    return date ? toRfc3339(*date) : QString();
}

QString mark(bool set)
{
    return set ? u"true"_s : QString();
}

/// All alternative names; the subject's own where a certificate of the old kind has none.
QStringList namesOf(const Certificate &certificate)
{
    const AlternativeNames &names = certificate.names;
    QStringList all = names.hosts;
    for (const IpAddress &address : names.addresses)
        all.append(address.text());
    for (const auto *texts : {&names.emails, &names.uris, &names.odd}) {
        for (const UntrustedText &text : *texts)
            all.append(text.raw());
    }
    if (names.count == 0)
        all.append(certificate.subject.commonName.raw());
    return all;
}

QString countOf(const Certificate &certificate)
{
    return certificate.names.count > 0 ? QString::number(certificate.names.count) : QString();
}

struct Field
{
    QLatin1String word;
    QStringList (*read)(const Certificate &);
};

constexpr std::array fields{
    Field{"identity"_L1, [](const Certificate &c) { return QStringList{c.identity()}; }},
    Field{"subject"_L1, [](const Certificate &c) { return QStringList{c.subject.text.raw()}; }},
    Field{"common_name"_L1,
          [](const Certificate &c) { return QStringList{c.subject.commonName.raw()}; }},
    Field{"organisation"_L1,
          [](const Certificate &c) { return QStringList{c.subject.organisation.raw()}; }},
    Field{"issuer"_L1, [](const Certificate &c) { return QStringList{c.issuer.text.raw()}; }},
    Field{"issuer_name"_L1,
          [](const Certificate &c) { return QStringList{c.issuer.commonName.raw()}; }},
    Field{"issuer_organisation"_L1,
          [](const Certificate &c) { return QStringList{c.issuer.organisation.raw()}; }},
    Field{"names"_L1, namesOf},
    Field{"name_count"_L1, [](const Certificate &c) { return QStringList{countOf(c)}; }},
    Field{"not_before"_L1, [](const Certificate &c) { return QStringList{dateText(c.notBefore)}; }},
    Field{"not_after"_L1, [](const Certificate &c) { return QStringList{dateText(c.notAfter)}; }},
    Field{"serial"_L1, [](const Certificate &c) { return QStringList{c.serial}; }},
    Field{"key"_L1, [](const Certificate &c) { return QStringList{c.key.text()}; }},
    Field{"signature"_L1, [](const Certificate &c) { return QStringList{c.signature}; }},
    Field{"sha1"_L1, [](const Certificate &c) { return QStringList{c.sha1}; }},
    Field{"sha256"_L1, [](const Certificate &c) { return QStringList{c.sha256}; }},
    Field{"spki_sha256"_L1, [](const Certificate &c) { return QStringList{c.spkiSha256}; }},
    Field{"tbs_sha256"_L1, [](const Certificate &c) { return QStringList{c.tbsSha256}; }},
    Field{"precertificate"_L1,
          [](const Certificate &c) { return QStringList{mark(c.preCertificate)}; }},
    Field{"authority"_L1, [](const Certificate &c) { return QStringList{mark(c.authority)}; }},
    Field{"self_signed"_L1, [](const Certificate &c) { return QStringList{mark(c.selfSigned)}; }},
};

} // namespace

QStringList certificateFields()
{
    QStringList words;
    for (const Field &field : fields)
        words.append(field.word);
    return words;
}

QStringList certificateField(const Certificate &certificate, QStringView field)
{
    for (const Field &each : fields) {
        if (each.word != field)
            continue;
        QStringList texts = each.read(certificate);
        texts.removeAll(QString());
        return texts;
    }
    return {};
}

} // namespace wg
