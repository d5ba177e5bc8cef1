#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a network, from the cache, in two processes, and after a week of closed laptop."""
import unittest

from harness import DONE, NOT_FOUND, UNREACHABLE, Journey, kinds, later, outcomes, values

NAME = "www.alpha.com"


class Offline(Journey):
    def setUp(self):
        super().setUp()
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})

    def test_the_cache_answers_and_nobody_is_asked(self):
        online = self.workspace.lookup(NAME)
        asked = len(self.resolver.asked())
        offline = self.workspace.lookup(NAME, "--offline")
        self.assertEqual(values(offline, "resolutions"), values(online, "resolutions"))
        self.assertEqual(len(self.resolver.asked()), asked)

    def test_what_is_not_stored_is_not_found_offline(self):
        finished = self.workspace.run("lookup", "other.alpha.com", "--offline", "--json")
        self.assertEqual(finished.code, NOT_FOUND)
        self.assertEqual(finished.document()["error"]["code"], "not_found")
        self.assertEqual(self.resolver.asked("other.alpha.com"), [])

    def test_what_proved_empty_stays_proven_when_nobody_can_be_asked(self):
        self.workspace.ok("lookup", "none.alpha.com")
        self.resolver.close()
        for words in (["--offline"], [], ["--offline"]):
            self.assertEqual(self.workspace.run("lookup", "none.alpha.com", *words).code, DONE, words)
        self.workspace.set("pap", "RED")
        self.assertEqual(self.workspace.run("lookup", "none.alpha.com").code, DONE, "RED: the cache answers")

    def test_with_the_network_cut_pages_open_and_nothing_is_removed(self):
        self.workspace.watch(NAME)
        self.resolver.close()
        finished = self.workspace.run("lookup", NAME, "--json")
        self.assertEqual(finished.code, DONE, "the cache answered")
        self.assertEqual(values(finished.document(), "resolutions"), ["203.0.113.1"])
        self.assertIn("unreachable", outcomes(finished.document(), "resolutions", "dns"))
        self.assertEqual(self.workspace.run("lookup", "other.alpha.com").code, UNREACHABLE)
        self.assert_nothing_told("the network is cut")

    def test_a_name_that_does_not_exist_is_an_answer(self):
        finished = self.workspace.run("lookup", "nothing.alpha.com", "--json")
        self.assertEqual(finished.code, DONE)
        self.assertEqual(outcomes(finished.document(), "resolutions", "dns"), {"empty"})


class TwoProcesses(Journey):
    def setUp(self):
        super().setUp()
        self.dns_world(**{f"host{number}_alpha_com": [f"A 203.0.113.{number}"] for number in range(1, 9)})

    def test_commands_at_the_same_time_all_succeed(self):
        names = [f"host{number}.alpha.com" for number in range(1, 9)]
        running = [self.workspace.start("monitor", "add", name, "--json") for name in names]
        for process in running:
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, DONE, out + err)
        watched = self.workspace.watched()
        self.assertEqual(watched, names)

    def test_a_command_is_answered_while_another_process_owns_the_workspace(self):
        self.workspace.watch("host1.alpha.com")
        self.resolver.say("host1.alpha.com", "silent")
        polling = self.workspace.start("poll", "--all", "--json")
        listed = self.workspace.eyes()
        self.assertEqual([eye["name"] for eye in listed], ["host1.alpha.com"])
        self.resolver.forget()
        out, err = polling.communicate(timeout=60)
        self.assertEqual(polling.returncode, DONE, out + err)


class ClosedLaptop(Journey):
    def test_after_a_week_every_eye_is_asked_once(self):
        names = {f"host{number}_alpha_com": [f"A 203.0.113.{number}"] for number in range(1, 6)}
        self.dns_world(**names)
        self.workspace.watch(*(name.replace("_", ".") for name in names))
        self.zone.put("host1.alpha.com", "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.extra = later("+7d")
        before = len([query for query in self.resolver.asked("host2.alpha.com") if query[1] == "A"])
        told = self.workspace.json("poll", "--due")
        self.assertEqual((told["checked"], told["alerts"]), (5, 1))
        asked = len([query for query in self.resolver.asked("host2.alpha.com") if query[1] == "A"])
        self.assertEqual(asked - before, 1)
        self.assertEqual(self.workspace.json("poll", "--due")["checked"], 0)
        due = {eye["next_due"] for eye in self.workspace.eyes()}
        self.assertEqual(len(due), len(names), "the next checks are not spread")
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("added", "198.51.100.9")])


if __name__ == "__main__":
    unittest.main()
