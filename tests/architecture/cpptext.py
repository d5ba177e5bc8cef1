# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads C++ as far as the rules of the house need it: what is code, what is a string, what is a function."""
import re

_TOKEN = re.compile(
    r"""//[^\n]*(?:\\\n[^\n]*)*            # line comment
      | /\*.*?\*/                          # block comment
      | (?:u8|u|U|L)?R"(?P<tag>[^\s()\\]{0,16})\(.*?\)(?P=tag)"
      | "(?:[^"\\\n]|\\.)*"                # string
      | (?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'  # character, but no digit separator
    """, re.X | re.S)


class CppText:
    """One file: raw text, code with comments and strings blanked (same offsets), and its strings."""

    def __init__(self, text):
        self.raw = text
        self.strings = []  # (offset, content)
        self.code = _TOKEN.sub(self._blank, text)

    def _blank(self, match):
        token = match[0]
        blank = re.sub(r"[^\n]", " ", token)
        if token.startswith("/"):
            return blank
        if token.endswith("'"):
            return "'" + blank[1:-1] + "'"
        self.strings.append((match.start(), token))
        return '"' + blank[1:-1] + '"'

    def line(self, offset):
        return self.raw.count("\n", 0, offset) + 1

    def includes(self):
        """(line, target) of every #include; target with its quotes or brackets."""
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*(["<][^">\n]+[">])', self.raw, re.M):
            if self.code[match.start():match.start(1)].strip():  # not in a comment
                yield self.line(match.start(1)), match[1]

    def functions(self):
        """(line, number of lines from its opening to its closing brace) of every function body."""
        found = {}  # by offset: a body after braced initialisers replaces them
        stack = []  # [kind, offset of brace]; kind: "scope", "function" or "inner"
        head_start = 0
        last_function = None  # body that has just ended: "m_x{1}" of an initialiser list looks like one
        for match in re.finditer(r"[{};]", self._without_directives()):
            at, mark = match.start(), match[0]
            head = self.code[head_start:at].strip()
            outer = stack[-1][0] if stack else "scope"
            if mark == "{":
                joins = outer == "scope" and last_function is not None and re.match(r"^(,.*)?$", head, re.S)
                kind = self._kind(head, outer, joins)
                stack.append([kind, last_function if joins else at])
            elif mark == "}" and stack:
                kind, start = stack.pop()
                if kind == "function":
                    found[start] = self.code.count("\n", start, at) + 1
                last_function = start if kind == "function" else None
            if mark != "}":
                last_function = None
            head_start = at + 1
        return [(self.line(start), lines) for start, lines in found.items()]

    def _without_directives(self):
        return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m[0]), self.code, flags=re.M)

    @staticmethod
    def _kind(head, outer, joins):
        if outer in ("function", "inner"):
            return "inner"
        if joins:
            return "function"
        if re.search(r"^(?:[^()=]*\b)?(?:namespace|class|struct|union|enum|extern)\b[^()]*$", head):
            return "scope"
        if re.search(r"\b(?:class|struct|union|enum)\b[^=;]*$", head) and ")" not in head.rsplit("struct", 1)[-1]:
            return "scope"
        if "(" in head and not re.search(r"=\s*$", head):
            return "function"
        return "inner"
