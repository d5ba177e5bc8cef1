// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/instant.h"
#include "core/result.h"
#include "core/untrustedtext.h"

#include <QList>
#include <QStringList>

namespace wg {

/// A distinguished name, in the order in which the certificate has it, as certificate logs and
/// OpenSSL write it: C=US, O="Example, Inc.", CN=Example CA. Empty where the certificate says none.
struct DistinguishedName
{
    UntrustedText text;
    UntrustedText commonName; ///< the last, where there are several
    UntrustedText organisation;
};

/// The names that a certificate is for.
struct AlternativeNames
{
    static constexpr qsizetype most = 1'000;

    QStringList hosts; ///< canonical, "*." kept
    QList<IpAddress> addresses;
    QList<UntrustedText> emails;
    QList<UntrustedText> uris;
    QList<UntrustedText> odd; ///< host names that are none, as found
    qsizetype count = 0; ///< all there are, also those behind the first thousand

    [[nodiscard]] bool isCut() const { return count > most; }
};

/// A public key: RSA 2048, EC P-256, ED25519.
struct CertificateKey
{
    QString algorithm; ///< or its dotted number, where that is not known
    int bits = 0; ///< 0: the key cannot be read
    QString curve;

    [[nodiscard]] QString text() const;
};

/// One X.509 certificate or pre-certificate. Whatever stands in it was written by a stranger;
/// nothing here says that it is trusted, or that anybody's signature is good but its own.
struct Certificate
{
    DistinguishedName subject;
    DistinguishedName issuer;
    AlternativeNames names;
    std::optional<Instant> notBefore; ///< nothing where it is no date
    std::optional<Instant> notAfter;
    QString
        serial; ///< lower-case hex, whole bytes, without leading zeros; "-" in front if negative
    CertificateKey key;
    QString signature; ///< the algorithm, "RSA-SHA256"
    QString sha1; ///< hashes are lower-case hex; of the certificate as it came
    QString sha256;
    QString spkiSha256; ///< of the public key with its algorithm
    /// Of what is signed, without poison and signed timestamps (RFC 6962, section 3.2): the same
    /// for a pre-certificate and its certificate.
    QString tbsSha256;
    bool preCertificate = false;
    bool authority = false; ///< it may sign others
    bool selfSigned = false; ///< verified by its own key

    /// Who issued it and as which number, by which every source knows it: the same for a
    /// pre-certificate and its certificate.
    [[nodiscard]] QString identity() const;
};

/// Reads DER, or every certificate of a PEM text. Malformed where one is none, or where bytes
/// follow it; TooLarge beyond 1 MiB each, 8 MiB and a hundred together. Pure; any thread.
Result<QList<Certificate>> parseCertificates(QByteArrayView bytes);

/// Lower-case hex of a serial number in any writing, without leading zero bytes.
QString canonicalSerial(const QString &hex);

} // namespace wg
