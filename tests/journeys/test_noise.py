#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not become noise: rotation, new sources, imports, crowds, and resolvers that lie."""
import json
import os
import sqlite3
import unittest

from harness import NOT_FOUND, USAGE, Journey, kinds, outcomes, values
from lyingresolver import LyingResolver
from passivednsserver import DAY, PassiveDnsServer, fact

NAME = "www.alpha.com"
POOL = [f"203.0.113.{last}" for last in range(1, 13)]


class Rotation(Journey):
    def setUp(self):
        super().setUp()
        self.dns_world()
        self.resolver.say(NAME, "rotate", pool=POOL, size=3)
        self.workspace.watch(NAME)

    def test_a_rotating_name_raises_nothing(self):
        # The first passes learn that it rotates; the eye has to stay quiet from then on, also when
        # members stay away for good.
        for _ in range(4):
            self.poll_twice()
        learnt = len(self.workspace.alerts())
        self.assertLessEqual(learnt, 1, json.dumps(self.workspace.alerts(), indent=1))
        self.resolver.say(NAME, "rotate", pool=POOL[:6], size=3)
        for _ in range(3):
            self.poll_twice()
        self.assert_cards(learnt)

    def test_a_foreign_network_in_it_is_one_card(self):
        for _ in range(4):
            self.poll_twice()
        before = len(self.workspace.alerts())
        self.resolver.say(NAME, "rotate", pool=[*POOL[:2], "198.51.100.66"], size=3)
        self.workspace.poll()
        cards = self.assert_cards(before + 1)
        foreign = [card for card in cards if ("added", "198.51.100.66") in kinds(card)]
        self.assertEqual(len(foreign), 1)
        self.poll_twice()
        self.assert_cards(before + 1)


class Rules(Journey):
    def gain(self, *addresses):
        self.zone.put(NAME, "A 203.0.113.1", *(f"A {address}" for address in addresses)).apply()
        self.workspace.poll()

    def test_a_rule_made_from_a_card_hides_its_like_until_it_is_removed(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch(NAME)
        self.gain("198.51.100.1")
        card, = self.assert_cards(1)
        rule, = self.workspace.json("rule", "add", card["id"])["rules"]
        self.assertEqual((rule["entity"], rule["dataset"], rule["type"]), (NAME, "resolutions", "A"))
        self.assertEqual(self.workspace.json("rule", "add", card["id"])["rules"], [])
        self.assertEqual(self.workspace.json("rule", "list")["rules"], [rule])
        self.gain("198.51.100.1", "192.0.2.1")
        self.assert_cards(1)
        hidden = [each for each in self.workspace.alerts("--suppressed") if each["state"] == "suppressed"]
        self.assertEqual([each["hidden_by"] for each in hidden], [rule["name"]])
        self.assertEqual(self.workspace.json("rule", "remove", rule["id"])["removed"], rule["id"])
        self.assertEqual(self.workspace.json("rule", "list")["rules"], [])
        self.assertEqual(self.workspace.run("rule", "remove", rule["id"]).code, NOT_FOUND)
        self.gain("198.51.100.1", "192.0.2.1", "192.0.2.129")
        self.assert_cards(2)

    def test_what_is_no_rule_is_not_taken_back_by_its_verb(self):
        self.assertEqual(self.workspace.run("rule").code, USAGE)
        self.assertEqual(self.workspace.run("rule", "remove", "12").code, USAGE)
        self.assertEqual(self.workspace.run("rule", "add", "01a2028b-3b64-7981-b2f5-f1705294e23d").code, NOT_FOUND)
        self.assertIn("remove", self.workspace.run("rule", "remov", "12").err)


class NoStorm(Journey):
    def test_a_source_enabled_later_raises_nothing(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch(NAME)
        passive = PassiveDnsServer([fact(NAME, f"192.0.2.{last}", 1_500_000_000_000, 1_600_000_000_000)
                                    for last in range(1, 60)])
        self.addCleanup(passive.close)
        self.configure(dns=self.resolver, passive=passive)
        self.workspace.poll()
        self.assert_cards(0)
        self.assertEqual(len(values(self.workspace.lookup(NAME, "--offline"), "resolutions")), 60)
        self.assert_nothing_told("a source that was not there before")

    def test_an_import_of_old_records_raises_one_card_at_most(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch(NAME)
        lines = [json.dumps({"rrname": NAME, "rrtype": "A", "rdata": f"192.0.2.{last}", "count": 1,
                             "time_first": 1_400_000_000, "time_last": 1_500_000_000}) for last in range(1, 120)]
        told = self.workspace.json("import", "-", text="\n".join(lines) + "\n")
        self.assertIsInstance(told, dict)
        self.assertEqual(len(values(self.workspace.lookup(NAME, "--offline"), "resolutions")), 120)
        self.assertLessEqual(len(self.workspace.alerts()), 1)
        before = len(self.workspace.alerts())
        self.workspace.json("import", "-", text="\n".join(lines) + "\n")
        self.poll_twice()
        self.assert_cards(before)

    def test_a_parser_that_reads_more_than_the_one_before_raises_nothing(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1", "TXT \"v=one\""]})
        self.workspace.watch(NAME)
        self.forget_the_parser()
        texts = [f"TXT \"unread-{number}\"" for number in range(30)]
        self.zone.put(NAME, "A 203.0.113.1", "TXT \"v=one\"", *texts).apply()
        self.workspace.poll()
        self.assertEqual(len(values(self.workspace.lookup(NAME, "--offline"), "dns", "TXT")), 31)
        self.assert_nothing_told("the first answer through another parser")
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9", "TXT \"v=one\"", *texts).apply()
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("added", "198.51.100.9")])

    def forget_the_parser(self):
        """Makes every answer in the database one that an older parser of ours has read."""
        changed = 0
        with sqlite3.connect(os.path.join(self.workspace.path, "watchglass.db")) as database:
            for table, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                columns = {column for _, column, *_ in database.execute(f"PRAGMA table_info('{table}')")}
                if "parser" in columns:
                    changed += database.execute(f"UPDATE {table} SET parser = parser - 1").rowcount
                if "print" in columns:  # of an answer repeated word for word, the parser's version in it
                    database.execute(f"UPDATE {table} SET print = zeroblob(16)")
        database.close()
        self.assertGreater(changed, 0)

    def test_a_bad_line_costs_only_itself(self):
        good = {"rrname": NAME, "rrtype": "A", "rdata": "192.0.2.1", "time_first": 1_400_000_000, "time_last": 1_500_000_000}
        text = "\n".join([json.dumps(good), '{"rrname": ', json.dumps({**good, "rdata": "192.0.2.2"}), ""])
        self.workspace.run("import", "-", "--json", text=text)
        self.assertEqual(values(self.workspace.lookup(NAME, "--offline"), "resolutions"), ["192.0.2.1", "192.0.2.2"])

    def test_the_same_change_on_fourteen_names_is_one_group(self):
        names = [f"host{number}.alpha.com" for number in range(14)]
        self.dns_world()
        for name in names:
            self.zone.put(name, "A 203.0.113.1")
        self.zone.apply()
        self.workspace.watch(*names)
        for name in names:
            self.zone.put(name, "A 198.51.100.9")
        self.zone.apply()
        self.workspace.poll()
        cards = self.assert_cards(14)
        groups = {card.get("group") for card in cards}
        self.assertEqual(len(groups), 1, json.dumps(cards[:2], indent=1))
        self.assertTrue(groups.pop(), "the cards belong to no group")


