#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An eye on registrations: what RDAP says, when it changes, and answers that are no answers."""
import copy
import json
import os
import unittest

from harness import DONE, REFUSED, UNREACHABLE, Journey, kinds, outcomes
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


def network(first, last, name="ALPHA-NET", kind="ALLOCATED PA"):
    return {"objectClassName": "ip network", "handle": f"NET-{first}", "startAddress": first, "endAddress": last,
            "ipVersion": "v4", "name": name, "type": kind, "country": "NL", "status": ["active"]}


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

    def test_a_look_up_that_nobody_answers_usably_tells_the_reason_of_the_source_that_did(self):
        self.workspace.set("source.dns.enabled", "true")  # and PAP keeps it in
        garbage = os.path.join(self.folder, "garbage")
        with open(garbage, "w", encoding="utf-8") as out:
            out.write('{"objectClassName": "dom')
        self.rdap.put("/domain/alpha.com", garbage)
        told = self.workspace.run("lookup", "alpha.com")
        self.assertEqual(told.code, REFUSED, told)
        self.assertIn("rdap: ", told.err)
        self.rdap.close()
        told = self.workspace.run("lookup", "other.com")
        self.assertEqual(told.code, UNREACHABLE, told)
        self.assertIn("rdap: ", told.err)

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

    def test_a_top_level_domain_without_a_service_fails_no_check(self):
        self.workspace.watch("alpha.ru")
        polled = self.workspace.poll()
        self.assertEqual((polled["checked"], polled["failed"]), (1, 0))
        self.workspace.ok("import", "-", text=json.dumps({"rrname": "alpha.ru", "rrtype": "A", "rdata": "192.0.2.1"}))
        check, = self.workspace.lookup("alpha.ru", "--offline")["datasets"]["whois"]["checks"]
        self.assertEqual((check["outcome"], check["detail"]), ("refused", "no RDAP service for .ru"))
        source, = (s for s in self.workspace.json("source", "list")["sources"] if s["name"] == "rdap")
        self.assertIsNone(source["last_asked"])


