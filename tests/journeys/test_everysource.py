#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every HTTP source at once, played by recorded answers: what each tells, and what becomes of those that misbehave."""
import collections
import glob
import os
import shutil
import time
import unittest

from harness import DONE, Journey, outcomes, values
from httpserver import Answer, ScriptedServer
from keychain import KeyChain
from lifetime import end
from replayserver import SOURCES, ReplayServer

DOMAIN, ADDRESS = "google.com", "1.1.1.1"
KEY = "s3cr3t-0123456789"
NAMED = ("circl", "passivetotal")  # their key is name:password
ON_DEMAND = ("abuseipdb", "greynoise")

# How many records each source gives of what was asked; what is not here, it says to know nothing of.
OF_DOMAIN = {
    "certificates": {"certspotter": 1, "crtsh": 14, "passivetotal": 1, "virustotal": 1},
    "components": {"passivetotal": 51, "urlscan": 1},
    "dns": {"circl": 4, "mnemonic": 1, "otx": 5, "passivetotal": 23, "securitytrails": 18, "virustotal": 19},
    "hostpairs": {"passivetotal": 18, "urlscan": 29},
    "malware": {"malwarebazaar": 2, "threatfox": 2, "urlhaus": 100},
    "osint": {"virustotal": 3},
    "resolutions": {"circl": 3, "dnsdb": 4, "mnemonic": 1, "otx": 2, "passivetotal": 38, "securitytrails": 5,
                    "urlscan": 1, "validin": 1, "virustotal": 10},
    "subdomains": {"certspotter": 1, "crtsh": 5, "otx": 26, "securitytrails": 2000, "urlscan": 1},
    "whois": {"passivetotal": 9, "rdap": 15, "securitytrails": 13, "virustotal": 2},
}
OF_ADDRESS = {
    "certificates": {"passivetotal": 1},
    "malware": {"threatfox": 1},
    "network": {"ripestat": 3},
    "osint": {"threatfox": 1},
    "resolutions": {"mnemonic": 1, "otx": 34, "securitytrails": 5, "virustotal": 10},
    "services": {"internetdb": 4, "passivetotal": 5, "shodan": 3},
    "whois": {"rdap": 9},
}


class EverySource(Journey):
    def setUp(self):
        super().setUp()
        self.server = ReplayServer()
        self.addCleanup(self.server.close)
        self.configure()
        self.workspace.set_all({**self.server.base_urls(), **{f"source.{name}.enabled": "true" for name in self.server.own}})

    def set_keys(self, *names):
        key_chain = KeyChain(os.path.join(self.folder, "chain"))
        self.addCleanup(key_chain.close)
        self.workspace.extra |= key_chain.environment
        for name in names:
            self.workspace.ok("source", "set-key", name, text=("ada@alpha.com:" if name in NAMED else "") + KEY + "\n")

    def keyed(self):
        return [each["name"] for each in self.workspace.json("source", "list")["sources"] if each.get("needs_key")]

    def told(self, entity, *words):
        """The look-up, and how many records of each dataset each source gave."""
        found = self.workspace.lookup(entity, *words)
        counts = collections.defaultdict(dict)
        for dataset, known in found["datasets"].items():
            for record in known["records"]:
                for source in record["sources"]:
                    counts[dataset][source] = counts[dataset].get(source, 0) + 1
        return found, dict(counts)

    def assert_no_key_is_written(self):
        for file in glob.glob(os.path.join(self.workspace.path, "**"), recursive=True):
            if os.path.isfile(file):
                with open(file, "rb") as content:
                    self.assertNotIn(KEY.encode(), content.read(), file)


