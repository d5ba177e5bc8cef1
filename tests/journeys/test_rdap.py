#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An eye on registrations: what RDAP says, when it changes, and answers that are no answers."""
import copy
import unittest

from harness import DONE, Journey, outcomes
from rdapserver import RdapServer


def vcard(name):
    return ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]]


def registration(name, registrar="Registrar One", servers=("ns1.alpha.com", "ns2.alpha.com"), expires="2027-01-02"):
    return {
        "rdapConformance": ["rdap_level_0"], "objectClassName": "domain", "handle": "1-TEST", "ldhName": name.upper(),
        "status": ["client transfer prohibited"],
        "events": [{"eventAction": "registration", "eventDate": "2001-02-03T04:05:06Z"},
                   {"eventAction": "expiration", "eventDate": f"{expires}T04:05:06Z"},
                   {"eventAction": "last update of RDAP database", "eventDate": "2026-01-01T00:00:00Z"}],
        "entities": [{"objectClassName": "entity", "handle": "42", "roles": ["registrar"], "vcardArray": vcard(registrar)}],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": host} for host in servers],
        "secureDNS": {"delegationSigned": False},
    }


def network(first, last, name="ALPHA-NET"):
    return {"objectClassName": "ip network", "handle": f"NET-{first}", "startAddress": first, "endAddress": last,
            "ipVersion": "v4", "name": name, "type": "ALLOCATED", "country": "NL", "status": ["active"]}


def whois_values(looked_up):
    return {record["value"] for record in looked_up["datasets"]["whois"]["records"]}


class Registrations(Journey):
    def setUp(self):
        super().setUp()
        self.rdap_world({"/domain/alpha.com": registration("alpha.com"),
                         "/ip/198.51.100.0/24": network("198.51.100.0", "198.51.100.255")})

    def test_a_look_up_of_a_host_shows_its_domains_registration(self):
        found = self.workspace.lookup("www.alpha.com")
        self.assertIn("Registrar One", whois_values(found))
        self.assertEqual(outcomes(found, "whois", "rdap"), {"complete"})
        self.assertEqual(self.rdap.requests("/domain"), ["/domain/alpha.com"])

    def test_a_look_up_of_an_address_shows_its_network(self):
        self.assertIn("ALPHA-NET", whois_values(self.workspace.lookup("198.51.100.7")))

    def test_another_registrar_is_one_card(self):
        self.workspace.watch("alpha.com")
        self.rdap.put("/domain/alpha.com", registration("alpha.com", registrar="Registrar Two"))
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertEqual((card["dataset"], card["cause"]), ("whois", "transfer"))
        self.poll_twice()
        self.assert_cards(1)

    def test_a_renewal_is_one_card_that_weighs_little(self):
        self.workspace.watch("alpha.com")
        self.rdap.put("/domain/alpha.com", registration("alpha.com", expires="2028-01-02"))
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertEqual(card["cause"], "renewal")
        self.assertLess(card["weight"], 50)

    def test_one_registration_watched_by_two_hosts_is_asked_once_and_one_card(self):
        self.workspace.watch("www.alpha.com", "mail.alpha.com")
        before = len(self.rdap.requests("/domain"))
        self.rdap.put("/domain/alpha.com", registration("alpha.com", registrar="Registrar Two"))
        self.workspace.poll()
        self.assertEqual(len(self.rdap.requests("/domain")) - before, 1)
        self.assert_cards(1)

    def test_order_notices_handles_and_database_times_are_no_change(self):
        self.workspace.watch("alpha.com")
        other = copy.deepcopy(registration("alpha.com"))
        other["nameservers"].reverse()
        other["events"].reverse()
        other["events"][0]["eventDate"] = "2026-06-06T00:00:00Z"
        other["handle"] = "2-TEST"
        other["notices"] = [{"title": "Terms", "description": ["Be nice."]}]
        self.rdap.put("/domain/alpha.com", other)
        self.assert_nothing_told("nothing but noise")

    def test_a_name_that_is_not_registered_is_an_answer(self):
        finished = self.workspace.run("lookup", "beta.com", "--json")
        self.assertEqual(finished.code, DONE)
        self.assertEqual(outcomes(finished.document(), "whois", "rdap"), {"empty"})


class NoAnswers(Journey):
    def setUp(self):
        super().setUp()
        self.rdap_world({"/domain/alpha.com": registration("alpha.com")})
        self.workspace.watch("alpha.com")
        self.known = whois_values(self.workspace.lookup("alpha.com", "--offline"))

    def assert_kept(self, *expected):
        self.workspace.poll()
        kept = self.workspace.lookup("alpha.com", "--offline")
        self.assertTrue(outcomes(kept, "whois", "rdap") & set(expected), kept["datasets"]["whois"]["checks"])
        self.assertEqual(whois_values(kept), self.known)
        self.assert_cards(0)

    def bend(self, **rule):
        self.rdap.control({"path": "/domain/alpha.com", **rule})

    def test_a_server_error(self):
        self.bend(status=500, body="oops")
        self.assert_kept("unreachable", "malformed")

    def test_a_refusal_with_retry_after(self):
        self.bend(status=429, headers={"Retry-After": "3600"})
        self.assert_kept("refused")
        asked = len(self.rdap.requests("/domain"))
        self.workspace.poll()
        self.assertEqual(len(self.rdap.requests("/domain")), asked)

    def test_an_empty_object(self):
        self.bend(body="{}")
        self.assert_kept("malformed", "suspicious_empty")

    def test_html(self):
        self.bend(body="<html><body>blocked</body></html>", headers={"Content-Type": "text/html"})
        self.assert_kept("malformed")

    def test_an_answer_that_is_cut(self):
        self.bend(cut=100)
        self.assert_kept("malformed", "truncated", "unreachable")

    def test_a_body_without_end(self):
        self.bend(endless=True, body='{"objectClassName": "domain", "x": "')
        self.assert_kept("malformed", "refused", "unreachable", "truncated")

    def test_a_packed_bomb(self):
        self.bend(gzip_bomb=256)
        self.assert_kept("malformed", "refused", "unreachable", "truncated")

    def test_the_registration_of_another_name(self):
        self.rdap.put("/domain/alpha.com", registration("other.com", registrar="Registrar Two"))
        self.assert_kept("malformed", "suspicious_empty")


class Bootstrap(Journey):
    def test_a_malformed_bootstrap_is_no_answer_and_no_crash(self):
        for body in ("", "<html></html>", '{"services": 7}', '{"version": "1.0", "services": [[["com"], ["::bad::"]]]}',
                     '{"services": [[["com"]]]}'):
            with self.subTest(body=body):
                server = RdapServer({"/domain/alpha.com": registration("alpha.com")})
                self.addCleanup(server.close)
                server.control({"path": "/dns.json", "body": body})
                self.configure(rdap=server)
                finished = self.workspace.run("lookup", "alpha.com", "--json")
                self.assertIn(finished.code, (1, 4, 5), finished)
                self.assertEqual(server.requests("/domain"), [])

    def test_it_is_asked_once_for_many_names(self):
        names = [f"name{number}.com" for number in range(5)]
        self.rdap_world({f"/domain/{name}": registration(name) for name in names})
        self.workspace.watch(*names)
        self.assertEqual(self.rdap.requests("/dns.json"), ["/dns.json"])
        self.assertCountEqual(self.rdap.requests("/domain"), [f"/domain/{name}" for name in names])


if __name__ == "__main__":
    unittest.main()
