#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A DNS server that answers as it is told, over UDP and TCP on one port.

As a library: LyingResolver(upstream) with say(name, mode, …). As a program it reads orders from
standard input, one JSON object a line, {"name": "www.alpha.com" or "*", "mode": …, …}, each answered
by the line "ok"; {"forget": true} drops all. It prints its port first and ends with standard input.

Modes: forward (to upstream; the default), answer (records: [["A", "192.0.2.1"], …]),
invent (an A and AAAA for whatever is asked), servfail, refused, silent, nxdomain (bare: true leaves
the SOA out), nodata (bare too), truncated (TC, and TCP is hung up), truncated_udp (TC, TCP answers
records), wrong_id, wrong_question, garbage, short (an answer cut in its middle), loop (a compression
pointer to itself), rotate (pool: […], size: N answers of it, others each time), late (delay seconds,
then as forward or answer). A rule with "type": "A" holds for that type only; "times": N ends it.
"""
import argparse
import json
import os
import random
import socket
import socketserver
import struct
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from dnswire import NXDOMAIN, REFUSED, SERVFAIL, Query, pack_record, reply  # noqa: E402
from lifetime import announce, free_port, wait_for_eof  # noqa: E402

SOA = "ns.invalid hostmaster.invalid 1 7200 900 604800 60"
INVENTED = {"A": "198.51.100.1", "AAAA": "2001:db8::1"}


class LyingResolver:
    def __init__(self, upstream=None, address="127.0.0.1", port=None):
        self.upstream = upstream  # (address, port) of a server that tells the truth
        self.address, self.port = address, port or free_port(address)
        self.rules = {}
        self.queries = []  # (name, type, "udp" or "tcp")
        self.rate = None  # UDP questions served a second; the others are dropped
        self.turn, self.served = 0, 0
        self.lock = threading.Lock()
        handlers = {"resolver": self}
        self._udp = type("Server", (_Udp,), handlers)((address, self.port), type("Handler", (_UdpHandler,), handlers))
        self._tcp = _Tcp((address, self.port), type("Handler", (_TcpHandler,), handlers))
        for server in (self._udp, self._tcp):
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def text(self):
        return f"{self.address}:{self.port}"

    def say(self, name, mode, **rule):
        with self.lock:
            self.rules[(name.lower(), rule.pop("type", None))] = {"mode": mode, **rule}

    def forget(self):
        with self.lock:
            self.rules.clear()

    def asked(self, name=None):
        with self.lock:
            return [query for query in self.queries if name is None or query[0] == name]

    def close(self):
        for server in (self._udp, self._tcp):
            server.shutdown()
            server.server_close()

    def admits(self):
        """Whether a question that came by UDP is served: the first ones of every second."""
        if self.rate is None:
            return True
        turn = int(time.monotonic())
        if turn != self.turn:
            self.turn, self.served = turn, 0
        self.served += 1
        return self.served <= self.rate

    def _rule(self, query):
        with self.lock:
            for key in ((query.name, query.type), (query.name, None), ("*", query.type), ("*", None)):
                rule = self.rules.get(key)
                if rule is None:
                    continue
                if "times" in rule:
                    rule["times"] -= 1
                    if rule["times"] <= 0:
                        del self.rules[key]
                return rule
        return {"mode": "forward"}

    def respond(self, packet, transport):
        """The bytes to send, or None for silence."""
        query = Query(packet)
        with self.lock:
            self.queries.append((query.name, query.type, transport))
        rule = self._rule(query)
        return getattr(self, f"_{rule['mode']}")(query, rule, transport)

    def _forward(self, query, _rule, _transport):
        if self.upstream is None:
            return reply(query, REFUSED)
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as link:
            link.settimeout(2)
            try:
                link.connect(self.upstream)
                link.sendall(struct.pack("!H", len(query.packet)) + query.packet)
                with link.makefile("rb") as stream:
                    return stream.read(struct.unpack("!H", stream.read(2))[0])
            except (OSError, struct.error):
                return reply(query, SERVFAIL)

    def _answer(self, query, rule, _transport):
        fitting = [pack_record(query.name, kind, data, rule.get("ttl", 300))
                   for kind, data in rule["records"] if kind in (query.type, "CNAME")]
        return reply(query, answers=fitting) if fitting else self._nodata(query, rule, _transport)

    def _invent(self, query, rule, _transport):
        made_up = rule.get("records", INVENTED)
        if query.type not in made_up:
            return self._nodata(query, rule, _transport)
        return reply(query, answers=[pack_record(query.name, query.type, made_up[query.type])])

    def _servfail(self, query, _rule, _transport):
        return reply(query, SERVFAIL)

    def _refused(self, query, _rule, _transport):
        return reply(query, REFUSED)

    def _silent(self, _query, _rule, _transport):
        return None

    @staticmethod
    def _authority(query, rule):
        zone = query.name.split(".", 1)[-1]
        return [] if rule.get("bare") else [pack_record(zone, "SOA", SOA, 60)]

    def _nxdomain(self, query, rule, _transport):
        return reply(query, NXDOMAIN, authority=self._authority(query, rule))

    def _nodata(self, query, rule, _transport):
        return reply(query, authority=self._authority(query, rule))

    def _truncated(self, query, rule, transport):
        if transport == "tcp":
            return None
        kept = [pack_record(query.name, kind, data) for kind, data in rule.get("records", []) if kind == query.type]
        return reply(query, answers=kept, truncated=True)

    def _truncated_udp(self, query, rule, transport):
        if transport == "udp":
            return reply(query, truncated=True)
        return self._answer(query, rule, transport) if "records" in rule else self._forward(query, rule, transport)

    def _wrong_id(self, query, rule, _transport):
        return reply(query, answers=[pack_record(query.name, "A", INVENTED["A"])], ident=query.id ^ 0x5555)

    def _wrong_question(self, query, _rule, _transport):
        other = pack_record("elsewhere.com", "A", INVENTED["A"])
        return reply(query, answers=[other], question=b"\x09elsewhere\x03com\0\0\1\0\1")

    def _garbage(self, query, _rule, _transport):
        return query.packet[:2] + random.randbytes(200)

    def _short(self, query, rule, transport):
        return self._invent(query, {"records": INVENTED}, transport)[:-3]

    def _loop(self, query, _rule, _transport):
        at = 12 + len(query.question)
        return reply(query, answers=[struct.pack("!HHHIH", 0xC000 | at, 1, 1, 300, 4) + b"\x01\x02\x03\x04"])

    def _rotate(self, query, rule, transport):
        pool = [entry for entry in rule["pool"] if (":" in entry) == (query.type == "AAAA")]
        if query.type not in INVENTED or not pool:
            return self._nodata(query, rule, transport)
        size = rule.get("size", 2)
        start = rule["turn"] = rule.get("turn", -size) + size
        return reply(query, answers=[pack_record(query.name, query.type, pool[(start + i) % len(pool)], 30)
                                     for i in range(min(size, len(pool)))])

    def _late(self, query, rule, transport):
        time.sleep(rule.get("delay", 1))
        return self._answer(query, rule, transport) if "records" in rule else self._forward(query, rule, transport)


class _Udp(socketserver.ThreadingUDPServer):
    resolver = None
    daemon_threads = True
    max_packet_size = 65535

    def verify_request(self, request, client_address):
        return self.resolver.admits()

    def handle_error(self, request, client_address):
        """What is no question gets no answer."""


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """What is no question gets no answer."""


class _UdpHandler(socketserver.BaseRequestHandler):
    resolver = None

    def handle(self):
        packet, link = self.request
        answer = self.resolver.respond(packet, "udp")
        if answer is not None:
            link.sendto(answer, self.client_address)


class _TcpHandler(socketserver.StreamRequestHandler):
    resolver = None

    def handle(self):
        while length := self.rfile.read(2):
            answer = self.resolver.respond(self.rfile.read(struct.unpack("!H", length)[0]), "tcp")
            if answer is None:
                return
            self.wfile.write(struct.pack("!H", len(answer)) + answer)


def _carry_out(resolver, order):
    if order.get("forget"):
        resolver.forget()
    if "mode" in order:
        resolver.say(order.pop("name", "*"), order.pop("mode"), **order)
    announce("ok")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int)
    parser.add_argument("--upstream", help="ADDRESS:PORT of a server that tells the truth")
    options = parser.parse_args()
    upstream = None
    if options.upstream:
        host, port = options.upstream.rsplit(":", 1)
        upstream = (host, int(port))
    resolver = LyingResolver(upstream, port=options.port)
    announce(resolver.port)
    wait_for_eof(lambda line: _carry_out(resolver, json.loads(line)))
    resolver.close()


if __name__ == "__main__":
    main()
