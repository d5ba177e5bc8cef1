#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources that are asked only for what came since, or whether anything did; and answers that look different."""
import collections
import json
import os
import random
import time
import unittest
from urllib.parse import parse_qs

from harness import Journey, Workspace, kill, kinds, outcomes, values
from httpserver import Answer, ScriptedServer

DOMAIN = "alpha.com"
KILLS = 30
LOG = {
    "manifest": 1, "name": "growing", "title": "A log that grows", "learns": "Nobody outside learns anything.",
    "terms": "Free of charge.", "pap": "AMBER", "presence": "historical", "server": "https://log.corp.example",
    "harmless": DOMAIN,
    "questions": [{
        "question": "names", "about": "domain", "datasets": "subdomains", "path": "/names", "query": {"of": "{entity}"},
        "cursor": {"by": "last", "at": "/rows/-/id", "query": {"after": "{cursor}"}},
        "paging": {"by": "cursor", "parameter": "after", "rows": "/rows", "next": "/rows/-/id"},
        "completeness": "paged",
        "records": [{"each": "/rows/*", "type": "=subdomain", "value": "0/name", "known": ["0/name", "0/seen"]}],
    }],
}
LIST = {**LOG, "name": "standing", "questions": [{
    **{member: value for member, value in LOG["questions"][0].items() if member not in ("cursor", "paging")},
    "completeness": "whole"}]}


class Log(ScriptedServer):
    """Rows in the order in which they came, two a page, behind the one named by `after`."""

    def __init__(self, **server):
        self.rows = []
        self.certificates = []
        self.etag = None
        self.refuses = False
        super().__init__(**server)

    def add(self, name):
        self.rows.append({"id": len(self.rows) + 1, "name": name, "seen": "2026-11-22"})

    def issue(self, name):
        number = str(len(self.certificates) + 1)
        self.certificates.append({"id": number, "tbs_sha256": number * 64, "dns_names": [name],
                                  "issuer": {"name": "CN=R3"},
                                  "not_before": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                                  "not_after": "2099-10-31T23:38:01Z"})

    def answer(self, path, query):
        after = int(query.get("after", 0))
        if after and self.refuses:
            return Answer(410, {"error": "unknown id"})
        if path == "/v1/issuances":
            return Answer(200, self.certificates[after:after + 2])
        if path != "/names":
            return Answer(404, {})
        if self.etag is None:
            return Answer(200, {"rows": self.rows[after:after + 2]})
        known = self.log[-1]["headers"].get("If-None-Match") == self.etag
        return Answer(304, b"") if known else Answer(200, {"rows": self.rows}, headers={"ETag": self.etag})

    def asked(self):
        """From where each request since the last call asked on; 0 for the beginning."""
        with self.lock:
            after = [int(parse_qs(entry["query"]).get("after", ["0"])[0]) for entry in self.log]
            self.log.clear()
        return after


