// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace wg::test {

/// A PostgreSQL server of this test program alone: temporary folder, Unix socket, ended with the
/// program's standard input to it.
class Postgres
{
public:
    static Postgres &shared();
    /// The connection words of a new, empty database.
    QString freshDatabase();
    ~Postgres();

private:
    Postgres();

    QProcess m_server;
    QString m_words;
    int m_count = 0;
};

} // namespace wg::test
