# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house. Each takes a File and yields (line, what is wrong)."""
import ast
import re

from cpptext import CppText
from house import ARROWS, is_cpp, room_of

MOST_FILE_LINES, MOST_FUNCTION_LINES = 600, 60


class File:
    def __init__(self, path, text):
        self.path, self.text = path, text
        self.room = room_of(path)
        self.cpp = CppText(text) if is_cpp(path) else None
        self.name = path.rsplit("/", 1)[-1]


def _each(file, pattern, words, flags=0):
    for match in re.finditer(pattern, file.cpp.code, flags):
        yield file.cpp.line(match.start()), f"{words}: {' '.join(match[0].split())[:60]}"


def arrows(file):
    """Includes and link lists follow DESIGN.md section 2."""
    if file.room is None:
        return
    if file.room not in ARROWS:
        yield 1, f"there is no room \"{file.room}\""
        return
    allowed = ARROWS[file.room] | {file.room}
    if file.cpp:
        for line, target in file.cpp.includes():
            room = target[1:-1].split("/")[0]
            if target[0] == '"' and not target.endswith('.moc"') and ("/" not in target or room not in ARROWS):
                yield line, f'includes of ours are written "room/file.h": {target}'
            elif target[0] == '"' and room in ARROWS and room not in allowed:
                yield line, f"{file.room} may not include {target}"
    elif file.name == "CMakeLists.txt":
        for number, line in enumerate(file.text.splitlines(), 1):
            for room in re.findall(r"\bwg_(\w+)", line.split("#")[0]):
                if room in ARROWS and room not in allowed:
                    yield number, f"{file.room} may not link wg_{room}"


_NET_CLASSES = (r"\b(QNetwork(?:AccessManager|Reply|Request|Proxy\w*|Information|Cookie\w*|Interface)|Q(?:Tcp|Udp|Ssl|Abstract|Sctp)Socket"
                r"|Q(?:Tcp|Ssl|Http|WebSocket)Server|QWebSocket|QHostInfo|QHostAddress|QDnsLookup|QSsl\w+|getaddrinfo|gethostby\w+"
                r"|curl_easy_\w+|ares_\w+)\b")
_NET_HEADERS = re.compile(r"<(?:QtNetwork/?.*|ares.*\.h|curl/.*|netdb\.h|sys/socket\.h|netinet/.*|arpa/inet\.h|resolv\.h)>")


def network(file):
    """Network classes and headers stand in net; the local socket in app."""
    if not file.cpp or file.room in (None, "net"):
        return
    yield from _each(file, _NET_CLASSES, "network class outside net")
    if file.room != "app":
        yield from _each(file, r"\bQLocal(?:Socket|Server)\b", "local socket outside app")
    for line, target in file.cpp.includes():
        if _NET_HEADERS.match(target) and not (file.room == "app" and "QLocal" in target):
            yield line, f"network header outside net: {target}"


_SQL_WORDS = re.compile(r"\b(?:SELECT\s.+\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA\s+\w"
                        r"|(?:CREATE|DROP|ALTER)\s+(?:TABLE|INDEX|VIEW|TRIGGER)|BEGIN\s+IMMEDIATE)\b", re.S)


def sql(file):
    """SQL stands in store."""
    if not file.cpp or file.room in (None, "store"):
        return
    yield from _each(file, r"\b(?:QSql\w+|sqlite3_\w+|PQ(?:exec|connect)\w*)\b", "SQL outside store")
    for line, target in file.cpp.includes():
        if re.match(r"<(?:QtSql.*|QSql\w+|sqlite3\.h|libpq.*)>", target):
            yield line, f"SQL header outside store: {target}"
    for offset, string in file.cpp.strings:
        if _SQL_WORDS.search(string):
            yield file.cpp.line(offset), f"SQL text outside store: {string[:60]}"


