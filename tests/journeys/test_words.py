#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the command line: JSON shapes, exit codes, and sentences for every mistake."""
import os
import re
import sqlite3
import stat
import unittest

from harness import DONE, FAILED, NOT_FOUND, REFUSED, USAGE, Journey

TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"


class Mistakes(Journey):
    def assert_refused(self, code, error, words, *command, **run):
        """The command fails with this exit code, on one line for people and as JSON for programs."""
        plain = self.workspace.run(*command, **run)
        self.assertEqual(plain.code, code, plain)
        self.assertEqual(plain.out, "")
        self.assertEqual(len(plain.err.strip().splitlines()), 1, plain.err)
        self.assertRegex(plain.err, words)
        told = self.workspace.run(*command, "--json", **run)
        self.assertEqual(told.code, code, told)
        self.assertEqual(told.document()["error"]["code"], error)
        self.assertRegex(told.document()["error"]["message"], words)

    def test_unknown_verbs_and_options_name_the_nearest(self):
        self.assert_refused(USAGE, "usage", "lookup", "lokup", "alpha.com")
        self.assert_refused(USAGE, "usage", "--offline", "lookup", "alpha.com", "--ofline")
        self.assert_refused(USAGE, "usage", "list", "monitor", "lst")
        self.assert_refused(USAGE, "usage", "watch.confirm_gap", "config", "get", "watch.confirm_gp")

    def test_what_is_no_entity_gets_a_sentence(self):
        for text in ("not an entity", "-", "http://", "1.2.3.4.5", "a" * 300 + ".com", "..", "\u202e"):
            with self.subTest(text=text):
                told = self.workspace.run("lookup", "--json", "--", text)
                self.assertEqual(told.code, USAGE, told)
                self.assertEqual(told.document()["error"]["code"], "usage")

    def test_every_invalid_entity_is_listed_and_the_valid_ones_are_taken(self):
        self.configure()
        some = self.workspace.run("monitor", "add", "good.alpha.com", "bad one", "1.2.3")
        self.assertEqual(some.code, DONE, some)
        self.assertIn("bad one", some.out + some.err)
        watched = self.workspace.watched()
        self.assertEqual(watched, ["good.alpha.com"])
        self.assertEqual(self.workspace.run("monitor", "add", "bad one").code, USAGE)

    def test_every_line_of_a_file_that_is_no_entity_is_listed(self):
        self.configure()
        lines = "# my names\n\na1.alpha.com # the first\nnonsense here\nfoo\n  \n256.1.1.1\nsee a2.alpha.com and a3.alpha.com\n"
        told = self.workspace.json("monitor", "add", "--file", "-", text=lines)
        self.assertEqual(len(told["on"]), 3, told)
        self.assertEqual([text.split('"')[1] for text in told["invalid"]], ["nonsense here", "foo", "256.1.1.1"])
        told = self.workspace.ok("monitor", "add", "--file", "-", text=lines)
        self.assertRegex(told.err, '"nonsense here": .*\n"foo": .*\n"256.1.1.1": ')
        told = self.workspace.run("monitor", "add", "--file", "-", text="foo\n256.1.1.1\n")
        self.assertEqual(told.code, USAGE, told)
        self.assertRegex(told.err, '"foo".*"256.1.1.1"')

    def test_an_undo_says_what_it_took_back_and_passes_over_what_did_nothing(self):
        self.configure()
        self.workspace.watch("one.alpha.com")
        self.workspace.unwatch("never.alpha.com")
        self.assertRegex(self.workspace.ok("undo").out, "undone: eye on .*one.alpha.com")
        self.assertEqual(self.workspace.watched(), [])
        self.assert_refused(NOT_FOUND, "not_found", "nothing to undo", "undo")
        self.workspace.watch("one.alpha.com", "two.alpha.com")
        undone = self.workspace.json("undo")["undone"]
        self.assertEqual((undone["verb"], [each["value"] for each in undone["entities"]]),
                         ("eye.on", ["one.alpha.com", "two.alpha.com"]))

    def test_bad_settings_say_what_was_expected(self):
        self.assert_refused(USAGE, "usage", "GREEN", "config", "set", "pap", "PURPLE")
        self.assert_refused(USAGE, "usage", "watch.confirm_gap", "config", "set", "watch.confirm_gap", "soon")
        self.assert_refused(USAGE, "usage", "dns.servers|address", "config", "set", "dns.servers", "not a server")

    def test_things_that_are_not_there(self):
        self.configure()
        self.assert_refused(NOT_FOUND, "not_found", ".", "alerts", "ack", "00000000-0000-5000-8000-000000000000")
        self.assert_refused(NOT_FOUND, "not_found", ".", "lookup", "alpha.com", "--offline")

    def test_a_workspace_that_cannot_be_made(self):
        blocked = os.path.join(self.folder, "file")
        with open(blocked, "w", encoding="utf-8") as out:
            out.write("no folder")
        self.workspace.path = os.path.join(blocked, "workspace")
        self.assert_refused(FAILED, "failed", "workspace|folder|written", "monitor", "list")

    def test_a_database_of_a_newer_program_is_left_alone(self):
        self.configure()
        database = next(os.path.join(self.workspace.path, name) for name in sorted(os.listdir(self.workspace.path))
                        if self.holds_settings(os.path.join(self.workspace.path, name)))
        with sqlite3.connect(database) as connection:
            versions = [(table, column) for table, in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
                        for _, column, *_ in connection.execute(f"PRAGMA table_info('{table}')")
                        if re.search("schema|migration|step", table) and re.search("version|step|number|id", column)]
            self.assertTrue(versions, "no table tells the schema's version")
            table, column = versions[0]
            connection.execute(f"UPDATE {table} SET {column} = 9999 WHERE {column} = (SELECT max({column}) FROM {table})")
        connection.close()
        self.assert_refused(FAILED, "failed", "newer", "monitor", "list")

    @staticmethod
    def holds_settings(path):
        try:
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
                found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE '%monitor%' OR name LIKE '%eye%'")
                return found.fetchone()[0] > 0
        except sqlite3.Error:
            return False


