# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session bus with a real key chain (gnome-keyring's Secret Service) that can be locked or held."""
import os
import signal
import subprocess
import time

from lifetime import die_with_parent, end

COLLECTION = "/org/freedesktop/secrets/collection/login"


class KeyChain:
    """An unlocked key chain in a folder of its own; `environment` leads to it."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self.bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address"], stdin=subprocess.DEVNULL)
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": self.bus.stdout.readline().strip()}
        self.daemon = self._start(["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
                                  stdin=subprocess.PIPE)
        self.daemon.stdin.write("password")
        self.daemon.stdin.close()
        self._wait_until_it_answers()

    def _start(self, words, **popen):
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "XDG_RUNTIME_DIR": self.folder,
                       "XDG_DATA_HOME": self.folder, **getattr(self, "environment", {})}
        return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,  # pylint: disable=subprocess-popen-preexec-fn
                                preexec_fn=die_with_parent(), **popen)

    def _call(self, method, *arguments):
        return subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
                               "/org/freedesktop/secrets", f"org.freedesktop.Secret.Service.{method}", *arguments],
                              env={**os.environ, **self.environment}, capture_output=True, text=True, check=False)

    def _wait_until_it_answers(self):
        """Nobody may call it before it is there: the bus would start another one, which is locked."""
        limit = time.monotonic() + 20
        while not self._is_there() or COLLECTION not in self._call("ReadAlias", "string:default").stdout:
            if time.monotonic() > limit:
                raise AssertionError("the key chain does not answer")
            time.sleep(0.05)

    def _is_there(self):
        told = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
                               "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"],
                              env={**os.environ, **self.environment}, capture_output=True, text=True, check=False)
        return "boolean true" in told.stdout

    def entries(self):
        """How many secrets it holds."""
        told = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", COLLECTION,
                               "org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Collection",
                               "string:Items"], env={**os.environ, **self.environment}, capture_output=True, text=True, check=True)
        return told.stdout.count("object path")

    def lock(self):
        self._call("Lock", f"array:objpath:{COLLECTION}").check_returncode()

    def hold(self):
        """From now on it does not answer."""
        self.daemon.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.daemon.send_signal(signal.SIGCONT)

    def close(self):
        self.go_on()
        for process in (self.daemon, self.bus):
            end(process)
            process.stdout.close()
