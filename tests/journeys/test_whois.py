#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where there is no RDAP: registrations by WHOIS, networks by DNS and from a file."""
import os
import unittest

from harness import Journey, REFUSED, outcomes, values
from test_rdap import registration
from whoisserver import WhoisServer

IANA = "domain: RU\nwhois: whois.registry.com\nstatus: ACTIVE\nsource: IANA\n"
ADDRESS = "193.0.6.139"
ORIGIN = "139.6.0.193.origin.asn.cymru.com"
HOLDER = "as3333.asn.cymru.com"
CITIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../sources/data/maxmind/city.mmdb")


def registered(registrar="ALPHA-RU", expires="2027-01-02"):
    return ("% By submitting a query you agree to the terms.\n\n"
            "domain:    ALPHA.RU\n"
            "nserver:   ns1.alpha.ru. 192.0.2.1\n"
            "state:     REGISTERED, DELEGATED\n"
            f"registrar: {registrar}\n"
            "created:   2001-02-03T04:05:06Z\n"
            f"paid-till: {expires}T04:05:06Z\n"
            "source:    TCI\n\nLast updated on 2026-01-01T00:00:00Z\n")


class Registrations(Journey):
    def setUp(self):
        super().setUp()
        self.rdap_world({"/domain/alpha.com": registration("alpha.com")})
        self.whois = WhoisServer({"ru": IANA, "alpha.ru": registered()})
        self.addCleanup(self.whois.close)
        self.workspace.set_all({"source.whois.enabled": "true", "source.whois.base_url": self.whois.base})

    def test_a_look_up_of_a_host_shows_its_domains_registration(self):
        found = self.workspace.lookup("www.alpha.ru")
        self.assertEqual(outcomes(found, "whois", "whois"), {"complete"})
        self.assertLessEqual({"ALPHA-RU", "2027-01-02T04:05:06Z", "ns1.alpha.ru", "delegated"},
                             set(values(found, "whois")))
        self.assertEqual(self.whois.asked, ["ru", "alpha.ru"])

    def test_a_name_whose_registry_has_rdap_is_not_asked_about_twice(self):
        found = self.workspace.lookup("www.alpha.com")
        self.assertEqual(outcomes(found, "whois", "rdap"), {"complete"})
        self.assertEqual(outcomes(found, "whois", "whois"), set())
        self.workspace.watch("www.alpha.com")
        polled = self.workspace.poll()
        self.assertEqual((polled["checked"], polled["failed"]), (1, 0))
        self.assertEqual(self.whois.asked, [])

    def test_another_registrar_is_one_card(self):
        self.workspace.watch("alpha.ru")
        self.whois.put("alpha.ru", registered(registrar="BETA-RU"))
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertEqual((card["dataset"], card["cause"]), ("whois", "transfer"))

    def test_a_registry_that_has_had_enough_takes_nothing_away(self):
        self.workspace.watch("alpha.ru")
        for silence in ("You have exceeded allowed connection rate: limit exceeded\n", None, "% busy\n"):
            self.whois.put("alpha.ru", silence)
            self.assert_nothing_told(silence)

    def test_a_registry_that_refuses_is_told_in_its_own_words(self):
        for refusal in ("% Quota exceeded\n", "% Excessive querying detected\n",
                        "% You have exceeded allowed connection rate\n"):
            self.whois.put("alpha.ru", refusal)
            told = self.workspace.run("lookup", "alpha.ru")
            self.assertEqual(told.code, REFUSED, told)
            self.assertIn(refusal.strip("% \n"), told.err)
            self.assertNotIn("no RDAP service", told.err)

    def test_a_name_that_is_not_registered_is_an_answer(self):
        finished = self.workspace.run("lookup", "beta.ru", "--json")
        self.assertEqual(outcomes(finished.document(), "whois", "whois"), {"empty"})


class Networks(Journey):
    zones = ("asn.cymru.com",)

    def setUp(self):
        super().setUp()
        self.dns_world(**{ORIGIN.replace(".", "_"): ['TXT "3333 | 193.0.0.0/21 | NL | ripencc | 1993-09-01"'],
                          HOLDER.replace(".", "_"): ['TXT "3333 | NL | ripencc | 1996-11-21 | ALPHA-AS, NL"']})
        self.workspace.set_all({"source.dns.enabled": "false", "source.cymru.enabled": "true", "pap": "AMBER"})

    def test_team_cymru_tells_who_announces_an_address(self):
        found = self.workspace.lookup(ADDRESS)
        self.assertEqual(outcomes(found, "network", "cymru"), {"complete"})
        self.assertEqual(values(found, "network"), ["193.0.0.0/21", "AS3333", "NL"])
        self.assertEqual([name for name, _, _ in self.resolver.asked()], [ORIGIN, HOLDER])

    def test_red_lets_nothing_out_and_reads_a_file(self):
        self.workspace.set("pap", "RED")
        self.assertEqual(self.workspace.run("lookup", ADDRESS).code, REFUSED)
        self.workspace.set_all({"source.maxmind.enabled": "true", "source.maxmind.file": os.path.abspath(CITIES)})
        found = self.workspace.lookup(ADDRESS)
        self.assertEqual(outcomes(found, "network", "maxmind"), {"complete"})
        self.assertEqual(values(found, "network"), ["Amsterdam", "NL"])
        self.assertEqual(self.resolver.asked(), [])

    def test_a_file_that_is_not_there_is_told(self):
        self.workspace.set_all({"source.cymru.enabled": "false", "source.maxmind.enabled": "true",
                                "source.maxmind.file": "/nowhere/city.mmdb"})
        told = self.workspace.run("lookup", ADDRESS)
        self.assertEqual(told.code, REFUSED, told)
        self.assertIn("/nowhere/city.mmdb", told.err)


if __name__ == "__main__":
    unittest.main()
