#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the tests do what they are told; otherwise the tests that use them prove nothing."""
import hashlib
import json
import os
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import dnswire  # noqa: E402
from dnszone import NameServer  # noqa: E402
from lyingresolver import LyingResolver  # noqa: E402
from passivednsserver import PassiveDnsServer, fact  # noqa: E402
from rdapserver import RdapServer  # noqa: E402
from replayserver import NOTHING, RECORDINGS, ReplayServer, read_sources  # noqa: E402


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), refused.headers


def put(address, order):
    request = urllib.request.Request(address + "/_control", json.dumps(order).encode(), method="PUT")
    urllib.request.urlopen(request, timeout=5).close()


class Rdap(unittest.TestCase):
    def setUp(self):
        self.server = RdapServer({"/domain/alpha.com": {"ldhName": "alpha.com"}, "/ip/8.8.0.0/16": {"handle": "EIGHT"}})
        self.addCleanup(self.server.close)

    def test_finds_objects_under_any_prefix_and_networks_by_address(self):
        self.assertEqual(json.loads(get(self.server.base + "/com/v1/domain/ALPHA.com")[1])["ldhName"], "alpha.com")
        self.assertEqual(json.loads(get(self.server.base + "/rdap/ip/8.8.4.4")[1])["handle"], "EIGHT")
        self.assertEqual(get(self.server.base + "/domain/other.com")[0], 404)

    def test_its_bootstrap_points_at_itself(self):
        services = json.loads(get(self.server.base + "/dns.json")[1])["services"]
        self.assertIn("com", services[0][0])
        self.assertEqual(services[0][1], [self.server.base + "/"])

    def test_misbehaves_as_told_and_only_as_long(self):
        put(self.server.base, {"path": "/domain/alpha.com", "status": 503, "headers": {"Retry-After": "7"}, "times": 1})
        status, _, headers = get(self.server.base + "/domain/alpha.com")
        self.assertEqual((status, headers["Retry-After"]), (503, "7"))
        self.assertEqual(get(self.server.base + "/domain/alpha.com")[0], 200)
        self.assertEqual(self.server.requests("/domain"), ["/domain/alpha.com"] * 2)

    def test_cuts_an_answer_in_its_middle(self):
        put(self.server.base, {"path": "*", "cut": 5})
        with self.assertRaises(Exception):
            get(self.server.base + "/domain/alpha.com")


class PassiveDns(unittest.TestCase):
    def setUp(self):
        self.server = PassiveDnsServer([fact(f"n{i}.alpha.com", "192.0.2.1", 1000, 2000) for i in range(30)])
        self.addCleanup(self.server.close)

    def rows(self, query):
        return json.loads(get(f"{self.server.base}/pdns/v3/{query}")[1])

    def test_pages_both_directions(self):
        first, second = self.rows("192.0.2.1?limit=25"), self.rows("192.0.2.1?limit=25&offset=25")
        self.assertEqual((first["count"], first["size"], second["size"]), (30, 25, 5))
        self.assertEqual(self.rows("n3.alpha.com")["data"][0]["answer"], "192.0.2.1")

    def test_throttles_and_lies_about_its_count(self):
        put(self.server.base, {"throttle": {"after": 1, "retry_after": 3}, "count": 9})
        self.assertEqual(self.rows("192.0.2.1")["count"], 9)
        self.assertEqual(get(self.server.base + "/pdns/v3/192.0.2.1")[0], 429)


class Dns(unittest.TestCase):
    def ask(self, server, name, kind="A"):
        return dnswire.ask((server.address, server.port), name, kind)

    def test_a_zone_is_edited_and_reloaded(self):
        server = NameServer(["alpha.com"]).put("www.alpha.com", "A 192.0.2.1").start()
        self.addCleanup(server.close)
        self.assertEqual(self.ask(server, "www.alpha.com")[1][0][1], bytes([192, 0, 2, 1]))
        server.put("www.alpha.com", "A 192.0.2.2").apply()
        self.assertEqual(self.ask(server, "www.alpha.com")[1][0][1], bytes([192, 0, 2, 2]))
        self.assertEqual(self.ask(server, "gone.alpha.com")[0], dnswire.NXDOMAIN)
        self.assertEqual(self.ask(server, "nowhere.net")[0], dnswire.NXDOMAIN)
        server.stop()
        self.assertIsNone(dnswire.ask((server.address, server.port), "www.alpha.com", "A", 0.2))

    def test_every_lie_is_told(self):
        zone = NameServer(["alpha.com"]).put("www.alpha.com", "A 192.0.2.1").start()
        self.addCleanup(zone.close)
        server = LyingResolver((zone.address, zone.port))
        self.addCleanup(server.close)
        self.assertEqual(self.ask(server, "www.alpha.com")[1][0][1], bytes([192, 0, 2, 1]))
        for mode, code in (("servfail", 2), ("refused", 5), ("nxdomain", 3), ("nodata", 0), ("truncated", 0)):
            server.say("www.alpha.com", mode)
            self.assertEqual(self.ask(server, "www.alpha.com")[0], code, mode)
        for mode in ("silent", "wrong_id"):
            server.say("www.alpha.com", mode)
            self.assertIsNone(dnswire.ask((server.address, server.port), "www.alpha.com", "A", 0.3), mode)
        for mode in ("garbage", "short", "loop", "wrong_question"):
            server.say("www.alpha.com", mode)
            with self.assertRaises(Exception, msg=mode):
                self.assertEqual(self.ask(server, "www.alpha.com")[1][0][1], bytes([192, 0, 2, 1]), mode)
        server.say("www.alpha.com", "rotate", pool=["192.0.2.1", "192.0.2.2", "192.0.2.3"], size=1)
        self.assertEqual({self.ask(server, "www.alpha.com")[1][0][1][3] for _ in range(3)}, {1, 2, 3})


