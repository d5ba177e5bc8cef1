#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources that need a key, and a real key chain that is open, locked, silent or not there."""
import json
import os
import subprocess
import time
import unittest

from harness import DONE, FAILED, NOT_FOUND, REFUSED, USAGE, Journey, outcomes
from httpserver import Answer, ScriptedServer
from keychain import KeyChain
from lifetime import end

ADDRESS = "203.0.113.9"
KEY = "s3cr3t-0123456789"
KEYED = {
    "manifest": 1, "name": "keyed", "title": "Our own list", "learns": "Nobody outside learns anything.",
    "terms": "Free of charge.", "pap": "AMBER", "presence": "current", "server": "https://list.corp.example",
    "harmless": ADDRESS, "key": {"sent": "header", "name": "X-Key", "needed": True, "from": "https://list.corp.example/key"},
    "questions": [{
        "question": "notes", "about": "ipv4", "datasets": "osint", "path": "/v1/{entity}", "completeness": "whole",
        "required": "/notes", "records": [{"each": "/notes/*", "type": "=note", "value": "0"}],
    }],
}


class Counter(ScriptedServer):
    """Answers whoever shows the right key, and repeats a wrong one."""

    def __init__(self):
        self.keys = []
        super().__init__()

    def answer(self, path, query):
        shown = self.log[-1]["headers"].get("X-Key")
        self.keys.append(shown)
        if shown not in (KEY, None):
            return Answer(401, {"error": f"{shown} is no key"})
        return Answer(200, {"notes": ["seen"]}, headers={"ETag": '"1"'})

    def known(self):
        """What the last one who asked said to know already."""
        return self.log[-1]["headers"].get("If-None-Match")


