-- SPDX-FileCopyrightText: 2026 The Watchglass authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Statements are separated by a line of its own: two dashes and a semicolon.
-- Times are milliseconds since 1970-01-01 UTC, hashes and UUIDs 16 bytes.

-- Small truths of the store: "seq", "content", "device", "clean".
CREATE TABLE meta (
    name {text} NOT NULL PRIMARY KEY,
    number {i64} NOT NULL DEFAULT 0,
    words {text}
) {keyed}
--;
CREATE TABLE artifact (
    id {identity},
    kind {i64} NOT NULL,
    value {text} NOT NULL,
    UNIQUE (kind, value)
)
--;
CREATE TABLE source (
    id {identity},
    name {text} NOT NULL UNIQUE
)
--;
-- Record types and question texts.
CREATE TABLE word (
    id {identity},
    words {text} NOT NULL UNIQUE
)
--;
-- The open check span of a question. proof_*, usable_*, swaps and failures tell what was before this
-- span; members holds the first 8 bytes of the ids of a small set.
CREATE TABLE check_now (
    artifact {i64} NOT NULL,
    source {i64} NOT NULL,
    dataset {i64} NOT NULL,
    question {i64} NOT NULL,
    outcome {i64} NOT NULL,
    parser {i64} NOT NULL,
    pending {i64} NOT NULL DEFAULT 0,
    from_at {i64} NOT NULL,
    until_at {i64} NOT NULL,
    n {i64} NOT NULL,
    dates {i64} NOT NULL DEFAULT 0,
    set_hash {bytes} NOT NULL,
    records {i64} NOT NULL,
    presence {i64} NOT NULL,
    swaps {i64} NOT NULL DEFAULT 0,
    failures {i64} NOT NULL DEFAULT 0,
    confirm_at {i64},
    proof_at {i64},
    proof_gone {i64} NOT NULL DEFAULT 0,
    usable_at {i64},
    usable_parser {i64} NOT NULL DEFAULT 0,
    members {bytes},
    detail {text},
    PRIMARY KEY (artifact, source, dataset, question)
) {keyed}
--;
CREATE TABLE check_past (
    artifact {i64} NOT NULL,
    source {i64} NOT NULL,
    dataset {i64} NOT NULL,
    question {i64} NOT NULL,
    from_at {i64} NOT NULL,
    until_at {i64} NOT NULL,
    n {i64} NOT NULL,
    outcome {i64} NOT NULL,
    parser {i64} NOT NULL,
    records {i64} NOT NULL,
    set_hash {bytes} NOT NULL,
    swapped {i64} NOT NULL DEFAULT 0,
    detail {text},
    PRIMARY KEY (artifact, source, dataset, question, from_at)
) {keyed}
--;
-- Every state of every fact. vkey is the beginning of the value (empty where the value is not part of
-- the identity); value is null where vkey is all of it.
CREATE TABLE fact (
    owner {i64} NOT NULL,
    dataset {i64} NOT NULL,
    rtype {i64} NOT NULL,
    vkey {text} NOT NULL,
    rid {bytes} NOT NULL,
    state {bytes} NOT NULL,
    identity {i64} NOT NULL,
    value {text},
    attributes {text},
    details {text},
    PRIMARY KEY (owner, dataset, rtype, vkey, rid, state)
) {keyed}
--;
-- Presence spans: one source says one state of one fact. gone_how: 1 confirmed absent, 2 altered.
CREATE TABLE span (
    owner {i64} NOT NULL,
    dataset {i64} NOT NULL,
    rtype {i64} NOT NULL,
    rid {bytes} NOT NULL,
    source {i64} NOT NULL,
    told_seq {i64} NOT NULL,
    told_at {i64} NOT NULL,
    presence {i64} NOT NULL,
    world_first {i64},
    world_last {i64},
    gone_seq {i64},
    gone_at {i64},
    gone_how {i64},
    state {bytes} NOT NULL,
    PRIMARY KEY (owner, dataset, rtype, rid, source, told_seq)
) {keyed}
--;
-- Entity-valued facts from the value's side. vkey only where it is not the value's own beginning.
CREATE TABLE reverse (
    value {i64} NOT NULL,
    dataset {i64} NOT NULL,
    owner {i64} NOT NULL,
    rtype {i64} NOT NULL,
    rid {bytes} NOT NULL,
    vkey {text},
    PRIMARY KEY (value, dataset, owner, rtype, rid)
) {keyed}
--;
-- First absences that wait for their confirmation.
CREATE TABLE absent (
    owner {i64} NOT NULL,
    dataset {i64} NOT NULL,
    rtype {i64} NOT NULL,
    rid {bytes} NOT NULL,
    source {i64} NOT NULL,
    since_at {i64} NOT NULL,
    since_seq {i64} NOT NULL,
    PRIMARY KEY (owner, dataset, rtype, rid, source)
) {keyed}
--;
-- Networks that own whois facts, to find the one that covers an address.
CREATE TABLE network_range (
    first {bytes} NOT NULL,
    length {i64} NOT NULL,
    artifact {i64} NOT NULL,
    PRIMARY KEY (first, length)
) {keyed}
--;
CREATE TABLE monitor (
    row_id {identity},
    id {bytes} NOT NULL UNIQUE,
    artifact {i64} NOT NULL UNIQUE REFERENCES artifact (id),
    is_on {i64} NOT NULL,
    since_at {i64} NOT NULL,
    baseline_at {i64},
    baseline_seq {i64} NOT NULL,
    author {text} NOT NULL,
    registration {i64},
    address_key {bytes},
    cards_day {i64} NOT NULL DEFAULT 0,
    cards_today {i64} NOT NULL DEFAULT 0
)
--;
CREATE INDEX monitor_on ON monitor (is_on, row_id)
--;
CREATE INDEX monitor_registration ON monitor (registration) WHERE registration IS NOT NULL
--;
CREATE INDEX monitor_address ON monitor (address_key) WHERE address_key IS NOT NULL
--;
-- lead: 1 for the newest card of a group and for every card that stands alone.
CREATE TABLE card (
    row_id {identity},
    id {bytes} NOT NULL UNIQUE,
    entity {i64} NOT NULL REFERENCES artifact (id),
    cause {i64} NOT NULL,
    weight {i64} NOT NULL,
    state {i64} NOT NULL,
    lead {i64} NOT NULL DEFAULT 1,
    detected_at {i64} NOT NULL,
    day {i64} NOT NULL,
    seq {i64} NOT NULL,
    source {i64} NOT NULL,
    snoozed_until {i64},
    hidden_by {text},
    signature {bytes} NOT NULL,
    grp {bytes},
    change_count {i64} NOT NULL,
    notified {i64} NOT NULL DEFAULT 0,
    datasets {bytes} NOT NULL,
    headline {text}
)
--;
CREATE INDEX card_state ON card (state, lead, row_id)
--;
CREATE INDEX card_day ON card (day, row_id)
--;
CREATE INDEX card_unnotified ON card (row_id) WHERE notified = 0
--;
CREATE INDEX card_snoozed ON card (snoozed_until) WHERE snoozed_until IS NOT NULL
--;
CREATE INDEX card_group_member ON card (grp, entity) WHERE grp IS NOT NULL
--;
-- How many cards of each state there are, so that no page counts them.
CREATE TABLE card_count (
    state {i64} NOT NULL,
    lead {i64} NOT NULL,
    n {i64} NOT NULL,
    PRIMARY KEY (state, lead)
) {keyed}
--;
-- concern: 0 where the entity is only the owner that several eyes share.
CREATE TABLE card_entity (
    artifact {i64} NOT NULL,
    card {i64} NOT NULL REFERENCES card (row_id),
    concern {i64} NOT NULL,
    PRIMARY KEY (artifact, card)
) {keyed}
--;
CREATE INDEX card_entity_card ON card_entity (card, artifact)
--;
CREATE TABLE card_dataset (
    dataset {i64} NOT NULL,
    card {i64} NOT NULL REFERENCES card (row_id),
    PRIMARY KEY (dataset, card)
) {keyed}
--;
CREATE TABLE card_change (
    card {i64} NOT NULL REFERENCES card (row_id),
    id {bytes} NOT NULL,
    place {i64} NOT NULL,
    kind {i64} NOT NULL,
    asked {i64} NOT NULL,
    dataset {i64} NOT NULL,
    source {i64} NOT NULL,
    question {i64} NOT NULL,
    owner {i64} NOT NULL,
    rtype {i64} NOT NULL,
    identity {i64} NOT NULL,
    value {text},
    attributes {text},
    details {text},
    old_words {text},
    new_words {text},
    world_first {i64},
    world_last {i64},
    told_at {i64} NOT NULL,
    fetched_at {i64} NOT NULL,
    novelty {i64} NOT NULL,
    hidden_by {text},
    PRIMARY KEY (card, id)
) {keyed}
--;
-- The newest card of each signature; grp is null until a second entity has it.
CREATE TABLE card_signature (
    signature {bytes} NOT NULL PRIMARY KEY,
    lead_card {i64} NOT NULL,
    entity {i64} NOT NULL,
    last_at {i64} NOT NULL,
    grp {bytes}
) {keyed}
--;
CREATE TABLE card_group (
    id {bytes} NOT NULL PRIMARY KEY,
    n {i64} NOT NULL
) {keyed}
--;
CREATE TABLE journal (
    row_id {identity},
    id {bytes} NOT NULL UNIQUE,
    author {bytes} NOT NULL,
    author_name {text} NOT NULL,
    device {bytes} NOT NULL,
    at {i64} NOT NULL,
    verb {text} NOT NULL,
    payload {bytes},
    based_on {bytes},
    undone {i64} NOT NULL DEFAULT 0
)
--;
CREATE INDEX journal_author ON journal (author, row_id)
--;
CREATE INDEX journal_verb ON journal (verb, row_id)
--;
-- kind 0 is a card, else the artifact's kind; before is what the entry changed, for its undo.
CREATE TABLE journal_target (
    entry {i64} NOT NULL REFERENCES journal (row_id),
    place {i64} NOT NULL,
    kind {i64} NOT NULL,
    value {text} NOT NULL,
    was {text},
    PRIMARY KEY (entry, place)
) {keyed}
--;
CREATE INDEX journal_target_value ON journal_target (value, entry)
--;
CREATE TABLE setting (
    name {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
) {keyed}
--;
CREATE TABLE ledger (
    row_id {identity},
    at {i64} NOT NULL,
    artifact {i64} NOT NULL,
    source {i64} NOT NULL,
    party {text} NOT NULL,
    pap {i64} NOT NULL,
    by_person {i64} NOT NULL
)
--;
CREATE INDEX ledger_artifact ON ledger (artifact, row_id)
--;
CREATE TABLE source_memory (
    name {text} NOT NULL PRIMARY KEY,
    outcome {i64} NOT NULL,
    asked_at {i64} NOT NULL,
    good_at {i64},
    detail {text},
    paused_until {i64}
) {keyed}
--;
CREATE TABLE resolver_memory (
    server {text} NOT NULL PRIMARY KEY,
    verdict {i64} NOT NULL,
    detail {text},
    at {i64} NOT NULL
) {keyed}
--;
CREATE TABLE asked_queue (
    artifact {i64} NOT NULL PRIMARY KEY,
    at {i64} NOT NULL
) {keyed}
--;
-- at is the newest look, before_at the one before it, to which "since you looked" refers.
CREATE TABLE looked (
    artifact {i64} NOT NULL PRIMARY KEY,
    at {i64} NOT NULL,
    before_at {i64}
) {keyed}
