#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources that manifests describe: the program's own, a user's, and one that cannot be read."""
import json
import os
import unittest

from harness import DONE, NOT_FOUND, REFUSED, Journey, kinds, later, outcomes
from httpserver import Answer, ScriptedServer

ADDRESS = "203.0.113.9"
DOMAIN = "alpha.com"
INHOUSE = {
    "manifest": 1, "name": "inhouse", "title": "Our own list", "learns": "Nobody outside learns anything.",
    "terms": "Free of charge.", "pap": "AMBER", "presence": "current", "server": "https://list.corp.example",
    "harmless": ADDRESS,
    "questions": [{
        "question": "notes", "about": "ipv4", "datasets": "osint", "path": "/v1/{entity}", "completeness": "whole",
        "required": "/notes",
        "records": [{"each": "/notes/*", "type": "=note", "value": "0/text", "attributes": {"severity": "0/severity"}}],
    }],
}


class Shelf(ScriptedServer):
    """Answers each path, without its query, with what lies there."""

    def __init__(self, **server):
        self.pages = {}
        super().__init__(**server)

    def answer(self, path, query):
        return Answer(200, self.pages[path]) if path in self.pages else Answer(404, {"detail": "Not Found"})


class Manifests(Journey):
    def setUp(self):
        super().setUp()
        self.shelf = Shelf()
        self.addCleanup(self.shelf.close)

    def use(self, *names):
        """Only these sources are asked, all of them at the shelf."""
        self.configure()
        settings = {}
        for name in names:
            settings |= {f"source.{name}.enabled": "true", f"source.{name}.base_url": self.shelf.base}
        self.workspace.set_all(settings)

    def lay(self, file, manifest):
        folder = os.path.join(self.workspace.path, "sources")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
            out.write(manifest if isinstance(manifest, str) else json.dumps(manifest, indent=4))

    def records(self, entity, dataset):
        known = self.workspace.lookup(entity, "--offline")["datasets"][dataset]["records"]
        return sorted((record["attributes"]["type"], record["value"]) for record in known)

    def say(self, *notes):
        self.shelf.pages[f"/v1/{ADDRESS}"] = {"notes": [{"text": text, "severity": level} for text, level in notes]}

    def test_a_manifest_in_the_workspace_is_a_new_source(self):
        self.lay("inhouse.json", INHOUSE)
        self.use("inhouse")
        self.say(("seen in an intrusion", 3))
        source = [each for each in self.workspace.json("source", "list")["sources"] if each["name"] == "inhouse"]
        self.assertEqual([each["datasets"] for each in source], [["osint"]])
        self.assertEqual(self.workspace.run("source", "test", "inhouse").code, DONE)
        looked_up = self.workspace.lookup(ADDRESS)
        self.assertEqual(outcomes(looked_up, "osint", "inhouse"), {"complete"})
        self.assertEqual(self.records(ADDRESS, "osint"), [("note", "seen in an intrusion")])

    def test_what_a_described_source_tells_is_watched_as_any_other(self):
        self.lay("inhouse.json", INHOUSE)
        self.use("inhouse")
        self.say(("old", 1))
        self.workspace.watch(ADDRESS)
        self.assert_nothing_told("nothing changed")
        self.say(("old", 2), ("new", 1))
        self.assertEqual(self.workspace.poll()["changed"], 1)
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("added", "new"), ("modified", "old")])
        self.say(("old", 2))
        self.poll_twice()
        self.assertIn([("removed", "new")], [kinds(card) for card in self.workspace.alerts()])

    def test_a_manifest_that_cannot_be_read_is_named_with_its_place(self):
        self.lay("inhouse.json", INHOUSE)
        self.lay("broken.json", json.dumps({**INHOUSE, "pap": "PINK"}, indent=4))
        told = self.workspace.json("source", "list")
        self.assertIn("inhouse", [source["name"] for source in told["sources"]])
        broken, = told["broken"]
        self.assertEqual(broken["file"], "broken.json")
        self.assertTrue(broken["error"].startswith('7:12: "pap" cannot be "PINK"'), broken)
        self.assertIn("broken.json", self.workspace.ok("source", "list").out)
        self.assertEqual(self.workspace.run("source", "show", "broken.json").code, NOT_FOUND)

    def test_an_address_has_services_and_a_network(self):
        self.use("internetdb", "ripestat")
        self.shelf.pages = {
            f"/{ADDRESS}": {"ip": ADDRESS, "ports": [443, 80], "cpes": [], "hostnames": ["www.alpha.com"], "tags": [],
                            "vulns": []},
            "/data/prefix-overview/data.json": {"status": "ok", "data": {
                "announced": True, "asns": [{"asn": 64500, "holder": "ALPHA"}], "resource": "203.0.113.0/24"}},
            "/data/abuse-contact-finder/data.json": {"data": {"abuse_contacts": ["Abuse@alpha.com"]}},
        }
        self.workspace.watch(ADDRESS)
        self.assertEqual(self.records(ADDRESS, "services"),
                         [("hostname", "www.alpha.com"), ("port", "443"), ("port", "80")])
        self.assertEqual(self.records(ADDRESS, "network"),
                         [("abuse_contact", "abuse@alpha.com"), ("asn", "AS64500"), ("prefix", "203.0.113.0/24")])
        self.shelf.pages[f"/{ADDRESS}"]["ports"] = [80, 443, 8443]
        self.shelf.pages["/data/prefix-overview/data.json"]["data"]["resource"] = "203.0.113.0/25"
        self.workspace.poll()
        self.assertEqual(sorted(change for card in self.workspace.alerts() for change in kinds(card)),
                         [("added", "8443"), ("modified", "203.0.113.0/25")])

    def test_a_name_has_certificates_and_subdomains(self):
        self.use("certspotter", "crtsh")
        issued = {"id": "1", "tbs_sha256": "aa", "dns_names": [DOMAIN, "*.shop." + DOMAIN], "issuer": {"name": "CN=R3"},
                  "not_before": "2026-08-02T23:38:02Z", "not_after": "2026-10-31T23:38:01Z", "revoked": False}
        self.shelf.pages = {"/v1/issuances": [], "/": [
            {"issuer_name": "C=US, O=Alpha, CN=R3", "name_value": f"www.{DOMAIN}\n{DOMAIN}", "id": 7,
             "serial_number": "0a", "not_before": "2025-01-13T00:00:00", "not_after": "2025-04-13T00:00:00"}]}
        self.workspace.watch(DOMAIN)
        self.assertEqual(self.records(DOMAIN, "subdomains"), [("subdomain", "www." + DOMAIN)])
        self.shelf.pages["/v1/issuances"] = [issued]
        # Its pages go on until an empty one: the cursor that stands still ends them, as cut.
        self.workspace.poll()
        self.assertEqual(self.records(DOMAIN, "subdomains"),
                         [("subdomain", "shop." + DOMAIN), ("subdomain", "www." + DOMAIN)])
        self.assertEqual(self.records(DOMAIN, "certificates"), [("certificate", "0a C=US, O=Alpha, CN=R3"), ("certificate", "aa")])
        said = self.workspace.ok("lookup", DOMAIN, "--offline", "--dataset", "certificates").out
        self.assertIn(f"www.{DOMAIN}, 2 names, issued by R3, from 2025-01-13, expired 2025-04-13, serial 0a", said)

    def limit(self, quota, **more):
        """A source that allows few questions, and says nothing of it."""
        self.lay("inhouse.json", {**INHOUSE, "quota": quota, **more})
        self.use("inhouse")
        self.addresses = [f"203.0.113.{last}" for last in range(1, 8)]
        for address in self.addresses:
            self.shelf.pages[f"/v1/{address}"] = {"notes": []}

    def inhouse(self):
        return next(each for each in self.workspace.json("source", "list")["sources"] if each["name"] == "inhouse")

    def test_nobody_waits_for_a_quota_and_people_keep_a_part_of_it(self):
        self.limit(["5/day"])
        added = self.workspace.json("monitor", "add", *self.addresses[:6])
        self.assertEqual((added["asked"], added["answered"], added["waiting"]), (6, 4, 2))
        self.assertEqual(len(self.shelf.requests("/v1")), 4)
        polled = self.workspace.json("poll", "--all")
        self.assertEqual((polled["checked"], polled["failed"], polled["waiting"]), (0, 0, 6))
        self.assertEqual(self.inhouse()["quota"]["left"], 1)
        self.assertEqual(outcomes(self.workspace.lookup(self.addresses[6]), "osint", "inhouse"), {"empty"})
        refused = self.workspace.run("lookup", "203.0.113.99")
        self.assertEqual(refused.code, REFUSED)
        self.assertIn("the quota of inhouse is used up until 20", refused.err)
        self.assertEqual(len(self.shelf.requests("/v1")), 5)
        # A day later all is asked that has waited.
        self.workspace.extra = later("+25h")
        self.assertEqual(self.workspace.json("poll", "--all")["waiting"], 2)
        self.assertEqual(len(self.shelf.requests("/v1")), 9)

    def test_a_check_that_a_quota_cuts_short_waits_for_the_rest(self):
        questions = [{**INHOUSE["questions"][0], "question": name, "path": path}
                     for name, path in (("notes", "/v1/{entity}"), ("tags", "/v2/{entity}"), ("lists", "/v3/{entity}"))]
        self.limit(["5/day"], questions=questions)
        for address in self.addresses:
            self.shelf.pages |= {f"/v2/{address}": {"notes": []}, f"/v3/{address}": {"notes": []}}
        added = self.workspace.json("monitor", "add", *self.addresses[:2])
        self.assertEqual((added["asked"], added["answered"], added["waiting"]), (2, 1, 1))
        self.assertEqual(len(self.shelf.requests("/v")), 5)
        self.workspace.extra = later("+25h")
        polled = self.workspace.json("poll", "--all")
        self.assertEqual((polled["failed"], polled["waiting"]), (0, 1))
        self.assertEqual(len(self.shelf.requests("/v")), 5 + 4)  # a fifth is the people's

    def test_what_a_server_says_of_its_quota_is_believed(self):
        self.limit([])
        reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "50", "X-RateLimit-Reset": "3600"}
        self.shelf.rules[f"/v1/{self.addresses[0]}"] = {"headers": reset}
        self.workspace.lookup(self.addresses[0])
        quota = self.inhouse()["quota"]
        self.assertEqual((quota["left"], quota["limit"]), (0, 50))
        self.assertEqual(self.workspace.run("lookup", self.addresses[1]).code, REFUSED)
        self.assertEqual(len(self.shelf.requests("/v1")), 1)
        self.assertIn("0 of 50 left", self.workspace.ok("source", "show", "inhouse").out)

    def test_a_manifest_may_be_off_until_it_is_switched_on(self):
        self.lay("inhouse.json", {**INHOUSE, "enabled": False})
        key = "source.inhouse.enabled"
        self.assertFalse(self.inhouse()["enabled"])
        self.assertEqual(self.workspace.json("config", "get", key)["value"], "false")
        self.workspace.set(key, "true")
        self.assertTrue(self.inhouse()["enabled"])
        self.workspace.ok("config", "unset", key)
        self.assertFalse(self.inhouse()["enabled"])

    def test_what_no_source_tells_about_an_entity_is_not_reported(self):
        self.use("ripestat")
        self.shelf.pages["/data/abuse-contact-finder/data.json"] = {"data": {"abuse_contacts": []}}
        known = self.workspace.lookup(ADDRESS)["datasets"]
        self.assertIn("network", known)
        self.assertNotIn("subdomains", known)  # of an address


if __name__ == "__main__":
    unittest.main()
