#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources that meet the target itself: its page and its certificate, where somebody said that it may learn of it."""
import unittest

from harness import Journey, REFUSED, kinds, outcomes, values
from webserver import CERTIFICATE, OTHER_CERTIFICATE, WebServer

PAGE = """<!DOCTYPE html><title>Alpha</title><meta name="generator" content="WordPress 6.4.2">
<script nonce="{nonce}">ga('create', '{tracker}', 'auto');</script>
<script src="https://cdn.beta.net/x.js"></script>
<form action="https://collect.gamma.org/post"><input name="p"></form>
"""


class Target(Journey):
    source = "http"
    certificate = None

    def setUp(self):
        super().setUp()
        self.web = WebServer(certificate=self.certificate)
        self.addCleanup(self.web.close)
        self.show()
        self.configure()
        self.workspace.set(f"source.{self.source}.base_url", self.web.base)

    def show(self, tracker="UA-7654321-1", nonce="first", cookie="1"):
        self.web.page = PAGE.format(tracker=tracker, nonce=nonce)
        self.web.headers = {"X-Powered-By": "PHP/8.1.2", "Set-Cookie": f"sid={cookie}; Path=/"}

    def consent(self):
        self.workspace.set_all({"pap": "GREEN", f"source.{self.source}.enabled": "true",
                                "source.dns.enabled": "false"})


class Page(Target):
    def test_a_look_up_shows_what_the_page_says(self):
        self.consent()
        found = self.workspace.lookup("alpha.com")
        self.assertEqual(values(found, "trackers"), ["ua-7654321", "ua-7654321-1"])
        self.assertEqual(values(found, "hostpairs"), ["cdn.beta.net", "collect.gamma.org"])
        self.assertEqual(values(found, "cookies"), ["sid; domain=alpha.com"])
        self.assertLessEqual({"PHP 8.1.2", "WordPress 6.4.2", "Alpha"}, set(values(found, "components")))
        self.assertEqual(self.web.requests(), ["/", "/favicon.ico"])

    def test_it_is_off_until_somebody_switches_it_on(self):
        source, = (each for each in self.workspace.json("source", "list")["sources"] if each["name"] == "http")
        self.assertFalse(source["enabled"])
        self.workspace.run("lookup", "alpha.com")
        self.assertEqual(self.web.requests(), [])

    def test_under_amber_the_target_learns_nothing(self):
        self.consent()
        self.workspace.set("pap", "AMBER")
        self.assertEqual(self.workspace.run("lookup", "alpha.com").code, REFUSED)
        self.workspace.watch("alpha.com")
        self.workspace.poll()
        self.assertEqual(self.web.requests(), [])

    def test_another_tracker_is_one_card(self):
        self.consent()
        self.workspace.watch("alpha.com")
        self.show(tracker="UA-1234567-1")
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertEqual((card["name"], card["dataset"]), ("alpha.com", "trackers"))

    def test_what_every_visit_brings_anew_is_no_change(self):
        self.consent()
        self.workspace.watch("alpha.com")
        self.show(nonce="second", cookie="2")
        self.assert_nothing_told("nonce and cookie")
        self.assertGreaterEqual(self.web.requests().count("/"), 3)

    def test_numbers_that_every_visit_brings_anew_are_no_change(self):
        self.consent()

        def visit(number):
            self.web.page = (f'<!DOCTYPE html><title>Alpha, {number} visitors</title>'
                             f'<script src="https://img{number}.beta.net/x.js"></script>')
            self.web.headers = {"Set-Cookie": f"sid_{number}a=1; Path=/"}
        visit(1)
        self.workspace.watch("alpha.com")
        for number in (2, 3, 4):
            visit(number)
            self.assert_nothing_told("numbers")
        self.web.page = self.web.page.replace("img4.beta.net", "img4.evil.net")
        self.poll_twice()
        self.assertIn(("added", "img4.evil.net"), [change for card in self.workspace.alerts() for change in kinds(card)])

    def test_a_title_that_is_another_at_every_visit_is_told_until_that_is_known(self):
        self.consent()
        titles = ("Offers of the day", "All for your garden", "Shoes and more", "Last of the season", "Gifts")
        for title in titles:
            self.web.page = f"<!DOCTYPE html><title>{title}</title>"
            if title == titles[0]:
                self.workspace.watch("alpha.com")
            else:
                self.workspace.poll()
        told = sorted(change for card in self.assert_cards(2) for change in kinds(card))
        self.assertEqual(told, [("modified", titles[1]), ("modified", titles[2])])

    def test_a_foreign_host_is_noted_and_left_alone(self):
        self.consent()
        self.web.rules["/"] = {"redirect": "https://landing.beta.net/x"}
        found = self.workspace.lookup("alpha.com")
        self.assertEqual(values(found, "hostpairs"), ["landing.beta.net"])
        self.assertEqual(outcomes(found, "trackers", "http"), {"empty"})
        self.assertEqual(self.web.requests(), ["/"])


class Handshake(Target):
    source = "tls"
    certificate = CERTIFICATE

    def test_a_look_up_shows_whom_the_server_says_to_be(self):
        self.consent()
        found = self.workspace.lookup("alpha.com")
        record, = found["datasets"]["certificates"]["records"]
        self.assertRegex(record["value"], "^[0-9a-f]+ O=Alpha, CN=www.alpha.com$")
        self.assertEqual(values(found, "services"), ["443"])
        self.assertEqual(outcomes(found, "certificates", "tls"), {"complete"})
        self.assertEqual(self.web.requests(), [])

    def test_it_is_off_until_somebody_switches_it_on(self):
        source, = (each for each in self.workspace.json("source", "list")["sources"] if each["name"] == "tls")
        self.assertFalse(source["enabled"])
        self.assertEqual(self.workspace.run("lookup", "alpha.com").code, REFUSED)
        self.assertEqual(self.web.connections, 0)

    def test_under_amber_the_target_learns_nothing(self):
        self.consent()
        self.workspace.set("pap", "AMBER")
        self.assertEqual(self.workspace.run("lookup", "alpha.com").code, REFUSED)
        self.assertEqual(self.web.connections, 0)

    def test_another_certificate_is_one_card_and_another_handshake_none(self):
        self.consent()
        self.workspace.watch("alpha.com")
        self.assert_nothing_told("a second handshake")
        self.web.present(OTHER_CERTIFICATE)
        self.poll_twice()
        card, = self.assert_cards(1)
        self.assertEqual((card["name"], card["dataset"]), ("alpha.com", "certificates"))


class Unasked(Journey):
    def test_what_meets_the_target_or_a_resolver_is_off_until_somebody_switches_it_on(self):
        off = {each["name"] for each in self.workspace.json("source", "list")["sources"] if not each["enabled"]}
        self.assertEqual(off, {"cymru", "http", "tls"})


if __name__ == "__main__":
    unittest.main()
