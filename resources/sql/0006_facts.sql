-- SPDX-FileCopyrightText: 2026 The Watchglass authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- When an ingest told what it told.
CREATE TABLE telling (
    seq {i64} NOT NULL PRIMARY KEY,
    at {i64} NOT NULL
) {keyed}
--;
INSERT INTO telling (seq, at) SELECT told_seq, told_at FROM span WHERE true ON CONFLICT DO NOTHING
--;
-- A fact and its presence spans in one: one source says one state of it, from its telling until it was
-- gone. Rows of one fact are neighbours.
-- vkey is the beginning of the value, empty where the value is no part of the identity. rid is "T"
-- there, the fact's id where vkey and the columns before it do not tell it, else empty. said: details,
-- which stand in one row of each state, attributes, and what of the value follows vkey, each parted
-- from the next one by U+001C, which none of the first two contains. told_at is null where it is the
-- telling's time. Dates of the world are whole seconds since 1970-01-01 UTC. traits: 1 only history
-- says it; and how it ended: 2 confirmed absent, 4 altered, 6 read otherwise.
CREATE TABLE fact_told (
    owner {i64} NOT NULL,
    dataset {i64} NOT NULL,
    rtype {i64} NOT NULL,
    vkey {text} NOT NULL,
    rid {bytes} NOT NULL,
    source {i64} NOT NULL,
    told_seq {i64} NOT NULL,
    traits {i64} NOT NULL,
    world_first {i64},
    world_last {i64},
    said {text},
    told_at {i64},
    gone_seq {i64},
    gone_at {i64},
    PRIMARY KEY (owner, dataset, rtype, vkey, rid, source, told_seq)
) {keyed}
--;
-- A text that begins with U+FEFF has it twice, of which the second counts: m.
INSERT INTO fact_told
SELECT owner, dataset, rtype, vkey, rid, source, told_seq, traits, world_first, world_last,
    CASE WHEN rest IS NOT NULL
            THEN coalesce(details, '') || {parting} || coalesce(attributes, '') || {parting} || rest
        WHEN attributes IS NOT NULL THEN coalesce(details, '') || {parting} || attributes
        ELSE details END,
    told_at, gone_seq, gone_at
FROM (SELECT f.owner, f.dataset, f.rtype,
        CASE WHEN f.identity = 1 AND f.value IS NOT NULL THEN substr(f.value, 1, 96 + f.m)
            ELSE f.vkey END AS vkey,
        CASE WHEN f.identity = 2 THEN CAST('T' AS {bytes}) WHEN length(f.value) > 96 + f.m THEN f.rid
            ELSE CAST('' AS {bytes}) END AS rid,
        s.source, s.told_seq, s.presence - 1 + 2 * coalesce(s.gone_how, 0) AS traits,
        CASE WHEN s.world_first < 0 THEN (s.world_first - 999) / 1000
            ELSE s.world_first / 1000 END AS world_first,
        CASE WHEN s.world_last < 0 THEN (s.world_last - 999) / 1000
            ELSE s.world_last / 1000 END AS world_last,
        CASE WHEN f.identity = 2 THEN nullif(substr(f.value, 1 + f.m), '')
            WHEN length(f.value) > 96 + f.m THEN substr(f.value, 97 + f.m) END AS rest,
        f.attributes,
        CASE WHEN NOT EXISTS (SELECT 1 FROM span o WHERE o.owner = s.owner AND o.dataset = s.dataset
            AND o.rtype = s.rtype AND o.rid = s.rid AND o.state = s.state
            AND (o.source, o.told_seq) < (s.source, s.told_seq)) THEN f.details END AS details,
        CASE WHEN s.told_at <> (SELECT t.at FROM telling t WHERE t.seq = s.told_seq)
            THEN s.told_at END AS told_at,
        s.gone_seq, s.gone_at
    FROM (SELECT *, CASE WHEN substr(value, 1, 2) = {mark} || {mark} THEN 1 ELSE 0 END AS m FROM fact) f
        JOIN span s ON s.owner = f.owner AND s.dataset = f.dataset AND s.rtype = f.rtype
        AND s.rid = f.rid AND s.state = f.state) told
