-- SPDX-FileCopyrightText: 2026 The Watchglass authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- From where the next ask of a question goes on.
CREATE TABLE bookmark (
    artifact {i64} NOT NULL,
    source {i64} NOT NULL,
    question {i64} NOT NULL,
    print {bytes} NOT NULL,
    place {text} NOT NULL,
    etag {bytes} NOT NULL,
    modified {bytes} NOT NULL,
    whole_at {i64} NOT NULL,
    PRIMARY KEY (artifact, source, question)
) {keyed}
--;
-- Documented fields that the answers of a source lack, by question, each on a line of its own.
CREATE TABLE source_lack (
    name {text} NOT NULL,
    question {text} NOT NULL,
    fields {text} NOT NULL,
    since {i64} NOT NULL,
    PRIMARY KEY (name, question)
)
