// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/factbatch.h"

#include "store/codec.h"
#include "store/factrows.h"

#include <QHashFunctions>

namespace wg {

namespace {

std::size_t hashOf(ArtifactKind kind, std::string_view text)
{
    return qHashBits(text.data(), text.size(), std::size_t(kind) + 1);
}

} // namespace

/// Nearly all text is ASCII and short.
FactBatch::Text FactBatch::append(const QString &text)
{
    const auto *const letters = reinterpret_cast<const char16_t *>(text.constData());
    const std::size_t at = m_texts.size();
    const auto size = std::size_t(text.size());
    m_texts.resize(at + size);
    char *const room = m_texts.data() + at;
    char16_t all = 0;
    for (std::size_t i = 0; i < size; ++i) {
        all |= letters[i];
        room[i] = char(letters[i]);
    }
    if (all >= 0x80) {
        m_texts.resize(at);
        const QByteArray utf8 = codec::decodable(text).toUtf8();
        m_texts.append(utf8.constData(), std::size_t(utf8.size()));
    }
    return {quint32(at), quint32(m_texts.size() - at)};
}

/// Several facts of one line say the same beside their values.
FactBatch::Text FactBatch::appendSaid(const QString &said)
{
    const Text text = append(said);
    if (m_rows.empty() || this->text(text) != this->text(m_rows.back().said))
        return text;
    m_texts.resize(text.at);
    return m_rows.back().said;
}

QString FactBatch::string(Text text) const
{
    return QString::fromUtf8(m_texts.data() + text.at, qsizetype(text.size));
}

/// Where an end is in the places, or would be.
std::size_t FactBatch::placeOf(ArtifactKind kind, std::string_view text) const
{
    const std::size_t mask = m_places.size() - 1;
    std::size_t place = hashOf(kind, text) & mask;
    while (m_places[place] != 0) {
        const End &known = m_ends[m_places[place] - 1];
        if (known.kind == kind && this->text(known.text) == text)
            break;
        place = (place + 1) & mask;
    }
    return place;
}

void FactBatch::widenPlaces()
{
    m_places.assign(std::max<std::size_t>(1024, 2 * m_places.size()), 0);
    for (std::size_t i = 0; i < m_ends.size(); ++i)
        m_places[placeOf(m_ends[i].kind, text(m_ends[i].text))] = quint32(i) + 1;
}

quint32 FactBatch::end(const Artifact &artifact)
{
    if (2 * m_ends.size() >= m_places.size())
        widenPlaces();
    const Text text = append(artifact.value);
    quint32 &place = m_places[placeOf(artifact.kind, this->text(text))];
    if (place != 0) {
        m_texts.resize(text.at);
        return place - 1;
    }
    m_ends.push_back({artifact.kind, text});
    place = quint32(m_ends.size());
    return place - 1;
}

/// Neighbours share their text.
quint32 FactBatch::ownerEnd(const Artifact &owner)
{
    const bool same = !m_rows.empty() && owner.kind == m_lastOwner.kind
        && owner.value.constData() == m_lastOwner.value.constData();
    if (!same) {
        m_lastOwner = owner;
        m_lastEnd = end(owner);
    }
    return m_lastEnd;
}

quint32 FactBatch::typeOf(const QString &type)
{
    const auto known = std::find(m_types.cbegin(), m_types.cend(), type);
    if (known != m_types.cend())
        return quint32(known - m_types.cbegin());
    m_types.push_back(type);
    return quint32(m_types.size() - 1);
}

void FactBatch::add(const Record &record)
{
    const QString &value = record.value.raw();
    const QString &owner = record.owner.value;
    const bool byValue = record.identity == Identity::Value;
    const QString vkey = byValue ? codec::sortKey(value) : QString();
    Row row;
    row.owner = ownerEnd(record.owner);
    row.type = typeOf(record.type);
    row.dataset = record.dataset;
    row.identity = record.identity;
    row.cut = byValue && vkey.size() < value.size();
    if (row.cut)
        row.id = recordId(record);
    if (const auto other = FactRows::reverseOf(record)) {
        row.value = end(*other);
        row.ownKey = byValue && vkey == codec::sortKey(other->value);
    }
    // The commonest value is in the texts already.
    const bool kept =
        row.ownKey && !row.cut && m_ends[*row.value].text.size == std::size_t(value.size());
    row.vkey = kept ? m_ends[*row.value].text : append(vkey);
    row.said =
        appendSaid(codec::joined({codec::packed(record.details, owner).value_or(QString()),
                                  codec::packed(record.attributes, owner).value_or(QString()),
                                  value.mid(vkey.size())})
                       .value_or(QString()));
    row.worldFirst = record.worldFirst;
    row.worldLast = record.worldLast;
    m_rows.push_back(row);
}

void FactBatch::clear()
{
    m_texts.clear();
    m_rows.clear();
    m_ends.clear();
    m_places.assign(m_places.size(), 0);
    m_types.clear();
    m_lastOwner = {};
}

Artifact FactBatch::artifact(std::size_t end) const
{
    return {m_ends[end].kind, string(m_ends[end].text)};
}

Record FactBatch::record(std::size_t at) const
{
    const Row &row = m_rows[at];
    Record record;
    record.owner = artifact(row.owner);
    record.dataset = row.dataset;
    record.type = m_types[row.type];
    const codec::Said said = codec::parted(string(row.said));
    record.value = UntrustedText::fromString(string(row.vkey) + said.rest);
    record.identity = row.identity;
    record.attributes = codec::unpacked(said.attributes, record.owner.value);
    record.details = codec::unpacked(said.details, record.owner.value);
    record.worldFirst = row.worldFirst;
    record.worldLast = row.worldLast;
    return record;
}

} // namespace wg