class Shapes(Journey):
    def test_help_and_version_need_no_workspace(self):
        for words in (["--help"], ["lookup", "--help"], ["--version"]):
            finished = self.workspace.run(*words)
            self.assertEqual(finished.code, DONE, finished)
            self.assertTrue(finished.out.strip())
        self.assertRegex(self.workspace.run("--version").out, r"(?s)Qt.*6\.\d.*SQLite.*3\.\d")
        self.assertFalse(os.path.exists(self.workspace.path))

    def test_sources_tell_what_they_are_and_how_they_do(self):
        sources = {source["name"]: source for source in self.workspace.json("source", "list")["sources"]}
        self.assertGreaterEqual(set(sources), {"dns", "rdap", "mnemonic", "files"})
        for source in sources.values():
            self.assertGreaterEqual(set(source), {"name", "datasets", "pap", "presence", "enabled", "needs_key",
                                                  "has_key", "last_outcome", "last_asked"})
        self.assertEqual((sources["dns"]["pap"], sources["dns"]["presence"]), ("GREEN", "current"))
        self.assertEqual((sources["mnemonic"]["pap"], sources["mnemonic"]["presence"]), ("AMBER", "historical"))

    def test_a_source_is_tested(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.assertEqual(self.workspace.run("source", "test", "dns").code, DONE)
        self.resolver.say("*", "servfail")
        self.assertNotEqual(self.workspace.run("source", "test", "dns").code, DONE)
        self.assertEqual(self.workspace.run("source", "test", "nothing").code, NOT_FOUND)

    def test_every_way_to_write_an_entity_is_read(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        for text in ("www[.]alpha[.]com", "hxxp://WWW.Alpha.COM/path?x=1", "www.alpha.com.", " www.alpha.com "):
            self.assertEqual(self.workspace.lookup(text)["entity"]["value"], "www.alpha.com", text)
        self.assertEqual(self.workspace.lookup("2001:DB8:0:0::1")["entity"], {"kind": "ipv6", "value": "2001:db8::1"})
        self.assertEqual(self.workspace.lookup("203.0.113[.]1")["entity"], {"kind": "ipv4", "value": "203.0.113.1"})

    def test_times_are_in_utc_and_one_dataset_can_be_asked(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        found = self.workspace.lookup("www.alpha.com", "--dataset", "resolutions")
        self.assertEqual(list(found["datasets"]), ["resolutions"])
        record, = found["datasets"]["resolutions"]["records"]
        self.assertGreaterEqual(set(record), {"value", "attributes", "first_seen", "last_seen", "sources"})
        for check in found["datasets"]["resolutions"]["checks"]:
            self.assertGreaterEqual(set(check), {"source", "outcome", "at", "detail"})
            self.assertRegex(check["at"], TIME)

    def test_the_workspace_is_for_its_owner_alone(self):
        self.configure()
        for folder, _, files in os.walk(self.workspace.path):
            for path in [folder, *(os.path.join(folder, name) for name in files)]:
                self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o077, 0, path)

    def log(self):
        with open(os.path.join(self.workspace.path, "logs", "watchglass.log"), encoding="utf-8") as log:
            return log.read()

    def test_names_and_addresses_are_logged_only_when_that_is_asked_for(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch("www.alpha.com")
        self.zone.put("www.alpha.com", "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.poll()
        self.workspace.lookup("www.alpha.com")
        for line in self.log().splitlines():
            self.assertRegex(line, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ info watchglass\.[a-z]+: ")
            self.assertNotRegex(line, r"alpha|203\.0\.113|198\.51\.100")
        self.assertIn("alerts raised: 1", self.log())
        self.workspace.set("log.level", "debug")
        self.workspace.lookup("www.alpha.com")
        self.assertRegex(self.log(), "debug watchglass.network: .*www.alpha.com")


class Consent(Journey):
    def test_without_green_the_resolver_is_not_asked(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.set("pap", "AMBER")
        self.resolver.queries.clear()
        finished = self.workspace.run("lookup", "www.alpha.com", "--json")
        self.assertEqual(finished.code, REFUSED, finished)
        self.assertEqual(finished.document()["error"]["code"], "refused")
        self.assertEqual(self.resolver.asked(), [])
        self.workspace.set("pap", "GREEN")
        self.workspace.lookup("www.alpha.com")
        self.assertNotEqual(self.resolver.asked(), [])

    def test_an_eye_that_asks_nobody_says_so_and_why(self):
        self.rdap_world({})
        self.workspace.set("pap", "RED")
        told = self.workspace.ok("monitor", "add", "www.alpha.com")
        self.assertRegex(told.out, "eye on\nnobody was asked yet: .*PAP is RED; rdap")
        told = self.workspace.json("monitor", "add", "two.alpha.com")
        self.assertEqual(told["asked"], 0)
        self.assertTrue(told["not_asked_because"])

    def test_only_eyes_can_be_checked(self):
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.workspace.watch("www.alpha.com")
        told = self.workspace.run("monitor", "check", "never.alpha.com")
        self.assertEqual(told.code, NOT_FOUND, told)
        told = self.workspace.json("monitor", "check", "never.alpha.com", "www.alpha.com")
        self.assertEqual((told["checked"], [each["value"] for each in told["not_watched"]]), (1, ["never.alpha.com"]))

    def test_under_red_nobody_is_asked(self):
        self.rdap_world({})
        self.workspace.set("pap", "RED")
        self.assertEqual(self.workspace.run("lookup", "www.alpha.com").code, REFUSED)
        self.assertEqual(self.rdap.requests(), [])

    def test_private_names_and_addresses_never_leave(self):
        self.dns_world()
        self.resolver.queries.clear()
        for entity in ("printer.corp", "host.local", "10.1.2.3", "fd00::1", "secret.onion"):
            self.workspace.run("lookup", entity)
        self.assertEqual([name for name, _, _ in self.resolver.asked()
                          if name.endswith(("corp", "local", "onion", "in-addr.arpa", "ip6.arpa"))], [])

    def test_a_name_that_may_identify_the_analyst_is_held(self):
        self.dns_world()
        name = "x7f3k9q2m8z1c4v6b5n0w2r8t4y.alpha.com"
        finished = self.workspace.run("lookup", name, "--json")
        self.assertEqual(finished.code, REFUSED, finished)
        self.assertEqual(self.resolver.asked(name), [])


class Backups(Journey):
    def test_a_backup_is_checked_and_restores_what_was(self):
        self.configure()
        self.workspace.watch("one.alpha.com")
        copy = os.path.join(self.folder, "copy.backup")
        self.workspace.ok("backup", copy)
        self.workspace.watch("two.alpha.com")
        self.workspace.ok("restore", copy)
        watched = self.workspace.watched()
        self.assertEqual(watched, ["one.alpha.com"])
        self.workspace.ok("check")

    def test_a_damaged_database_is_kept_aside_and_the_backup_taken(self):
        self.configure()
        self.workspace.watch("one.alpha.com")
        self.workspace.ok("backup")
        database = max((os.path.join(self.workspace.path, name) for name in os.listdir(self.workspace.path)
                        if Mistakes.holds_settings(os.path.join(self.workspace.path, name))), key=os.path.getsize)
        for beside in ("-wal", "-shm"):
            if os.path.exists(database + beside):
                os.remove(database + beside)
        with open(database, "r+b") as damaged:
            damaged.write(b"\xff" * 8192)
        finished = self.workspace.run("monitor", "list", "--json")
        self.assertEqual(finished.code, DONE, finished)
        self.assertEqual([eye["entity"]["value"] for eye in finished.document()["monitors"]], ["one.alpha.com"])
        self.assertIn("restored", finished.err)

    def damage(self):
        """Overwrites the beginning of the closed database."""
        with open(self.database(), "r+b") as damaged:
            damaged.write(b"\xff" * 8192)

    def database(self):
        return os.path.join(self.workspace.path, "watchglass.db")

    def test_a_check_tells_what_was_lost_when_it_was_opened(self):
        self.configure()
        self.workspace.watch("one.alpha.com")
        self.damage()
        told = self.workspace.run("check", "--json")
        self.assertEqual(told.code, FAILED, told)
        document = told.document()
        self.assertEqual((document["ok"], document["restored_from"]), (False, None))
        self.assertTrue(os.path.exists(document["kept_aside"]))
        self.assertRegex("".join(document["complaints"]), "damaged .*starts empty")
        self.assertEqual(document["error"]["code"], "failed")
        self.assertIn("well", self.workspace.ok("check").out)

    def test_a_check_names_the_backup_that_was_restored(self):
        self.configure()
        self.workspace.watch("one.alpha.com")
        backup = self.workspace.json("backup")["backup"]
        self.damage()
        told = self.workspace.run("check")
        self.assertEqual((told.code, told.out), (FAILED, ""), told)
        self.assertIn(backup, told.err)
        self.assertEqual(self.workspace.watched(), ["one.alpha.com"])

    def test_a_database_that_was_deleted_comes_back_from_its_backup(self):
        self.configure()
        self.workspace.watch("one.alpha.com")
        self.workspace.ok("backup")
        os.remove(self.database())
        finished = self.workspace.run("monitor", "list", "--json")
        self.assertEqual([eye["entity"]["value"] for eye in finished.document()["monitors"]], ["one.alpha.com"])
        self.assertRegex(finished.err, "lost .*missing.*restored")

    def test_a_backup_replaces_nothing_but_a_backup(self):
        self.configure()
        script = os.path.join(self.folder, "script.py")
        with open(script, "w", encoding="utf-8") as out:
            out.write("print(1)\n")
        for target in (script, self.database(), self.folder):
            told = self.workspace.run("backup", target)
            self.assertEqual(told.code, REFUSED, told)
            self.assertIn(target, told.err)
        with open(script, encoding="utf-8") as left:
            self.assertEqual(left.read(), "print(1)\n")
        copy = os.path.join(self.folder, "copy.backup")
        self.workspace.ok("backup", copy)
        self.workspace.watch("one.alpha.com")
        self.workspace.ok("backup", copy)
        self.workspace.ok("restore", copy)
        self.assertEqual(self.workspace.watched(), ["one.alpha.com"])

    def test_a_newer_schema_names_the_way_out(self):
        self.configure()
        backup = self.workspace.json("backup")["backup"]
        with sqlite3.connect(self.database()) as connection:
            connection.execute("INSERT INTO schema_step (step, at) VALUES (9999, 1)")
        connection.close()
        told = self.workspace.run("check")
        self.assertEqual(told.code, FAILED, told)
        self.assertRegex(told.err, "install the newer Watchglass.*watchglass --workspace '.*' restore '" + re.escape(backup) + "'")
        self.workspace.ok("restore", backup)
        self.workspace.ok("check")

    def test_what_is_no_sound_backup_is_told_in_one_sentence(self):
        self.configure()
        copy = os.path.join(self.folder, "copy.backup")
        self.workspace.ok("backup", copy)
        with open(copy, "r+b") as damaged:
            damaged.seek(12 * 8192)  # the thirteenth page
            damaged.write(b"\x5a" * 8192)
        told = self.workspace.run("restore", copy)
        self.assertEqual(told.code, FAILED, told)
        self.assertRegex(told.err, "no sound backup: .*13")
        self.assertNotRegex(told.err, "[*⟨]")


if __name__ == "__main__":
    unittest.main()
