# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the measurements of the desktop share: workspaces, a private X server, rounds and tables."""
import ctypes
import ctypes.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from lifetime import die_with_parent, end  # noqa: E402

# Names, cards and eyes of the workspaces that bench_fill makes. "empty" has cards of nobody's interest.
SIZES = {
    "small": (10_000, 10_000, 10_000),
    "large": (1_000_000, 1_000_000, 10_000),
    "eyes": (1_000_000, 10_000, 1_000_000),
}


class Bench:
    """Where the built programs and the workspaces lie."""

    def __init__(self, build, workspaces=None):
        self.build = os.path.abspath(build)
        self.folder = os.path.abspath(workspaces or os.path.join(self.build, "tests", "bench", "workspaces"))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def program(self, name):
        path = os.path.join(self.build, "app" if name == "watchglass" else "tests/bench", name)
        if not os.access(path, os.X_OK):
            sys.exit(f"{path} is not built: ninja -C {self.build} benches watchglass")
        return path

    def workspace(self, name):
        """The folder of a workspace, made when it is not there; empty ones begin anew."""
        folder = os.path.join(self.folder, name)
        if name not in SIZES:
            subprocess.run(["rm", "-rf", folder], check=True)
            self.order(folder, "config", "set", "cache_only", "true")
            return folder
        if not os.path.exists(os.path.join(folder, "filled")):
            subprocess.run(["rm", "-rf", folder], check=True)
            os.makedirs(self.folder, exist_ok=True)
            print(f"filling {name}: {SIZES[name][0]:,} records, {SIZES[name][1]:,} cards, {SIZES[name][2]:,} eyes …", flush=True)
            subprocess.run([self.program("bench_fill"), folder, *map(str, SIZES[name])], check=True)
            self.order(folder, "check")
            with open(os.path.join(folder, "filled"), "w", encoding="ascii"):
                pass
        return folder

    def order(self, folder, *words):
        done = subprocess.run([self.program("watchglass"), "--workspace", folder, *words],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"watchglass {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")

    def ask(self, name, *words, environment=None):
        """The JSON object that a measuring program prints."""
        done = subprocess.run([self.program(name), *words], env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{name} {' '.join(words)}: exit {done.returncode}\n{done.stderr}")
        return json.loads(done.stdout)


class Display:
    """An X server of our own without a window manager, and who sees its windows being mapped."""

    def __init__(self):
        self.runtime = tempfile.TemporaryDirectory(prefix="wg-bench.")
        reading, writing = os.pipe()
        self.server = subprocess.Popen(  # pylint: disable=subprocess-popen-preexec-fn
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent())
        os.close(writing)
        with os.fdopen(reading) as told:
            self.name = ":" + told.readline().strip()
        self.environment = {**os.environ, "DISPLAY": self.name, "XDG_RUNTIME_DIR": self.runtime.name,
                            "HOME": self.runtime.name, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
        self.environment.pop("WAYLAND_DISPLAY", None)
        # Every desktop has a session bus; without one Qt searches for it.
        self.bus = subprocess.Popen(  # pylint: disable=subprocess-popen-preexec-fn
            ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, preexec_fn=die_with_parent())
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()

    def close(self):
        end(self.bus)
        end(self.server)
        self.runtime.cleanup()


class _Event(ctypes.Structure):
    """XMapEvent, as long as the union of all events."""
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("event", ctypes.c_ulong), ("window", ctypes.c_ulong),
                ("override_redirect", ctypes.c_int), ("rest", ctypes.c_long * 24)]


class MapWatch:
    """Waits for the next window of a program's size to be mapped: MapNotify on the root window."""
    SUBSTRUCTURE_NOTIFY = 1 << 19
    MAP_NOTIFY = 19

    def __init__(self, display):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(display.encode()))
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XSelectInput(self.display, ctypes.c_ulong(self.x.XDefaultRootWindow(self.display)),
                            ctypes.c_long(self.SUBSTRUCTURE_NOTIFY))
        self.x.XSync(self.display, 1)

    def wait(self, seconds=60):
        """When it happened, by the monotonic clock."""
        deadline = time.monotonic() + seconds
        event = _Event()
        while time.monotonic() < deadline:
            if self.x.XPending(self.display) == 0:
                time.sleep(0.0005)
                continue
            self.x.XNextEvent(self.display, ctypes.byref(event))
            if event.type == self.MAP_NOTIFY and not event.override_redirect and self._width(event.window) > 200:
                return time.monotonic()
        sys.exit("no window appeared")

    def _width(self, window):
        root = ctypes.c_ulong()
        numbers = [ctypes.c_int() for _ in range(6)]
        self.x.XGetGeometry(self.display, ctypes.c_ulong(window), ctypes.byref(root), *map(ctypes.byref, numbers))
        return numbers[2].value

    def forget(self):
        self.x.XSync(self.display, 1)


def cpu_seconds(pid):
    """What all threads of a process ran so far."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as stat:
            total += int(stat.read().split()[0])
    return total / 1e9


def private_mib(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return sum(int(line.split()[1]) for line in rollup if line.startswith("Private_")) / 1024


def load():
    with open("/proc/loadavg", encoding="ascii") as text:
        return text.read().split()[0]


def told(values, form="{:.1f}"):
    """Median and spread."""
    return f"{form} [{form}..{form}]".format(statistics.median(values), min(values), max(values))


def ratios(what, ours, theirs, goal):
    """Of each round, so that what disturbs a round disturbs both sides."""
    each = [a / b for a, b in zip(ours, theirs)]
    verdict = "" if goal is None else f"  goal {goal}: {'met' if statistics.median(each) <= goal else 'MISSED'}"
    print(f"  {what:58} {told(each, '{:.2f}')}{verdict}", flush=True)