class Keys(Journey):
    def setUp(self):
        super().setUp()
        self.server = Counter()
        self.addCleanup(self.server.close)
        self.lay(KEYED)

    def lay(self, manifest):
        folder = os.path.join(self.workspace.path, "sources")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "keyed.json"), "w", encoding="utf-8") as out:
            json.dump(manifest, out)
        self.configure()
        self.workspace.set_all({"source.keyed.enabled": "true", "source.keyed.base_url": self.server.base})

    def open_key_chain(self):
        self.key_chain = KeyChain(os.path.join(self.folder, "chain"))
        self.addCleanup(self.key_chain.close)
        self.workspace.extra |= self.key_chain.environment

    def set_key(self, key=KEY):
        return self.workspace.run("source", "set-key", "keyed", text=key + "\n")

    def serve(self):
        """A process that owns the workspace, so that what it knows of keys outlives a command."""
        running = self.workspace.start("serve")

        def close():
            end(running)
            running.communicate()
        self.addCleanup(close)
        self.assertIn("watching", running.stderr.readline())

    def source(self):
        return next(each for each in self.workspace.json("source", "list")["sources"] if each["name"] == "keyed")

    def everything_written(self):
        for folder, _, files in os.walk(self.workspace.path):
            for file in files:
                with open(os.path.join(folder, file), "rb") as content:
                    yield content.read()

    def test_a_key_goes_into_the_key_chain_and_nowhere_else(self):
        self.open_key_chain()
        self.workspace.set("log.level", "debug")
        self.assertEqual(self.source()["key_state"], "absent")
        said = self.workspace.ok("source", "set-key", "keyed", text=KEY + "\n")
        self.assertNotIn(KEY, said.out + said.err)
        self.assertEqual((self.source()["has_key"], self.source()["key_state"]), (True, "set"))
        self.assertEqual(outcomes(self.workspace.lookup(ADDRESS), "osint", "keyed"), {"complete"})
        self.assertEqual(self.server.keys, [KEY])
        self.assertFalse(any(KEY.encode() in content for content in self.everything_written()))
        self.workspace.ok("source", "remove-key", "keyed")
        self.assertEqual(self.source()["key_state"], "absent")
        self.assertEqual(self.workspace.run("source", "remove-key", "keyed").code, NOT_FOUND)
        self.assertEqual(self.workspace.run("lookup", ADDRESS).code, 0)  # from the cache
        self.assertEqual(self.server.keys, [KEY])

    def test_another_key_may_see_something_else(self):
        self.open_key_chain()
        self.set_key()
        self.workspace.lookup(ADDRESS)
        self.workspace.lookup(ADDRESS)
        self.assertEqual(self.server.known(), '"1"')
        self.set_key()
        self.workspace.lookup(ADDRESS)
        self.assertIsNone(self.server.known())

    def test_a_key_that_is_given_to_a_running_program_touches_no_disk_and_ends_with_its_line(self):
        self.open_key_chain()
        self.workspace.extra |= {"TMPDIR": os.path.join(self.folder, "no such folder")}
        self.serve()
        with self.workspace.start("source", "set-key", "keyed", stdin=subprocess.PIPE) as typing:
            typing.stdin.write(KEY + "\n")
            typing.stdin.flush()  # and it stays open, as a terminal does
            self.assertEqual(typing.wait(30), DONE)
            typing.communicate()
        self.assertEqual(outcomes(self.workspace.lookup(ADDRESS), "osint", "keyed"), {"complete"})
        self.assertEqual(self.server.keys, [KEY])

    def test_a_wrong_key_is_told_in_the_sources_own_words_without_it(self):
        self.open_key_chain()
        self.set_key("wr0ng-0123456789")
        tested = self.workspace.run("source", "test", "keyed")
        self.assertEqual(tested.code, REFUSED)
        self.assertIn("[key] is no key", tested.err)
        self.assertNotIn("wr0ng", tested.out + tested.err)
        self.set_key()
        self.workspace.ok("source", "test", "keyed")

    def test_without_its_key_a_source_is_not_asked_and_says_so(self):
        told = self.workspace.run("lookup", ADDRESS)
        self.assertEqual(told.code, REFUSED)
        self.assertIn("keyed needs a key", told.err)
        self.assertIn("watchglass source set-key keyed", told.err)
        self.assertIn("https://list.corp.example/key", self.workspace.ok("source", "show", "keyed").out)
        self.assertEqual(self.server.keys, [])

    def test_a_locked_key_chain_is_no_missing_key(self):
        self.open_key_chain()
        self.set_key()
        self.key_chain.lock()
        told = self.workspace.run("lookup", ADDRESS)
        self.assertEqual(told.code, REFUSED)
        self.assertIn("the key chain does not give the key", told.err)
        self.assertTrue(self.source()["has_key"])
        self.assertEqual(self.workspace.run("source", "remove-key", "keyed").code, REFUSED)
        self.assertTrue(self.source()["has_key"])
        self.assertEqual(self.set_key().code, REFUSED)
        self.assertEqual(self.server.keys, [])

    def test_a_key_chain_that_hangs_is_given_up(self):
        self.open_key_chain()
        self.set_key()
        self.key_chain.hold()
        told = self.workspace.run("lookup", ADDRESS, seconds=30)
        self.assertEqual(told.code, REFUSED)
        self.assertIn("the key chain does not answer", told.err)
        self.key_chain.go_on()
        self.workspace.ok("source", "test", "keyed")

    def test_a_process_that_found_the_key_chain_locked_tries_again_for_a_person(self):
        self.open_key_chain()
        self.set_key()
        self.serve()
        self.key_chain.hold()
        told = self.workspace.run("lookup", ADDRESS, seconds=30)
        self.assertIn("the key chain does not answer", told.err)
        self.assertEqual(self.source()["key_state"], "failed")
        self.key_chain.go_on()
        self.assertEqual(outcomes(self.workspace.lookup(ADDRESS), "osint", "keyed"), {"complete"})
        self.assertEqual(self.source()["key_state"], "found")

    def test_a_key_that_a_running_program_gave_up_writing_leaves_no_entry(self):
        self.open_key_chain()
        self.serve()
        self.key_chain.hold()
        self.assertEqual(self.set_key().code, FAILED)
        self.key_chain.go_on()
        self.set_key()
        deadline = time.monotonic() + 20
        while self.key_chain.entries() != 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(self.key_chain.entries(), 1)

    def test_without_a_key_chain_keys_are_not_taken(self):
        refused = self.set_key()
        self.assertEqual(refused.code, FAILED)
        self.assertIn("there is no key chain here", refused.err)
        self.assertFalse(self.source()["has_key"])

    def test_what_is_no_key_is_refused(self):
        self.open_key_chain()
        for text in ("", "\n", "two words\n", "k\u00e4y\n", "x" * 3000 + "\n"):
            self.assertEqual(self.workspace.run("source", "set-key", "keyed", text=text).code, USAGE, text[:20])
        self.assertEqual(self.workspace.run("source", "set-key", "rdap", text=KEY).code, USAGE)
        self.assertEqual(self.workspace.run("source", "set-key", "kyed", text=KEY).code, NOT_FOUND)
        setting = self.workspace.run("config", "set", "source.keyed.key", KEY)
        self.assertEqual(setting.code, USAGE)
        self.assertIn("source set-key keyed", setting.err)

    def test_a_key_on_the_command_line_is_neither_taken_nor_logged(self):
        self.open_key_chain()
        self.workspace.set("log.level", "debug")
        for words in (("source", "set-key", "keyed", KEY), ("config", "set", "source.keyed.key", KEY),
                      ("config", "set", f"source.keyed.key={KEY}"), ("source", KEY)):
            told = self.workspace.run(*words, text=KEY + "\n")
            self.assertEqual(told.code, USAGE, told.err)
        self.assertEqual(self.workspace.run("source", "set-key", KEY, text=KEY + "\n").code, NOT_FOUND)
        self.assertFalse(self.source()["has_key"])
        written = list(self.everything_written())
        self.assertTrue(any(b"source begins" in content for content in written))
        self.assertFalse(any(KEY.encode() in content for content in written))

    def test_words_too_many_are_named_wrong(self):
        for words in (("source", "list", ""), ("source", "show", "rdap", "dns"), ("source", "test", "rdap", "dns"),
                      ("source", "recordings", "stop", "x"), ("config", "list", "x")):
            self.assertEqual(self.workspace.run(*words).code, USAGE, words)

    def test_what_is_asked_on_demand_is_never_asked_for_an_eye(self):
        self.lay({**KEYED, "key": {**KEYED["key"], "needed": False}, "on_demand": True})
        self.workspace.watch(ADDRESS)
        self.workspace.poll()
        self.workspace.run("lookup", ADDRESS)
        self.assertEqual(self.server.keys, [])
        self.workspace.run("lookup", ADDRESS, "--dataset", "osint")
        self.assertEqual(self.server.keys, [None])
        self.workspace.ok("lookup", ADDRESS, "--source", "keyed")
        self.assertEqual(self.server.keys, [None, None])
        self.assertEqual(self.workspace.run("lookup", ADDRESS, "--source", "kyed").code, NOT_FOUND)


if __name__ == "__main__":
    unittest.main()