def core_is_pure(file):
    """core holds values: no QObject, no I/O; pixels stand in widgets and app."""
    if not file.cpp or file.room is None:
        return
    if file.room == "core":
        yield from _each(file, r"\bQ_OBJECT\b|:\s*public\s+QObject\b", "core has no QObject")
        yield from _each(file, r"\bQ(?:File|Dir|SaveFile|TemporaryFile|Process|Timer|Settings|StandardPaths)\b", "core has no I/O")
    if file.room not in ("widgets", "app"):
        for line, target in file.cpp.includes():
            if re.match(r"<(?:QtWidgets.*|QApplication|Q\w*(?:Widget|Label|Button|Dialog|MainWindow|MessageBox|Menu|Layout)"
                        r"|Q(?:Table|List|Tree|AbstractItem|Header|Graphics|Column)View|QSystemTrayIcon|QStyledItemDelegate)>", target):
                yield line, f"pixels outside widgets: {target}"


_NEVER = (
    (r":\s*public\s+QThread\b", "subclass of QThread"),
    (r"\b(?:QMutex(?:Locker)?|QReadWriteLock|Q(?:Read|Write)Locker|QSemaphore|QWaitCondition|std::\w*mutex|std::condition_variable\w*"
     r"|std::(?:lock_guard|unique_lock|scoped_lock|shared_lock))\b", "lock"),
    (r"\bQEventLoop\b(?!::\w*Flag)|\bprocessEvents\s*\(", "nested event loop"),
    (r"\bQThread::[mu]?sleep\s*\(|\bthis_thread::sleep_\w+|(?<![\w.>:])(?:u|nano)?sleep\s*\(|\bQTest::q(?:Sleep|Wait)\s*\(", "sleep"),
    (r"\bignoreSslErrors\b|\bVerifyNone\b|\bSSL_VERIFY_NONE\b|\bCURLOPT_SSL_VERIFY\w+\s*,\s*0", "certificates unverified"),
    (r"\bstatic\s+[\w:<>]+\s*[&*]\s*(?:instance|self|get[A-Z]?\w*Instance)\s*\(|\bQ_GLOBAL_STATIC\b", "singleton"),
    (r"\bQSKIP\b", "skipped test"),
    (r"(?<![\w.>])sender\s*\(\s*\)", "sender()"),
    (r"\bvoid\s+(?:\w+::)?on_\w+\s*\(", "slot connected by its name"),
    (r"\bQT_USE_QSTRINGBUILDER\b", "string builder"),
    (r"\busing\s+namespace\s+std\s*;", "using namespace std"),
    (r"\bconnect\s*\((?:[^(),;]|\([^()]*\))+,\s*(?:&[\w:]+|q(?:Const)?Overload<[^;]*?>\(&[\w:]+\))\s*,\s*\[", "lambda connected without context"),
)


def never(file):
    """What no C++ of ours holds, tests included."""
    if not file.cpp:
        return
    for pattern, words in _NEVER:
        yield from _each(file, pattern, words)
    # Qt 6.4 has no other way to hear a D-Bus signal.
    for match in re.finditer(r"[^;{}]*?\b(?:SIGNAL|SLOT)\s*\(", file.cpp.code):
        if not re.search(r"\b(?:bus|QDBusConnection::\w+\(\))\s*\.\s*connect\s*\(", match[0]):
            yield file.cpp.line(match.end()), "string connect"


def product_only(file):
    """What tests may do and the program may not."""
    if not file.cpp or file.room is None:
        return
    yield from _each(file, r"\bthrow\b(?!\s*\()", "exception of ours")
    loops = _each(file, r"[\w)\]]\s*(?:\.|->)\s*exec\s*\([^;]*", "nested event loop")
    if file.room != "store":
        for line, words in loops:
            if not re.search(r": (?:app|application)\s*(?:\.|->)", words) and "pp.exec" not in words:
                yield line, words


