// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"

#include <QTest>
#include <cstdio>
#include <vector>

namespace {

std::vector<std::function<std::unique_ptr<QObject>()>> &classes()
{
    static std::vector<std::function<std::unique_ptr<QObject>()>> list;
    return list;
}

} // namespace

wg::test::Registrar::Registrar(std::function<std::unique_ptr<QObject>()> make)
{
    classes().push_back(std::move(make));
}

namespace wg::test {

int runAll(int argc, char **argv);

/// Runs every registered class; arguments go to each ("-only CLASS" picks one). Fails on a skip.
int runAll(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    QString only;
    if (const auto at = arguments.indexOf(QStringLiteral("-only")); at > 0) {
        only = arguments.value(at + 1);
        arguments.remove(at, 2);
    }
    int ran = 0;
    int failed = 0;
    for (const auto &make : classes()) {
        const auto object = make();
        if (!only.isEmpty() && only != QLatin1String(object->metaObject()->className()))
            continue;
        ++ran;
        failed += QTest::qExec(object.get(), arguments) == 0 ? 0 : 1;
    }
    std::printf("%d of %d test classes failed\n", failed, ran);
    return ran > 0 && failed == 0 ? 0 : 1;
}

} // namespace wg::test
