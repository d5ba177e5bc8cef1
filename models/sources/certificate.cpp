// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/certificate.h"

#include "core/entitytext.h"

#include <QCryptographicHash>
#include <QSet>
#include <ctime>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostBytes = 1024 * 1024;
constexpr qsizetype mostText = 8 * mostBytes;
constexpr qsizetype mostCertificates = 100;
constexpr qsizetype mostCharacters = 2'000; ///< of one name
constexpr qsizetype mostSerial = 256; ///< digits; RFC 5280 allows forty

constexpr QByteArrayView pemBegin = "-----BEGIN CERTIFICATE-----";
constexpr QByteArrayView pemEnd = "-----END CERTIFICATE-----";

template <auto release>
struct Release
{
    template <class T>
    void operator()(T *held) const
    {
        release(held);
    }
};
template <class T, auto release>
using Held = std::unique_ptr<T, Release<release>>;

void releaseBytes(unsigned char *bytes)
{
    OPENSSL_free(bytes);
}
using Bytes = Held<unsigned char, releaseBytes>;

/// What OpenSSL could not read here must not be taken for a failure of a connection by whoever
/// uses it next in this thread.
class ErrorsLeftBehind
{
public:
    ErrorsLeftBehind() { ERR_set_mark(); }
    ~ErrorsLeftBehind() { ERR_pop_to_mark(); }
    Q_DISABLE_COPY_MOVE(ErrorsLeftBehind)
};

QByteArrayView bytesOf(const ASN1_STRING *string)
{
    return {ASN1_STRING_get0_data(string), qsizetype(ASN1_STRING_length(string))};
}

UntrustedText textOf(QByteArrayView utf8)
{
    return UntrustedText::fromString(QString::fromUtf8(utf8).left(mostCharacters));
}

QString hashOf(QByteArrayView bytes, QCryptographicHash::Algorithm algorithm)
{
    const auto plain = QByteArray::fromRawData(bytes.data(), bytes.size());
    return QString::fromLatin1(QCryptographicHash::hash(plain, algorithm).toHex());
}

/// Of what one of OpenSSL's encoders writes.
QString encodedHash(const std::function<int(unsigned char **)> &encode)
{
    unsigned char *raw = nullptr;
    const int length = encode(&raw);
    const Bytes bytes(raw);
    return length > 0 ? hashOf({bytes.get(), qsizetype(length)}, QCryptographicHash::Sha256)
                      : QString();
}

/// The short name of an algorithm, or its dotted number.
QString algorithmName(const ASN1_OBJECT *object)
{
    if (const int known = OBJ_obj2nid(object); known != NID_undef)
        return QString::fromLatin1(OBJ_nid2sn(known));
    char dotted[128] = {};
    OBJ_obj2txt(dotted, sizeof dotted, object, 1);
    return QString::fromLatin1(dotted);
}

UntrustedText lastEntry(const X509_NAME *name, int kind)
{
    int found = -1;
    for (int at = -1; (at = X509_NAME_get_index_by_NID(name, kind, at)) >= 0;)
        found = at;
    if (found < 0)
        return {};
    unsigned char *raw = nullptr;
    const int length =
        ASN1_STRING_to_UTF8(&raw, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, found)));
    const Bytes utf8(raw);
    return length > 0 ? textOf({utf8.get(), qsizetype(length)}) : UntrustedText();
}

DistinguishedName readName(const X509_NAME *name)
{
    // As the certificate logs write it; names are compared between sources by this text.
    constexpr unsigned long form =
        (ASN1_STRFLGS_RFC2253 | ASN1_STRFLGS_ESC_QUOTE | XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_FN_SN)
        & ~(0UL | ASN1_STRFLGS_ESC_MSB);
    DistinguishedName read;
    const Held<BIO, BIO_free> sink(BIO_new(BIO_s_mem()));
    if (sink && X509_NAME_print_ex(sink.get(), name, 0, form) > 0) {
        char *text = nullptr;
        const long length = BIO_get_mem_data(sink.get(), &text);
        read.text = textOf({text, qsizetype(length)});
    }
    read.commonName = lastEntry(name, NID_commonName);
    read.organisation = lastEntry(name, NID_organizationName);
    return read;
}

std::optional<Instant> readTime(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return std::nullopt;
    const QDateTime utc(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                        QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
    return utc.isValid() ? std::optional(Instant{utc.toMSecsSinceEpoch()}) : std::nullopt;
}

QString readSerial(const ASN1_INTEGER *number)
{
    const QByteArrayView bytes = bytesOf(number);
    const QString magnitude = canonicalSerial(
        QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toHex()));
    return ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER ? u'-' + magnitude : magnitude;
}