class Answers(EverySource):
    def test_without_a_key_most_datasets_fill_within_seconds(self):
        began = time.monotonic()
        _, domain = self.told(DOMAIN)
        _, address = self.told(ADDRESS)
        self.assertLess(time.monotonic() - began, 15)
        self.assertLessEqual({"certificates", "components", "dns", "hostpairs", "resolutions", "subdomains", "whois"}, set(domain))
        self.assertLessEqual({"network", "resolutions", "services", "whois"}, set(address))
        asked = {path.split("/")[1] for path in self.server.requests()}
        self.assertEqual(asked, {"certspotter", "crtsh", "internetdb", "mnemonic", "rdap", "ripestat", "urlscan"})

    def test_with_keys_every_source_tells_what_it_knows_of_a_domain(self):
        self.workspace.set("log.level", "debug")
        self.set_keys(*self.keyed())
        found, counts = self.told(DOMAIN)
        self.assertEqual(counts, OF_DOMAIN)
        self.assertEqual({check["outcome"] for known in found["datasets"].values() for check in known["checks"]},
                         {"complete", "empty", "truncated"})
        for source, dataset, outcome in (("urlhaus", "malware", "truncated"), ("dnsdb", "subdomains", "empty"),
                                         ("crtsh", "certificates", "complete"), ("otx", "osint", "empty")):
            self.assertEqual(outcomes(found, dataset, source), {outcome}, source)
        self.assertIn("104.244.13.104", values(found, "resolutions", "A"))
        self.assertIn("pgp.google.com", values(found, "subdomains"))
        self.assertIn("shop.google.com", values(found, "subdomains"))
        self.assertIn("MarkMonitor Inc.", values(found, "whois"))
        self.assert_no_key_is_written()
        shown = str([request["query"] for request in self.server.log if not request["path"].startswith("/shodan")])
        self.assertNotIn(KEY, shown)

    def test_with_keys_every_source_tells_what_it_knows_of_an_address(self):
        self.set_keys(*self.keyed())
        found, counts = self.told(ADDRESS)
        self.assertEqual(counts, OF_ADDRESS)
        self.assertEqual(values(found, "network"), ["193.0.0.0/21", "AS3333", "abuse@ripe.net"])
        self.assertEqual(outcomes(found, "services", "shodan"), {"complete"})
        self.assertFalse(any(path.startswith(f"/{name}/") for path in self.server.requests() for name in ON_DEMAND))
        self.workspace.set("source.virustotal.enabled", "false")  # its four questions a minute are spent
        _, osint = self.told(ADDRESS, "--dataset", "osint")
        self.assertEqual((osint["osint"]["abuseipdb"], osint["osint"]["greynoise"]), (5, 3))
        self.assert_no_key_is_written()


class Example(EverySource):
    def test_the_example_of_the_page_on_manifests_is_a_source_once_it_lies_in_the_workspace(self):
        folder = os.path.join(self.workspace.path, "sources")
        os.makedirs(folder, exist_ok=True)
        shutil.copy(os.path.join(SOURCES, "examples/hostio.json"), folder)
        self.workspace.set("source.hostio.base_url", self.server.base + "/hostio")
        self.assertIn("needs a key", self.workspace.run("lookup", DOMAIN, "--source", "hostio").err)
        self.set_keys("hostio")
        self.workspace.ok("source", "test", "hostio")
        found, counts = self.told("www." + DOMAIN, "--source", "hostio")  # which it is asked about the domain of
        self.assertEqual(self.server.requests("/hostio")[-1], "/hostio/api/full/" + DOMAIN)
        found, counts = self.told(DOMAIN, "--offline")
        self.assertEqual({dataset: count["hostio"] for dataset, count in counts.items() if "hostio" in count},
                         {"components": 1, "dns": 5, "hostpairs": 2, "resolutions": 2})
        self.assertEqual(values(found, "resolutions"), ["142.251.214.142", "2607:f8b0:4005:814::200e"])
        address, _ = self.told("142.251.214.142", "--offline")
        self.assertEqual(values(address, "network"), ["AS15169"])


# What sources do, and what is told of each.
TROUBLE = {
    "wrong key": ({"status": 403, "body": '{"detail": "no such key"}'}, "refused", "no such key"),
    "cut": ({"cut": 9}, "unreachable", "ended"),
    "endless": ({"endless": True}, "malformed", "more than is taken"),
    "bomb": ({"gzip_bomb": 300}, "malformed", "unpack"),
    "elsewhere": ({}, "refused", "redirects elsewhere"),
    "page": ({"body": "<!DOCTYPE html><title>Sorry</title>", "headers": {"Content-Type": "text/html"}}, "malformed", ""),
    "reset": ({"reset_connection": True}, "unreachable", ""),
}
ASKED = {"threatfox": "malware", "internetdb": "services", "ripestat": "network"}  # the first one has a key


class Foreign(ScriptedServer):
    def answer(self, path, query):
        return Answer(200, {"ports": [6666], "ip": ADDRESS})