class Networks(Journey):
    """Two watched addresses in one network, and one beside it."""
    shared = "/ip/198.51.100.0/24"
    inside = ("198.51.100.7", "198.51.100.8")

    def setUp(self):
        super().setUp()
        self.rdap_world({self.shared: network("198.51.100.0", "198.51.100.255"),
                         "/ip/203.0.113.0/24": network("203.0.113.0", "203.0.113.255", name="BETA-NET")})

    def change(self, name, kind="ALLOCATED PA"):
        self.rdap.put(self.shared, network("198.51.100.0", "198.51.100.255", name=name, kind=kind))

    def asked(self, act):
        """What the registry was asked meanwhile."""
        before = len(self.rdap.requests("/ip/"))
        act()
        return sorted(self.rdap.requests("/ip/")[before:])

    def last_asked(self, of, address):
        checks = self.workspace.lookup(address, "--offline")["datasets"]["whois"]["checks"]
        return max(check["at"] for check in checks if check["asked"] == of)

    def test_a_network_is_asked_once_for_all_its_addresses(self):
        self.workspace.watch(*self.inside, "203.0.113.9")
        self.assertEqual(self.asked(self.workspace.poll), ["/ip/198.51.100.0/24", "/ip/203.0.113.0/24"])
        polled = self.workspace.poll()
        self.assertEqual((polled["checked"], polled["failed"], polled["alerts"]), (3, 0, 0))

    def test_a_changed_network_is_one_card_that_names_its_addresses(self):
        self.workspace.watch(*self.inside, "203.0.113.9")
        self.change("GAMMA-NET")
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertIn(card["name"], self.inside)
        self.assertCountEqual([entity["value"] for entity in card["concerns"]], self.inside)
        self.assertEqual(kinds(card), [("modified", "GAMMA-NET")])
        for address in self.inside:
            self.assert_cards(1, "--entity", address)
            self.assertIn("GAMMA-NET", whois_values(self.workspace.lookup(address, "--offline")))
        self.poll_twice()
        self.assert_cards(1)

    def test_every_page_and_list_says_when_the_network_was_asked(self):
        self.workspace.watch(*self.inside)
        before = {address: self.last_asked("198.51.100.0/24", address) for address in self.inside}
        self.pass_gap()
        self.workspace.poll()
        for address in self.inside:
            at = self.last_asked("198.51.100.0/24", address)
            self.assertGreater(at, before[address])
            self.assertLess(self.last_asked(address, address), at)
            eye, = [eye for eye in self.workspace.eyes() if eye["name"] == address]
            self.assertEqual(eye["last_checked"], at)
            self.assertGreater(eye["next_due"], at)

    def test_a_field_that_is_gone_is_told_once_for_all(self):
        self.workspace.watch(*self.inside)
        without = network("198.51.100.0", "198.51.100.255")
        del without["country"]
        self.rdap.put(self.shared, without)
        self.workspace.poll()
        self.assert_cards(0)
        self.pass_gap()
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.assertEqual(kinds(card), [("removed", "NL")])
        self.assertEqual(len(card["concerns"]), 2)

    def test_what_lies_in_an_assignment_needs_no_question_of_its_own(self):
        self.change("ALPHA-NET", kind="ASSIGNED PA")
        self.workspace.lookup("198.51.100.7")
        self.assertEqual(self.asked(lambda: self.workspace.watch("198.51.100.8")), [self.shared])
        self.change("GAMMA-NET", kind="ASSIGNED PA")
        self.assertEqual(self.asked(self.workspace.poll), [self.shared])
        card, = self.assert_cards(1)
        self.assertEqual(card["name"], "198.51.100.8")
        eye, = self.workspace.eyes()
        self.assertEqual(eye["last_checked"], self.last_asked("198.51.100.0/24", "198.51.100.8"))
        self.assertIsNotNone(eye["baseline_at"])

    def test_in_an_allocation_there_may_be_smaller_networks(self):
        self.workspace.lookup("198.51.100.7")
        self.assertEqual(self.asked(lambda: self.workspace.watch("198.51.100.8")), ["/ip/198.51.100.8"])

    def test_a_network_that_is_no_more_has_its_addresses_asked_themselves(self):
        self.workspace.watch(*self.inside)
        self.rdap.remove(self.shared)
        self.rdap.put("/ip/198.51.0.0/16", network("198.51.0.0", "198.51.255.255", name="DELTA-NET"))
        self.workspace.poll()
        self.assert_cards(0)
        self.assertEqual(self.asked(self.workspace.poll), [f"/ip/{address}" for address in self.inside])
        moved = {(change["before"], change["after"]) for card in self.workspace.alerts() for change in card["changes"]
                 if change["kind"] == "modified"}
        self.assertEqual(moved, {("198.51.100.0/24", "198.51.0.0/16")})
        for address in self.inside:
            self.assert_cards(1, "--entity", address)
            self.assertIn("DELTA-NET", whois_values(self.workspace.lookup(address, "--offline")))
            self.assertNotIn("ALPHA-NET", whois_values(self.workspace.lookup(address, "--offline")))
        self.assertEqual(self.asked(self.poll_twice), ["/ip/198.51.0.0/16"] * 2)

    def test_an_eye_switched_off_leaves_the_network_to_the_others(self):
        self.workspace.watch(*self.inside)
        self.workspace.unwatch(self.inside[0])
        self.assertEqual(self.asked(self.workspace.poll), [self.shared])
        self.workspace.unwatch(self.inside[1])
        self.assertEqual(self.asked(self.workspace.poll), [])


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

    def test_commands_of_one_day_share_it(self):
        self.rdap_world({"/domain/alpha.com": registration("alpha.com")})
        for _ in range(3):
            self.workspace.lookup("alpha.com")
        self.assertEqual(self.rdap.requests("/dns.json"), ["/dns.json"])
        self.assertEqual(len(self.rdap.requests("/domain")), 3)

    def test_a_good_one_is_used_while_a_newer_one_is_broken(self):
        self.rdap_world({"/domain/alpha.com": registration("alpha.com")})
        self.workspace.lookup("alpha.com")
        self.rdap.control({"path": "/dns.json", "body": "<html>"})
        self.workspace.run("source", "test", "rdap")
        self.assertEqual(len(self.rdap.requests("/dns.json")), 2)
        known = self.workspace.lookup("alpha.com")
        self.assertEqual(outcomes(known, "whois", "rdap"), {"complete"})

    def test_another_setting_is_another_file(self):
        self.rdap_world({"/domain/alpha.com": registration("alpha.com")})
        self.workspace.lookup("alpha.com")
        first = self.rdap
        self.rdap_world({"/domain/alpha.com": registration("alpha.com")})
        self.workspace.lookup("alpha.com")
        self.assertEqual(self.rdap.requests("/dns.json"), ["/dns.json"])
        self.assertEqual(len(first.requests("/domain")), 1)


if __name__ == "__main__":
    unittest.main()