class Liars(Journey):
    """A resolver that invents answers, hands out private addresses or block pages, records nothing."""

    def setUp(self):
        super().setUp()
        self.resolver = LyingResolver()
        self.addCleanup(self.resolver.close)

    def assert_nothing_recorded(self):
        self.configure(dns=self.resolver)
        self.workspace.run("lookup", NAME)
        self.workspace.watch(NAME)
        self.assert_nothing_told("a resolver that lies")
        kept = self.workspace.run("lookup", NAME, "--offline", "--json").document()
        if "error" not in kept:
            self.assertEqual(values(kept, "resolutions") + values(kept, "dns"), [])
            self.assertEqual(outcomes(kept, "resolutions", "dns") & {"complete", "empty"}, set())

    def test_answers_for_names_that_do_not_exist(self):
        self.resolver.say("*", "invent")
        self.assert_nothing_recorded()

    def test_private_addresses_for_public_names(self):
        self.resolver.say("*", "invent", records={"A": "10.0.0.1"})
        self.assert_nothing_recorded()

    def test_an_eye_keeps_what_it_had_when_its_resolver_begins_to_lie(self):
        self.resolver.say("*", "nxdomain")
        self.resolver.say(NAME, "answer", records=[["A", "203.0.113.1"]])
        self.configure(dns=self.resolver)
        self.workspace.watch(NAME)
        self.resolver.forget()
        self.resolver.say("*", "nxdomain")
        self.resolver.say(NAME, "answer", records=[["A", "10.1.2.3"]])
        self.assert_nothing_told("a public name at a private address")
        self.assertEqual(values(self.workspace.lookup(NAME, "--offline"), "resolutions"), ["203.0.113.1"])

    def test_a_resolver_that_turned_honest_is_believed_once_it_is_set_again(self):
        self.resolver.say("*", "invent")
        self.configure(dns=self.resolver)
        self.workspace.watch(NAME)
        self.assertIsNone(self.workspace.json("monitor", "list")["monitors"][0]["baseline_at"])
        self.resolver.forget()
        self.resolver.say("*", "nxdomain")
        self.resolver.say(NAME, "answer", records=[["A", "203.0.113.1"]])
        for key, value in (("dns.servers", self.resolver.text), ("pap", "GREEN")):
            with self.subTest(key=key):
                self.workspace.set(key, value)
                asked = len(self.resolver.asked())
                self.workspace.poll()
                names = {query[0] for query in self.resolver.asked()[asked:]}
                self.assertGreater(len(names), 1, "only the watched name was asked, no random one")
        self.assertEqual(values(self.workspace.lookup(NAME, "--offline"), "resolutions"), ["203.0.113.1"])
        self.assert_cards(0)


class Catalogue(Journey):
    """A card hidden by a rule is kept under the rule's name."""

    def test_back_fill_is_hidden_and_can_be_listed(self):
        now = 1_790_000_000_000
        self.passive_world([fact(NAME, "192.0.2.1", now - 900 * DAY, now - 800 * DAY)])
        self.workspace.watch(NAME)
        self.passive.facts.append(fact(NAME, "192.0.2.77", now - 700 * DAY, now - 600 * DAY))
        self.workspace.poll()
        self.assert_cards(0)
        hidden = self.workspace.alerts("--suppressed")
        self.assertEqual([kinds(card) for card in hidden], [[("added", "192.0.2.77")]])
        self.assertEqual(hidden[0]["state"], "suppressed")
        self.assertEqual(hidden[0]["changes"][0]["novelty"], "backfill")
        self.assertIn("[hidden by backfill]", self.workspace.ok("alerts", "--suppressed").out)


if __name__ == "__main__":
    unittest.main()