class Programs(unittest.TestCase):
    def test_they_print_where_they_are_and_end_with_standard_input(self):
        for words in (["dnszone.py", "alpha.com"], ["lyingresolver.py"], ["rdapserver.py", HERE], ["postgres"]):
            with subprocess.Popen([os.path.join(HERE, words[0]), *words[1:]], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True) as server:
                where = json.loads(server.stdout.readline())
                self.assertTrue(where["port"] if isinstance(where, dict) else where)
                server.stdin.close()
                self.assertEqual(server.wait(20), 0, words[0])

    def test_nothing_is_left_when_the_starter_is_killed(self):
        with subprocess.Popen([os.path.join(HERE, "dnszone.py"), "alpha.com"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as server:
            port = int(server.stdout.readline())
            self.assertIsNotNone(dnswire.serial_of(("127.0.0.1", port), "alpha.com"))
            server.kill()
            server.wait()
        deadline = time.monotonic() + 20
        while dnswire.serial_of(("127.0.0.1", port), "alpha.com", 0.1) is not None:
            self.assertLess(time.monotonic(), deadline, "nsd still answers")


class Replay(unittest.TestCase):
    def setUp(self):
        self.server = ReplayServer()
        self.addCleanup(self.server.close)

    def told(self, path):
        status, body, _ = get(self.server.base + path)
        return status, json.loads(body)

    def test_what_was_recorded_of_the_asked_is_answered_as_it_is(self):
        with open(os.path.join(os.path.dirname(RECORDINGS), "shodan/host_1.1.1.1_2018-09-08.json"), "rb") as recorded:
            self.assertEqual(get(self.server.base + "/shodan/shodan/host/1.1.1.1?key=k")[1], recorded.read())
        self.assertEqual(self.told("/rdap/domain/google.com")[1]["ldhName"], "GOOGLE.COM")

    def test_what_was_recorded_of_another_bears_the_asked_name(self):
        _, told = self.told("/otx/api/v1/indicators/domain/shop.com/passive_dns")
        self.assertEqual(told["count"], 47)
        self.assertIn("pgp.shop.com", {row["hostname"] for row in told["passive_dns"]})
        self.assertNotIn("circl.lu", json.dumps(told["passive_dns"]))

    def test_what_was_never_recorded_is_nothing_in_the_sources_own_form(self):
        self.assertEqual(self.told("/internetdb/2001:4860:4860::8888"), (404, {"detail": "No information available"}))
        self.assertEqual(self.told("/crtsh/?q=alpha.com&output=json")[0], 200)
        self.assertEqual(get(self.server.base + "/dnsdb/dnsdb/v2/lookup/rdata/ip/8.8.8.8")[1].count(b"cond"), 2)
        self.assertEqual(self.told("/passivetotal/v2/host-attributes/pairs?query=alpha.com&direction=parents")[0], 404)
        self.assertEqual(set(NOTHING), set(read_sources()))

    def test_a_question_that_no_source_has_is_no_answer(self):
        self.assertEqual(self.told("/otx/api/v2/else/shop.com")[0], 400)

    def test_a_rule_for_a_source_holds_for_all_that_it_is_asked(self):
        put(self.server.base, {"path": "/shodan/*", "status": 503})
        self.assertEqual(get(self.server.base + "/shodan/shodan/host/1.1.1.1")[0], 503)
        self.assertEqual(get(self.server.base + "/internetdb/1.1.1.1")[0], 200)
        put(self.server.base, {"path": "/shodan/*", "reset_connection": True})
        with self.assertRaises(OSError):
            get(self.server.base + "/shodan/shodan/host/1.1.1.1")

    def test_the_recordings_are_what_their_manifest_says(self):
        with open(RECORDINGS, encoding="utf-8") as text:
            entries = json.load(text)
        for entry in entries:
            with open(os.path.join(os.path.dirname(RECORDINGS), entry["path"]), "rb") as recorded:
                self.assertEqual(hashlib.sha256(recorded.read()).hexdigest(), entry["sha256"], entry["path"])
            self.assertIn(entry.get("licence", "made"), ("MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "made"))


if __name__ == "__main__":
    unittest.main()
