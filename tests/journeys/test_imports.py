#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of all kinds from the command line, and the folder that is watched."""
import json
import os
import time
import unittest

from harness import USAGE, Journey, values

PASSIVE = {"rrname": "shop.com.", "rrtype": "A", "rdata": ["198.51.100.7"], "time_first": 1500000000,
           "time_last": 1510000000}
SQUID = ("1590000000.123 921 10.0.0.5 TCP_MISS/200 507 GET http://www.shop.com/ - HIER_DIRECT/198.51.100.7 text/html\n"
         "1590000060.123 921 10.0.0.6 TCP_MISS/200 507 GET http://www.shop.com/b - HIER_DIRECT/198.51.100.7 text/html\n"
         "1590000070.123 21 10.0.0.6 TCP_MISS/200 507 GET http://10.1.1.1/ - HIER_DIRECT/10.1.1.1 text/html\n")
PATIENCE = 60


class Imports(Journey):
    def setUp(self):
        super().setUp()
        self.configure()

    def load(self, text, *words):
        return self.workspace.json("import", "-", *words, text=text)

    def sightings(self, entity="www.shop.com"):
        return self.workspace.lookup(entity, "--offline")["datasets"]["sightings"]["records"]

    def frame(self, *conditions):
        return "".join(json.dumps(row) + "\n" for row in ({"cond": "begin"}, {"obj": PASSIVE}, *conditions))

    def test_dnsdb_frames_are_taken_and_a_cut_one_is_told(self):
        self.assertEqual(self.load(self.frame({"cond": "succeeded"}))["bad"], 0)
        for end, words in (((), "before the server said"), (({"cond": "limited", "msg": "limit"},), "cut its answer"),
                           (({"cond": "failed", "msg": "too late"},), "too late")):
            told = self.load(self.frame(*end))
            self.assertEqual((told["kind"], told["records"], told["bad"]), ("cof", 1, 1), end)
            self.assertIn(words, told["bad_lines"][0])
        self.assertEqual(values(self.workspace.lookup("shop.com", "--offline"), "resolutions"), ["198.51.100.7"])

    def test_tables_by_header_and_by_mapping(self):
        plain = self.load("domain;ip;first_seen\r\nshop.com;198.51.100.8;2019-01-01\r\nshop.com;nothing;\r\n")
        self.assertEqual((plain["kind"], plain["records"], plain["bad"]), ("csv", 1, 1))
        self.assertTrue(plain["bad_lines"][0].startswith("line 3: "), plain)
        mapped = self.load("Where,Which,Mood\nshop.com,Apache,good\n", "--map", "Where=entity,Which=value",
                           "--dataset", "components")
        self.assertIn("Mood", mapped["notes"][0])
        known = self.workspace.lookup("shop.com", "--offline")
        self.assertEqual(values(known, "resolutions"), ["198.51.100.8"])
        self.assertEqual(values(known, "components"), ["Apache"])
        self.assertIn("  2019-01-01…  (files)", self.workspace.ok("lookup", "shop.com", "--offline").out)
        for words in (["--map", "Whree=entity"], ["--dataset", "componets"], ["--format", "cvs"]):
            self.assertEqual(self.workspace.run("import", "-", *words, text="Where,Which\na.com,b\n").code, USAGE, words)

    def test_a_log_becomes_sightings_once(self):
        first = self.load(SQUID)
        self.assertEqual((first["kind"], first["new"], first["internal"], first["bad"]), ("squid", 2, 1, 0))
        for _ in range(2):
            sighting, = self.sightings()
            self.assertEqual((sighting["value"], sighting["attributes"]["count"]), ("tcp/80", "2"))
            self.assertEqual(sighting["attributes"]["hosts"], "10.0.0.5, 10.0.0.6")
            self.assertEqual(self.load(SQUID)["new"], 0)
        self.assertEqual(len(self.sightings("198.51.100.7")), 1)
        self.assertIn("count 2  hosts 10.0.0.5, 10.0.0.6", self.workspace.ok("lookup", "www.shop.com", "--offline").out)
        self.assertEqual(self.load(SQUID.replace(" 921 ", " x ", 1), "--format", "squid")["records"], 2)

    def test_what_is_not_known_is_refused_with_the_formats(self):
        refused = self.workspace.run("import", "-", text="nothing of note\n")
        self.assertNotEqual(refused.code, 0)
        self.assertIn("filterlog", refused.err)

    def test_old_contact_with_a_watched_name_is_no_storm(self):
        self.workspace.watch("www.shop.com")
        self.load("".join(SQUID.replace("15900", f"15{day}") for day in range(100, 160)))
        self.assert_cards(0)
        hidden, = self.workspace.alerts("--suppressed")
        self.assertEqual({change["novelty"] for change in hidden["changes"]}, {"backfill"})

    def test_a_folder_is_watched_while_serve_runs(self):
        folder = os.path.join(self.folder, "drop")
        os.mkdir(folder)
        with open(os.path.join(folder, "access.log"), "w", encoding="utf-8") as log:
            log.write(SQUID)
        self.workspace.set("files.quiet", "1")
        self.workspace.set("files.folder", folder)
        self.assertEqual(self.workspace.run("config", "set", "files.folder", "drop").code, USAGE)
        serve = self.workspace.start("serve")
        self.addCleanup(serve.communicate)
        self.addCleanup(serve.terminate)
        self.assertIn("watching", serve.stderr.readline())  # or the next command would take the workspace
        state = self.wait_for_state("access.log")
        self.assertEqual(state["last_outcome"], "complete", state)
        self.assertEqual(len(self.sightings()), 1)
        with open(os.path.join(folder, "junk.csv"), "wb") as junk:
            junk.write(b"\xff\xfe\x00")
        state = self.wait_for_state("junk.csv")
        self.assertEqual(state["last_outcome"], "malformed", state)
        self.assertEqual(sorted(os.listdir(folder)), ["access.log", "junk.csv"])

    def wait_for_state(self, name):
        end = time.monotonic() + PATIENCE
        state = {}
        while time.monotonic() < end and not (state.get("last_detail") or "").startswith(name):
            state = self.workspace.json("source", "show", "files")
        return state


if __name__ == "__main__":
    unittest.main()
