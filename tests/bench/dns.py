#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queries per CPU second of the DNS client and of dnsperf (one thread) against one local nsd.

Both ask the same list in turn, after one warm-up; the table gives medians and the spread.
    tests/bench/dns.py BUILD_FOLDER [--names 20000] [--rounds 5] [--pin]
"""

import argparse
import json
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

TYPES = ("A", "AAAA", "NS", "MX", "TXT", "SOA")
IN_FLIGHT = 1000
OTHER_SOURCES = ("rdap", "whois", "tls", "http", "mnemonic", "certspotter", "crtsh", "internetdb", "ripestat", "cymru",
                 "maxmind")  # than dns


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_zone(path, names):
    with open(path, "w", encoding="ascii") as zone:
        zone.write("$ORIGIN bench.test.\n$TTL 60\n@ SOA ns h 1 60 60 60 60\n@ NS ns\nns A 192.0.2.1\n")
        for i in range(names):
            zone.write(f"n{i} A 192.0.2.{i % 250 + 1}\nn{i} AAAA 2001:db8::{i % 65535:x}\n"
                       f"n{i} MX 10 mx{i % 100}\nn{i} TXT \"v=spf1 -all n{i}\"\n")


def write_queries(path, names, types=TYPES):
    with open(path, "w", encoding="ascii") as queries:
        for i in range(names):
            for kind in types:
                queries.write(f"n{i}.bench.test {kind}\n")


def start_nsd(folder, port, pin):
    config = os.path.join(folder, "nsd.conf")
    with open(config, "w", encoding="ascii") as out:
        out.write(f"""server:
  ip-address: 127.0.0.1
  port: {port}
  username: ""
  chroot: ""
  database: ""
  zonesdir: "{folder}"
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  zonelistfile: "{folder}/zone.list"
  server-count: 1
  minimal-responses: yes
  rrl-ratelimit: 0
  receive-buffer-size: 8388608
  send-buffer-size: 8388608
remote-control:
  control-enable: no
zone:
  name: bench.test
  zonefile: zone
""")
    command = ["nsd", "-d", "-c", config]
    server = subprocess.Popen((["taskset", "-c", "1"] if pin else []) + command,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port, server)
    return server


def wait_for(port, server):
    question = bytes.fromhex("123401000001000000000000") + b"\5bench\4test\0\0\6\0\1"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit("nsd did not start")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.settimeout(0.2)
            probe.sendto(question, ("127.0.0.1", port))
            try:
                if probe.recv(512)[3] & 15 == 0:
                    return
            except OSError:
                pass
    sys.exit("nsd does not answer")


def measured(command):
    """Output and user+system seconds of one child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return output, cpu


def ours(program, queries, port, pin):
    output, _ = measured(pin + [program, queries, str(port), str(IN_FLIGHT)])
    said = json.loads(output)
    return said["answered"] / said["cpu"], said["lost"]


def dnsperf(queries, port, pin):
    output, cpu = measured(pin + ["dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", queries,
                                  "-n", "1", "-T", "1", "-c", "1", "-q", str(IN_FLIGHT), "-b", "4096", "-t", "1", "-e"])
    completed = int(re.search(r"Queries completed:\s+(\d+)", output).group(1))
    lost = int(re.search(r"Queries lost:\s+(\d+)", output).group(1))
    return completed / cpu, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("--names", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pin", action="store_true", help="clients on core 0, server on core 1")
    options = parser.parse_args()
    program = os.path.join(options.build, "tests", "bench", "bench_dns")
    pin = ["taskset", "-c", "0"] if options.pin else []
    with tempfile.TemporaryDirectory() as folder:
        queries = os.path.join(folder, "queries")
        write_zone(os.path.join(folder, "zone"), options.names)
        write_queries(queries, options.names)
        port = free_port()
        server = start_nsd(folder, port, options.pin)
        try:
            mine, theirs = [], []
            for number in range(options.rounds + 1):
                a, lost_a = ours(program, queries, port, pin)
                b, lost_b = dnsperf(queries, port, pin)
                print(f"round {number}: ours {a:,.0f} (lost {lost_a}), dnsperf {b:,.0f} "
                      f"(lost {lost_b}) queries per CPU second", flush=True)
                if number > 0:
                    mine.append(a)
                    theirs.append(b)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
    ratios = [a / b for a, b in zip(mine, theirs)]
    print(f"ours    {statistics.median(mine):,.0f} [{min(mine):,.0f}..{max(mine):,.0f}]")
    print(f"dnsperf {statistics.median(theirs):,.0f} [{min(theirs):,.0f}..{max(theirs):,.0f}]")
    print(f"ratio   {statistics.median(ratios):.2f} [{min(ratios):.2f}..{max(ratios):.2f}]")


if __name__ == "__main__":
    main()
