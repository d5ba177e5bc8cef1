# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packet capture in a network namespace of its own, where every packet is ours."""
import os
import socket
import struct
import subprocess
import sys
import threading

_INSIDE = "WATCHGLASS_IN_NAMESPACE"
_ETH_P_ALL = 3
OUTSIDE = "192.0.2.200"  # this machine's address on the made-up network


def enter_namespace():
    """Starts this program again in a namespace of its own; returns inside of it.

    A container may forbid that; the capture then sees this namespace, and own() is false.
    """
    if _INSIDE in os.environ:
        return
    for way in (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]):
        if subprocess.run([*way, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            os.environ[_INSIDE] = "own"
            os.execvp(way[0], [*way, sys.executable, *sys.argv])
    os.environ[_INSIDE] = "shared"


def own():
    return os.environ.get(_INSIDE) == "own"


def connect():
    """Loopback up, and a default route into it: packets for the world leave, are seen, and go nowhere."""
    if not own():
        return
    for words in (["link", "set", "lo", "up"], ["addr", "replace", f"{OUTSIDE}/32", "dev", "lo"],
                  ["route", "replace", "default", "dev", "lo", "src", OUTSIDE]):
        subprocess.run(["ip", *words], check=True)


class Packet:
    def __init__(self, frame):
        self.frame = frame
        self.protocol = self.source = self.target = None
        kind = struct.unpack_from("!H", frame, 12)[0]
        if kind == 0x0800:
            start = 14 + (frame[14] & 15) * 4
            protocol, addresses, family = frame[23], (frame[26:30], frame[30:34]), socket.AF_INET
        elif kind == 0x86DD:
            start = 54
            protocol, addresses, family = frame[20], (frame[22:38], frame[38:54]), socket.AF_INET6
        else:
            return
        self.protocol = {6: "tcp", 17: "udp"}.get(protocol)
        if self.protocol:
            ports = struct.unpack_from("!HH", frame, start)
            self.source, self.target = [(socket.inet_ntop(family, address), port)
                                        for address, port in zip(addresses, ports)]

    def __str__(self):
        return f"{self.protocol} {self.source} -> {self.target}"


class Capture:
    """Every TCP and UDP packet on every interface while it is open."""

    def __enter__(self):
        self.packets = []
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_RCVBUFFORCE", 33), 64 << 20)
        self._socket.settimeout(0.1)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        return self

    def _read(self):
        # Loopback delivers at once, so what is not here after the last timeout never was.
        while True:
            try:
                packet = Packet(self._socket.recv(65535))
            except socket.timeout:
                if self._stop.is_set():
                    return
                continue
            if packet.protocol:
                self.packets.append(packet)

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        self._socket.close()

    def to(self, port=None, address=None):
        return [packet for packet in self.packets
                if (port is None or packet.target[1] == port) and (address is None or packet.target[0] == address)]

    def holding(self, label, but_ports=()):
        """Packets with this text in them, but for those of these ports."""
        return [packet for packet in self.packets if label.encode() in packet.frame.lower()
                and not {packet.source[1], packet.target[1]} & set(but_ports)]
