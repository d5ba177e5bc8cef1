#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Streams, signals and surroundings: pipes that close, Ctrl+C, an owner that dies, a shell without HOME."""
import datetime
import json
import os
import signal
import subprocess
import time
import unittest

from harness import DONE, FAILED, NOT_FOUND, REFUSED, USAGE, Journey, kill

NAME = "www.alpha.com"
LINE = {"rrname": NAME, "rrtype": "A", "rdata": "192.0.2.1", "time_first": 1_400_000_000, "time_last": 1_500_000_000}


def wait_until(happened, seconds=30):
    started = time.monotonic()
    while not happened():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"waited {seconds} s in vain")
        time.sleep(0.02)


class Streams(Journey):
    def setUp(self):
        super().setUp()
        self.configure()

    def ended(self, *words, **popen):
        with self.workspace.start(*words, **popen) as process:
            out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def start_with(self, words, **popen):
        return subprocess.Popen(self.workspace.command(words), env=self.workspace.environment(), text=True, **popen)

    def test_output_that_cannot_be_written_is_a_failure(self):
        with open("/dev/full", "w", encoding="utf-8") as full, \
                self.start_with(["config", "list"], stdout=full, stderr=subprocess.PIPE) as process:
            _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, FAILED)
        self.assertRegex(err, "^watchglass: standard output .*space")

    def test_a_reader_that_has_seen_enough_is_told_nothing(self):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w") as closed, \
                self.start_with(["config", "list"], stdout=closed, stderr=subprocess.PIPE) as process:
            _, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, err), (FAILED, ""))

    def test_ctrl_c_ends_what_waits_for_standard_input(self):
        for words in (["import", "-"], ["monitor", "add", "--file", "-"]):
            reading, writing = os.pipe()
            with os.fdopen(writing, "w"), os.fdopen(reading) as quiet, \
                    self.workspace.start(*words, "--json", stdin=quiet) as process:
                wait_until(lambda process=process: self.is_locked_by(process))
                process.send_signal(signal.SIGINT)
                out, _ = process.communicate(timeout=30)
            self.assertEqual(process.returncode, FAILED, words)
            self.assertIn("cancelled", json.loads(out)["error"]["message"])

    def is_locked_by(self, process):
        """Whether this process has opened the database: from then on it is at its work."""
        descriptors = f"/proc/{process.pid}/fd"
        try:
            return any(os.readlink(os.path.join(descriptors, name)).endswith("watchglass.db-wal")
                       for name in os.listdir(descriptors))
        except OSError:
            return False

    def test_numbers_are_told_in_the_right_form(self):
        self.assertIn("0 eyes checked", self.workspace.ok("poll", "--all").out)
        self.assertIn("1 record taken", self.workspace.ok("import", "-", text=json.dumps(LINE) + "\n").out)

    def test_a_file_without_one_good_line_is_a_failure(self):
        told = self.workspace.run("import", "-", "--json", text='{"rrname": 1}\n{\n')
        self.assertEqual(told.code, FAILED, told)
        self.assertIn("line 1", told.document()["error"]["message"])
        mixed = self.workspace.json("import", "-", text="{\n" + json.dumps(LINE) + "\n")
        self.assertEqual((mixed["records"], mixed["bad"]), (1, 1))

    def test_a_failing_source_fails_its_test_in_json_too(self):
        told = self.workspace.run("source", "test", "rdap", "--json")
        self.assertEqual(told.code, REFUSED, told)
        self.assertEqual(told.document()["error"]["code"], "refused")

    def test_one_source_is_shown(self):
        shown = self.workspace.json("source", "show", "rdap")
        listed, = [each for each in self.workspace.json("source", "list")["sources"] if each["name"] == "rdap"]
        self.assertEqual(shown, listed)
        self.assertEqual(self.workspace.run("source", "show", "rdp").code, NOT_FOUND)

    def test_a_dataset_that_nobody_fills_is_refused_and_offline_not_found(self):
        self.workspace.ok("import", "-", text=json.dumps(LINE) + "\n")
        self.assertEqual(self.workspace.run("lookup", NAME, "--dataset", "whois").code, REFUSED)
        self.assertEqual(self.workspace.run("lookup", NAME, "--dataset", "whois", "--offline").code, NOT_FOUND)
        self.assertEqual(self.workspace.run("lookup", NAME, "--offline").code, DONE)

    def test_several_entities_are_named_in_the_refusal(self):
        told = self.workspace.run("lookup", "one.alpha.com two.alpha.com")
        self.assertEqual(told.code, USAGE)
        self.assertRegex(told.err, "one.alpha.com.*two.alpha.com")

    def test_every_setting_of_every_source_is_listed(self):
        settings = self.workspace.json("config", "list")["settings"]
        for key in ("dns.servers", "pap", "proxy", "rdap.bootstrap", "watch.confirm_gap", "source.dns.enabled",
                    "source.rdap.base_url", "source.mnemonic.base_url"):
            self.assertEqual(self.workspace.json("config", "get", key)["value"], settings[key], key)
        self.assertEqual(self.workspace.run("config", "get", "source.nothing.enabled").code, USAGE)

    def test_without_a_display_the_verbs_are_named(self):
        for display, code in (({}, USAGE), ({"DISPLAY": ":987654"}, FAILED)):
            self.workspace.extra = display
            told = self.workspace.run()
            self.assertEqual(told.code, code, told)
            self.assertRegex(told.err, r"^watchglass: .*display.*lookup, monitor, poll")

    def test_a_workspace_without_a_name_is_a_mistake(self):
        self.assertEqual(self.ended("--workspace", "", "monitor", "list")[0], USAGE)
        self.assertEqual(self.ended("--workspace=", "monitor", "list")[0], USAGE)


