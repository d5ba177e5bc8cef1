#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A look-up with ten sources that take 200 ms each: how much longer it is than one of them alone.

`watchglass serve` owns the workspace; each round looks an address up with ten sources, then with one, and asks the
server ten times at once with curl. All three go from the start of the command to its end.
    tests/bench/lookup.py BUILD_FOLDER [--sources 10] [--delay 0.2] [--rounds 15]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from benchkit import Bench, load, ratios, told  # noqa: E402
from httpserver import Answer, ScriptedServer  # noqa: E402
from lifetime import end  # noqa: E402


class Slow(ScriptedServer):
    """One source's server; each has an address of its own, as sources have."""

    def __init__(self, number, delay):
        self.delay = delay
        super().__init__(address=f"127.0.0.{number + 1}")

    def answer(self, path, query):
        self.closing.wait(self.delay)
        return Answer(200, {"notes": [f"{path} {i}" for i in range(20)]})


def manifest(number):
    return {"manifest": 1, "name": f"slow{number}", "title": "Slow", "learns": "Nobody.", "terms": "Free.", "pap": "AMBER",
            "presence": "historical", "server": "https://slow.example.com", "harmless": "1.1.1.1", "questions": [{
                "question": "notes", "about": ["ipv4"], "datasets": ["osint"], "path": f"/{number}/{{entity}}",
                "completeness": "whole", "required": "/notes",
                "records": [{"each": "/notes/*", "type": "=note", "value": "0"}]}]}


class Workspace:
    """Both sides' commands, and the program that carries ours out."""

    def __init__(self, program, folder, servers):
        self.words = [program, "--workspace", os.path.join(folder, "workspace")]
        self.environment = {**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder, "TMPDIR": folder}
        os.makedirs(os.path.join(folder, "workspace", "sources"))
        for number in range(len(servers)):
            with open(os.path.join(folder, "workspace", "sources", f"slow{number}.json"), "w", encoding="ascii") as out:
                json.dump(manifest(number), out)
        settings = {f"source.{each['name']}.enabled": "false" for each in json.loads(self.run("source", "list", "--json"))["sources"]}
        for number, server in enumerate(servers):
            settings |= {f"source.slow{number}.enabled": "true", f"source.slow{number}.base_url": server.base}
        self.run("config", "set", *(word for pair in settings.items() for word in pair))
        self.owner = subprocess.Popen([*self.words, "serve"], env=self.environment, stderr=subprocess.PIPE, text=True)
        assert "watching" in self.owner.stderr.readline()

    def run(self, *words):
        done = subprocess.run([*self.words, *words], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"watchglass {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def lookup(self, *words):
        """Seconds that it took, and how many sources answered."""
        began = time.monotonic()
        found = json.loads(self.run("lookup", *words, "--json"))
        took = time.monotonic() - began
        return took, len({check["source"] for check in found["datasets"]["osint"]["checks"] if check["outcome"] == "complete"})


def curls(servers):
    began = time.monotonic()
    subprocess.run(["curl", "-s", "-Z", "--parallel-immediate", "--parallel-max", str(len(servers)),
                    *(f"{server.base}/1.1.1.1" for server in servers)],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--sources", type=int, default=10)
    parser.add_argument("--delay", type=float, default=0.2)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    servers = [Slow(number, options.delay) for number in range(options.sources)]
    every, single, peer = [], [], []
    with tempfile.TemporaryDirectory(prefix="wg-bench.") as folder:
        workspace = Workspace(Bench(options.build).program("watchglass"), folder, servers)
        for number in range(options.rounds + 1):
            ten, answered = workspace.lookup(f"1.1.{number}.1")
            if answered != options.sources:
                sys.exit(f"{answered} of {options.sources} sources answered")
            one, _ = workspace.lookup(f"1.1.{number}.2", "--source", "slow0")
            if number:  # the first one warms up
                every.append(ten)
                single.append(one)
                peer.append(curls(servers))
        end(workspace.owner)
        workspace.owner.stderr.close()
    for server in servers:
        server.close()
    print(f"{options.sources} sources of {options.delay * 1000:.0f} ms, {options.rounds} rounds, load {load()}")
    for what, seconds in (("a look-up with all", every), ("with one", single), ("curl, all at once", peer)):
        print(f"  {what:30} {told([1000 * each for each in seconds], '{:.0f}')} ms")
    ratios("all sources, of one", every, single, 1.3)
    ratios("all sources, of what the slowest server takes", every, [options.delay] * len(every), None)
    ratios("all sources, of curl", every, peer, None)


if __name__ == "__main__":
    main()
