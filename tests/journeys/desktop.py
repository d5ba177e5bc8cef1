# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private desktop (X server, window manager, tray, notification daemon) and the window seen from outside.

Everything it starts ends with this process. pyatspi reads its bus from the environment at import, so
one process has one desktop.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from lifetime import die_with_parent, end  # noqa: E402

WAIT = 30


def wait_for(what, happened, seconds=WAIT):
    """The first true value of happened(); fails with what was waited for."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        value = happened()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


class Desktop:
    def __init__(self):
        self.runtime = tempfile.mkdtemp(prefix="wg-desk.")
        self.environment = {**os.environ, "XDG_RUNTIME_DIR": self.runtime, "HOME": self.runtime,
                            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LANG": "C.UTF-8", "NO_AT_BRIDGE": "0"}
        self.environment.pop("QT_QPA_PLATFORM", None)
        self._running = []
        self._tray = None
        self._start_bus()
        self._start_display()
        self._start(["openbox"])
        self.start_tray()
        self._start(["dunst"])
        self._start(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
        self.notifications = []
        self.replaced = []  # of each, the number of the one whose place it takes; 0: none
        self._listen()
        os.environ.update(self.environment)

    def _start(self, words, **popen):
        popen.setdefault("stdout", subprocess.DEVNULL)
        process = subprocess.Popen(words, env=self.environment, stdin=subprocess.DEVNULL,  # pylint: disable=subprocess-popen-preexec-fn
                                   stderr=subprocess.DEVNULL, preexec_fn=die_with_parent(), **popen)
        self._running.append(process)
        return process

    def start_tray(self):
        """The panel that holds tray icons, where none runs; one that does not come up is started again."""
        def stands():
            if self._tray is None or self._tray.poll() is not None:
                self._tray = self._start(["trayer", "--edge", "bottom"])
            return any(self._is_panel(line) for line in self._window_tree())

        wait_for("the tray's panel", stands)

    def end_tray(self):
        end(self._tray)

    @staticmethod
    def _is_panel(line):
        return '("panel" "trayer")' in line

    def _window_tree(self):
        return subprocess.run(["xwininfo", "-root", "-tree"], env=self.environment, capture_output=True, text=True,
                              check=False).stdout.splitlines()

    def _start_bus(self):
        bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address"],
                          stdout=subprocess.PIPE, text=True)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()

    def _start_display(self):
        reading, writing = os.pipe()
        self._start(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                    pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as told:
            self.environment["DISPLAY"] = ":" + told.readline().strip()
        self.environment.pop("WAYLAND_DISPLAY", None)

    def _listen(self):
        """Keeps what is sent to org.freedesktop.Notifications: one list of strings a call."""
        monitor = self._start(["dbus-monitor", "--session", "interface='org.freedesktop.Notifications',member='Notify'"],
                              stdout=subprocess.PIPE, text=True)

        def read():
            for line in monitor.stdout:
                if "member=Notify" in line:
                    self.notifications.append([])
                elif line.strip().startswith("uint32 ") and len(self.replaced) < len(self.notifications):
                    self.replaced.append(int(line.split()[1]))
                elif line.strip().startswith("string ") and self.notifications:
                    self.notifications[-1].append(line.strip()[len('string "'):-1])
        self._listener = threading.Thread(target=read, daemon=True)
        self._listener.start()
        wait_for("the notification daemon", self._daemon_answers)

    def _daemon_answers(self):
        asked = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.Notifications",
                                "/org/freedesktop/Notifications", "org.freedesktop.Notifications.GetServerInformation"],
                               env=self.environment, capture_output=True, check=False)
        return asked.returncode == 0

    def tray_icons(self):
        """Our windows that the tray has taken in: those with its panel among their parents."""
        parents, found = [], []
        for line in self._window_tree():
            words = line.split()
            if not words or not words[0].startswith("0x"):
                continue
            depth = len(line) - len(line.lstrip())
            parents = [parent for parent in parents if parent[0] < depth]
            if '"watchglass")' in line and any(self._is_panel(above) for _, above in parents):
                found.append(line)
            parents.append((depth, line))
        return found

    def open_tray_menu(self):
        """What a click with the right button on the tray icon does."""
        icon = self.tray_icons()[0].split()
        window = icon[0]
        subprocess.run(["xdotool", "mousemove", "--window", window, "5", "5", "click", "3"], env=self.environment, check=True)

    def point_at_tray_icon(self):
        """What shows its tool tip: the pointer comes in and rests."""
        icon = self.tray_icons()[0].split()
        for at in ("3", "8"):
            subprocess.run(["xdotool", "mousemove", "--window", icon[0], at, at], env=self.environment, check=True)

    def click_notification(self):
        """What a click on the notification does."""
        subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.Notifications",
                        "/org/freedesktop/Notifications", "org.dunstproject.cmd0.NotificationAction", "uint32:0"],
                       env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def keys(self, *names):
        """Presses keys in the window that has the focus."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *names], env=self.environment, check=True)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", text], env=self.environment, check=True)

    def windows(self):
        """How many windows of ours are seen, menus counted: those are not on the accessibility bus."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "watchglass"], env=self.environment,
                               capture_output=True, text=True, check=False)
        return len(found.stdout.split())

    def focused(self):
        """The title of the window that has the focus."""
        return subprocess.run(["xdotool", "getactivewindow", "getwindowname"], env=self.environment,
                              capture_output=True, text=True, check=False).stdout.strip()

    def close(self):
        for process in reversed(self._running):
            end(process)
        self._listener.join()  # what it reads has ended with its writer
        for process in self._running:
            if process.stdout:
                process.stdout.close()
        shutil.rmtree(self.runtime, ignore_errors=True)


class Window:
    """The program's window through the accessibility bus: what a screen reader would find."""

    def __init__(self):
        import pyatspi  # pylint: disable=import-outside-toplevel
        self.pyatspi = pyatspi

    def application(self):
        for program in self.pyatspi.Registry.getDesktop(0):
            if program is not None and "watchglass" in (program.name or "").lower():
                return program
        return None

    def walk(self, node=None, depth=0):
        node = node or self.application()
        if node is None or depth > 40:
            return
        yield node
        for index in range(min(node.childCount, 400)):
            try:
                child = node.getChildAtIndex(index)
            except Exception:  # pylint: disable=broad-except
                continue  # went away while we looked
            if child is not None:
                yield from self.walk(child, depth + 1)

    def find(self, role=None, text=None):
        """Showing objects of a role whose name or text holds these words."""
        found = []
        for node in self.walk():
            try:
                if role and node.getRoleName() != role:
                    continue
                if text and text not in (node.name or "") and text not in self.text_of(node):
                    continue
                if node.getState().contains(self.pyatspi.STATE_SHOWING):
                    found.append(node)
            except Exception:  # pylint: disable=broad-except
                continue
        return found

    @staticmethod
    def text_of(node):
        try:
            return node.queryText().getText(0, -1)
        except NotImplementedError:
            return ""

    @staticmethod
    def press(node):
        node.queryAction().doAction(0)
