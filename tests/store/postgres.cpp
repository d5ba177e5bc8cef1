// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "postgres.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wg::test {

Postgres &Postgres::shared()
{
    static Postgres server;
    return server;
}

Postgres::Postgres()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QStringLiteral(REPO_ROOT "/tests/servers/postgres"), QStringList());
    while (!m_server.canReadLine()) {
        if (!m_server.waitForReadyRead(60'000))
            qFatal("tests/servers/postgres did not start: %s", qPrintable(m_server.errorString()));
    }
    const QJsonObject said = QJsonDocument::fromJson(m_server.readLine()).object();
    m_words = u"host=%1 port=%2 user=%3"_s.arg(said.value(u"host"_s).toString())
                  .arg(said.value(u"port"_s).toInt())
                  .arg(said.value(u"user"_s).toString());
}

Postgres::~Postgres()
{
    m_server.closeWriteChannel();
    m_server.waitForFinished(20'000);
}

QString Postgres::freshDatabase()
{
    const QString name = u"store_%1"_s.arg(++m_count);
    {
        QSqlDatabase admin = QSqlDatabase::addDatabase(u"QPSQL"_s, u"admin"_s);
        admin.setHostName(m_words.section(u' ', 0, 0).section(u'=', 1));
        admin.setPort(m_words.section(u' ', 1, 1).section(u'=', 1).toInt());
        admin.setUserName(m_words.section(u' ', 2, 2).section(u'=', 1));
        admin.setDatabaseName(u"postgres"_s);
        if (!admin.open())
            qFatal("%s", qPrintable(admin.lastError().text()));
        QSqlQuery query(admin);
        if (!query.exec(u"CREATE DATABASE %1 TEMPLATE template0 ENCODING 'UTF8'"_s.arg(name)))
            qFatal("%s", qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(u"admin"_s);
    return m_words + u" dbname="_s + name;
}

} // namespace wg::test
