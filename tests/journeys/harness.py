# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the built program as a black box in a workspace of its own, against servers of our own.

WATCHGLASS in the environment names the program. Every time-out here is a limit for the broken case;
no test needs a pause to be right, but for watch.confirm_gap, which is a second of the real clock.
"""
import ctypes.util
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from dnszone import NameServer  # noqa: E402
from lyingresolver import LyingResolver  # noqa: E402
from passivednsserver import PassiveDnsServer  # noqa: E402
from rdapserver import RdapServer  # noqa: E402

PROGRAM = os.environ.get("WATCHGLASS", "")
GAP = 1  # seconds; watch.confirm_gap in every workspace here
DONE, FAILED, USAGE, NOT_FOUND, REFUSED, UNREACHABLE = range(6)


class Finished:
    """How one run of the program ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def document(self):
        """Standard output, which must be exactly one JSON document."""
        try:
            return json.loads(self.out)
        except ValueError as bad:
            raise AssertionError(f"not one JSON document ({bad}): {self.out!r}\n{self.err}") from bad

    def __str__(self):
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


class Workspace:
    """A folder of the program's, and the program run on it."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(folder, "workspace")
        self.extra = {}  # environment
        self.popen = {}  # further arguments of Popen
        runtime = os.path.join(folder, "run")
        os.makedirs(runtime, mode=0o700, exist_ok=True)
        self.base = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": folder, "LANG": "C.UTF-8",
                     "TZ": "UTC", "TMPDIR": runtime, "XDG_RUNTIME_DIR": runtime}

    def command(self, words):
        return [PROGRAM, "--workspace", self.path, *words]

    def environment(self):
        return {**self.base, **self.extra}

    def start(self, *words, **popen):
        popen.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.Popen(self.command(words), env=self.environment(), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **{**self.popen, **popen})

    def run(self, *words, text=None, seconds=60):
        with self.start(*words, stdin=subprocess.DEVNULL if text is None else subprocess.PIPE) as process:
            try:
                out, err = process.communicate(text, seconds)
            except subprocess.TimeoutExpired as late:
                process.kill()
                raise AssertionError(f"{words} did not end within {seconds} s\n{process.communicate()}") from late
            return Finished(process.returncode, out, err)

    def ok(self, *words, **run):
        finished = self.run(*words, **run)
        if finished.code != DONE:
            raise AssertionError(f"{' '.join(words)}: {finished}")
        return finished

    def json(self, *words, **run):
        return self.ok(*words, "--json", **run).document()

    def set(self, key, value):
        self.set_all({key: value})

    def set_all(self, settings):
        self.ok("config", "set", *(str(word) for pair in settings.items() for word in pair))

    # The few verbs that journeys are made of ------------------------------------------------------

    def watch(self, *names):
        return self.ok("monitor", "add", *names)

    def unwatch(self, *names):
        return self.ok("monitor", "remove", *names)

    def poll(self):
        return self.json("poll", "--all")

    def alerts(self, *words):
        """All cards that the inbox shows, each with its entity's text as "name"."""
        told = self.json("alerts", *words)
        if told["total"] != len(told["alerts"]):
            raise AssertionError(f"{len(told['alerts'])} cards, but the total says {told['total']}")
        return [{**card, "name": card["entity"]["value"]} for card in told["alerts"]]

    def eyes(self):
        """The switched-on eyes, each with its entity's text as "name"."""
        return [{**eye, "name": eye["entity"]["value"]} for eye in self.json("monitor", "list")["monitors"]]

    def watched(self):
        return sorted(eye["name"] for eye in self.eyes())

    def lookup(self, entity, *words):
        return self.json("lookup", entity, *words)


def later(shift):
    """The environment of a program whose clock is ahead: "+25h"."""
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1") + [ctypes.util.find_library("faketime") or ""]
    return {"LD_PRELOAD": found[0], "FAKETIME": shift, "FAKETIME_DONT_RESET": "1"}


def values(looked_up, dataset, rrtype=None):
    """The values a look-up holds in one dataset, of one record type if wanted."""
    records = looked_up["datasets"].get(dataset, {}).get("records", [])
    return sorted(record["value"] for record in records
                  if rrtype is None or record["attributes"].get("rrtype") == rrtype)


def outcomes(looked_up, dataset, source):
    """The set of outcomes of one source's checks."""
    return {check["outcome"] for check in looked_up["datasets"].get(dataset, {}).get("checks", [])
            if check["source"].startswith(source)}


def kinds(card):
    return sorted((change["kind"], change["value"]) for change in card["changes"])


class Journey(unittest.TestCase):
    """One story: a workspace, and the servers it needs, all gone at its end."""
    zones = ("alpha.com",)
    maxDiff = None

    def setUp(self):
        if not os.access(PROGRAM, os.X_OK):
            self.fail(f"WATCHGLASS names no program: {PROGRAM!r}")
        self.folder = tempfile.mkdtemp(prefix="wg-journey.")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.workspace = Workspace(self.folder)

    def dns_world(self, **names):
        """A real name server behind a resolver that tells the truth until told otherwise."""
        self.zone = NameServer(self.zones)
        self.addCleanup(self.zone.close)
        for name, records in names.items():
            self.zone.put(name.replace("_", "."), *records)
        self.zone.start()
        self.resolver = LyingResolver((self.zone.address, self.zone.port))
        self.addCleanup(self.resolver.close)
        self.configure(dns=self.resolver)

    def configure(self, dns=None, rdap=None, passive=None):
        """Points the program at these servers and switches every other source off."""
        wanted = {"dns": dns, "rdap": rdap, "mnemonic": passive, "files": True}
        settings = {"watch.confirm_gap": GAP}
        for source in self.workspace.json("source", "list")["sources"]:
            name = source["name"]
            settings[f"source.{name}.enabled"] = "true" if wanted.get(name) else "false"
        if dns:
            settings |= {"dns.servers": dns.text, "pap": "GREEN"}
        if rdap:
            settings |= {"source.rdap.base_url": rdap.base, "rdap.bootstrap": rdap.base + "/"}
        if passive:
            settings["source.mnemonic.base_url"] = passive.base
        self.workspace.set_all(settings)

    def rdap_world(self, objects):
        self.rdap = RdapServer(objects)
        self.addCleanup(self.rdap.close)
        self.configure(rdap=self.rdap)

    def passive_world(self, facts):
        self.passive = PassiveDnsServer(facts)
        self.addCleanup(self.passive.close)
        self.configure(passive=self.passive)

    # What a journey claims --------------------------------------------------------------------------

    def assert_cards(self, count, *words):
        cards = self.workspace.alerts(*words)
        self.assertEqual(len(cards), count, json.dumps(cards, indent=1))
        return cards

    def pass_gap(self):
        """Lets watch.confirm_gap go by: an absence counts only once it was seen that far apart."""
        time.sleep(GAP + 0.1)

    def poll_twice(self):
        """Two polls that far apart that the second may confirm what the first missed."""
        self.workspace.poll()
        self.pass_gap()
        return self.workspace.poll()

    def assert_nothing_told(self, why):
        """Two polls apart from each other, the second of which could confirm, raise no card."""
        self.poll_twice()
        self.assertEqual(self.workspace.alerts(), [], why)


def kill(process):
    """kill -9, and what was printed until then."""
    process.send_signal(signal.SIGKILL)
    return process.communicate()
