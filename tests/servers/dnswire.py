# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Just enough DNS wire format (RFC 1035) for scripted servers and serial checks."""
import ipaddress
import random
import socket
import struct

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}
NAMES = {number: name for name, number in TYPES.items()}
NOERROR, SERVFAIL, NXDOMAIN, REFUSED = 0, 2, 3, 5


def pack_name(name):
    labels = [label for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


def unpack_name(packet, at):
    """The name at an offset as lower-case text without the last dot, and where it ends."""
    labels, end, jumps = [], None, 0
    while packet[at]:
        if packet[at] & 0xC0:
            end = at + 2 if end is None else end
            at = struct.unpack_from("!H", packet, at)[0] & 0x3FFF
            jumps += 1
            if jumps > 100:
                raise ValueError("compression loop")
            continue
        labels.append(packet[at + 1:at + 1 + packet[at]].decode("latin-1"))
        at += 1 + packet[at]
    return ".".join(labels).lower(), (at + 1 if end is None else end)


def pack_data(rrtype, data):
    if rrtype in ("A", "AAAA"):
        return ipaddress.ip_address(data).packed
    if rrtype in ("NS", "CNAME", "PTR"):
        return pack_name(data)
    if rrtype == "MX":
        preference, host = data.split()
        return struct.pack("!H", int(preference)) + pack_name(host)
    if rrtype == "TXT":
        text = data.encode()
        return b"".join(bytes([len(text[i:i + 255])]) + text[i:i + 255] for i in range(0, max(len(text), 1), 255))
    if rrtype == "SOA":
        primary, mailbox, *numbers = data.split()
        return pack_name(primary) + pack_name(mailbox) + struct.pack("!5I", *map(int, numbers))
    raise ValueError(f"no wire form for {rrtype}")


def pack_record(owner, rrtype, data, ttl=300):
    packed = pack_data(rrtype, data)
    return pack_name(owner) + struct.pack("!HHIH", TYPES[rrtype], 1, ttl, len(packed)) + packed


class Query:
    """A question as it came in."""

    def __init__(self, packet):
        self.packet = packet
        self.id, self.flags, questions = struct.unpack_from("!HHH", packet)
        if questions != 1:
            raise ValueError("not one question")
        self.name, at = unpack_name(packet, 12)
        self.type_number, _ = struct.unpack_from("!HH", packet, at)
        self.type = NAMES.get(self.type_number, str(self.type_number))
        self.question = packet[12:at + 4]


def reply(query, rcode=NOERROR, answers=(), authority=(), truncated=False, ident=None, question=None):
    """answers and authority are packed records."""
    flags = 0x8080 | (query.flags & 0x0100) | (0x0200 if truncated else 0) | rcode
    head = struct.pack("!6H", query.id if ident is None else ident, flags, 1, len(answers), len(authority), 0)
    return head + (query.question if question is None else question) + b"".join(answers) + b"".join(authority)


def ask(server, name, rrtype, seconds=1.0):
    """One UDP question to (address, port); rcode and answer data, or None when nobody answers."""
    ident = random.randrange(65536)
    packet = struct.pack("!6H", ident, 0x0100, 1, 0, 0, 0) + pack_name(name) + struct.pack("!HH", TYPES[rrtype], 1)
    with socket.socket(socket.AF_INET6 if ":" in server[0] else socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.settimeout(seconds)
        try:
            link.sendto(packet, server)
            answer = link.recv(65535)
        except OSError:
            return None
    if len(answer) < 12 or answer[:2] != packet[:2]:
        return None
    flags, _, count = struct.unpack_from("!HHH", answer, 2)
    _, at = unpack_name(answer, 12)
    at, found = at + 4, []
    for _ in range(count):
        _, at = unpack_name(answer, at)
        kind, _, _, length = struct.unpack_from("!HHIH", answer, at)
        if kind == TYPES[rrtype]:
            found.append((at + 10, answer[at + 10:at + 10 + length]))
        at += 10 + length
    return flags & 15, found, answer


def serial_of(server, zone, seconds=1.0):
    """The SOA serial that a server gives for a zone, or None."""
    got = ask(server, zone, "SOA", seconds)
    if got is None or not got[1]:
        return None
    start, data = got[1][0]
    return struct.unpack_from("!I", got[2], start + len(data) - 20)[0]
