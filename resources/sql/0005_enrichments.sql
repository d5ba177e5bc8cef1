-- SPDX-FileCopyrightText: 2026 The Watchglass authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What current sources say of an entity that is shown wherever the entity is: its ASN, prefix,
-- country, registrar, name servers, CNAME and PTR name. value and name are words; name is 0 where
-- the source tells none.
CREATE TABLE enrichments (
    artifact {i64} NOT NULL,
    role {i64} NOT NULL,
    source {i64} NOT NULL,
    value {i64} NOT NULL,
    name {i64} NOT NULL DEFAULT 0,
    PRIMARY KEY (artifact, role, source, value)
) {keyed}
--;
-- Facts that were stored before are gone through once, when the store is opened.
INSERT INTO meta (name, number) VALUES ('unenriched', 1)
