#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop costs over 1,000,000 records and cards, each beside a peer of the same run.

    start    from exec to the mapped window, beside minimal Qt Widgets windows
    paint    from main() to the first cards on the screen, beside windows without cards
    scroll   frames of the inbox, beside 35 rows in memory; then the same while every eye is polled
    memory   private memory of the program with its inbox open, beside 10,000 cards
    readers  every question of the item models, beside 10,000 rows
All of them when none is named. The workspaces are made once and kept in BUILD/tests/bench/workspaces
(1 GB). Sides take turns, after a warm-up; the tables give medians and [spread], CPU before wall time.
    ninja -C BUILD benches watchglass && tests/bench/desktop.py BUILD [start|paint|scroll|memory|readers …]
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from benchkit import Bench, Display, MapWatch, cpu_seconds, load, private_mib, ratios, told  # noqa: E402
from dns import OTHER_SOURCES, free_port, start_nsd, write_zone  # noqa: E402
from lifetime import end  # noqa: E402

INBOX_SESSION = "[tabs]\n1\\page=3\n1\\kind=0\n1\\value=\nsize=1\nfront=0\n"


def with_inbox(folder):
    """The next start shows the inbox, as the last session left it."""
    with open(os.path.join(folder, "window.ini"), "w", encoding="ascii") as session:
        session.write(INBOX_SESSION)


