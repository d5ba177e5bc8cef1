// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/readerfacts.h"

#include "core/names.h"
#include "store/codec.h"
#include "store/readernetworks.h"

#include <QDataStream>
#include <cstring>
#include <limits>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int mostAtOnce = 5000;
/// A narrowed page looks at this many facts, then answers with what it has and a key to go on.
/// A fact whose sources must be looked at counts for several.
constexpr int mostWalked = 20'000;
constexpr int deepLook = 3;
/// Rows read at most: a fact has some, one of each source.
constexpr int mostRows = 4 * mostWalked;

template <class T>
bool lowerOf(std::optional<T> &least, const std::optional<T> &value)
{
    const bool lower = value && (!least || *value < *least);
    if (lower)
        least = value;
    return lower;
}

/// Datasets whose rows show what is known of the entities in them.
bool isEnriched(Dataset dataset)
{
    return dataset == Dataset::Resolutions || dataset == Dataset::Subdomains;
}

} // namespace

/// Where a page ended: the last fact's place in its segment.
struct FactReader::Cursor
{
    int segment = 0;
    bool started = false;
    qint64 owner = std::numeric_limits<qint64>::max();
    qint64 type = 0;
    QString vkey;
    QByteArray rid;
};

/// One page while it is filled.
struct FactReader::Walk
{
    const FactQuery &query;
    std::optional<Instant> looked;
    FactPage page;
    bool sourceFits = false; ///< the filter is part of some source's name
    int limit = 500;
    int walked = 0;
    QHash<Artifact, bool> watched;
    QHash<Artifact, std::shared_ptr<const Enrichment>> enrichments;
    QHash<std::pair<qint64, qint64>, QHash<qint64, Instant>>
        usable; ///< (owner, source) → type → time

    [[nodiscard]] bool full() const { return page.rows.size() >= limit || walked >= mostWalked; }
};

bool FactReader::fits(const Walk &walk, const QString &text)
{
    return text.contains(walk.query.filter, Qt::CaseInsensitive);
}

/// Of a certificate people look for the names, which are details.
bool FactReader::fitsDetails(const Walk &walk, const Record &record)
{
    const auto holds = [&walk](const Attribute &detail) { return fits(walk, detail.text.raw()); };
    return record.dataset == Dataset::Certificates
        && std::any_of(record.details.cbegin(), record.details.cend(), holds);
}