class AnotherOwner(Journey):
    """What a command hears that another process answers."""

    def setUp(self):
        super().setUp()
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch(NAME)
        self.resolver.say(NAME, "silent")
        self.resolver.queries.clear()
        self.owner = self.workspace.start("poll", "--all", "--json")
        self.addCleanup(self.owner.communicate)
        self.addCleanup(self.owner.kill)
        wait_until(lambda: self.resolver.asked(NAME))

    def test_its_standard_input_and_its_mistakes_travel(self):
        told = self.workspace.json("import", "-", text=json.dumps(LINE) + "\n")
        self.assertEqual(told["records"], 1)
        self.assertEqual(self.workspace.run("import", "/nonexistent", "--json").code, NOT_FOUND)
        self.assertEqual(self.workspace.run("import", self.folder).code, NOT_FOUND)

    def test_it_is_found_without_its_runtime_folder(self):
        elsewhere = os.path.join(self.folder, "elsewhere")
        os.makedirs(elsewhere, mode=0o700)
        del self.workspace.base["XDG_RUNTIME_DIR"]
        self.workspace.base["TMPDIR"] = elsewhere
        self.assertIn("no alerts", self.workspace.ok("alerts", seconds=8).out)

    def test_its_death_is_told(self):
        self.resolver.say("two.alpha.com", "silent")
        client = self.workspace.start("lookup", "two.alpha.com", "--json")
        wait_until(lambda: self.resolver.asked("two.alpha.com"))
        kill(self.owner)
        out, err = client.communicate(timeout=60)
        self.assertEqual(client.returncode, FAILED, err)
        self.assertRegex(json.loads(out)["error"]["message"], "ended before")

    def test_what_needs_the_workspace_alone_is_refused(self):
        for words in (["serve"], ["restore", "/nonexistent"]):
            told = self.workspace.run(*words, "--json")
            self.assertEqual(told.code, REFUSED, told)
            self.assertEqual(told.document()["error"]["code"], "refused")

    def test_an_owner_that_does_not_answer_is_given_ten_seconds(self):
        self.owner.send_signal(signal.SIGSTOP)
        started = time.monotonic()
        told = self.workspace.run("monitor", "list", "--json")
        self.owner.send_signal(signal.SIGCONT)
        self.assertEqual((told.code, told.document()["error"]["code"]), (REFUSED, "refused"))
        self.assertLess(time.monotonic() - started, 40)


class Snooze(Journey):
    def test_a_card_is_snoozed_until_a_time_to_come_or_the_next_change(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(self.workspace.run("alerts", "snooze", card["id"], "--until", "2020-01-01T00:00:00Z").code, USAGE)
        self.workspace.ok("alerts", "snooze", card["id"], "--until", "2100-01-01T00:00:00Z")
        card, = self.assert_cards(1)
        self.assertEqual((card["state"], card["snoozed_until"]), ("snoozed", "2100-01-01T00:00:00Z"))
        self.workspace.ok("undo")
        self.workspace.ok("alerts", "snooze", card["id"])
        self.workspace.poll()
        self.assertEqual([each["state"] for each in self.assert_cards(1)], ["snoozed"])
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9", "A 192.0.2.9").apply()
        self.workspace.poll()
        self.assertEqual({each["state"] for each in self.assert_cards(2)}, {"new"})

    def test_ids_that_are_unknown_are_named_and_the_others_done(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.poll()
        card, = self.assert_cards(1)
        unknown = "00000000-0000-5000-8000-000000000000"
        told = self.workspace.json("alerts", "ack", unknown, card["id"])
        self.assertEqual(told, {"changed": [card["id"]], "unknown": [unknown]})
        told = self.workspace.ok("alerts", "reopen", card["id"], unknown)
        self.assertIn(unknown, told.err)
        self.assertIn("1 alert changed", told.out)
        self.assertEqual(self.workspace.run("alerts", "snooze", unknown).code, NOT_FOUND)

    def test_a_snooze_ends_at_its_time_and_not_before(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.poll()
        card, = self.assert_cards(1)
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)
        self.workspace.ok("alerts", "snooze", card["id"], "--until", end.isoformat())
        while True:
            card, = self.workspace.alerts()
            read = datetime.datetime.now(datetime.timezone.utc)
            if card["state"] == "new" or read > end + datetime.timedelta(seconds=5):
                break
        self.assertEqual((card["state"], card["snoozed_until"]), ("new", None))
        self.assertGreaterEqual(read, end)


if __name__ == "__main__":
    unittest.main()
