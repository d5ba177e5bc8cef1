// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record.h"

#include "core/address.h"
#include "core/entitytext.h"
#include "core/hostname.h"

#include <QVarLengthArray>
#include <sodium.h>

namespace wg {

namespace {

constexpr char formVersion = 1;

/// libsodium picks the fastest code for this processor once it is initialised.
void prepareHashing()
{
    static const int ready = sodium_init();
    Q_UNUSED(ready);
}

/// Canonical bytes under construction; on the stack for all but the longest records.
class Canonical
{
public:
    Canonical() { m_bytes.append(formVersion); }

    void add(QLatin1String ascii)
    {
        addLength(ascii.size());
        m_bytes.append(ascii.data(), ascii.size());
    }
    void add(QStringView text)
    {
        const qsizetype start = m_bytes.size();
        m_bytes.resize(start + 4 + text.size());
        const char16_t *at = text.utf16();
        const char16_t *const end = at + text.size();
        char *to = m_bytes.data() + start + 4;
        while (at != end && *at < 0x80)
            *to++ = char(*at++);
        if (at != end) {
            m_bytes.resize(to - m_bytes.data());
            const QByteArray rest = QStringView(at, end).toUtf8();
            m_bytes.append(rest.constData(), rest.size());
        }
        putLength(m_bytes.data() + start, m_bytes.size() - start - 4);
    }
    [[nodiscard]] Hash128 hash() const { return hashOf({m_bytes.data(), m_bytes.size()}); }

private:
    void addLength(qsizetype length)
    {
        const qsizetype start = m_bytes.size();
        m_bytes.resize(start + 4);
        putLength(m_bytes.data() + start, length);
    }
    static void putLength(char *at, qsizetype length)
    {
        for (int i = 0; i < 4; ++i)
            at[i] = char(quint8(quint64(length) >> (8 * i)));
    }

    QVarLengthArray<char, 1024> m_bytes;
};

/// DNS and WHOIS types whose value is a host name.
bool isHostType(QStringView type)
{
    constexpr QLatin1String types[] = {
        QLatin1String("NS"),         QLatin1String("MX"),          QLatin1String("CNAME"),
        QLatin1String("PTR"),        QLatin1String("DNAME"),       QLatin1String("SRV"),
        QLatin1String("HTTPS"),      QLatin1String("SVCB"),        QLatin1String("SOA"),
        QLatin1String("nameserver"), QLatin1String("name_server"), QLatin1String("subdomain"),
        QLatin1String("hostname")};
    return std::any_of(std::begin(types), std::end(types),
                       [type](QLatin1String one) { return type == one; });
}

/// The address that a text is; it keeps the text itself where that is canonical already.
std::optional<Artifact> addressIn(const QString &text)
{
    const auto address = parseAddress(text);
    if (!address)
        return std::nullopt;
    Artifact artifact = address->artifact();
    if (artifact.value == text)
        artifact.value = text;
    return artifact;
}

std::optional<Artifact> hostIn(const QString &text)
{
    if (isPlainHostName(text)) // nearly all are
        return Artifact{ArtifactKind::Domain, text};
    const auto name = canonicalHostName(text);
    if (!name || !name->contains(QLatin1Char('.')))
        return std::nullopt;
    return Artifact{ArtifactKind::Domain, *name};
}

bool lessByName(const Attribute &a, QStringView name)
{
    return QStringView(a.name) < name;
}

} // namespace

UntrustedText attribute(const Attributes &attributes, QStringView name)
{
    const auto at = std::lower_bound(attributes.begin(), attributes.end(), name, lessByName);
    return at != attributes.end() && at->name == name ? at->text : UntrustedText();
}

void setAttribute(Attributes &attributes, const QString &name, UntrustedText text)
{
    const auto at = std::lower_bound(attributes.begin(), attributes.end(), name, lessByName);
    const bool found = at != attributes.end() && at->name == name;
    if (text.isEmpty()) {
        if (found)
            attributes.erase(at);
    } else if (found) {
        at->text = std::move(text);
    } else {
        attributes.insert(at, Attribute{name, std::move(text)});
    }
}

std::optional<Artifact> valueArtifact(const Record &record)
{
    const QString &value = record.value.raw();
    if (record.dataset == Dataset::Resolutions || record.type == QLatin1String("A")
        || record.type == QLatin1String("AAAA"))
        return addressIn(value);
    if (record.dataset != Dataset::Subdomains && !isHostType(record.type))
        return std::nullopt;
    return hostIn(value);
}

std::optional<Artifact> linkedEntity(const Record &record)
{
    if (record.dataset != Dataset::HostPairs)
        return valueArtifact(record);
    if (const auto address = addressIn(record.value.raw()))
        return address;
    return hostIn(record.value.raw());
}

Hash128 hashOf(QByteArrayView bytes)
{
    prepareHashing();
    Hash128 result;
    crypto_generichash(result.data(), result.size(),
                       reinterpret_cast<const unsigned char *>(bytes.data()), quint64(bytes.size()),
                       nullptr, 0);
    return result;
}

bool leadsTo(const Record &record, const Artifact &artifact)
{
    return record.owner != artifact && record.value.raw() == artifact.value;
}

void joinRecord(Record &kept, const Record &twin)
{
    if (twin.worldLast > kept.worldLast
        || (twin.worldLast == kept.worldLast && recordState(twin) > recordState(kept))) {
        kept.value = twin.value;
        kept.attributes = twin.attributes;
        kept.details = twin.details;
    }
    widen(kept.worldFirst, kept.worldLast, twin.worldFirst, twin.worldLast);
}

Hash128 recordId(const Record &record)
{
    Canonical bytes;
    bytes.add(kindName(record.owner.kind));
    bytes.add(record.owner.value);
    bytes.add(datasetName(record.dataset));
    bytes.add(record.type);
    if (record.identity == Identity::Value)
        bytes.add(record.value.raw());
    return bytes.hash();
}

Hash128 recordState(const Record &record)
{
    static const Hash128 nothing = [] {
        Canonical bytes;
        bytes.add(QLatin1String(""));
        return bytes.hash();
    }();
    const bool valueCounts = record.identity == Identity::Type;
    if (!valueCounts && record.attributes.isEmpty())
        return nothing;
    Canonical bytes;
    bytes.add(valueCounts ? QStringView(record.value.raw()) : QStringView());
    for (const Attribute &a : record.attributes) {
        bytes.add(a.name);
        bytes.add(a.text.raw());
    }
    return bytes.hash();
}

Hash128 setHash(const QList<Record> &records)
{
    using Pair = std::pair<Hash128, Hash128>;
    prepareHashing();
    std::vector<Pair> pairs;
    pairs.reserve(std::size_t(records.size()));
    for (const Record &record : records)
        pairs.emplace_back(recordId(record), recordState(record));
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());

    Hash128 result;
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, result.size());
    const auto version = static_cast<unsigned char>(formVersion);
    crypto_generichash_update(&state, &version, 1);
    for (const auto &[id, recorded] : pairs) {
        crypto_generichash_update(&state, id.data(), id.size());
        crypto_generichash_update(&state, recorded.data(), recorded.size());
    }
    crypto_generichash_final(&state, result.data(), result.size());
    return result;
}

QString hexOf(const Hash128 &hash)
{
    return QString::fromLatin1(toBytes(hash).toHex());
}

} // namespace wg
