#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Under AMBER no packet goes to a target or to a resolver, and under RED none goes anywhere."""
import time
import unittest

import capture
from capture import Capture
from harness import Journey
from lyingresolver import LyingResolver
from passivednsserver import DAY, PassiveDnsServer, fact
from rdapserver import RdapServer
from test_rdap import network, registration

NAME, LABEL = "www.quietname.com", "quietname"
TARGET = "198.51.100.80"


class Ceilings(Journey):
    def setUp(self):
        super().setUp()
        capture.connect()
        now = int(time.time() * 1000)
        self.resolver = LyingResolver()
        self.rdap = RdapServer({"/domain/quietname.com": registration("quietname.com"),
                                "/ip/198.51.100.0/24": network("198.51.100.0", "198.51.100.255")})
        self.passive = PassiveDnsServer([fact(NAME, TARGET, now - 9 * DAY, now)])
        for server in (self.resolver, self.rdap, self.passive):
            self.addCleanup(server.close)
        self.resolver.say("*", "nxdomain")
        self.resolver.say(NAME, "answer", records=[["A", TARGET]])
        self.servers = {self.rdap.port, self.passive.port}

    def work(self):
        """Everything a person does with a name and an address."""
        for entity in (NAME, TARGET):
            self.workspace.run("lookup", entity)
        self.workspace.run("monitor", "add", NAME, TARGET)
        self.workspace.run("poll", "--all")
        self.workspace.run("source", "test", "dns")

    def captured_work(self):
        with Capture() as seen:
            self.work()
        return seen

    def assert_quiet(self, seen):
        told = "\n".join(map(str, seen.packets))
        self.assertEqual(seen.to(port=self.resolver.port), [], told)
        self.assertEqual(seen.to(address=TARGET), [], told)
        self.assertEqual(seen.holding(LABEL, but_ports=self.servers), [], told)
        if capture.own():
            others = [str(packet) for packet in seen.packets
                      if not {packet.source[1], packet.target[1]} & self.servers]
            self.assertEqual(others, [])

    def test_under_amber_third_parties_are_asked_and_nobody_else(self):
        self.configure(dns=self.resolver, rdap=self.rdap, passive=self.passive)
        self.workspace.set("pap", "AMBER")
        seen = self.captured_work()
        self.assertNotEqual(seen.to(port=self.rdap.port), [])
        self.assertNotEqual(seen.to(port=self.passive.port), [])
        self.assert_quiet(seen)

    def test_a_new_workspace_is_amber_and_leaves_the_systems_resolver_alone(self):
        servers = {source["name"]: self.passive for source in self.workspace.json("source", "list")["sources"]}
        servers = {**servers, "rdap": self.rdap}
        self.workspace.set_all({f"source.{name}.base_url": server.base for name, server in servers.items()
                                if name not in ("dns", "files")})
        self.workspace.set("rdap.bootstrap", self.rdap.base + "/")
        seen = self.captured_work()
        self.assertNotEqual(seen.to(port=self.rdap.port), [])
        self.assertEqual(seen.to(port=53) if capture.own() else seen.holding(LABEL, self.servers), [])
        self.assert_quiet(seen)

    def test_a_change_of_the_ceiling_holds_for_eyes_that_are_on(self):
        self.configure(dns=self.resolver, rdap=self.rdap, passive=self.passive)
        self.workspace.run("monitor", "add", NAME, TARGET)
        self.workspace.set("pap", "AMBER")
        with Capture() as seen:
            self.workspace.run("poll", "--all")
        self.assert_quiet(seen)

    def test_under_red_nothing_leaves(self):
        self.configure(dns=self.resolver, rdap=self.rdap, passive=self.passive)
        self.workspace.set("pap", "RED")
        seen = self.captured_work()
        self.assert_quiet(seen)
        self.assertEqual([str(packet) for port in self.servers for packet in seen.to(port=port)], [])

    def test_under_green_the_resolver_is_asked_and_the_capture_sees_it(self):
        self.configure(dns=self.resolver, rdap=self.rdap, passive=self.passive)
        seen = self.captured_work()
        self.assertNotEqual(seen.to(port=self.resolver.port), [])
        self.assertNotEqual(seen.holding(LABEL, but_ports=self.servers), [])


if __name__ == "__main__":
    capture.enter_namespace()
    unittest.main()
