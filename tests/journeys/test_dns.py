#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An eye on live DNS: what is a change, and what is none."""
import unittest

from harness import Journey, kinds, outcomes, values

NAME = "www.alpha.com"


class ZoneChanges(Journey):
    def setUp(self):
        super().setUp()
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1", "A 203.0.113.2", "TXT \"v=one\""],
                          "alpha_com": ["A 203.0.113.1", "MX 10 mail.alpha.com."]})

    def test_a_look_up_shows_the_records_and_who_said_them(self):
        found = self.workspace.lookup(NAME)
        self.assertEqual(found["entity"], {"kind": "domain", "value": NAME})
        self.assertEqual(values(found, "resolutions"), ["203.0.113.1", "203.0.113.2"])
        record = found["datasets"]["resolutions"]["records"][0]
        self.assertEqual(record["sources"], [f"dns@{self.resolver.text}"])
        self.assertEqual(record["attributes"]["rrtype"], "A")
        self.assertEqual(outcomes(found, "resolutions", "dns"), {"complete", "empty"})

    def test_a_new_address_is_one_card_that_says_what_appeared(self):
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 203.0.113.2", "A 198.51.100.9", "TXT \"v=one\"").apply()
        told = self.workspace.poll()
        self.assertEqual((told["checked"], told["changed"], told["alerts"], told["failed"]), (1, 1, 1, 0))
        card, = self.assert_cards(1)
        self.assertEqual((card["name"], card["dataset"], card["state"]), (NAME, "resolutions", "new"))
        self.assertEqual(kinds(card), [("added", "198.51.100.9")])
        self.assertEqual(card["changes"][0]["novelty"], "here")
        self.assertEqual(card["day"], card["detected_at"][:10])
        self.assertEqual(self.workspace.poll()["alerts"], 0)
        self.assert_cards(1)

    def test_a_record_that_goes_is_told_once_and_only_when_confirmed(self):
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "TXT \"v=one\"").apply()
        self.workspace.poll()
        self.assert_cards(0)
        self.workspace.poll()
        self.pass_gap()
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("removed", "203.0.113.2")])
        self.poll_twice()
        self.assert_cards(1)

    def test_a_move_to_another_address_is_one_card(self):
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 198.51.100.7", "TXT \"v=one\"").apply()
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertIn(("added", "198.51.100.7"), kinds(card))

    def test_a_record_that_comes_back_is_returned(self):
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "TXT \"v=one\"").apply()
        self.poll_twice()
        self.zone.put(NAME, "A 203.0.113.1", "A 203.0.113.2", "TXT \"v=one\"").apply()
        self.poll_twice()
        told = [kind for card in self.assert_cards(2) for kind in kinds(card)]
        self.assertCountEqual(told, [("removed", "203.0.113.2"), ("returned", "203.0.113.2")])

    def test_another_text_record_is_a_card_of_the_dns_dataset(self):
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 203.0.113.2", "TXT \"v=two\"").apply()
        self.poll_twice()
        cards = self.workspace.alerts("--dataset", "dns")
        self.assertGreaterEqual(len(cards), 1)
        self.assertEqual({card["dataset"] for card in cards}, {"dns"})
        self.assertEqual(sum(kinds(card).count(("added", "v=two")) for card in cards), 1)

    def test_a_name_that_no_longer_exists_is_one_card_and_so_is_its_return(self):
        self.workspace.watch(NAME)
        self.zone.remove(NAME).apply()
        self.workspace.poll()
        self.assert_cards(0)
        self.pass_gap()
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(card["cause"], "name_gone")
        self.poll_twice()
        self.assert_cards(1)
        self.zone.put(NAME, "A 203.0.113.1", "A 203.0.113.2", "TXT \"v=one\"").apply()
        self.poll_twice()
        back = [each for each in self.assert_cards(2) if each["id"] != card["id"]]
        self.assertEqual({kind for kind, _ in kinds(back[0])}, {"returned"})

    def test_order_ttl_and_serial_are_no_change(self):
        self.workspace.watch(NAME, "alpha.com")
        self.zone.ttl = 60
        self.zone.put(NAME, "TXT \"v=one\"", "A 203.0.113.2", "A 203.0.113.1").apply()
        self.assert_nothing_told("order, TTL and serial")


class Eyes(Journey):
    def setUp(self):
        super().setUp()
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})

    def change(self, *addresses):
        self.zone.put(NAME, *(f"A {address}" for address in addresses)).apply()

    def test_an_eye_that_is_off_raises_nothing(self):
        self.workspace.watch(NAME)
        self.workspace.unwatch(NAME)
        self.change("203.0.113.1", "198.51.100.9")
        self.assertEqual(self.workspace.poll()["checked"], 0)
        self.workspace.lookup(NAME)
        self.assert_cards(0)
        self.assertEqual(self.workspace.eyes(), [])

    def test_off_and_on_is_a_new_baseline(self):
        self.workspace.watch(NAME)
        self.workspace.unwatch(NAME)
        self.change("203.0.113.1", "198.51.100.9")
        self.workspace.watch(NAME)
        self.workspace.poll()
        self.assert_cards(0)
        self.change("203.0.113.1", "198.51.100.9", "192.0.2.9")
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("added", "192.0.2.9")])

    def test_off_and_undone_keeps_the_old_baseline(self):
        self.workspace.watch(NAME)
        baseline = self.workspace.eyes()[0]["baseline_at"]
        self.workspace.unwatch(NAME)
        self.change("203.0.113.1", "198.51.100.9")
        undone = self.workspace.json("undo")
        self.assertTrue(undone["baseline_kept"])
        self.assertEqual(self.workspace.eyes()[0]["baseline_at"], baseline)
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("added", "198.51.100.9")])

    def test_the_list_tells_since_when_and_when_next(self):
        self.workspace.watch(NAME)
        eye, = self.workspace.eyes()
        self.assertEqual(eye["name"], NAME)
        for field in ("since", "baseline_at", "last_checked", "next_due"):
            self.assertRegex(eye[field], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", field)
        self.assertLess(eye["last_checked"], eye["next_due"])

    def test_cards_are_acknowledged_and_stay_so(self):
        self.workspace.watch(NAME)
        self.change("203.0.113.1", "198.51.100.9")
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.workspace.ok("alerts", "ack", card["id"])
        self.workspace.poll()
        self.assertEqual([each["state"] for each in self.workspace.alerts()], ["acknowledged"])


if __name__ == "__main__":
    unittest.main()
