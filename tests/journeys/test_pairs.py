#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same question asked at two times, as it was recorded: an eye is told what the world changed, and nothing else."""
import os
import unittest

from harness import Journey, kinds, later
from keychain import KeyChain
from replayserver import RECORDINGS, ReplayServer

RECORDED = os.path.dirname(RECORDINGS)


class Pairs(Journey):
    def setUp(self):
        super().setUp()
        self.server = ReplayServer()
        self.addCleanup(self.server.close)

    def at(self, day):
        """The recording's own clock."""
        self.workspace.extra |= later(f"@{day} 12:00:00")

    def set_key(self, source):
        key_chain = KeyChain(os.path.join(self.folder, "chain"))
        self.addCleanup(key_chain.close)
        self.workspace.extra |= key_chain.environment
        self.workspace.ok("source", "set-key", source, text="s3cr3t-0123456789\n")

    def ask_only(self, source, day):
        self.at(day)
        self.configure(rdap=None)
        self.workspace.set_all({**self.server.base_urls(), f"source.{source}.enabled": "true"})

    def told(self, source, question, entity, *recordings, once=False):
        """What eyes were told between (day, file) and (day, file), hidden or not: (kind, value) of each change."""
        poll = self.workspace.poll if once else self.poll_twice
        for index, (day, file) in enumerate(recordings):
            if source == "rdap":
                self.server.put(f"/{question}/{entity}", os.path.join(RECORDED, file))
            else:
                self.server.play(source, question, entity, file)
            if index == 0:
                self.ask_only(source, day)
                self.workspace.watch(entity)
                poll()
                self.assertEqual(self.workspace.alerts(), [], "before anything changed")
            else:
                self.at(day)
                poll()
        return sorted(change for card in self.workspace.alerts() for change in kinds(card))

    def test_ports_that_opened_are_told(self):
        self.assertEqual(self.told("internetdb", "host", "1.1.1.1", ("2022-04-11", "internetdb/1.1.1.1_2022-04-11.json"),
                                   ("2023-11-24", "internetdb/1.1.1.1_2023-11-24.json")),
                         [("added", "2082"), ("added", "2086"), ("added", "8443")])

    def test_another_order_and_form_of_dates_is_no_change(self):
        self.set_key("otx")
        for entity, name in (("89.35.39.84", "ipv4_89.35.39.84"), ("jppost-tu.top", "domain_jppost-tu.top")):
            with self.subTest(entity):
                self.assertEqual(self.told("otx", "passive_dns", entity,
                                           ("2020-08-01", f"otx/{name}_passive_dns_2020-08-01.json"),
                                           ("2022-06-18", f"otx/{name}_passive_dns_2022-06-18.json")), [])

    def test_an_address_that_a_history_gained_is_told(self):
        self.set_key("securitytrails")
        self.assertEqual(self.told("securitytrails", "history-a", "jppost-tu.top",
                                   ("2019-09-03", "securitytrails/history_jppost-tu.top_dns_a_2019-09-03.json"),
                                   ("2019-10-02", "securitytrails/history_jppost-tu.top_dns_a_2019-10-02.json"),
                                   once=True),  # ten questions, one a second
                         [("added", "193.148.69.37")])

    def test_names_that_left_an_address_are_told(self):
        self.set_key("securitytrails")
        later_half = "securitytrails/domains_list_by_ip_2019-10-02.json"
        told = self.told("securitytrails", "domains-on-address", "89.35.39.84",
                         ("2019-09-03", "securitytrails/domains_list_by_ip_2019-09-03.json"),
                         ("2019-10-02", later_half), ("2019-10-09", later_half))  # which confirms it
        self.assertEqual(told, [("removed", f"jppost-{name}.top") for name in ("bse", "hi", "su", "tu")])

    def test_what_a_registry_began_to_tell_is_told_and_its_other_wording_is_not(self):
        self.assertEqual(self.told("rdap", "ip", "1.1.1.1", ("2021-06-01", "rdap/ip/apnic_1.1.1.1_2021.json"),
                                   ("2024-04-10", "rdap/ip/apnic_1.1.1.1_2024-04.json")),
                         [("added", "2011-08-10T23:12:35Z"), ("added", "APNIC Research and Development")])

    def test_certificates_that_were_issued_between_are_told(self):
        told = self.told("crtsh", "names", "crt.sh", ("2019-09-03", "crtsh/crt.sh_q_2019-09-03.json"),
                         ("2020-01-12", "crtsh/crt.sh_identity_2020-01-12.json"))
        self.assertEqual([(kind, value.split()[0]) for kind, value in told],
                         [("added", number) for number in ("2172983659", "2172983785", "2200998473", "2200998771",
                                                           "2202509969", "2202512826", "2202552535", "2202554056")])
        self.assertEqual({change["novelty"] for card in self.workspace.alerts() for change in card["changes"]}, {"world"})

    def test_scans_that_were_made_between_are_told(self):
        told = self.told("urlscan", "scans", "example.com", ("2019-07-25", "urlscan/search_hash-e07f9491_2019-07-25.json"),
                         ("2019-11-07", "urlscan/search_hash-e07f9491_2019-11-07.json"))
        self.assertEqual({kind for kind, _ in told}, {"added"})
        resolutions = [change for card in self.workspace.alerts() for change in card["changes"] if change["dataset"] == "resolutions"]
        self.assertEqual(len(resolutions), 29)


if __name__ == "__main__":
    unittest.main()
