#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an entity is, wherever it stands: ASN, country, registered domain, and the program's own tags."""
import json
import os
import unittest

from harness import Journey
from test_sources import Shelf

ADDRESS = "104.16.1.1"
NAME = "www.shop.alpha.com"
LIST = {"list": 1, "name": "ours", "title": "Our own proxies", "tag": "ours", "date": "2020-02-29",
        "source": "the network team", "entries": [{"who": "Delft", "addresses": [ADDRESS], "names": ["alpha.com"]}]}


def tags(looked_up):
    return {tag["tag"] for tag in looked_up["system_tags"]}


def tag(looked_up, word):
    found, = [each for each in looked_up["system_tags"] if each["tag"] == word]
    return found


class Enrichment(Journey):
    def setUp(self):
        super().setUp()
        self.dns_world(**{"www_shop_alpha_com": [f"A {ADDRESS}"], "alpha_com": ["NS ns1.sedoparking.com.", "A 192.0.2.5"]})
        self.shelf = Shelf()
        self.addCleanup(self.shelf.close)
        self.workspace.set_all({"source.ripestat.enabled": "true", "source.ripestat.base_url": self.shelf.base})
        self.announce(64500, "ALPHA-NET - Alpha Ltd.")

    def announce(self, asn, holder):
        self.shelf.pages = {
            "/data/prefix-overview/data.json": {"status": "ok", "data": {
                "announced": True, "asns": [{"asn": asn, "holder": holder}], "resource": "104.16.0.0/20"}},
            "/data/abuse-contact-finder/data.json": {"data": {"abuse_contacts": []}}}

    def lay(self, file, words):
        folder = os.path.join(self.workspace.path, "lists")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
            out.write(words if isinstance(words, str) else json.dumps(words, indent=4))

    def test_an_address_tells_its_network_wherever_it_stands(self):
        self.workspace.lookup(NAME)
        told = self.workspace.lookup(ADDRESS)
        known = told["enrichment"]
        self.assertEqual((known["asn"], known["asn_name"], known["prefix"]),
                         ("AS64500", "ALPHA-NET - Alpha Ltd.", "104.16.0.0/20"))
        self.assertIn({"what": "asn", "value": "AS64500", "name": "ALPHA-NET - Alpha Ltd.", "sources": ["ripestat"]},
                      known["told"])
        self.assertEqual(tags(told), {"asn:alpha-net", "cdn", "routable"})
        cdn = tag(told, "cdn")
        self.assertEqual(cdn["why"], f"{ADDRESS} is in 104.16.0.0/13 (Cloudflare)")
        self.assertEqual((cdn["list"], cdn["date"]), ("Networks of content delivery networks", "2026-08-11"))
        # The name's own look-up shows the same, and asks nobody.
        name = self.workspace.lookup(NAME, "--offline")
        row, = name["datasets"]["resolutions"]["records"]
        self.assertEqual((row["value"], row["enrichment"]["asn"]), (ADDRESS, "AS64500"))
        self.assertEqual(row["enrichment"]["system_tags"], ["asn:alpha-net", "cdn", "routable"])
        self.assertEqual(name["enrichment"]["registered_domain"], "alpha.com")
        self.assertRegex(name["enrichment"]["suffix_list_date"], r"^\d{4}-\d\d-\d\d$")
        self.assertEqual(tag(name, "cdn")["why"], f"its address {ADDRESS} is in 104.16.0.0/13 (Cloudflare)")
        said = self.workspace.ok("lookup", NAME, "--offline").out
        self.assertIn("[AS64500 ALPHA-NET - Alpha Ltd., cdn]", said)
        self.assertIn("registered domain", said)

    def test_a_change_of_network_is_known_at_once_and_told_once(self):
        self.workspace.lookup(NAME)
        self.workspace.watch(ADDRESS)
        self.announce(64511, "BETA-NET")
        self.workspace.poll()
        self.assertEqual({change["dataset"] for card in self.workspace.alerts() for change in card["changes"]}, {"network"})
        self.poll_twice()
        row, = self.workspace.lookup(NAME, "--offline")["datasets"]["resolutions"]["records"]
        self.assertEqual(row["enrichment"]["asn"], "AS64511")

    def test_name_servers_of_a_parking_service_mark_a_domain(self):
        self.workspace.lookup("alpha.com")
        told = self.workspace.lookup("alpha.com", "--offline")
        parked = tag(told, "parked")
        self.assertIn("its name server ns1.sedoparking.com is one of sedoparking.com (Sedo)", parked["why"])
        self.assertTrue(parked["old"])
        self.assertIn(f"{parked['list']} of {parked['date']}, over a year old",
                      self.workspace.ok("lookup", "alpha.com", "--offline").out)
        # What lies below it has the same name servers; its own address is for documents.
        self.workspace.lookup(NAME)
        self.assertIn("parked", tags(self.workspace.lookup(NAME, "--offline")))
        row, = told["datasets"]["resolutions"]["records"]
        self.assertEqual(row["enrichment"]["system_tags"], ["not-routable"])

    def test_a_list_of_ones_own_counts_and_raises_no_card(self):
        self.workspace.watch(NAME)
        self.lay("ours.json", LIST)
        self.assert_nothing_told("a tag is no change")
        told = self.workspace.lookup(NAME, "--offline")
        self.assertEqual({each["why"] for each in told["system_tags"] if each["tag"] == "ours"},
                         {"it lies below alpha.com (Delft)", f"its address {ADDRESS} is in {ADDRESS}/32 (Delft)"})
        self.assertEqual({(each["date"], each["old"]) for each in told["system_tags"] if each["tag"] == "ours"},
                         {("2020-02-29", True)})

    def test_a_list_that_cannot_be_read_is_named_with_its_place(self):
        self.lay("ours.json", LIST)
        self.lay("broken.json", json.dumps({**LIST, "name": "broken", "date": "yesterday"}, indent=4))
        broken, = self.workspace.json("source", "list")["broken"]
        self.assertEqual(broken["file"], "lists/broken.json")
        self.assertTrue(broken["error"].startswith('6:13: "date" must be a day'), broken)
        self.workspace.lookup(NAME)
        self.assertIn("ours", tags(self.workspace.lookup(NAME, "--offline")))


if __name__ == "__main__":
    unittest.main()
