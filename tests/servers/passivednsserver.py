#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up passive DNS in the shape of mnemonic's: /pdns/v3/VALUE?limit=&offset=, times in ms.

passivednsserver.py FACTS.json [--port N] [--log FILE]
FACTS.json is a list of {"query", "answer", "rrtype", "first", "last"[, "times"]}; a value finds the
facts that have it as query or as answer. Misbehaves as told (see httpserver.py); `PUT /_control`
further takes {"facts": […]} (replaces), {"add": […]}, {"count": N} (the count it claims, null: the
truth), {"page_cap": N} (gives no more a page, whatever is asked), {"throttle": {"after": N,
"retry_after": S}} (429 beyond N requests) and {"error_body": CODE} (status 200, error inside).
Prints its port; ends when standard input is closed.
"""
import argparse
import os
import sys
from urllib.parse import unquote

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from httpserver import Answer, ScriptedServer, load_json  # noqa: E402
from lifetime import announce, wait_for_eof  # noqa: E402

PREFIX = "/pdns/v3/"
DAY = 86_400_000


def fact(query, answer, first, last, rrtype="a", times=1):
    return {"query": query, "answer": answer, "rrtype": rrtype, "first": first, "last": last, "times": times}


def _row(known):
    return {"rrclass": "in", "rrtype": known["rrtype"], "query": known["query"], "answer": known["answer"],
            "firstSeenTimestamp": known["first"], "lastSeenTimestamp": known["last"], "maxTtl": 300, "minTtl": 300,
            "times": known.get("times", 1), "tlp": "white", "customer": None,
            "createdTimestamp": 0, "lastUpdatedTimestamp": 0}


class PassiveDnsServer(ScriptedServer):
    """Answers for names and addresses from self.facts; change the list at will."""

    def __init__(self, facts=(), **server):
        self.facts = list(facts)
        self.count = None
        self.page_cap = None
        self.throttle = None
        self.error_body = None
        super().__init__(**server)

    def control(self, order):
        self.facts = list(order.pop("facts", self.facts)) + list(order.pop("add", []))
        for name in ("count", "page_cap", "throttle", "error_body"):
            if name in order:
                setattr(self, name, order.pop(name))
        super().control(order)

    def _throttled(self):
        if not self.throttle:
            return False
        self.throttle["after"] -= 1
        return self.throttle["after"] < 0

    def answer(self, path, query):
        if not path.startswith(PREFIX):
            return Answer(404, b"<html><body>Not Found</body></html>", "text/html")
        if self._throttled():
            return Answer(429, {"responseCode": 429, "count": 0, "data": None, "size": 0,
                                "messages": [{"message": "Too many requests", "type": "ACTION_ERROR"}]},
                          headers={"Retry-After": str(self.throttle.get("retry_after", 1))})
        if self.error_body:
            return Answer(200, {"responseCode": self.error_body, "count": 0, "data": None, "size": 0,
                                "messages": [{"message": "Resource limit exceeded", "type": "ACTION_ERROR"}]})
        value = unquote(path[len(PREFIX):]).rstrip(".").lower()
        known = [_row(each) for each in self.facts
                 if value in (each["query"].rstrip(".").lower(), each["answer"].rstrip(".").lower())]
        limit, offset = int(query.get("limit", 25)), int(query.get("offset", 0))
        given = min(limit or len(known), self.page_cap or max(len(known), 1))
        page = known[offset:offset + given]
        return Answer(200, {"responseCode": 200, "count": len(known) if self.count is None else self.count,
                            "limit": limit, "offset": offset, "currentPage": offset // max(limit, 1) + 1,
                            "size": len(page), "data": page, "messages": [], "metaData": {}})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log")
    options = parser.parse_args()
    server = PassiveDnsServer(load_json(options.facts), port=options.port, log_file=options.log)
    announce(server.port)
    wait_for_eof()
    server.close()


if __name__ == "__main__":
    main()
