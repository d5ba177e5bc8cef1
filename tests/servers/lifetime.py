# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the servers of the tests live: they end with the process that started them."""
import ctypes
import os
import signal
import socket
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent(sig=signal.SIGTERM):
    """For preexec_fn: the child gets sig when its parent ends, however that comes about."""
    def arm():
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(sig), 0, 0, 0)
    return arm


def announce(text):
    """The first line of standard output tells the starter where the server is."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def wait_for_eof(on_line=None):
    """Blocks until the starter closes our standard input; each line before that goes to on_line."""
    for line in sys.stdin:
        if on_line is not None and line.strip():
            on_line(line)


def free_port(address="127.0.0.1"):
    """A port that is free for UDP and for TCP."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for _ in range(50):
        with socket.socket(family, socket.SOCK_DGRAM) as udp, \
                socket.socket(family, socket.SOCK_STREAM) as tcp:
            udp.bind((address, 0))
            port = udp.getsockname()[1]
            try:
                tcp.bind((address, port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free for both UDP and TCP")


def end(process, sig=signal.SIGTERM, seconds=10):
    """Ends a child process and waits for it; the hard way when it does not listen."""
    if process.poll() is None:
        process.send_signal(sig)
        try:
            process.wait(seconds)
        except Exception:  # pylint: disable=broad-except
            process.kill()
            process.wait()


def is_root():
    return os.geteuid() == 0
