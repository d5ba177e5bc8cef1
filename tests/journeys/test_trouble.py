#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An eye on live DNS while the way there is broken."""
import unittest

from harness import Journey, kinds, outcomes, values

NAME = "www.alpha.com"
SLOW = {"wrong_question"}  # nothing believable comes, so every try waits its time


class Trouble(Journey):
    """Whatever goes wrong on the way, nothing is gone and nothing is new."""

    def setUp(self):
        super().setUp()
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1", "A 203.0.113.2", "TXT \"v=one\""]})
        self.workspace.watch(NAME)

    def assert_harmless(self, mode, *expected, failed=1, **rule):
        self.resolver.say("*", mode, **rule)
        told = self.workspace.poll()
        self.assertEqual((told["alerts"], told["failed"]), (0, failed), mode)
        said = outcomes(self.workspace.lookup(NAME, "--offline"), "resolutions", "dns")
        self.assertTrue(said & set(expected), said)
        if mode not in SLOW:
            self.pass_gap()
            self.workspace.poll()
        self.assert_cards(0)
        self.resolver.forget()
        self.assert_nothing_told(f"back after {mode}")
        kept = self.workspace.lookup(NAME, "--offline")
        self.assertEqual(values(kept, "resolutions"), ["203.0.113.1", "203.0.113.2"], mode)

    def test_servfail(self):
        self.assert_harmless("servfail", "unreachable")

    def test_refused(self):
        self.assert_harmless("refused", "refused")

    def test_silence(self):
        self.assert_harmless("silent", "unreachable")

    def test_a_truncated_answer_without_tcp(self):
        # It brings facts, so nothing has failed; but it proves no absence.
        self.assert_harmless("truncated", "truncated", failed=0, records=[["A", "203.0.113.1"]])

    def test_garbage(self):
        self.assert_harmless("garbage", "malformed")

    def test_an_answer_to_something_else(self):
        self.assert_harmless("wrong_question", "malformed", "unreachable")

    def test_nxdomain_that_proves_nothing(self):
        self.resolver.say(NAME, "nxdomain", bare=True)
        self.workspace.poll()
        self.assert_cards(0)
        kept = self.workspace.lookup(NAME, "--offline")
        self.assertEqual(outcomes(kept, "resolutions", "dns") & {"empty"}, set())

    def test_a_server_that_is_down(self):
        self.resolver.close()
        self.assertEqual(self.workspace.poll()["alerts"], 0)
        self.pass_gap()
        self.workspace.poll()
        self.assert_cards(0)
        self.assertEqual(values(self.workspace.lookup(NAME, "--offline"), "resolutions"), ["203.0.113.1", "203.0.113.2"])

    def test_a_resolver_that_is_slow(self):
        names = [f"h{n}.alpha.com" for n in range(100)]
        for number, name in enumerate(names):
            self.zone.put(name, f"A 198.51.100.{number}")
        self.zone.apply()
        self.resolver.rate = 300
        self.workspace.watch(*names)
        told = self.workspace.poll()
        self.assertEqual((told["alerts"], told["failed"]), (0, 0), told)
        kept = [values(self.workspace.lookup(name, "--offline"), "resolutions") for name in names[::10]]
        self.assertEqual(kept, [[f"198.51.100.{number}"] for number in range(0, 100, 10)])

    def test_one_absence_between_two_answers_is_nothing(self):
        self.resolver.say(NAME, "nxdomain")
        self.workspace.poll()
        self.resolver.forget()
        self.assert_nothing_told("a single NXDOMAIN")

    def test_what_fails_when_the_name_goes_joins_its_card_later(self):
        self.zone.remove(NAME).apply()
        self.resolver.say(NAME, "servfail", type="TXT")
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertEqual(card["cause"], "name_gone")
        self.resolver.forget()
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertIn(("removed", "v=one"), kinds(card))

    def test_an_answer_that_needs_tcp_is_as_good(self):
        self.resolver.say("*", "truncated_udp")
        self.zone.put(NAME, "A 203.0.113.1", "A 203.0.113.2", "A 198.51.100.9", "TXT \"v=one\"").apply()
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("added", "198.51.100.9")])
        self.assertIn((NAME, "A", "tcp"), self.resolver.asked(NAME))


if __name__ == "__main__":
    unittest.main()
