#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings: what was asked is written down, and told again without anybody being asked; the sample story."""
import json
import os
import shutil
import stat
import time
import unittest

from harness import DONE, NOT_FOUND, PROGRAM, REFUSED, USAGE, Journey, Workspace, kill, kinds, values
from passivednsserver import DAY, fact

ADDRESS = "203.0.113.9"
NEW = [("added", "three.alpha.com")]


def seen(name, days_ago=200):
    now = int(time.time() * 1000)
    return fact(name, ADDRESS, now - days_ago * DAY, now - DAY)


class Plain(Workspace):
    """The program without --workspace."""

    def command(self, words):
        return [PROGRAM, *words]


class Recordings(Journey):
    def setUp(self):
        super().setUp()
        self.passive_world([seen("one.alpha.com"), seen("two.alpha.com")])
        self.into = os.path.join(self.folder, "recording")
        self.other = Workspace(os.path.join(self.folder, "other"))

    def record_a_change(self):
        self.workspace.ok("source", "recordings", "start", self.into)
        self.workspace.watch(ADDRESS)
        self.passive.facts.append(seen("three.alpha.com", 0))
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        return self.workspace.json("source", "recordings", "stop")

    def lines(self):
        with open(os.path.join(self.into, "exchanges.ndjson"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def replay(self, *words):
        return self.other.json("source", "recordings", "replay", self.into, *words)

    def test_a_recording_is_told_again_without_anybody_being_asked(self):
        stopped = self.record_a_change()
        self.assertEqual(stopped["exchanges"], len(self.lines()))
        self.assertGreater(stopped["bytes"], 0)
        self.passive.close()
        told = self.replay()
        self.assertEqual([eye["value"] for eye in told["eyes"]], [ADDRESS])
        card, = told["alerts"]
        self.assertEqual((card["entity"]["value"], kinds(card)), (ADDRESS, NEW))
        card, = self.other.alerts()
        self.assertEqual(kinds(card), NEW)
        self.assertEqual(values(self.other.lookup(ADDRESS), "resolutions"),
                         ["one.alpha.com", "three.alpha.com", "two.alpha.com"])

    def test_told_twice_it_says_the_same(self):
        self.record_a_change()
        first, again = self.replay(), self.replay()
        self.assertEqual([card["id"] for card in again["alerts"]], [card["id"] for card in first["alerts"]])

    def test_at_a_speed_it_ends_too(self):
        self.record_a_change()
        told = self.replay("--speed", "2")
        self.assertEqual([kinds(card) for card in told["alerts"]], [NEW])

    def test_its_own_folder_is_made_told_and_kept(self):
        self.record_a_change()
        plain = Plain(os.path.join(self.folder, "plain"))
        told = plain.json("source", "recordings", "replay", self.into)
        self.assertEqual([kinds(card) for card in told["alerts"]], [NEW])
        self.assertTrue(os.path.exists(os.path.join(told["workspace"], "replay.json")))
        self.assertFalse(os.path.exists(os.path.join(plain.folder, ".local")))
        again = Workspace(plain.folder)
        again.path = told["workspace"]
        self.assertEqual([kinds(card) for card in again.alerts()], [NEW])

    def test_only_we_may_read_it(self):
        self.record_a_change()
        for folder, _, files in os.walk(self.into):
            for path in [folder] + [os.path.join(folder, name) for name in files]:
                self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o077, 0, path)

    def test_the_state_is_told(self):
        self.assertIsNone(self.workspace.json("source", "recordings")["folder"])
        self.assertEqual(self.workspace.run("source", "recordings", "stop").code, NOT_FOUND)
        self.workspace.ok("source", "recordings", "start", self.into)
        self.workspace.lookup(ADDRESS)
        state = self.workspace.json("source", "recordings")
        self.assertEqual((state["folder"], state["exchanges"]), (self.into, 1))
        self.assertEqual(self.lines()[0]["asker"], "person")

    def test_a_folder_that_was_away_is_recorded_into_again(self):
        self.workspace.ok("source", "recordings", "start", self.into)
        away = self.into + ".away"
        os.rename(self.into, away)
        with open(self.into, "w", encoding="ascii") as file:
            file.write("in the way")
        self.assertIsNone(self.workspace.json("source", "recordings")["folder"])
        self.assertNotEqual(self.workspace.run("source", "recordings", "start", self.into).code, DONE)
        os.remove(self.into)
        os.rename(away, self.into)
        self.assertEqual(self.workspace.json("source", "recordings", "start", self.into)["folder"], self.into)

    def test_a_folder_with_other_things_is_left_alone(self):
        os.mkdir(self.into)
        with open(os.path.join(self.into, "thesis.txt"), "w", encoding="ascii") as file:
            file.write("all my work")
        refused = self.workspace.run("source", "recordings", "start", self.into)
        self.assertEqual(refused.code, REFUSED, refused)
        self.assertEqual(os.listdir(self.into), ["thesis.txt"])

    def test_settings_by_which_answers_are_judged_come_along(self):
        self.workspace.set_all({"source.mnemonic.interval": 7200, "author.name": "Ada"})
        self.record_a_change()
        with open(os.path.join(self.into, "recording.json"), encoding="utf-8") as file:
            settings = json.load(file)["settings"]
        self.assertEqual(settings, {"source.mnemonic.interval": "7200", "watch.confirm_gap": "1"})
        self.replay()
        self.assertEqual(self.other.json("config", "get", "source.mnemonic.interval")["value"], "7200")

    def test_documents_of_a_replay_say_so(self):
        self.record_a_change()
        self.assertEqual(self.replay()["world"], "replay")
        self.assertEqual(self.other.json("alerts")["world"], "replay")
        self.assertNotIn("world", self.workspace.json("alerts"))

    def test_a_folder_with_pipes_and_links_is_refused_at_once(self):
        self.record_a_change()
        lines = os.path.join(self.into, "exchanges.ndjson")
        os.rename(lines, lines + ".away")
        os.mkfifo(lines)
        for order in ("replay", "start"):
            refused = self.other.run("source", "recordings", order, self.into, seconds=20)
            self.assertEqual(refused.code, REFUSED, refused)
            self.assertIn("exchanges.ndjson: it is no regular file", refused.err)

    def test_a_replay_never_comes_into_the_world(self):
        self.record_a_change()
        self.replay()
        copy = os.path.join(self.folder, "copy.db")
        self.other.ok("backup", copy)
        os.remove(os.path.join(self.other.path, "replay.json"))
        refused = self.other.run("monitor", "list")
        self.assertEqual(refused.code, REFUSED, refused)
        self.assertIn("made by replaying", refused.err)
        third = Workspace(os.path.join(self.folder, "third"))
        third.ok("restore", copy)
        self.assertEqual(third.run("poll", "--all").code, REFUSED)

    def test_a_real_workspace_is_never_replayed_into(self):
        self.record_a_change()
        before = self.workspace.alerts()
        self.assertEqual(self.workspace.run("source", "recordings", "replay", self.into).code, REFUSED)
        self.assertEqual(self.workspace.alerts(), before)
        wrong = self.other.run("source", "recordings", "replay", self.into, "--speed", "fast")
        self.assertEqual(wrong.code, USAGE, wrong)

    def test_a_killed_owner_leaves_a_usable_recording(self):
        serve = self.workspace.start("serve")
        self.addCleanup(serve.stderr.close)
        self.assertIn("watching", serve.stderr.readline())
        self.workspace.ok("source", "recordings", "start", self.into)
        self.workspace.watch(ADDRESS)
        self.passive.facts.append(seen("three.alpha.com", 0))
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        kill(serve)
        with open(os.path.join(self.into, "exchanges.ndjson"), "ab") as file:
            file.write(b'{"at":"2026-')
        self.assertEqual([kinds(card) for card in self.replay()["alerts"]], [NEW])
        again = self.workspace.run("source", "recordings")
        self.assertEqual(again.code, DONE, again)
        self.assertEqual(self.workspace.json("source", "recordings")["folder"], self.into)


class Sample(Journey):
    def setUp(self):
        super().setUp()
        self.plain = Plain(self.folder)

    def sample(self, *words):
        return self.plain.json("--sample", *words)

    def test_the_story_is_told_without_a_network(self):
        told = self.sample("alerts")["alerts"]
        self.assertEqual([(card["entity"]["value"], card["cause"]) for card in reversed(told)],
                         [("98.126.38.107", "new_records"), ("98.126.38.107", "new_records"),
                          ("www.interfaxru.com", "transfer"), ("www.interfaxru.com", "new_records")])
        self.assertTrue(all(card["detected_at"].startswith("2014-04-") for card in told), told)
        page = self.sample("lookup", "98.126.38.107")
        self.assertIn("www.interfaxru.com", values(page, "resolutions"))
        self.assertTrue(os.path.isdir(os.path.join(self.folder, ".local/share/watchglass-sample")))
        self.assertFalse(os.path.exists(os.path.join(self.folder, ".local/share/watchglass")))

    def test_documents_say_that_they_are_of_the_sample(self):
        for words in (["alerts"], ["lookup", "98.126.38.107"], ["monitor", "list"]):
            self.assertEqual(self.sample(*words)["world"], "sample")

    def test_commands_that_join_a_telling_wait_for_its_end(self):
        asking = [self.plain.start("--sample", "alerts", "--json") for _ in range(3)]
        told = [(process.communicate(timeout=120), process.returncode) for process in asking]
        documents = [json.loads(out) for (out, _), code in told if code == DONE]
        self.assertEqual(len(documents), 3, told)
        self.assertEqual([len(document["alerts"]) for document in documents], [4, 4, 4])

    def test_a_telling_that_was_killed_begins_anew(self):
        whole = self.sample("alerts")["alerts"]
        self.sample("alerts", "ack", whole[0]["id"])
        self.unfinished()
        again = self.sample("alerts")["alerts"]
        self.assertEqual([(card["id"], card["state"]) for card in again], [(card["id"], "new") for card in whole])

    def test_what_is_not_of_the_story_is_never_removed(self):
        self.sample("alerts")
        world = Workspace(os.path.join(self.folder, "world"))
        world.set("pap", "RED")
        folder = self.unfinished()
        for name in os.listdir(folder):
            if name.startswith("watchglass.db"):
                os.remove(os.path.join(folder, name))
        shutil.copy(os.path.join(world.path, "watchglass.db"), folder)
        refused = self.plain.run("--sample", "alerts")
        self.assertEqual(refused.code, REFUSED, refused)
        self.assertIn("not of this recording", refused.err)
        with open(os.path.join(folder, "watchglass.db"), "rb") as kept, \
                open(os.path.join(world.path, "watchglass.db"), "rb") as there:
            self.assertEqual(kept.read(), there.read())

    def unfinished(self):
        """Leaves the story as a process that was killed while it told the end of it."""
        folder = os.path.join(self.folder, ".local/share/watchglass-sample")
        path = os.path.join(folder, "replay.json")
        with open(path, encoding="utf-8") as file:
            mark = json.load(file)
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**mark, "at": "2014-03-12T08:00:00Z", "ended": False}, file)
        return folder

    def test_what_is_done_there_is_kept(self):
        card = self.sample("alerts")["alerts"][0]
        self.sample("alerts", "ack", card["id"])
        again, = [each for each in self.sample("alerts")["alerts"] if each["id"] == card["id"]]
        self.assertEqual(again["state"], "acknowledged")


if __name__ == "__main__":
    unittest.main()
