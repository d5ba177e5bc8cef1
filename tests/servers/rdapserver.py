#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replays RDAP answers on loopback; can be told to misbehave (see httpserver.py).

rdapserver.py WHAT [--port N] [--bootstrap FOLDER] [--log FILE]
WHAT is a folder with domain/NAME.json, ip/ADDRESS.json and so on, or a JSON file that maps paths
("/domain/example.com", "/ip/192.0.2.0/24") to files beside it. Objects are found under any path
prefix. The four bootstrap files point here for every name and number, or are those of FOLDER.
Prints its port; ends when standard input is closed.
"""
import argparse
import ipaddress
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from httpserver import Answer, ScriptedServer, existing, load_json  # noqa: E402
from lifetime import announce, wait_for_eof  # noqa: E402

KINDS = ("domain", "ip", "autnum", "nameserver", "entity")
TYPE = "application/rdap+json"
_OBJECT = re.compile(r"(?:^|/)(domain|ip|autnum|nameserver|entity)/(.+)$")
_BOOTSTRAP = re.compile(r"(?:^|/)(dns|ipv4|ipv6|asn)\.json$")


def objects_of(what):
    """Maps "/kind/name" to a file; what is a folder or a JSON map."""
    if not os.path.isdir(what):
        beside = os.path.dirname(os.path.abspath(what))
        return {path: os.path.join(beside, name) for path, name in load_json(what).items()}
    return {f"/{kind}/{name[:-5]}": os.path.join(what, kind, name)
            for kind in KINDS if os.path.isdir(os.path.join(what, kind))
            for name in sorted(os.listdir(os.path.join(what, kind))) if name.endswith(".json")}


class RdapServer(ScriptedServer):
    """objects: "/kind/name" to a file name or to the answer itself (dict)."""

    def __init__(self, objects, bootstrap=None, **server):
        self.objects = {self._key(path): answer for path, answer in objects.items()}
        self.bootstrap = bootstrap
        super().__init__(**server)

    @staticmethod
    def _key(path):
        return path.rstrip(".").lower()

    def put(self, path, answer):
        self.objects[self._key(path)] = answer

    def remove(self, path):
        self.objects.pop(self._key(path), None)

    def control(self, order):
        for path, answer in order.pop("objects", {}).items():
            self.put(path, answer)
        super().control(order)

    def answer(self, path, query):
        if table := _BOOTSTRAP.search(path):
            return self._bootstrap(table[1])
        if path.endswith("/help"):
            return Answer(200, {"rdapConformance": ["rdap_level_0"], "notices": []}, TYPE)
        wanted = _OBJECT.search(path)
        found = self._find(wanted[1], wanted[2]) if wanted else None
        if found is None:
            return Answer(404, {"errorCode": 404, "title": "Not found", "description": ["No such object."]}, TYPE)
        if isinstance(found, dict):
            return Answer(200, found, TYPE)
        with open(found, "rb") as recorded:
            return Answer(200, recorded.read(), TYPE)

    def _find(self, kind, name):
        exact = self.objects.get(self._key(f"/{kind}/{name}"))
        if exact is not None or kind != "ip":
            return exact
        try:
            asked = ipaddress.ip_network(name, strict=False)
        except ValueError:
            return None
        around = [(network.prefixlen, path) for path in self.objects if path.startswith("/ip/")
                  for network in [ipaddress.ip_network(path[4:], strict=False)]
                  if network.version == asked.version and asked.subnet_of(network)]
        return self.objects[max(around)[1]] if around else None

    def _bootstrap(self, table):
        if self.bootstrap:
            recorded = existing(os.path.join(self.bootstrap, f"{table}.json"))
            if recorded is None:
                return Answer(404, b"<html><body>Not Found</body></html>", "text/html")
            with open(recorded, "rb") as text:
                return Answer(200, text.read())
        keys = {"dns": sorted({path.rsplit(".", 1)[-1] for path in self.objects
                               if path.startswith("/domain/") and "." in path} | {"com", "net", "org", "example"}),
                "ipv4": [f"{first}.0.0.0/8" for first in range(1, 224)],
                "ipv6": ["2000::/3"],
                "asn": ["1-4294967294"]}[table]
        return Answer(200, {"version": "1.0", "publication": "2026-01-01T00:00:00Z",
                            "description": "made up for tests", "services": [[keys, [f"{self.base}/"]]]})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--bootstrap")
    parser.add_argument("--log")
    options = parser.parse_args()
    server = RdapServer(objects_of(options.what), options.bootstrap, port=options.port, log_file=options.log)
    announce(server.port)
    wait_for_eof()
    server.close()


if __name__ == "__main__":
    main()