class Misbehaviour(EverySource):
    def setUp(self):
        super().setUp()
        self.workspace.set("log.level", "debug")
        self.set_keys("threatfox", "shodan")
        quiet = set(self.server.own) - set(ASKED) - {"mnemonic", "shodan"}
        self.workspace.set_all({f"source.{name}.enabled": "false" for name in quiet})
        self.workspace.watch(ADDRESS)
        self.before = self.records(self.workspace.lookup(ADDRESS, "--offline"))

    @staticmethod
    def records(found):
        return {dataset: sorted((record["value"], record["gone"]) for record in known["records"])
                for dataset, known in found["datasets"].items()}

    def serve(self):
        running = self.workspace.start("serve")

        def close():
            end(running)
            running.communicate()
        self.addCleanup(close)
        self.assertIn("watching", running.stderr.readline())
        return running

    @staticmethod
    def most_memory(running):
        """What a process ever held, in MiB."""
        with open(f"/proc/{running.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024

    def misbehave(self, rule, names=tuple(ASKED)):
        with self.server.lock:
            self.server.rules = {f"/{name}/*": dict(rule) for name in names}

    def forgive(self):
        """Settings that change reset what was learned of a source."""
        self.misbehave({}, ())
        for way in ("false", "true"):
            self.workspace.set_all({f"source.{name}.enabled": way for name in ASKED})

    def ask(self):
        """Standard output and error of a look-up, and what it found."""
        ended = self.workspace.run("lookup", ADDRESS, "--json", seconds=120)
        self.assertEqual(ended.code, DONE, ended)
        self.assertNotIn(KEY, ended.out + ended.err)
        found = ended.document()
        for source, dataset in (("mnemonic", "resolutions"), ("shodan", "services")):
            self.assertEqual(outcomes(found, dataset, source), {"complete"}, source)
        self.assertEqual(self.records(found), self.before)
        return found

    def assert_told(self, found, outcome, words, names=tuple(ASKED)):
        for name in names:
            self.assertEqual(outcomes(found, ASKED[name], name), {outcome}, name)
            self.assertIn(words, self.details(found, name), name)

    @staticmethod
    def details(found, name):
        return " | ".join(check["detail"] for check in found["datasets"][ASKED[name]]["checks"] if check["source"] == name)

    def test_each_trouble_is_named_and_takes_nothing_away(self):
        running = self.serve()
        self.ask()
        most = self.most_memory(running)
        foreign = Foreign()
        self.addCleanup(foreign.close)
        for name, (rule, outcome, words) in TROUBLE.items():
            with self.subTest(name):
                self.misbehave({"redirect": foreign.base + "/x"} if name == "elsewhere" else rule)
                self.assert_told(self.ask(), outcome, words)
                self.forgive()
        self.assertEqual(foreign.requests(), [])
        # Four bodies of at most 16 MiB at once, and their copies; where Qt reads without a limit it is gigabytes.
        self.assertLess(self.most_memory(running) - most, 512)
        self.workspace.poll()
        self.assertEqual(self.workspace.alerts(), [])
        self.assert_no_key_is_written()

    def test_who_asks_to_wait_is_left_alone(self):
        self.misbehave({"status": 429, "headers": {"Retry-After": "3600"}, "body": "{}"})
        self.assert_told(self.ask(), "refused", "asks to wait until")
        asked = len(self.server.requests("/internetdb"))
        self.assert_told(self.ask(), "refused", "asks to wait until")
        self.assertEqual(len(self.server.requests("/internetdb")), asked)

    def test_a_quota_that_ends_is_told_by_header_and_by_body(self):
        self.misbehave({"headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "50", "X-RateLimit-Reset": "3600"}},
                       ("internetdb",))
        self.assert_told(self.ask(), "complete", "", ("internetdb",))
        self.assert_told(self.ask(), "refused", "quota of internetdb is used up", ("internetdb",))
        self.misbehave({"body": '{"query_status": "daily quota exceeded"}'}, ("threatfox",))
        self.assert_told(self.ask(), "refused", "daily quota exceeded", ("threatfox",))

    def test_an_error_in_a_good_body_is_one(self):
        self.misbehave({"body": '{"status": "maintenance", "messages": [["error", "back at noon"]], "data": {}}'}, ("ripestat",))
        self.assert_told(self.ask(), "unreachable", "back at noon", ("ripestat",))
        for status in (200, 401):
            self.misbehave({"status": status, "body": f'{{"query_status": "no such key {KEY}"}}'}, ("threatfox",))
            self.assert_told(self.ask(), "refused", "no such key [key]", ("threatfox",))
        self.assert_no_key_is_written()

    def test_who_drips_delays_nobody_else(self):
        self.misbehave({"drip": 20, "drip_gap": 0.4}, ("internetdb",))
        self.assert_told(self.ask(), "complete", "", ("internetdb",))
        with self.server.lock:
            began = {source: min(entry["at"] for entry in self.server.log[-8:] if entry["path"].startswith(f"/{source}/"))
                     for source in ("internetdb", "ripestat", "shodan")}
        self.assertLess(max(began.values()) - min(began.values()), 2)


if __name__ == "__main__":
    unittest.main()
