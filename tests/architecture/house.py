# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The map of the house: rooms, their arrows, and which files are ours to check."""
import os

# A room may include itself and these, nothing else.
ARROWS = {
    "core": set(),
    "store": {"core"},
    "net": {"core"},
    "accounts": {"store", "core"},
    "team": {"net", "store", "core"},
    "delivery": {"net", "store", "core"},
    "sources": {"net", "core"},
    "watch": {"sources", "store", "core"},
    "actions": {"watch", "delivery", "accounts", "team", "store", "core"},
    "api": {"actions", "accounts", "core"},
    "items": {"core"},
    "widgets": {"items", "actions", "core"},
}
ARROWS["app"] = set(ARROWS)
TOP_ROOMS = {"app", "widgets"}
MADE = {".git", ".cache", "__pycache__"}


def room_of(path):
    """The room of a product file, else None."""
    parts = path.split("/")
    if parts[0] in TOP_ROOMS:
        return parts[0]
    return parts[1] if parts[0] == "models" and len(parts) > 2 else None


def is_cpp(path):
    return path.endswith((".cpp", ".h"))


def is_recorded(path):
    """Answers of others, kept as they came."""
    parts = path.split("/")
    return parts[0] == "tests" and "data" in parts[:-1]


def our_files(top):
    """Paths below top, without what a build or a tool made and without recorded data."""
    found = []
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in MADE and not name.startswith("build"))
        found += [os.path.relpath(os.path.join(folder, name), top) for name in sorted(files)]
    return [path for path in found if not is_recorded(path)]
