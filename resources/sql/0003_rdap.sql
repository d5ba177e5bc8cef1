-- SPDX-FileCopyrightText: 2026 The Watchglass authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The last good copy of each RDAP bootstrap file, by where it came from.
CREATE TABLE rdap_file (
    base {text} NOT NULL,
    name {text} NOT NULL,
    at {i64} NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (base, name)
)
