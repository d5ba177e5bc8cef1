#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full: a sentence that says so, and nothing lost when there is room again."""
import json
import os
import resource
import subprocess
import unittest

from harness import FAILED, Journey, kinds, values

NAME = "www.alpha.com"
SIZE = 2 << 20
PIECE = b"x" * 4096


def no_file_may_grow():
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PIECE), resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


class FullDisk(Journey):
    """On a small file system of its own; where none can be mounted, files may not grow instead."""

    def setUp(self):
        super().setUp()
        disk = os.path.join(self.folder, "disk")
        os.mkdir(disk)
        self.mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", disk],
                                      stderr=subprocess.DEVNULL, check=False).returncode == 0
        if self.mounted:
            self.addCleanup(subprocess.run, ["umount", "--lazy", disk], check=True)
        self.filler = os.path.join(disk, "filler")
        self.workspace.path = os.path.join(disk, "workspace")
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})

    def fill(self):
        if not self.mounted:
            self.workspace.popen = {"preexec_fn": no_file_may_grow}
            return
        with open(self.filler, "wb", buffering=0) as filler:
            try:
                while filler.write(PIECE) == len(PIECE):
                    pass
            except OSError:
                pass

    def make_room(self):
        self.workspace.popen = {}
        if self.mounted:
            os.remove(self.filler)

    def assert_full(self, *words, **run):
        told = self.workspace.run(*words, "--json", **run)
        self.assertEqual(told.code, FAILED, told)
        self.assertRegex(told.document()["error"]["message"], "disk is full.*try again")

    def test_it_is_said_and_everything_is_there_when_there_is_room_again(self):
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.poll()
        first, = self.assert_cards(1)
        self.fill()
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9", "A 192.0.2.9").apply()
        self.assert_full("poll", "--all")
        self.assert_full("monitor", "add", "two.alpha.com")
        self.assert_full("alerts", "ack", first["id"])
        self.make_room()
        self.workspace.ok("check")
        self.assertEqual(self.workspace.watched(), [NAME])
        self.assertEqual(self.assert_cards(1), [first])
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        self.assertEqual([kinds(card) for card in self.assert_cards(2) if card["id"] != first["id"]],
                         [[("added", "192.0.2.9")]])

    def test_a_disk_that_fills_during_an_import_keeps_what_was(self):
        self.workspace.lookup(NAME)
        if not self.mounted:
            self.fill()
        lines = "".join(json.dumps({"rrname": f"host{number}.alpha.com", "rrtype": "A", "rdata": "192.0.2.1",
                                    "time_first": 1_400_000_000, "time_last": 1_500_000_000}) + "\n"
                        for number in range(20_000))
        self.assert_full("import", "-", text=lines)
        self.make_room_for_the_log()
        self.assertEqual(values(self.workspace.lookup(NAME, "--offline"), "resolutions"), ["203.0.113.1"])
        self.workspace.ok("check")

    def make_room_for_the_log(self):
        self.workspace.popen = {}
        if self.mounted:
            subprocess.run(["mount", "-o", f"remount,size={8 * SIZE}", os.path.dirname(self.filler)], check=True)

    def test_a_new_workspace_is_not_begun(self):
        self.fill()
        self.workspace.path += "-new"
        self.assert_full("monitor", "list")
        self.make_room()
        self.assertEqual(self.workspace.watched(), [])


if __name__ == "__main__":
    unittest.main()
