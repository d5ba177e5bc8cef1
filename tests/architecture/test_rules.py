#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every rule fails on a small bad tree, and a good tree passes: a check that cannot fail proves nothing."""
import os
import shutil
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from check import broken_rules, unformatted  # noqa: E402
from cpptext import CppText  # noqa: E402

CPP = "// SPDX-FileCopyrightText: 2026 The Watchglass authors\n// SPDX-License-Identifier: GPL-3.0-or-later\n"
HASH = CPP.replace("//", "#")
LONG_BODY = "void f()\n{\n" + "    g();\n" * 70 + "}\n"

GOOD = {
    "models/core/value.h": CPP + "#pragma once\n\n#include <QString>\n\nnamespace wg {\n\n/// Holds.\nstruct Value\n{\n    QString text;\n};\n\n} // namespace wg\n",
    "models/store/rows.cpp": CPP + "#include \"core/value.h\"\n\n#include <QSqlQuery>\n\nconst char *step = \"SELECT a FROM b\";\n",
    "models/net/link.cpp": CPP + "#include \"core/value.h\"\n\n#include <QTcpSocket>\n",
    "models/watch/CMakeLists.txt": HASH + "wg_room(watch SOURCES a.cpp LINKS wg_sources wg_store wg_core)\n",
    "app/main.cpp": CPP + "#include \"actions/actions.h\"\n\n// A QMutex or a QTcpSocket in a comment is no code.\n"
                    "const char *words = \"QEventLoop SLOT(x)\";\n",
    "tests/core/data/bad.cpp": "TO" "DO recorded data is not ours\n",
}
# rule name: files that break it, each by itself
BAD = {
    "arrows": {
        "models/core/a.cpp": CPP + '#include "store/rows.h"\n',
        "models/items/a.cpp": CPP + '#include "actions/actions.h"\n',
        "models/watch/a.cpp": CPP + '#include "neighbour.h"\n',
        "models/cellar/a.cpp": CPP,
        "models/net/CMakeLists.txt": HASH + "wg_room(net SOURCES a.cpp LINKS wg_store)\n",
    },
    "network": {
        "models/sources/a.cpp": CPP + "#include <QNetworkAccessManager>\n",
        "models/watch/a.cpp": CPP + "#include <ares.h>\n",
        "models/actions/a.cpp": CPP + "QUdpSocket *link;\n",
        "widgets/a.cpp": CPP + "QLocalSocket *link;\n",
        "app/a.cpp": CPP + "int f() { return getaddrinfo(a, b, c, d); }\n",
    },
    "sql": {
        "models/watch/a.cpp": CPP + 'auto q = u"INSERT INTO cards VALUES (1)"_s;\n',
        "models/items/a.cpp": CPP + "#include <QSqlTableModel>\n",
        "app/a.cpp": CPP + "#include <sqlite3.h>\n",
        "models/actions/a.cpp": CPP + 'auto q = uR"(SELECT a\nFROM b)"_s;\n',
    },
    "core_is_pure": {
        "models/core/a.h": CPP + "#pragma once\nclass A : public QObject\n{\n};\n",
        "models/core/a.cpp": CPP + "QFile file;\n",
        "models/items/a.cpp": CPP + "#include <QLabel>\n",
    },
    "never": {
        "app/a.cpp": CPP + "void f() { connect(a, SIGNAL(x()), b, SLOT(y())); }\n",
        "app/b.cpp": CPP + "class Worker : public QThread\n{\n};\n",
        "app/c.cpp": CPP + "QMutex lock;\n",
        "app/d.cpp": CPP + "std::mutex lock;\n",
        "app/e.cpp": CPP + "QEventLoop loop;\n",
        "app/f.cpp": CPP + "void f() { QCoreApplication::processEvents(); }\n",
        "app/g.cpp": CPP + "void f() { QThread::msleep(10); }\n",
        "tests/core/a.cpp": CPP + "void f() { QTest::qWait(10); }\n",
        "app/h.cpp": CPP + "void f() { reply->ignoreSslErrors(); }\n",
        "app/i.cpp": CPP + "auto mode = QSslSocket::VerifyNone;\n",
        "app/j.h": CPP + "#pragma once\nstruct A\n{\n    static A &instance();\n};\n",
        "tests/core/b.cpp": CPP + 'void f() { QSKIP("later"); }\n',
        "app/k.cpp": CPP + "void f() { connect(a, &A::b, [] { g(); }); }\n",
        "app/l.cpp": CPP + "void A::on_button_clicked() { }\n",
    },
    "product_only": {
        "models/watch/a.cpp": CPP + "void f() { throw 1; }\n",
        "widgets/a.cpp": CPP + "void f() { dialog.exec(); }\n",
    },
    "shown_text": {
        "widgets/a.cpp": CPP + "void f() { item->setToolTip(value.raw()); }\n",
        "widgets/b.cpp": CPP + "auto *label = new QLabel(text);\n",
        "widgets/c.cpp": CPP + 'void f() { QMessageBox::warning(this, a, b); }\n',
    },
    "licence": {
        "app/a.cpp": "int a;\n",
        "app/CMakeLists.txt": "project(x)\n",
        "packaging/tool": "#!/bin/sh\ntrue\n",
        "resources/sql/a.sql": "CREATE TABLE a (b);\n",
        "tests/x/a.py": "A = 1\n",
    },
    "header": {"models/core/a.h": CPP + "struct A;\n"},
    "sizes": {
        "app/a.cpp": CPP + "int a;\n" * 600,
        "app/b.cpp": CPP + LONG_BODY,
        "app/c.cpp": CPP + "struct S\n{\n    S()\n        : m_a{1}\n        , m_b{2}\n" + LONG_BODY[9:] + "};\n",
        "tests/x/a.py": HASH + "def f():\n" + "    g()\n" * 70,
    },
    "leftovers": {
        "app/a.cpp": CPP + "// TO" "DO: later\n",
        "README.md": "See /work" "/main/README.md\n",
        "tests/x/a.py": HASH + "self.skip" "Test('no')\n",
    },
    "registered": {"tests/core/tst_a.cpp": CPP + "class tst_A : public QObject\n{\n};\n"},
}