--;
-- Entity-valued facts from the value's side. vkey is empty where it is the value's own beginning.
CREATE TABLE reverse_told (
    value {i64} NOT NULL,
    dataset {i64} NOT NULL,
    owner {i64} NOT NULL,
    rtype {i64} NOT NULL,
    vkey {text} NOT NULL,
    rid {bytes} NOT NULL,
    PRIMARY KEY (value, dataset, owner, rtype, vkey, rid)
) {keyed}
--;
INSERT INTO reverse_told
SELECT value, dataset, owner, rtype, CASE WHEN vkey = own THEN '' ELSE vkey END, rid
FROM (SELECT r.value, r.dataset, r.owner, r.rtype, substr(a.value, 1, 96) AS own,
        CASE WHEN f.identity = 1 AND f.value IS NOT NULL THEN substr(f.value, 1, 96 + f.m)
            ELSE f.vkey END AS vkey,
        CASE WHEN f.identity = 2 THEN CAST('T' AS {bytes}) WHEN length(f.value) > 96 + f.m THEN f.rid
            ELSE CAST('' AS {bytes}) END AS rid
    FROM reverse r JOIN artifact a ON a.id = r.value
        JOIN (SELECT *, CASE WHEN substr(value, 1, 2) = {mark} || {mark} THEN 1 ELSE 0 END AS m FROM fact) f
        ON f.owner = r.owner AND f.dataset = r.dataset AND f.rtype = r.rtype
        AND f.vkey = coalesce(r.vkey, substr(a.value, 1, 48)) AND f.rid = r.rid
    WHERE EXISTS (SELECT 1 FROM span s WHERE s.owner = f.owner AND s.dataset = f.dataset
        AND s.rtype = f.rtype AND s.rid = f.rid AND s.state = f.state)) told
WHERE true ON CONFLICT DO NOTHING
--;
CREATE TABLE absent_told (
    owner {i64} NOT NULL,
    dataset {i64} NOT NULL,
    rtype {i64} NOT NULL,
    vkey {text} NOT NULL,
    rid {bytes} NOT NULL,
    source {i64} NOT NULL,
    since_at {i64} NOT NULL,
    since_seq {i64} NOT NULL,
    PRIMARY KEY (owner, dataset, rtype, vkey, rid, source)
) {keyed}
--;
INSERT INTO absent_told
SELECT a.owner, a.dataset, a.rtype,
    CASE WHEN f.identity = 1 AND f.value IS NOT NULL THEN substr(f.value, 1, 96 + f.m) ELSE f.vkey END,
    CASE WHEN f.identity = 2 THEN CAST('T' AS {bytes}) WHEN length(f.value) > 96 + f.m THEN f.rid
        ELSE CAST('' AS {bytes}) END,
    a.source, a.since_at, a.since_seq
FROM (SELECT *, CASE WHEN substr(value, 1, 2) = {mark} || {mark} THEN 1 ELSE 0 END AS m FROM fact) f
    CROSS JOIN absent a WHERE f.owner = a.owner AND f.dataset = a.dataset
    AND f.rtype = a.rtype AND f.rid = a.rid
ON CONFLICT DO NOTHING
--;
DROP TABLE absent
--;
DROP TABLE reverse
--;
DROP TABLE span
--;
DROP TABLE fact
--;
ALTER TABLE fact_told RENAME TO fact
--;
ALTER TABLE reverse_told RENAME TO reverse
--;
ALTER TABLE absent_told RENAME TO absent
--;
DELETE FROM reverse_count
--;
INSERT INTO reverse_count (value, dataset, n)
SELECT value, dataset, count(*) FROM reverse GROUP BY value, dataset