bool FactReader::fitsSource(const QString &part)
{
    auto rows = m_database.query("SELECT name FROM source");
    while (rows.next()) {
        if (rows.text(0).contains(part, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

QString FactReader::pack(const Cursor &cursor)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << qint32(cursor.segment) << cursor.owner << cursor.type << cursor.vkey << cursor.rid;
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding));
}

FactReader::Cursor FactReader::unpack(const QString &key)
{
    Cursor cursor;
    if (key.isEmpty())
        return cursor;
    const QByteArray bytes = QByteArray::fromBase64(key.toLatin1(), QByteArray::Base64UrlEncoding);
    QDataStream stream(bytes);
    qint32 segment = 0;
    stream >> segment >> cursor.owner >> cursor.type >> cursor.vkey >> cursor.rid;
    cursor.segment = segment;
    cursor.started = stream.status() == QDataStream::Ok;
    return cursor.started ? cursor : Cursor{};
}

Artifact FactReader::registrationOf(const Entity &entity)
{
    if (isAddress(entity))
        return NetworkReader(m_database, m_interner).networkOf(entity);
    const QString name =
        entity.kind == ArtifactKind::Domain ? registeredDomain(entity.value) : QString();
    return name.isEmpty() ? Artifact{} : Artifact{ArtifactKind::Domain, name};
}

std::optional<Instant> FactReader::lookedBefore(qint64 artifact)
{
    auto row = m_database.query("SELECT before_at FROM looked WHERE artifact=?", artifact);
    return row.next() ? row.instantIfAny(0) : std::nullopt;
}

QList<FactReader::Segment> FactReader::segmentsOf(const Entity &entity, Dataset dataset)
{
    QList<Segment> segments;
    const qint64 own = m_interner.findArtifact(entity);
    if (own)
        segments.append({own, false});
    if (dataset == Dataset::Whois) {
        const Artifact registration = registrationOf(entity);
        const qint64 other = registration.isEmpty() ? 0 : m_interner.findArtifact(registration);
        if (other && other != own)
            segments.append({other, false});
    }
    if (own)
        segments.append({own, true});
    return segments;
}

qint64 FactReader::count(const Segment &segment, Dataset dataset)
{
    auto row =
        m_database.query(segment.reverse ? "SELECT n FROM reverse_count WHERE value=? AND dataset=?"
                                         : "SELECT count(*) FROM (SELECT DISTINCT rtype, vkey, rid"
                                           " FROM fact WHERE owner=? AND dataset=?) facts",
                         segment.artifact, int(dataset));
    return row.next() ? row.number(0) : 0;
}

FactPage FactReader::page(const FactQuery &query)
{
    Walk walk{query, {}, {}, fitsSource(query.filter), std::clamp(query.limit, 1, mostAtOnce), 0,
              {},    {}, {}};
    const auto segments = segmentsOf(query.entity, query.dataset);
    if (!segments.isEmpty())
        walk.looked = lookedBefore(m_interner.findArtifact(query.entity));
    Cursor cursor = unpack(query.afterKey);
    const bool first = !cursor.started;
    bool more = false;
    while (cursor.segment >= 0 && cursor.segment < segments.size() && !more) {
        const Segment &segment = segments[cursor.segment];
        more =
            segment.reverse ? walkReverse(walk, segment, cursor) : walkOwned(walk, segment, cursor);
        if (!more) {
            const int next = cursor.segment + 1;
            cursor = {};
            cursor.segment = next;
        }
    }
    if (more)
        walk.page.nextKey = pack(cursor);
    const bool narrowed = query.newOnly || !query.filter.isEmpty();
    if (first && !more) {
        walk.page.total = walk.page.rows.size();
        std::stable_partition(walk.page.rows.begin(), walk.page.rows.end(),
                              [](const FactRow &row) { return !row.gone; });
    } else if (narrowed) {
        walk.page.total = -1;
    } else {
        for (const Segment &segment : segments)
            walk.page.total += count(segment, query.dataset);
    }
    return std::move(walk.page);
}

/// The rows of a fact are neighbours: it is taken when the next one begins.
bool FactReader::walkOwned(Walk &walk, const Segment &segment, Cursor &cursor)
{
    auto rows =
        m_database.query("SELECT f.rtype, f.vkey, f.rid, " + std::string(FactRows::spanColumns)
                             + " FROM fact f WHERE f.owner=? AND f.dataset=?"
                             + (cursor.started ? " AND (f.rtype, f.vkey, f.rid)>(?,?,?)" : "")
                             + " ORDER BY f.rtype, f.vkey, f.rid, f.source, f.told_seq LIMIT ?",
                         segment.artifact, int(walk.query.dataset));
    if (cursor.started) {
        rows.bind(cursor.type);
        rows.bind(cursor.vkey);
        rows.bind(cursor.rid);
    }
    // Not more than a page needs: PostgreSQL hands over all of them at once.
    const bool narrowed = walk.query.newOnly || !walk.query.filter.isEmpty();
    const int most = narrowed ? mostRows : 4 * walk.limit + 1;
    rows.bind(most);
    std::optional<FactKey> key;
    QList<SpanRow> spans;
    int read = 0;
    while (rows.next()) {
        ++read;
        const QString vkey = rows.text(1);
        const QByteArray rid = rows.bytes(2);
        const bool same =
            key && key->type == rows.number(0) && key->vkey == vkey && key->rid() == rid;
        if (!same) {
            if (key)
                take(walk, *key, std::exchange(spans, {}), false);
            if (walk.full())
                return true;
            ++walk.walked;
            key = m_facts.keyOf(segment.artifact, walk.query.dataset, rows.number(0), vkey, rid);
            cursor.started = true;
            cursor.type = key->type;
            cursor.vkey = vkey;
            cursor.rid = rid;
        }
        spans.append(m_facts.spanFrom(rows, 3, *key));
    }
    if (key)
        take(walk, *key, read == most ? m_facts.spans(*key) : spans, false);
    return read == most;
}

bool FactReader::walkReverse(Walk &walk, const Segment &segment, Cursor &cursor)
{
    // The newest owners first: an owner's number grows with its arrival.
    auto rows =
        m_database.query(std::string("SELECT owner, rtype, vkey, rid FROM reverse"
                                     " WHERE value=? AND dataset=?")
                             + (cursor.started ? " AND (owner, rtype, vkey, rid)<(?,?,?,?)" : "")
                             + " ORDER BY owner DESC, rtype DESC, vkey DESC, rid DESC LIMIT ?",
                         segment.artifact, int(walk.query.dataset));
    if (cursor.started) {
        rows.bind(cursor.owner);
        rows.bind(cursor.type);
        rows.bind(cursor.vkey);
        rows.bind(cursor.rid);
    }
    rows.bind(mostWalked + 1);
    const QString value = m_interner.artifactOf(segment.artifact).value;
    while (rows.next()) {
        if (walk.full())
            return true;
        ++walk.walked;
        cursor.started = true;
        cursor.owner = rows.number(0);
        cursor.type = rows.number(1);
        cursor.vkey = rows.text(2);
        cursor.rid = rows.bytes(3);
        const bool own = cursor.vkey.isEmpty() && identityIn(cursor.rid) == Identity::Value;
        // Most names of a crowded address fall out here, before anything else of them is read.
        if (own && !mayFit(walk, cursor, value))
            continue;
        const FactKey key = m_facts.keyOf(cursor.owner, walk.query.dataset, cursor.type,
                                          own ? codec::sortKey(value) : cursor.vkey, cursor.rid);
        take(walk, key, m_facts.spans(key), true);
    }
    return false;
}

bool FactReader::mayFit(const Walk &walk, const Cursor &cursor, const QString &value)
{
    return walk.sourceFits || fits(walk, value) || fits(walk, m_interner.wordOf(cursor.type))
        || fits(walk, m_interner.artifactOf(cursor.owner).value);
}

/// Each state is a row of its own.
void FactReader::take(Walk &walk, const FactKey &key, const QList<SpanRow> &spans, bool reverse)
{
    QList<Hash128> states;
    for (const SpanRow &span : spans) {
        if (states.contains(span.state))
            continue;
        states.append(span.state);
        takeState(walk, key, span, spans, reverse);
    }
}

void FactReader::takeState(Walk &walk, const FactKey &key, const SpanRow &first,
                           const QList<SpanRow> &spans, bool reverse)
{
    FactRow row;
    Record &record = row.record;
    record = m_facts.record(key, first, spans);
    record.worldFirst.reset();
    record.worldLast.reset();
    row.reverse = reverse;
    const bool named = fits(walk, record.value.raw()) || fits(walk, record.type)
        || fits(walk, record.owner.value) || fitsDetails(walk, record);
    if (!named && !walk.sourceFits)
        return;
    walk.walked += deepLook;
    row.sightings = sightings(walk, key, tellingSpans(key, spans, first.state), first.state, row);
    if (row.sightings.isEmpty() || (walk.query.newOnly && !row.newSinceLooked))
        return;
    const auto told = [&walk](const Sighting &sighting) { return fits(walk, sighting.source); };
    if (!named && std::none_of(row.sightings.cbegin(), row.sightings.cend(), told))
        return;
    if (const auto other = reverse ? std::optional(record.owner) : valueArtifact(record)) {
        row.watched = isWatched(walk, *other);
        if (isEnriched(record.dataset) && isEntity(*other))
            row.enrichment = enrichment(walk, *other);
    }
    walk.page.rows.append(row);
}

/// The spans that tell of one state of a fact. A certificate has one row: that of its revocation,
/// where a source says it, for which all its spans count; and what such a source said before is no
/// row of its own.
QList<SpanRow> FactReader::tellingSpans(const FactKey &key, QList<SpanRow> spans,
                                        const Hash128 &state)
{
    spans.removeIf([](const SpanRow &span) { return span.goneHow == GoneHow::Reread; });
    const bool certificate = key.dataset == Dataset::Certificates;
    const auto revoked = certificate ? revokedState(spans) : std::nullopt;
    if (revoked)
        return *revoked == state ? spans : QList<SpanRow>();
    spans.removeIf([&](const SpanRow &span) {
        return span.state != state || (certificate && span.goneHow == GoneHow::Altered);
    });
    return spans;
}

/// The state by which some source says now that a certificate is revoked, where it has another one,
/// too.
std::optional<Hash128> FactReader::revokedState(const QList<SpanRow> &spans)
{
    const auto says = [](const SpanRow &span) {
        return !span.goneAt && attribute(span.attributes, u"revoked").raw() == "true"_L1;
    };
    const auto revoked = std::find_if(spans.cbegin(), spans.cend(), says);
    if (revoked == spans.cend())
        return std::nullopt;
    const bool another = std::any_of(spans.cbegin(), spans.cend(), [&](const SpanRow &span) {
        return span.state != revoked->state;
    });
    return another ? std::optional(revoked->state) : std::nullopt;
}

QList<Sighting> FactReader::sightings(Walk &walk, const FactKey &key, const QList<SpanRow> &spans,
                                      const Hash128 &state, FactRow &row)
{
    // Spans come ordered by source and time: the last one of a source is its newest.
    QList<Sighting> list;
    std::optional<Instant> told;
    std::optional<Instant> gone;
    int currentSources = 0;
    int goneSources = 0;
    for (qsizetype i = 0; i < spans.size(); ++i) {
        const SpanRow &span = spans[i];
        if (span.state == state)
            lowerOf(told, std::optional(span.toldAt));
        const QString source = m_interner.sourceOf(span.source);
        if (list.isEmpty() || list.constLast().source != source)
            list.append({source, span.worldFirst, span.worldLast, span.toldAt, {}});
        Sighting &sighting = list.last();
        lowerOf(sighting.worldFirst, span.worldFirst);
        lowerOf(row.record.worldFirst, span.worldFirst);
        sighting.goneAt = span.goneAt;
        sighting.toldAt = std::min(sighting.toldAt, span.toldAt);
        if (!sighting.worldLast || (span.worldLast && *sighting.worldLast < *span.worldLast))
            sighting.worldLast = span.worldLast;
        const bool newest = i + 1 == spans.size() || spans[i + 1].source != span.source;
        if (span.presence != Presence::Current || !newest)
            continue;
        ++currentSources;
        if (span.goneAt) {
            ++goneSources;
            gone = !gone || *gone < *span.goneAt ? span.goneAt : gone;
        } else if (const auto seen = lastUsable(walk, key, span.source)) {
            sighting.worldLast = std::max(sighting.worldLast.value_or(*seen), *seen);
        }
        row.current = row.current || !span.goneAt;
    }
    for (Sighting &sighting : list) {
        // A teller that dropped or never had the first date knew the record by its last.
        if (!sighting.worldFirst && sighting.worldLast && *sighting.worldLast < sighting.toldAt)
            sighting.worldFirst = sighting.worldLast;
        if (sighting.worldLast
            && (!row.record.worldLast || *row.record.worldLast < *sighting.worldLast))
            row.record.worldLast = sighting.worldLast;
    }
    row.gone = currentSources > 0 && currentSources == goneSources;
    row.newSinceLooked = walk.looked && told && *walk.looked < *told;
    if (row.gone && walk.looked && *walk.looked < *gone)
        row.goneSinceLooked = gone;
    return list;
}

/// When a current source last answered the question that told the fact: it was seen then.
std::optional<Instant> FactReader::lastUsable(Walk &walk, const FactKey &key, qint64 source)
{
    const std::pair place{key.owner, source};
    auto known = walk.usable.find(place);
    if (known == walk.usable.end()) {
        known = walk.usable.insert(place, {});
        auto rows = m_database.query(
            "SELECT question, CASE WHEN outcome<=? THEN until_at ELSE usable_at END"
            " FROM check_now WHERE artifact=? AND source=? AND dataset=?",
            int(Outcome::Empty), key.owner, source, int(key.dataset));
        while (rows.next()) {
            if (const auto at = rows.instantIfAny(1))
                known->insert(rows.number(0), *at);
        }
    }
    if (const auto own = known->constFind(key.type); own != known->cend())
        return *own;
    std::optional<Instant> newest;
    if (codec::baseName(m_interner.sourceOf(source)) != QLatin1String("dns")) {
        for (const Instant at : std::as_const(*known))
            newest = newest ? std::max(*newest, at) : at;
    }
    return newest;
}

std::shared_ptr<const Enrichment> FactReader::enrichment(Walk &walk, const Artifact &artifact)
{
    const auto known = walk.enrichments.constFind(artifact);
    return known != walk.enrichments.cend()
        ? *known
        : *walk.enrichments.insert(artifact, m_enrichments.ofRow(artifact));
}

bool FactReader::isWatched(Walk &walk, const Artifact &artifact)
{
    if (const auto known = walk.watched.constFind(artifact); known != walk.watched.cend())
        return *known;
    const qint64 number = m_interner.findArtifact(artifact);
    bool on = false;
    if (number) {
        auto row = m_database.query("SELECT is_on FROM monitor WHERE artifact=?", number);
        on = row.next() && row.number(0) != 0;
    }
    return *walk.watched.insert(artifact, on);
}

} // namespace wg
