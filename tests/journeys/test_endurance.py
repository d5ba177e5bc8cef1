#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 two hundred times while it polls: nothing is lost and nothing is told twice."""
import collections
import random
import time
import unittest

from harness import Journey, kill

KILLS = 200
NAMES = [f"host{number}.alpha.com" for number in range(20)]


def first(number):
    return f"203.0.113.{number + 1}"


def second(number):
    return f"198.51.100.{number + 1}"


class Killed(Journey):
    def setUp(self):
        super().setUp()
        self.dns_world()
        for number, name in enumerate(NAMES):
            self.zone.put(name, f"A {first(number)}")
        self.zone.apply()
        self.workspace.watch(*NAMES)

    def poll_and_kill(self, longest):
        """Starts a poll and kills it somewhere on its way; whether it was still at it."""
        polling = self.workspace.start("poll", "--all", "--json")
        try:
            polling.wait(random.uniform(0, longest))
        except Exception:  # pylint: disable=broad-except
            pass
        alive = polling.poll() is None
        kill(polling)
        return alive

    def test_two_hundred_times(self):
        seed = random.randrange(1 << 32)
        random.seed(seed)
        started = time.monotonic()
        self.workspace.poll()
        longest = 1.1 * (time.monotonic() - started)
        killed = 0
        acknowledged = set()
        for turn in range(KILLS):
            if turn % 10 == 0:
                number = turn // 10
                self.zone.put(NAMES[number], f"A {first(number)}", f"A {second(number)}").apply()
            killed += self.poll_and_kill(longest)
            if turn % 40 == 39:
                cards = self.workspace.json("alerts")["alerts"]
                if cards:
                    self.workspace.ok("alerts", "ack", cards[0]["id"])
                    acknowledged.add(cards[0]["id"])
        self.assertGreater(killed, KILLS // 2, f"too few polls were killed on their way (seed {seed})")
        told = self.workspace.poll()
        self.assertEqual((told["checked"], told["failed"]), (len(NAMES), 0))
        cards = self.workspace.alerts()
        seen = collections.Counter((card["name"], change["kind"], change["value"])
                                   for card in cards for change in card["changes"])
        wanted = {(name, "added", second(number)): 1 for number, name in enumerate(NAMES)}
        self.assertEqual(dict(seen), wanted, f"seed {seed}")
        self.assertEqual({card["id"] for card in cards if card["state"] == "acknowledged"}, acknowledged, f"seed {seed}")
        self.assertEqual(self.workspace.poll()["alerts"], 0)
        self.workspace.ok("check")


if __name__ == "__main__":
    unittest.main()