/// NIST's name where there is one: people know P-256, not prime256v1.
QString curveName(const QString &name)
{
    const int known = OBJ_sn2nid(name.toLatin1().constData());
    const char *nist = known == NID_undef ? nullptr : EC_curve_nid2nist(known);
    return nist ? QString::fromLatin1(nist) : name;
}

CertificateKey readKey(const X509 *x509)
{
    CertificateKey key;
    ASN1_OBJECT *algorithm = nullptr;
    if (X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, X509_get_X509_PUBKEY(x509)))
        key.algorithm = algorithmName(algorithm);
    if (key.algorithm == "rsaEncryption"_L1)
        key.algorithm = u"RSA"_s;
    else if (key.algorithm == "id-ecPublicKey"_L1)
        key.algorithm = u"EC"_s;
    else if (key.algorithm == "dsaEncryption"_L1)
        key.algorithm = u"DSA"_s;
    const EVP_PKEY *read = X509_get0_pubkey(x509);
    if (!read)
        return key;
    key.bits = EVP_PKEY_get_bits(read);
    char group[80] = {};
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(read, group, sizeof group, &length) == 1)
        key.curve = curveName(QString::fromLatin1(group, qsizetype(length)));
    return key;
}

/// Collects the alternative names, each once, and counts them all.
class NameCollector
{
public:
    explicit NameCollector(AlternativeNames &names)
        : m_names(names)
    { }

    void add(const GENERAL_NAME &name)
    {
        if (++m_names.count > AlternativeNames::most)
            return;
        switch (name.type) {
        case GEN_DNS:
            return addHost(bytesOf(name.d.dNSName));
        case GEN_IPADD:
            return addAddress(bytesOf(name.d.iPAddress));
        case GEN_EMAIL:
            m_names.emails.append(textOf(bytesOf(name.d.rfc822Name)));
            return;
        case GEN_URI:
            m_names.uris.append(textOf(bytesOf(name.d.uniformResourceIdentifier)));
            return;
        default:
            return;
        }
    }

private:
    void addHost(QByteArrayView bytes)
    {
        // With whatever a hostile name hides in it: what follows a NUL belongs to the name.
        const auto canonical = canonicalHostName(QString::fromUtf8(bytes));
        if (!canonical) {
            m_names.odd.append(textOf(bytes));
        } else if (!m_seen.contains(*canonical)) {
            m_seen.insert(*canonical);
            m_names.hosts.append(*canonical);
        }
    }

    void addAddress(QByteArrayView bytes)
    {
        if (bytes.size() != 4 && bytes.size() != 16)
            return;
        IpAddress address;
        address.v6 = bytes.size() == 16;
        std::copy(bytes.begin(), bytes.end(), address.bytes.begin());
        if (!m_names.addresses.contains(address))
            m_names.addresses.append(address);
    }

    AlternativeNames &m_names;
    QSet<QString> m_seen;
};

AlternativeNames readAlternativeNames(const X509 *x509)
{
    AlternativeNames names;
    NameCollector collector(names);
    for (int at = -1; (at = X509_get_ext_by_NID(x509, NID_subject_alt_name, at)) >= 0;) {
        const Held<GENERAL_NAMES, GENERAL_NAMES_free> read(
            static_cast<GENERAL_NAMES *>(X509V3_EXT_d2i(X509_get_ext(x509, at))));
        const int count = read ? sk_GENERAL_NAME_num(read.get()) : 0;
        for (int i = 0; i < count; ++i)
            collector.add(*sk_GENERAL_NAME_value(read.get(), i));
    }
    return names;
}

bool isAuthority(const X509 *x509)
{
    const Held<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free> constraints(
        static_cast<BASIC_CONSTRAINTS *>(
            X509_get_ext_d2i(x509, NID_basic_constraints, nullptr, nullptr)));
    return constraints && constraints->ca != 0;
}

bool isSelfSigned(X509 *x509)
{
    EVP_PKEY *key = X509_get0_pubkey(x509);
    return key && X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0
        && X509_verify(x509, key) == 1;
}

/// Changes the certificate: nothing else may be read from it afterwards. Nothing where extensions
/// repeat beyond reason: RFC 5280 4.2 allows one of a kind, and each costs a walk through all.
QString takeTbsHash(X509 *x509)
{
    constexpr int mostOfOneKind = 16;
    for (const int kind : {NID_ct_precert_poison, NID_ct_precert_scts}) {
        int count = 0;
        for (int at = -1; (at = X509_get_ext_by_NID(x509, kind, -1)) >= 0;) {
            if (++count > mostOfOneKind)
                return {};
            X509_EXTENSION_free(X509_delete_ext(x509, at));
        }
    }
    return encodedHash([x509](unsigned char **out) { return i2d_re_X509_tbs(x509, out); });
}