def shown_text(file):
    """Labels and boxes have a fixed format; tool tips and texts never get raw outside text."""
    if not file.cpp or file.room not in ("widgets", "app", "items"):
        return
    code = file.cpp.code
    yield from _each(file, r"\bset(?:ToolTip|Text|PlainText|WhatsThis|StatusTip|WindowTitle|InformativeText|DetailedText|Html)"
                     r"\s*\([^;]*\.raw\s*\(\s*\)", "raw outside text is shown")
    yield from _each(file, r"\bQMessageBox::(?:information|warning|critical|question|about)\s*\(", "message box that guesses rich text")
    for match in re.finditer(r"(\w*)\s*[(=]?\s*\bnew\s+Q(?:Label|MessageBox)\b|\bQMessageBox\s+\w+\s*[;({]", code):
        after = "\n".join(code[match.start():].split("\n")[:8])
        picture = match[1] and re.search(rf"\b{match[1]}->setPixmap\s*\(", code) \
            and not re.search(rf"\b{match[1]}->setText\s*\(", code)
        if "PlainText" not in after and not picture:
            yield file.cpp.line(match.start()), f"label or box without Qt::PlainText: {match[0]}"


def licence(file):
    """Two SPDX lines stand first."""
    mark = {"cpp": "//", "h": "//", "py": "#", "cmake": "#", "sh": "#", "sql": "--"}.get(file.name.rsplit(".", 1)[-1])
    script = file.text.startswith("#!")
    if mark is None and not script and file.name != "CMakeLists.txt":
        return
    mark = mark or "#"
    lines = file.text.split("\n")[1 if script else 0:][:2]
    if lines != [f"{mark} SPDX-FileCopyrightText: 2026 The Watchglass authors",
                 f"{mark} SPDX-License-Identifier: GPL-3.0-or-later"]:
        yield 1, "the two SPDX lines are not first"


def header(file):
    if file.name.endswith(".h") and not re.search(r"^#pragma once$", file.text, re.M):
        yield 1, "no #pragma once"


def sizes(file):
    python = file.name.endswith(".py")
    if not file.cpp and not python and not file.text.startswith("#!"):
        return
    lines = file.text.count("\n")
    if lines > MOST_FILE_LINES:
        yield 1, f"{lines} lines in a file"
    if file.cpp:
        functions = file.cpp.functions()
    elif python:
        functions = [(node.lineno, node.end_lineno - node.lineno + 1) for node in ast.walk(ast.parse(file.text))
                     if isinstance(node, ast.FunctionDef)]
    else:
        functions = []
    for line, length in functions:
        if length > MOST_FUNCTION_LINES:
            yield line, f"{length} lines in a function"


_LEFT = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
_TEXTS = (".cpp", ".h", ".py", ".sql", ".txt", ".cmake", ".json", ".md", ".qss", ".sh")


def leftovers(file):
    """Nothing left to do, nothing skipped, no path of somebody's machine."""
    if not file.name.endswith(_TEXTS) and not file.text.startswith("#!") and "." in file.name:
        return
    for number, line in enumerate(file.text.split("\n"), 1):
        if found := _LEFT.search(line):
            yield number, f"left to do: {found[0]}"
        if found := re.search(r"(?<![\w/.])/(?:work|home/\w+|root)/\w", line):
            yield number, f"path of a machine: {found[0]}"
    if file.name.endswith(".py"):
        for match in re.finditer(r"\bskip" r"Test\b|@(?:unittest|pytest\.mark)\.skip|\bSkip" r"Test\b", file.text):
            yield file.text.count("\n", 0, match.start()) + 1, f"skipped test: {match[0]}"


def registered(file):
    """A test class that is not registered would never run."""
    if file.name.startswith("tst_") and file.name.endswith(".cpp") and file.path.startswith("tests/") \
            and len(re.findall(r"\bWG_TEST\s*\(", file.cpp.code)) != 1:
        yield 1, "one test class a file, registered by WG_TEST"


RULES = (arrows, network, sql, core_is_pure, never, product_only, shown_text, licence, header, sizes, leftovers, registered)
