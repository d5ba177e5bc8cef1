#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real authoritative name server (nsd) on loopback whose zones are edited and reloaded.

As a library: NameServer() with put(), remove(), apply(). As a program: dnszone.py reads orders from
standard input, one JSON object a line, and answers each with one line of JSON when it is served:
  {"put": {"www.alpha.com": ["A 192.0.2.1"]}}   replaces all records of these names ([]: removes them)
  {"stop": true} / {"start": true}               ends the server, starts it again on the same port
The first line it prints is its port; it ends when standard input is closed.

It serves the root zone too, so that names that do not exist are answered by NXDOMAIN with a SOA.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from dnswire import serial_of  # noqa: E402
from lifetime import announce, die_with_parent, end, free_port, wait_for_eof  # noqa: E402

CONFIG = """server:
    ip-address: {address}
    port: {port}
    username: ""
    chroot: ""
    database: ""
    server-count: 1
    zonesdir: "{folder}"
    zonelistfile: "{folder}/zone.list"
    xfrdfile: ""
    xfrdir: "{folder}"
    pidfile: ""
    logfile: "{folder}/log"
    rrl-ratelimit: 0
    minimal-responses: yes
remote-control:
    control-enable: no
"""
ROOT = "."


class NameServer:
    """zones: apex names besides the root; every other name lives in the longest apex it is below."""

    def __init__(self, zones=(), address="127.0.0.1", port=None):
        self.address, self.port = address, port or free_port(address)
        self.zones = {zone: {} for zone in (ROOT, *zones)}
        # Far from any serial that a restarted server could have had.
        self.serial = int(time.time())
        self.ttl = 300
        self.folder = tempfile.mkdtemp(prefix="wg-nsd.")
        self.process = None

    @property
    def text(self):
        return f"{self.address}:{self.port}"

    def _zone_of(self, name):
        fitting = [zone for zone in self.zones if zone == ROOT or name == zone or name.endswith("." + zone)]
        return max(fitting, key=len)

    def add_zone(self, apex):
        """Takes effect with the next start()."""
        self.zones.setdefault(apex, {})

    def put(self, name, *records):
        """Replaces what a name has; records are "TYPE DATA"."""
        self.zones[self._zone_of(name)][name] = list(records)
        return self

    def remove(self, name):
        self.zones[self._zone_of(name)].pop(name, None)
        return self

    def _write(self):
        for zone, names in self.zones.items():
            apex = "" if zone == ROOT else zone
            lines = [f"{apex}. {self.ttl} IN SOA ns.invalid. hostmaster.invalid. {self.serial} 7200 900 604800 60"]
            if not any(record.startswith("NS ") for record in names.get(zone, [])):
                lines.append(f"{apex}. {self.ttl} IN NS ns.invalid.")
            lines += [f"{name}. {self.ttl} IN {record}" for name, records in names.items() for record in records]
            path = self._file(zone)
            with open(path + ".new", "w", encoding="utf-8") as out:
                out.write("\n".join(lines) + "\n")
            os.replace(path + ".new", path)

    def _file(self, zone):
        return os.path.join(self.folder, f"{'root' if zone == ROOT else zone}.zone")

    def start(self):
        self._write()
        config = os.path.join(self.folder, "nsd.conf")
        with open(config, "w", encoding="utf-8") as out:
            out.write(CONFIG.format(address=self.address, port=self.port, folder=self.folder))
            for zone in self.zones:
                out.write(f'zone:\n    name: "{zone}"\n    zonefile: "{self._file(zone)}"\n')
        self.process = subprocess.Popen(  # pylint: disable=subprocess-popen-preexec-fn
            [shutil.which("nsd", path="/usr/sbin:/usr/local/sbin:/usr/bin") or "nsd", "-d", "-c", config],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent())
        self._wait()
        return self

    def apply(self):
        """Raises every zone's serial, reloads, and returns when the new serials answer."""
        self.serial += 1
        self._write()
        if self.process is not None:
            self.process.send_signal(signal.SIGHUP)
            self._wait()
        return self

    def _wait(self, seconds=15):
        started = time.monotonic()
        for zone in self.zones:
            while serial_of((self.address, self.port), zone, 0.5) != self.serial:
                if self.process.poll() is not None or time.monotonic() - started > seconds:
                    raise RuntimeError(f"nsd does not serve {zone}: {self._log()}")
                time.sleep(0.02)

    def _log(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as text:
            return text.read()[-2000:]

    def stop(self):
        if self.process is not None:
            end(self.process)
            self.process = None

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _carry_out(server, order):
    for name, records in order.get("put", {}).items():
        server.put(name, *records) if records else server.remove(name)
    if "put" in order:
        server.apply()
    if order.get("stop"):
        server.stop()
    if order.get("start"):
        server.start()
    announce(json.dumps({"serial": server.serial}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zones", nargs="*", help="apex names to serve besides the root")
    parser.add_argument("--port", type=int)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = NameServer(options.zones, port=options.port)
    try:
        server.start()
        announce(server.port)
        wait_for_eof(lambda line: _carry_out(server, json.loads(line)))
    finally:
        server.close()


if __name__ == "__main__":
    main()