Result<Certificate> parseDer(QByteArrayView der)
{
    const ErrorsLeftBehind errors;
    if (der.size() > mostBytes)
        return Error{ErrorCode::TooLarge, u"a certificate of more than 1 MiB"_s};
    const auto *at = reinterpret_cast<const unsigned char *>(der.data());
    const auto *const end = at + der.size();
    const Held<X509, X509_free> x509(d2i_X509(nullptr, &at, long(der.size())));
    if (!x509)
        return Error{ErrorCode::Malformed, u"this is no certificate"_s};
    if (at != end)
        return Error{ErrorCode::Malformed, u"bytes follow the certificate"_s};
    X509 *const read = x509.get();
    Certificate made;
    made.subject = readName(X509_get_subject_name(read));
    made.issuer = readName(X509_get_issuer_name(read));
    made.names = readAlternativeNames(read);
    made.notBefore = readTime(X509_get0_notBefore(read));
    made.notAfter = readTime(X509_get0_notAfter(read));
    made.serial = readSerial(X509_get0_serialNumber(read));
    made.key = readKey(read);
    const ASN1_OBJECT *signature = nullptr;
    X509_ALGOR_get0(&signature, nullptr, nullptr, X509_get0_tbs_sigalg(read));
    made.signature = algorithmName(signature);
    made.sha1 = hashOf(der, QCryptographicHash::Sha1);
    made.sha256 = hashOf(der, QCryptographicHash::Sha256);
    const X509_PUBKEY *key = X509_get_X509_PUBKEY(read);
    made.spkiSha256 = encodedHash([key](unsigned char **out) { return i2d_X509_PUBKEY(key, out); });
    made.preCertificate = X509_get_ext_by_NID(read, NID_ct_precert_poison, -1) >= 0;
    made.authority = isAuthority(read);
    made.selfSigned = isSelfSigned(read);
    made.tbsSha256 = takeTbsHash(read);
    return made;
}

/// The bytes between two lines of PEM.
Result<Certificate> parsePemBody(QByteArrayView body)
{
    QByteArray plain = body.toByteArray();
    plain.removeIf([](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    const auto der = QByteArray::fromBase64Encoding(plain, QByteArray::AbortOnBase64DecodingErrors);
    if (!der)
        return Error{ErrorCode::Malformed, u"this is no Base64"_s};
    return parseDer(*der);
}

Result<QList<Certificate>> parsePem(QByteArrayView text)
{
    QList<Certificate> all;
    for (qsizetype at = 0; (at = text.indexOf(pemBegin, at)) >= 0;) {
        at += pemBegin.size();
        const qsizetype end = text.indexOf(pemEnd, at);
        if (end < 0)
            return Error{ErrorCode::Malformed, u"the text ends within a certificate"_s};
        if (all.size() >= mostCertificates)
            return Error{ErrorCode::TooLarge, u"more than a hundred certificates"_s};
        auto one = parsePemBody(text.sliced(at, end - at));
        if (!one)
            return one.error();
        all.append(std::move(one).value());
        at = end;
    }
    return all;
}

} // namespace

QString CertificateKey::text() const
{
    if (!curve.isEmpty())
        return algorithm + u' ' + curve;
    const bool sized = bits > 0 && (algorithm == "RSA"_L1 || algorithm == "DSA"_L1);
    return sized ? u"%1 %2"_s.arg(algorithm).arg(bits) : algorithm;
}

QString Certificate::identity() const
{
    return issuer.text.isEmpty() ? serial : serial + u' ' + issuer.text.raw();
}

Result<QList<Certificate>> parseCertificates(QByteArrayView bytes)
{
    if (bytes.size() > mostText)
        return Error{ErrorCode::TooLarge, u"more than 8 MiB of certificates"_s};
    // A sequence of more than 127 bytes begins so, and no text does.
    const bool binary = bytes.size() > 1 && bytes[0] == '\x30' && quint8(bytes[1]) >= 0x80;
    if (!binary && bytes.indexOf(pemBegin) >= 0)
        return parsePem(bytes);
    auto one = parseDer(bytes);
    if (!one)
        return one.error();
    return QList<Certificate>{std::move(one).value()};
}

QString canonicalSerial(const QString &hex)
{
    QString plain = hex.toLower();
    plain.remove(u':').remove(u' ');
    const QString sign = plain.startsWith(u'-') ? u"-"_s : QString();
    plain.remove(0, sign.size());
    if (plain.size() % 2 != 0)
        plain.prepend(u'0');
    qsizetype zeros = 0;
    while (plain.size() - zeros > 2 && QStringView(plain).sliced(zeros, 2) == "00"_L1)
        zeros += 2;
    plain.remove(0, zeros);
    return sign + (plain.size() > mostSerial ? plain.left(mostSerial) + u'…' : plain);
}

} // namespace wg
