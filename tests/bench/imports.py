#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import of passive DNS: CPU, memory and disk, beside jq and beside simdjson and SQLite alone.

The sides take turns; the table gives medians of each round's ratio, and the spread.
    tests/bench/imports.py BUILD_FOLDER [--records 2000000] [--rounds 3] [--apart]
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys

from benchkit import load, told

# Ratios and figures that issue 3 asks for.
PARSE_OF_JQ, IMPORT_OF_BARE, MEMORY_MIB, BYTES_A_ROW = 10, 1.25, 64, 110


def ask(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def jq_milliseconds(path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["jq", "-c", "[.rrname,.count]", path], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def one_round(program, path, folder):
    shutil.rmtree(folder, ignore_errors=True)
    jq = jq_milliseconds(path)
    parse = ask(program, "parse", path)
    bare_parse = ask(program, "bareparse", path)
    whole = ask(program, "import", path, folder)
    bare = ask(program, "bareupsert", folder, folder + ".bare")
    if whole["bad"] or parse["bad"] or whole["new"] != bare["rows"] or whole["new"] != parse["records"]:
        sys.exit(f"the sides did not read and write the same: {parse} {whole} {bare}")
    return {
        "parse": jq / parse["cpu"],
        "import": whole["cpu"] / (bare_parse["cpu"] + bare["cpu"]),
        "memory": (whole["most_kib"] - whole["idle_kib"]) / 1024,
        "bytes": whole["bytes"] / whole["new"],
        "cpu": whole["cpu"] / 1000,
        "bare": (bare_parse["cpu"] + bare["cpu"]) / 1000,
        "bare_bytes": bare["bytes"] / bare["rows"],
    }


def tell(what, rounds, key, goal, met):
    values = [each[key] for each in rounds]
    verdict = "" if goal is None else f"  goal {goal}: {'met' if met(statistics.median(values)) else 'MISSED'}"
    print(f"  {what:58} {told(values, '{:.2f}')}{verdict}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--records", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--apart", action="store_true", help="the records of a name are spread over the file")
    options = parser.parse_args()
    program = os.path.join(options.build, "tests", "bench", "bench_import")
    place = os.path.join(os.path.abspath(options.build), "tests", "bench", "imports")
    os.makedirs(place, exist_ok=True)
    path = os.path.join(place, "records.json")
    subprocess.run([program, "make", path, str(options.records), *(["apart"] if options.apart else [])], check=True)
    print(f"{options.records:,} records, {os.path.getsize(path) / 1e6:.0f} MB, {options.rounds} rounds, load {load()}")
    rounds = [one_round(program, path, os.path.join(place, "workspace")) for _ in range(options.rounds)]
    shutil.rmtree(place)
    tell("parsed and normalised, of jq's records a CPU second", rounds, "parse", PARSE_OF_JQ, lambda v: v >= PARSE_OF_JQ)
    tell("whole import, of the CPU of simdjson and SQLite alone", rounds, "import", IMPORT_OF_BARE,
         lambda v: v <= IMPORT_OF_BARE)
    tell("memory above idle, MiB", rounds, "memory", MEMORY_MIB, lambda v: v <= MEMORY_MIB)
    tell("bytes a row", rounds, "bytes", BYTES_A_ROW, lambda v: v <= BYTES_A_ROW)
    tell("…, of SQLite alone", rounds, "bare_bytes", None, None)
    tell("CPU seconds of the import", rounds, "cpu", None, None)
    tell("…, of simdjson and SQLite alone", rounds, "bare", None, None)


if __name__ == "__main__":
    main()