with open(os.path.join(HERE, "../../.clang-format"), encoding="utf-8") as style:
    GOOD[".clang-format"] = style.read()


class Tree:
    def __init__(self, test, files):
        self.top = tempfile.mkdtemp(prefix="wg-tree.")
        test.addCleanup(shutil.rmtree, self.top)
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(self.top, path)), exist_ok=True)
            with open(os.path.join(self.top, path), "w", encoding="utf-8") as out:
                out.write(text)


class Rules(unittest.TestCase):
    def test_a_good_tree_passes(self):
        tree = Tree(self, GOOD)
        self.assertEqual(broken_rules(tree.top) + unformatted(tree.top), [])

    def test_every_rule_fails_on_each_of_its_bad_files(self):
        for rule, files in BAD.items():
            for path, text in files.items():
                with self.subTest(rule=rule, path=path):
                    told = broken_rules(Tree(self, {path: text}).top)
                    self.assertTrue(any(f" {rule}: " in line for line in told), told)

    def test_bad_format_fails(self):
        tree = Tree(self, {".clang-format": "BasedOnStyle: WebKit\n", "app/a.cpp": CPP + "int  a ;\n"})
        self.assertEqual(len(unformatted(tree.top)), 1)


class Functions(unittest.TestCase):
    def lengths(self, text):
        return [length for _, length in CppText(text).functions()]

    def test_scopes_lambdas_and_initialisers_are_told_apart(self):
        self.assertEqual(self.lengths("namespace a {\nclass B\n{\n    void c()\n    {\n    }\n};\n}\n"), [2])
        self.assertEqual(self.lengths("void f()\n{\n    g([] {\n        h();\n    });\n}\n"), [5])
        self.assertEqual(self.lengths("A::A()\n    : m_a{1}\n    , m_b(2)\n{\n    f();\n}\n"), [5])
        self.assertEqual(self.lengths("const int list[] = {\n1,\n2};\nenum class E : int { a, b };\n"), [])

    def test_text_in_strings_and_comments_is_no_code(self):
        text = CppText('a = 1\'000; // "x {"\nb = u"} QMutex"_s; c = R"x(" { )x"; d = \'"\';\n')
        self.assertNotIn("QMutex", text.code)
        self.assertNotIn("{", text.code)
        self.assertIn("1'000", text.code)
        self.assertEqual(len(text.strings), 2)


if __name__ == "__main__":
    unittest.main()
