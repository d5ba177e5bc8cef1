-- SPDX-FileCopyrightText: 2026 The Watchglass authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The open check span of a question, without its repetitions.
ALTER TABLE check_now RENAME TO check_open
--;
ALTER TABLE check_open ADD COLUMN repeats {i64} NOT NULL DEFAULT 0
--;
-- How often a whole ask has brought just what it brought before: all that an unchanged check writes.
-- It counts for the open spans of the same source whose repeats is 1.
CREATE TABLE check_repeat (
    artifact {i64} NOT NULL,
    source {i64} NOT NULL,
    print {bytes} NOT NULL,
    until_at {i64} NOT NULL,
    n {i64} NOT NULL,
    PRIMARY KEY (artifact, source)
) {keyed}
--;
-- Open check spans as they are, repetitions counted in.
CREATE VIEW check_now AS
SELECT c.artifact, c.source, c.dataset, c.question, c.outcome, c.parser, c.pending, c.from_at,
    CASE WHEN c.repeats = 1 AND r.n > 0 THEN r.until_at ELSE c.until_at END AS until_at,
    CASE WHEN c.repeats = 1 AND r.n > 0 THEN c.n + r.n ELSE c.n END AS n,
    c.dates, c.set_hash, c.records, c.presence, c.swaps, c.failures, c.confirm_at, c.proof_at,
    c.proof_gone, c.usable_at, c.usable_parser, c.members, c.detail
FROM check_open c LEFT JOIN check_repeat r ON r.artifact = c.artifact AND r.source = c.source
--;
-- How many reverse rows a value has, so that no page counts them.
CREATE TABLE reverse_count (
    value {i64} NOT NULL,
    dataset {i64} NOT NULL,
    n {i64} NOT NULL,
    PRIMARY KEY (value, dataset)
) {keyed}
--;
INSERT INTO reverse_count (value, dataset, n)
SELECT value, dataset, count(*) FROM reverse GROUP BY value, dataset
--;
-- Eyes that are on, so that no page counts them.
INSERT INTO meta (name, number) SELECT 'watched', count(*) FROM monitor WHERE is_on = 1
