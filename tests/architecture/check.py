#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py [TOP]: prints where the house breaks its own rules and fails if it does anywhere."""
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from house import is_cpp, our_files  # noqa: E402
from rules import RULES, File  # noqa: E402


def read(top, path):
    """The text of a file, or None when it is not text."""
    with open(os.path.join(top, path), "rb") as source:
        bytes_read = source.read()
    if b"\0" in bytes_read:
        return None
    return bytes_read.decode("utf-8", errors="replace")


def broken_rules(top):
    """"path:line: rule: words" for everything that is wrong."""
    found = []
    for path in our_files(top):
        text = read(top, path)
        if text is None:
            continue
        file = File(path, text)
        for rule in RULES:
            found += [f"{path}:{line}: {rule.__name__}: {words}" for line, words in rule(file)]
    return found


def unformatted(top):
    """Lines that clang-format would write otherwise; needs clang-format, which is a test dependency."""
    paths = [path for path in our_files(top) if is_cpp(path)]
    if not paths:
        return []
    if shutil.which("clang-format") is None:
        return ["clang-format is not installed (packaging/install test)"]
    told = subprocess.run(["clang-format", "--style=file", "--dry-run", "-Werror", "--ferror-limit=1", *paths],
                          cwd=top, capture_output=True, text=True, check=False).stderr
    places = re.findall(r"^([^\s:]+:\d+):\d+: error: code should be clang-formatted", told, re.M)
    return [f"{place}: format: clang-format writes this otherwise" for place in places]


def main():
    top = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../.."))
    found = broken_rules(top) + unformatted(top)
    print("\n".join(found))
    print(f"{len(found)} breaches of the rules of the house")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
