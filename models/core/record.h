// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/dataset.h"
#include "core/instant.h"
#include "core/untrustedtext.h"

#include <QByteArray>
#include <QList>
#include <array>
#include <optional>

namespace wg {

/// BLAKE2b-128 over a canonical byte form.
using Hash128 = std::array<quint8, 16>;
inline QByteArray toBytes(const Hash128 &h)
{
    return QByteArray(reinterpret_cast<const char *>(h.data()), qsizetype(h.size()));
}

/// Name and text, sorted by name, each name once.
struct Attribute
{
    QString name;
    UntrustedText text;
    friend bool operator==(const Attribute &, const Attribute &) = default;
};
using Attributes = QList<Attribute>;
/// The text of an attribute, or null text.
UntrustedText attribute(const Attributes &attributes, QStringView name);
/// Keeps the list sorted; an empty text removes the name.
void setAttribute(Attributes &attributes, const QString &name, UntrustedText text);

/// What makes a fact the same fact.
enum class Identity : quint8
{
    Value = 1, ///< owner, dataset, type and value: "example.com has A 192.0.2.1"
    Type =
        2, ///< owner, dataset and type: "the registrar of example.com"; another value modifies it
};

/// One fact. Shapes: A, AAAA, PTR … hold canonical text in value; "registrar", "expires" … are
/// whois types. attributes are compared (MX preference), details are kept and never compared (TTL,
/// serial).
struct Record
{
    Artifact owner;
    Dataset dataset = Dataset::Dns;
    QString type;
    UntrustedText value;
    Identity identity = Identity::Value;
    Attributes attributes;
    Attributes details;
    std::optional<Instant> worldFirst; ///< when the world says it began
    std::optional<Instant> worldLast; ///< when the world last saw it

    friend bool operator==(const Record &, const Record &) = default;
};

/// The entity or artifact that a record's value is, if it is one (an address, a host name).
std::optional<Artifact> valueArtifact(const Record &record);
/// Where a click on the record's value leads: its artifact, or the other host of a pair.
std::optional<Artifact> linkedEntity(const Record &record);

/// Whether it is somebody else's record whose value is the artifact: the artifact is what the
/// record says of its owner.
bool leadsTo(const Record &record, const Artifact &artifact);

/// Several rows of an answer may tell of one fact: its dates span theirs, and what was seen last
/// (or else the greater state) is how it is. Their order says nothing.
void joinRecord(Record &kept, const Record &twin);

/// Identity hash. Canonical bytes, version 1: 0x01, then each of kind (kindName), owner, dataset
/// (datasetName), type, and for Identity::Value the value, as 4-byte little-endian length and
/// UTF-8.
Hash128 recordId(const Record &record);
/// Hash of what is compared beside the identity: 0x01, then the value (under Identity::Value the
/// empty text), then name and text of each attribute, as 4-byte little-endian length and UTF-8.
Hash128 recordState(const Record &record);
/// Hash of a set: 0x01, then (recordId, recordState) pairs in byte order, each pair once.
Hash128 setHash(const QList<Record> &records);
/// BLAKE2b-128 of any bytes.
Hash128 hashOf(QByteArrayView bytes);
/// "1a2b…", 32 digits.
QString hexOf(const Hash128 &hash);

} // namespace wg

Q_DECLARE_METATYPE(wg::Record)
