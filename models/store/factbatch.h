// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <string>
#include <string_view>
#include <vector>

namespace wg {

/// Facts on their way into a workspace, in the form its tables have: texts in UTF-8 behind each
/// other, owners and values each once. Built away from the writer thread; a batch of short slices
/// of records needs a quarter of their room. Of any thread, one at a time.
class FactBatch
{
public:
    /// A piece of the batch's texts.
    struct Text
    {
        quint32 at = 0;
        quint32 size = 0;
    };
    /// An owner, or a value that is found from its side.
    struct End
    {
        ArtifactKind kind{};
        Text text;
    };
    struct Row
    {
        quint32 owner = 0; ///< in ends()
        std::optional<quint32> value; ///< in ends()
        quint32 type = 0; ///< in types()
        Dataset dataset = Dataset::Dns;
        Identity identity = Identity::Value;
        bool cut = false; ///< vkey is not the whole value
        bool ownKey = false; ///< vkey is the beginning of the value's own text
        Text vkey;
        Text said; ///< codec::joined()
        Hash128 id{}; ///< where the value's beginning is not enough
        std::optional<Instant> worldFirst;
        std::optional<Instant> worldLast;
    };

    void add(const Record &record);
    /// Forgets the facts, not their room.
    void clear();

    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    /// Bytes of text, which no batch may have 4 GiB of.
    [[nodiscard]] std::size_t textSize() const { return m_texts.size(); }
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] const std::vector<End> &ends() const { return m_ends; }
    [[nodiscard]] const std::vector<QString> &types() const { return m_types; }
    [[nodiscard]] std::string_view text(Text text) const
    {
        return std::string_view(m_texts).substr(text.at, text.size);
    }
    [[nodiscard]] Artifact artifact(std::size_t end) const;
    /// What was added.
    [[nodiscard]] Record record(std::size_t row) const;

private:
    Text append(const QString &text);
    Text appendSaid(const QString &said);
    [[nodiscard]] QString string(Text text) const;
    quint32 end(const Artifact &artifact);
    quint32 ownerEnd(const Artifact &owner);
    void widenPlaces();
    [[nodiscard]] std::size_t placeOf(ArtifactKind kind, std::string_view text) const;
    quint32 typeOf(const QString &type);

    std::string m_texts;
    std::vector<Row> m_rows;
    std::vector<End> m_ends;
    std::vector<quint32> m_places; ///< of the ends by their hash, one more than each, 0 for none
    std::vector<QString> m_types;
    Artifact m_lastOwner;
    quint32 m_lastEnd = 0;
};

} // namespace wg
