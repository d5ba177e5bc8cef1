#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One full cycle of many eyes over a local zone: what it costs, what it misses, what it invents.

Eyes are switched on for every name. `watchglass serve` then owns the workspace and polls unchanged
cycles, as it does all day; dnsperf asks the same questions in the same run. A command that starts,
loads the schedule, polls and ends is measured as well, unchanged and with changes.
    tests/bench/cycle.py BUILD_FOLDER [--names 20000] [--rounds 5] [--changed 0.01]
"""

import argparse
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from dns import OTHER_SOURCES, dnsperf, free_port, start_nsd, write_queries  # noqa: E402

TYPES = ("A", "AAAA", "NS", "MX", "TXT", "SOA", "CNAME")


def write_zone(path, names, changed, serial):
    """changed: numbers of names whose address is another one now, in another network."""
    with open(path, "w", encoding="ascii") as zone:
        zone.write(f"$ORIGIN bench.test.\n$TTL 60\n@ SOA ns h {serial} 60 60 60 60\n@ NS ns\nns A 192.0.2.1\n")
        for i in range(names):
            address = f"198.51.100.{i % 250 + 1}" if i in changed else f"192.0.2.{i % 250 + 1}"
            zone.write(f"n{i} A {address}\nn{i} AAAA 2001:db8::{i % 65535:x}\n"
                       f"n{i} MX 10 mx{i % 100}\nn{i} TXT \"v=spf1 -all n{i}\"\n")


class Program:
    def __init__(self, path, folder):
        self.words = [path, "--workspace", os.path.join(folder, "workspace")]
        self.home = os.path.join(folder, "home")
        os.makedirs(self.home, 0o700, exist_ok=True)
        self.environment = dict(os.environ, HOME=self.home, XDG_RUNTIME_DIR=self.home)

    def run(self, *words):
        """Standard output, CPU seconds, wall seconds and peak memory in MiB of one command."""
        started = time.monotonic()
        child = subprocess.Popen([*self.words, *words], stdout=subprocess.PIPE, text=True, env=self.environment)
        output = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{words}: exit {child.returncode}\n{output}")
        return output, used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024


class Owner:
    """The program as the owner of the workspace; commands are answered by it."""

    def __init__(self, program):
        self.process = subprocess.Popen([*program.words, "serve"], env=program.environment,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.process.stderr.readline()  # it says that it watches
        self.program = program
        self.poll()  # waits until the schedule is loaded, and fills caches

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024

    def poll(self):
        """As Program.run: what the owner and the command spent together."""
        before = self.cpu()
        output, cpu, wall, _ = self.program.run("poll", "--all")
        return output, self.cpu() - before + cpu, wall, self.memory()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(60) != 0:
            sys.exit("serve did not end well")


def check(program, changed):
    """Planted changes that were not told, and told ones that were not planted."""
    output, *_ = program.run("alerts", "--json", "--limit", "100000")
    told = {card["entity"]["value"] for card in json.loads(output)["alerts"]}
    planted = {f"n{i}.bench.test" for i in changed}
    return len(planted - told), len(told - planted)


def line(what, names, cpu, wall, memory):
    questions = names * len(TYPES)
    print(f"{what:22} {cpu:8.2f} CPU s  {wall:8.2f} s  {memory:7.0f} MiB  "
          f"{questions / cpu:10,.0f} questions per CPU second", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("--names", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--changed", type=float, default=0.01)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        zone, queries, names = (os.path.join(folder, n) for n in ("zone", "queries", "names"))
        write_zone(zone, options.names, (), 1)
        write_queries(queries, options.names, TYPES)
        with open(names, "w", encoding="ascii") as out:
            out.writelines(f"n{i}.bench.test\n" for i in range(options.names))
        port = free_port()
        server = start_nsd(folder, port, False)
        program = Program(os.path.join(options.build, "app", "watchglass"), folder)
        try:
            for key, value in (*((f"source.{name}.enabled", "false") for name in OTHER_SOURCES),
                               ("dns.servers", f"127.0.0.1:{port}"), ("pap", "GREEN")):
                program.run("config", "set", key, value)
            line("baseline", options.names, *program.run("monitor", "add", "--file", names)[1:])
            line("unchanged, with start", options.names, *program.run("poll", "--all")[1:])
            ratios = []
            owner = Owner(program)
            for _ in range(options.rounds):
                _, cpu, wall, memory = owner.poll()
                line("unchanged cycle", options.names, cpu, wall, memory)
                peer, lost = dnsperf(queries, port, [])
                print(f"{'dnsperf':22} {peer:,.0f} questions per CPU second, {lost} lost", flush=True)
                ratios.append(options.names * len(TYPES) / cpu / peer)
            owner.end()
            print(f"ratio to dnsperf       {statistics.median(ratios):.2f} [{min(ratios):.2f}..{max(ratios):.2f}]")
            step = max(1, round(1 / options.changed))
            changed = set(range(0, options.names, step))
            write_zone(zone, options.names, changed, 2)
            server.send_signal(signal.SIGHUP)
            time.sleep(3)
            line("changed, with start", options.names, *program.run("poll", "--all")[1:])
            missed, false = check(program, changed)
            print(f"{len(changed)} changes planted: {missed} missed, {false} false")
            if missed or false:
                sys.exit(1)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


if __name__ == "__main__":
    main()
