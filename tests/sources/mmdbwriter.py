#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mmdbwriter.py FOLDER: writes the small MaxMind DB files that the tests read.

The format is MaxMind's own, as published: a binary tree over the bits of an address, sixteen zero
bytes, the data, and behind a marker the metadata. Networks and names here are made up, but for the
addresses, which must be public ones.
"""
import ipaddress
import os
import struct
import sys

BUILT = 1_760_000_000  # 2025-10-09
MARKER = b"\xab\xcd\xefMaxMind.com"
SEPARATOR = bytes(16)
UTF8, MAP, UINT16, UINT32, UINT64, ARRAY = 2, 7, 5, 6, 9, 11


def control(kind, size):
    """The byte or bytes in front of a value; kinds above 7 stand in a second byte."""
    if size >= 29:
        head, rest = 29, bytes([size - 29])
    else:
        head, rest = size, b""
    if kind > 7:
        return bytes([head, kind - 7]) + rest
    return bytes([kind << 5 | head]) + rest


def number(value, kind):
    raw = value.to_bytes(8, "big").lstrip(b"\0")
    return control(kind, len(raw)) + raw


def encode(value, kind=UINT32):
    if isinstance(value, dict):
        return control(MAP, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())
    if isinstance(value, list):
        return control(ARRAY, len(value)) + b"".join(encode(v) for v in value)
    if isinstance(value, int):
        return number(value, kind)
    raw = value.encode()
    return control(UTF8, len(raw)) + raw


def bits_of(network, version):
    """The bits of a prefix; IPv4 lies below ::/96 where the tree is one for IPv6."""
    network = ipaddress.ip_network(network)
    bits = f"{int(network.network_address):0{network.max_prefixlen}b}"[:network.prefixlen]
    return "0" * 96 + bits if version == 6 and network.version == 4 else bits


def tree_of(networks, version):
    """Nodes as pairs of a node's number, ("data", number) or None."""
    nodes = [[None, None]]
    for place, network in enumerate(networks):
        at, bits = 0, bits_of(network, version)
        for bit in bits[:-1]:
            if nodes[at][int(bit)] is None:
                nodes.append([None, None])
                nodes[at][int(bit)] = len(nodes) - 1
            at = nodes[at][int(bit)]
        nodes[at][int(bits[-1])] = ("data", place)
    return nodes


def database(kind, networks, version):
    data, offsets = b"", []
    for facts in networks.values():
        offsets.append(len(data))
        data += encode(facts)
    nodes = tree_of(networks, version)

    def record(side):
        if side is None:
            return len(nodes)
        return side if isinstance(side, int) else len(nodes) + len(SEPARATOR) + offsets[side[1]]

    tree = b"".join(struct.pack(">I", record(side))[1:] for node in nodes for side in node)
    metadata = control(MAP, 9)
    for name, value in (("node_count", number(len(nodes), UINT32)), ("record_size", number(24, UINT16)),
                        ("ip_version", number(version, UINT16)), ("database_type", encode(kind)),
                        ("languages", encode(["en"])), ("binary_format_major_version", number(2, UINT16)),
                        ("binary_format_minor_version", number(0, UINT16)),
                        ("build_epoch", number(BUILT, UINT64)), ("description", encode({"en": "For tests"}))):
        metadata += encode(name) + value
    return tree + SEPARATOR + data + MARKER + metadata


FILES = {
    "asn.mmdb": database("GeoLite2-ASN", {
        "193.0.0.0/21": {"autonomous_system_number": 3333, "autonomous_system_organization": "Alpha Network"},
        "2001:67c:2e8::/48": {"autonomous_system_number": 3333, "autonomous_system_organization": "Alpha Network"},
    }, 6),
    "city.mmdb": database("GeoLite2-City", {
        "193.0.0.0/21": {"city": {"names": {"en": "Amsterdam"}},
                         "country": {"iso_code": "NL", "names": {"en": "The Netherlands"}}},
        "8.8.8.0/24": {"country": {"iso_code": "US", "names": {"en": "United States"}}},
        "9.9.9.0/24": {"country": "not a map", "city": {"names": 7}},
    }, 4),
}


def main():
    for name, content in FILES.items():
        with open(os.path.join(sys.argv[1], name), "wb") as out:
            out.write(content)


if __name__ == "__main__":
    main()