class Growing(Journey):
    def setUp(self):
        super().setUp()
        self.log = Log()
        self.addCleanup(self.log.close)
        for name in ("one", "two", "three"):
            self.log.add(f"{name}.{DOMAIN}")

    def use(self, name, manifest=None):
        if manifest:
            folder = os.path.join(self.workspace.path, "sources")
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, f"{name}.json"), "w", encoding="utf-8") as out:
                json.dump(manifest, out)
        self.configure()
        self.workspace.set_all({f"source.{name}.enabled": "true", f"source.{name}.base_url": self.log.base})

    def tell(self, member):
        """Has all rows told at once, under such a name."""
        self.log.rules["/names"] = {"body": json.dumps({member: self.log.rows})}

    def names(self):
        return values(self.workspace.lookup(DOMAIN, "--offline"), "subdomains")

    def outcomes(self, name):
        return outcomes(self.workspace.lookup(DOMAIN, "--offline"), "subdomains", name)

    def test_an_eye_on_certificates_asks_only_behind_the_last_one(self):
        self.use("certspotter")
        for name in ("www", "mail"):
            self.log.issue(f"{name}.{DOMAIN}")
        self.workspace.watch(DOMAIN)
        self.assertEqual(self.log.asked(), [0, 2])
        self.workspace.poll()
        self.assertEqual(self.log.asked(), [2])
        self.assertEqual(self.outcomes("certspotter"), {"complete"}, "nothing since is not nothing")
        self.log.issue(f"vpn.{DOMAIN}")
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        self.assertEqual(self.log.asked(), [2, 3])
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("added", "3" * 64), ("added", f"vpn.{DOMAIN}")])
        self.workspace.poll()
        self.assertEqual(self.log.asked(), [3])
        self.assert_cards(1)
        self.assertEqual(self.names(), [f"mail.{DOMAIN}", f"vpn.{DOMAIN}", f"www.{DOMAIN}"])

    def test_a_person_asks_for_everything_and_a_refused_cursor_does_too(self):
        self.use("growing", LOG)
        self.workspace.watch(DOMAIN)
        self.assertEqual(self.log.asked(), [0, 2, 3])
        self.workspace.lookup(DOMAIN)
        self.assertEqual(self.log.asked(), [0, 2, 3])
        self.workspace.poll()
        self.assertEqual(self.log.asked(), [3])
        self.log.add(f"four.{DOMAIN}")
        self.log.refuses = True
        self.workspace.poll()
        self.assertEqual(self.log.asked()[:2], [3, 0])
        self.assert_cards(0)
        self.log.refuses = False
        self.workspace.poll()
        self.assertIn(f"four.{DOMAIN}", self.names())

    def test_another_version_of_the_manifest_starts_over(self):
        self.use("growing", LOG)
        self.workspace.watch(DOMAIN)
        self.use("growing", {**LOG, "version": 2})
        self.log.asked()
        self.workspace.poll()
        self.assertEqual(self.log.asked(), [0, 2, 3])

    def test_nothing_is_lost_when_it_is_killed(self):
        self.use("growing", LOG)
        self.workspace.watch(DOMAIN)
        started = time.monotonic()
        self.workspace.poll()
        longest = 1.1 * (time.monotonic() - started)
        seed = random.randrange(1 << 32)
        random.seed(seed)
        for turn in range(KILLS):
            self.log.add(f"n{turn}.{DOMAIN}")
            polling = self.workspace.start("poll", "--all", "--json")
            time.sleep(random.uniform(0, longest))
            kill(polling)
        self.workspace.poll()
        told = collections.Counter(value for card in self.workspace.alerts() for _, value in kinds(card))
        self.assertEqual(told, {f"n{turn}.{DOMAIN}": 1 for turn in range(KILLS)}, f"seed {seed}")
        self.assertEqual(len(self.names()), KILLS + 3)
        self.log.asked()
        self.workspace.poll()
        self.assertEqual(self.log.asked(), [KILLS + 3])

    def test_a_server_that_says_nothing_changed_is_believed(self):
        self.log.etag = '"one"'
        self.use("standing", LIST)
        self.workspace.watch(DOMAIN)
        for _ in range(2):
            self.assertEqual(self.workspace.poll()["failed"], 0)
        self.assertEqual(self.log.log[-1]["headers"].get("If-None-Match"), '"one"')
        self.assertEqual(self.outcomes("standing"), {"complete"})
        self.assertEqual(len(self.names()), 3)
        self.log.add(f"four.{DOMAIN}")
        self.log.etag = '"two"'
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        self.assertEqual(kinds(self.assert_cards(1)[0]), [("added", f"four.{DOMAIN}")])

    def record(self, name):
        """What an eye finds while it is recorded, with what was known before, and what a replay makes of it."""
        self.workspace.watch(DOMAIN)
        self.workspace.poll()
        self.log.asked()
        into = os.path.join(self.folder, "recording")
        self.workspace.ok("source", "recordings", "start", into)
        self.workspace.poll()
        whole = self.log.asked()
        self.workspace.poll()
        self.log.add(f"four.{DOMAIN}")
        self.log.etag = self.log.etag and '"two"'
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        self.workspace.poll()
        self.workspace.ok("source", "recordings", "stop")
        self.log.close()
        self.assertTrue(os.path.exists(os.path.join(into, "sources", f"{name}.json")))
        told = Workspace(os.path.join(self.folder, "other")).json("source", "recordings", "replay", into)
        card, = told["alerts"]
        self.assertEqual(kinds(card), [("added", f"four.{DOMAIN}")])
        return whole

    def test_a_recording_has_the_whole_once_where_only_what_came_since_is_asked_for(self):
        self.use("growing", LOG)
        self.assertEqual(self.record("growing"), [0, 2, 3])

    def test_a_recording_has_the_whole_once_where_nothing_changes(self):
        self.log.etag = '"one"'
        self.use("standing", LIST)
        self.record("standing")

    def test_answers_that_look_different_are_told(self):
        self.use("standing", LIST)
        self.tell("rows")
        self.workspace.watch(DOMAIN)
        shown = self.workspace.json("source", "show", "standing")
        self.assertEqual((shown["lacking"], shown["lacking_since"]), ([], None))
        for row in self.log.rows:
            del row["seen"]
        self.tell("rows")
        self.workspace.poll()
        self.assertEqual(self.outcomes("standing"), {"complete"})
        shown = self.workspace.json("source", "show", "standing")
        self.assertEqual(shown["lacking"], ["seen"])
        self.assertRegex(self.workspace.ok("source", "show", "standing").out,
                         rf"the answers look different since {shown['lacking_since'][:10]}: no seen")
        self.assertIn("no seen", self.workspace.ok("source", "list").out)
        self.tell("names")
        self.workspace.poll()
        self.assertEqual(self.outcomes("standing"), {"malformed"}, "a list of another name is not an empty one")
        self.assertEqual(len(self.names()), 3)
        for row in self.log.rows:
            row["seen"] = "2026-11-23"
        self.tell("rows")
        self.workspace.poll()
        self.assertEqual(self.workspace.json("source", "show", "standing")["lacking"], [])


if __name__ == "__main__":
    unittest.main()