def starting(command, display, watch):
    """CPU and wall milliseconds until the window is mapped, and the running process."""
    watch.forget()
    began = time.monotonic()
    process = subprocess.Popen(command, env=display.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    mapped = watch.wait()
    return 1000 * cpu_seconds(process.pid), 1000 * (mapped - began), process


def ended(process):
    """A program that does not end well looks for damage at its next start, which would be measured."""
    end(process)
    if process.returncode not in (0, -15):
        sys.exit(f"{process.args}: ended with {process.returncode}")


def measure_start(bench, rounds):
    sides = {"bare window": [bench.program("bench_window")],
             "window with a text": [bench.program("bench_window"), "Watchglass"]}
    for name in ("new", "small", "large", "eyes"):
        folder = bench.workspace(name)
        with_inbox(folder)
        sides[name] = [bench.program("watchglass"), "--workspace", folder]
    times = {name: [] for name in sides}
    display = Display()
    watch = MapWatch(display.name)
    for number in range(rounds + 1):
        for name, command in sides.items():
            cpu, wall, process = starting(command, display, watch)
            ended(process)
            if number > 0:
                times[name].append((cpu, wall))
    display.close()
    print("start to mapped window, ms")
    table(times)
    for name, goal in (("new", None), ("small", None), ("large", 2), ("eyes", None)):
        both("{} of " + name + ", of a bare window's", times[name], times["bare window"], goal)
        both("{} of " + name + ", of a window's with a text", times[name], times["window with a text"], None)


def table(times):
    for name, pairs in times.items():
        print(f"  {name:20} CPU {told([c for c, _ in pairs]):24} wall {told([w for _, w in pairs])}")


def both(words, ours, theirs, goal):
    ratios(words.format("CPU"), [c for c, _ in ours], [c for c, _ in theirs], None)
    ratios(words.format("wall"), [w for _, w in ours], [w for _, w in theirs], goal)


def measure_paint(bench, rounds):
    sides = {"list without model": ["empty"]}
    for name in ("new", "small", "large"):
        sides[name] = ["paint", bench.workspace(name)]
    times = {name: [] for name in sides}
    display = Display()
    for number in range(rounds + 1):
        for name, words in sides.items():
            said = bench.ask("bench_inbox", *words, environment=display.environment)
            if number > 0:
                times[name].append((said["cpu"], said["wall"]))
    display.close()
    print("main() to the first cards painted, ms; new: the inbox of a new workspace, which has none")
    table(times)
    both("{} of large, of a list's without model", times["large"], times["list without model"], None)
    both("{} of large, of an empty inbox's", times["large"], times["new"], 1.35)
    both("{} of large, of small", times["large"], times["small"], 1.1)


def show_frames(title, runs):
    print(f"{title}: frames, ms (p50, p99, longest; medians of {len(runs)} runs)")
    for side, words in (("many", "inbox over 1,000,000 cards"), ("few", "35 rows in memory")):
        for clock in ("cpu", "wall"):
            columns = zip(*(run[side][clock] for run in runs))
            print(f"  {words:28} {clock:5}" + "".join(f"{statistics.median(c):8.1f}" for c in columns))
        print(f"  {words:28} frames  {told([run[side]['frames'] for run in runs], '{:,.0f}')}")
    for clock, goal in (("cpu", None), ("wall", 1.5)):
        ratios(f"p99 {clock}, of 35 rows'", [r["many"][clock][1] for r in runs], [r["few"][clock][1] for r in runs], goal)


def scrolled(bench, display, what, folder):
    said = bench.ask("bench_inbox", what, folder, environment=display.environment)
    if any(said[side][clock][0] <= 0 for side in ("many", "few") for clock in ("cpu", "wall")):
        sys.exit(f"frames that cost nothing: {said}")
    return said


def measure_scroll(bench, rounds):
    large = bench.workspace("large")
    display = Display()
    runs = [scrolled(bench, display, "scroll", large) for _ in range(rounds)]
    show_frames("scrolling", runs)
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        polled = os.path.join(folder, "polled")
        shutil.copytree(large, polled)
        write_zone(os.path.join(folder, "zone"), 10_000)
        port = free_port()
        server = start_nsd(folder, port, False)
        for key, value in (("cache_only", "false"), *((f"source.{name}.enabled", "false") for name in OTHER_SOURCES),
                           ("dns.servers", f"127.0.0.1:{port}"), ("pap", "GREEN")):
            bench.order(polled, "config", "set", key, value)
        bench.order(polled, "poll", "--all")  # the first answers; what follows is everyday polling
        runs = [scrolled(bench, display, "poll", polled) for _ in range(rounds)]
        end(server)
    display.close()
    show_frames("scrolling while every eye is polled", runs)
    print(f"  eyes checked meanwhile, a run: {told([r['checked'] for r in runs], '{:,.0f}')}, "
          f"failed {max(r['failed'] for r in runs)}")


def settle(pid, seconds=30):
    """Until the process has nothing to do for a second."""
    deadline = time.monotonic() + seconds
    before = cpu_seconds(pid)
    while time.monotonic() < deadline:
        time.sleep(1)
        now = cpu_seconds(pid)
        if now - before < 0.01:
            return
        before = now


def measure_memory(bench, rounds):
    sides = {name: bench.workspace(name) for name in ("small", "large", "eyes")}
    taken = {name: [] for name in sides}
    display = Display()
    watch = MapWatch(display.name)
    for _ in range(rounds):
        for name, folder in sides.items():
            with_inbox(folder)
            process = starting([bench.program("watchglass"), "--workspace", folder], display, watch)[2]
            settle(process.pid)
            taken[name].append(private_mib(process.pid))
            ended(process)
    display.close()
    print("private memory with the inbox open, MiB")
    for name, values in taken.items():
        print(f"  {name:20} {told(values)}")
    ratios("1,000,000 cards, of 10,000", taken["large"], taken["small"], 1.3)
    ratios("1,000,000 eyes as well, of 10,000", taken["eyes"], taken["small"], None)


def measure_readers(bench, rounds):
    sides = {"small": "10000", "large": "1000000", "eyes": "1000000"}
    folders = {name: bench.workspace(name) for name in sides}
    runs = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, names in sides.items():
            said = bench.ask("bench_readers", folders[name], names)
            if number > 0:
                runs[name].append(said)
    print(f"{'questions of the item models':52} {'10,000':>9} {'1,000,000':>10} {'ratio':>6} {'longest':>8}   CPU ms; longest: wall")
    for question in runs["small"][0]:
        # Eyes are many in one workspace, everything else in the other.
        big = runs["eyes" if question.startswith(("monitors", "watched", "eyes")) else "large"]
        few, many = (statistics.median(r[question][0] for r in side) for side in (runs["small"], big))
        longest = statistics.median(r[question][1] for r in big)
        print(f"  {question:50} {few:9.2f} {many:10.2f} {many / few:6.1f} {longest:8.1f}" + ("  over 100 ms" if longest > 100 else ""))


MEASUREMENTS = {"start": measure_start, "paint": measure_paint, "scroll": measure_scroll,
                "memory": measure_memory, "readers": measure_readers}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="build folder of a release, such as build/release")
    parser.add_argument("what", nargs="*", choices=[*MEASUREMENTS, []], help="measurements; all when none is named")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workspaces", help="where the workspaces lie or are made")
    options = parser.parse_args()
    bench = Bench(options.build, options.workspaces)
    for name in options.what or MEASUREMENTS:
        print(f"--- {name}: {options.rounds} rounds, load {load()} before", flush=True)
        MEASUREMENTS[name](bench, options.rounds)


if __name__ == "__main__":
    main()
