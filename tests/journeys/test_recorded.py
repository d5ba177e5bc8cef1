#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every recorded RDAP answer, error and malformed bootstrap, replayed to the program."""
import json
import os
import shutil
import unittest

from harness import DONE, Journey, outcomes
from rdapserver import RdapServer

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../sources/data/rdap")
BOOTSTRAP = {"dns.json": "iana_dns_2025-11-06.json", "ipv4.json": "iana_ipv4_2019-06-07.json",
             "ipv6.json": "iana_ipv6_2019-11-06.json"}


def recorded(kind):
    folder = os.path.join(RECORDED, kind)
    return {name: os.path.join(folder, name) for name in sorted(os.listdir(folder))}


def loaded(path):
    """A recorded object, or None when it is none (they are recorded to be hostile, too)."""
    try:
        with open(path, encoding="utf-8") as text:
            answer = json.load(text)
        return answer if isinstance(answer, dict) else None
    except ValueError:
        return None


class Recorded(Journey):
    def setUp(self):
        super().setUp()
        tables = os.path.join(self.folder, "bootstrap")
        os.mkdir(tables)
        for name, source in BOOTSTRAP.items():
            shutil.copy(os.path.join(RECORDED, "bootstrap", source), os.path.join(tables, name))
        self.rdap = RdapServer({}, tables)
        self.addCleanup(self.rdap.close)
        self.configure(rdap=self.rdap)

    def replay(self, path, key):
        self.rdap.objects = {key: path}
        entity = key.rsplit("/", 1)[-1]
        finished = self.workspace.run("lookup", entity, "--json")
        self.assertIn(key, [each[each.index(key):] for each in self.rdap.requests() if key in each], "never asked")
        return finished

    def test_registrations_of_every_registry_are_read(self):
        for name, path in recorded("domain").items():
            answer = loaded(path) or {}
            domain = answer.get("ldhName", "").rstrip(".").lower()
            if not domain or domain.endswith((".example", ".test")):
                continue
            with self.subTest(name=name):
                finished = self.replay(path, f"/domain/{domain}")
                self.assertEqual(finished.code, DONE, finished)
                whois = finished.document()["datasets"]["whois"]
                self.assertGreater(len(whois["records"]), 0)
                self.assertEqual(outcomes(finished.document(), "whois", "rdap"), {"complete"})

    def test_networks_of_every_registry_are_read(self):
        for name, path in recorded("ip").items():
            first = (loaded(path) or {}).get("startAddress", "").split("/")[0]
            if "." in first:  # some registries pad with zeros
                first = ".".join(str(int(part)) for part in first.split("."))
            if not first:
                continue
            with self.subTest(name=name):
                finished = self.replay(path, f"/ip/{first}")
                self.assertEqual(finished.code, DONE, finished)
                self.assertGreater(len(finished.document()["datasets"]["whois"]["records"]), 0)

    def test_recorded_errors_are_outcomes(self):
        for name, path in recorded("error").items():
            with self.subTest(name=name):
                status = next((int(word) for word in name.split("_") if word.isdigit()), 200)
                self.rdap.rules.clear()
                self.rdap.control({"path": "*", "status": status, "body_file": path})
                self.rdap.control({"path": "/dns.json", "status": 200})
                domain = f"asked-{status}.com"
                finished = self.workspace.run("lookup", domain, "--json")
                self.assertIn(finished.code, (0, 1, 4, 5), finished)
                finished.document()

    def test_malformed_bootstraps_are_no_answers(self):
        for name, path in recorded("bootstrap-malformed").items():
            with self.subTest(name=name):
                self.workspace.path = os.path.join(self.folder, name)
                self.configure(rdap=self.rdap)
                self.rdap.control({"path": "/dns.json", "body_file": path})
                finished = self.workspace.run("lookup", "alpha.com", "--json")
                self.assertIn(finished.code, (0, 1, 4, 5), finished)
                finished.document()


if __name__ == "__main__":
    unittest.main()
