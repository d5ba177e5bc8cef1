#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An eye on passive DNS: new names on an address, pages, and a server that throttles, cuts and lies."""
import time
import unittest

from harness import Journey, UNREACHABLE, kinds, outcomes, values
from passivednsserver import DAY, fact

ADDRESS = "203.0.113.9"


def now():
    return int(time.time() * 1000)


def seen(name, days_ago=200, last_days_ago=1):
    return fact(name, ADDRESS, now() - days_ago * DAY, now() - last_days_ago * DAY)


class Passive(Journey):
    def setUp(self):
        super().setUp()
        self.passive_world([seen("one.alpha.com"), seen("two.alpha.com")])

    def names(self):
        return values(self.workspace.lookup(ADDRESS, "--offline"), "resolutions")

    def test_both_directions_are_looked_up(self):
        self.assertEqual(values(self.workspace.lookup(ADDRESS), "resolutions"), ["one.alpha.com", "two.alpha.com"])
        self.assertEqual(values(self.workspace.lookup("one.alpha.com"), "resolutions"), [ADDRESS])

    def test_a_new_name_for_a_watched_address_is_one_card(self):
        self.workspace.watch(ADDRESS)
        self.passive.facts.append(fact("three.alpha.com", ADDRESS, now(), now()))
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        card, = self.assert_cards(1)
        self.assertEqual((card["name"], kinds(card)), (ADDRESS, [("added", "three.alpha.com")]))
        self.assertEqual(card["changes"][0]["novelty"], "world")
        self.poll_twice()
        self.assert_cards(1)

    def test_who_points_at_a_watched_name_is_not_told_as_its_own(self):
        self.passive.facts = [fact("alpha.com", "ns1.alpha.com", now(), now(), "ns")]
        self.workspace.watch("alpha.com")
        for rrtype in ("ns", "mx", "cname"):
            self.passive.facts.append(fact(f"{rrtype}.evil.org", "alpha.com", now(), now(), rrtype))
        self.poll_twice()
        self.assertEqual({card["cause"] for card in self.workspace.alerts()}, {"new_records"})
        told = self.workspace.ok("lookup", "alpha.com", "--offline").out
        self.assertRegex(told, r"(?m)^NS +ns1\.alpha\.com")
        self.assertRegex(told, r"(?m)^is NS of +ns\.evil\.org")
        self.assertIn("is MX of mx.evil.org", self.workspace.ok("alerts").out)
        rows = self.workspace.lookup("alpha.com", "--offline")["datasets"].values()
        self.assertEqual({record["value"] for rows_of in rows for record in rows_of["records"] if record["reverse"]},
                         {"ns.evil.org", "mx.evil.org", "cname.evil.org"})

    def test_what_a_historical_source_no_longer_says_is_not_gone(self):
        self.workspace.watch(ADDRESS)
        self.passive.facts = self.passive.facts[:1]
        self.assert_nothing_told("history has no vote")
        self.passive.facts = []
        self.assert_nothing_told("an empty history has no vote")
        self.assertEqual(self.names(), ["one.alpha.com", "two.alpha.com"])

    def test_a_small_advance_of_last_seen_is_nothing(self):
        self.passive.facts = [seen("one.alpha.com", 200, 3)]
        self.workspace.watch(ADDRESS)
        self.passive.facts = [seen("one.alpha.com", 200, 0)]
        self.assert_nothing_told("last seen moved by three days")

    def test_a_name_last_seen_long_ago_that_is_seen_again_has_returned(self):
        self.passive.facts = [seen("one.alpha.com", 400, 200)]
        self.workspace.watch(ADDRESS)
        self.passive.facts = [seen("one.alpha.com", 400, 0)]
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("returned", "one.alpha.com")])

    def test_every_page_is_read(self):
        self.passive.facts = [seen(f"n{number}.alpha.com") for number in range(150)]
        self.passive.page_cap = 40
        self.assertEqual(len(values(self.workspace.lookup(ADDRESS), "resolutions")), 150)


class Misbehaviour(Journey):
    def setUp(self):
        super().setUp()
        self.passive_world([seen("one.alpha.com"), seen("two.alpha.com")])
        self.workspace.watch(ADDRESS)

    def assert_kept(self, outcome):
        self.assert_nothing_told(outcome)
        kept = self.workspace.lookup(ADDRESS, "--offline")
        self.assertEqual(values(kept, "resolutions"), ["one.alpha.com", "two.alpha.com"])
        self.assertIn(outcome, outcomes(kept, "resolutions", "mnemonic"))

    def test_an_error_inside_a_good_answer(self):
        self.passive.error_body = 402
        self.assert_kept("refused")

    def test_html_where_json_is_due(self):
        self.passive.control({"path": "*", "body": "<html><body>Maintenance</body></html>",
                              "headers": {"Content-Type": "text/html"}})
        self.assert_kept("malformed")

    def test_a_body_that_is_cut(self):
        self.passive.control({"path": "*", "cut": 60})
        self.workspace.poll()
        self.assert_cards(0)
        self.assertEqual(len(values(self.workspace.lookup(ADDRESS, "--offline"), "resolutions")), 2)

    def test_a_server_that_asks_to_wait(self):
        self.passive.throttle = {"after": 0, "retry_after": 3600}
        self.workspace.poll()
        asked = len(self.passive.requests("/pdns"))
        self.workspace.poll()
        self.assertEqual(len(self.passive.requests("/pdns")), asked, "asked again before Retry-After was over")
        self.assert_cards(0)

    def test_a_count_that_lies(self):
        self.passive.count = 5_000_000
        told = self.workspace.poll()
        self.assertEqual(told["alerts"], 0)
        self.assertLess(len(self.passive.requests("/pdns")), 40, "believed the count")

    def test_a_foreign_redirect_is_not_followed(self):
        self.passive.control({"path": "*", "redirect": "http://127.0.0.2:9/elsewhere"})
        self.workspace.poll()
        self.assert_cards(0)

    def test_a_server_that_is_gone(self):
        self.passive.close()
        self.assertEqual(self.workspace.poll()["failed"], 1)
        self.assert_cards(0)
        self.assertEqual(self.workspace.run("lookup", "unknown.alpha.com").code, UNREACHABLE)


if __name__ == "__main__":
    unittest.main()
