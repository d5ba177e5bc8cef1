// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Registered domains by the public suffix list.
class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registeredDomainsFollowTheList_data();
    void registeredDomainsFollowTheList();
    void theListHasADate();
};

void TestNames::registeredDomainsFollowTheList_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("registered");
    const auto add = [](const char *name, const char *registered) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(registered);
    };
    add("www.bbc.co.uk", "bbc.co.uk");
    add("bbc.co.uk", "bbc.co.uk");
    add("co.uk", "");
    add("uk", "");
    add("com", "");
    add("", "");
    add("example.com", "example.com");
    add("a.b.c.example.com", "example.com");
    add("_dmarc.example.com", "example.com");
    add("*.example.com", "example.com");
    // cases of publicsuffix.org's own test data
    add("b.bd", "");
    add("x.a.b.bd", "a.b.bd");
    add("c.kobe.jp", "");
    add("b.c.kobe.jp", "b.c.kobe.jp");
    add("a.b.c.kobe.jp", "b.c.kobe.jp");
    add("city.kobe.jp", "city.kobe.jp");
    add("www.city.kobe.jp", "city.kobe.jp");
    add("ck", "");
    add("test.ck", "");
    add("b.test.ck", "b.test.ck");
    add("www.ck", "www.ck");
    add("www.www.ck", "www.ck");
    add("k12.ak.us", "");
    add("test.k12.ak.us", "test.k12.ak.us");
    // a registry sells github.io, not what is below it
    add("someone.github.io", "github.io");
    add("evil.blogspot.com", "blogspot.com");
    // unknown suffixes count two labels
    add("host.sub.lan", "sub.lan");
    add("lan", "");
    // international top labels
    add("www.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai");
    add("xn--p1ai", "");
    add("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn");
    add("xn--55qx5d.cn", "");
    add("1.2.0.192.in-addr.arpa", "192.in-addr.arpa");
}

void TestNames::registeredDomainsFollowTheList()
{
    QFETCH(QString, name);
    QFETCH(QString, registered);
    QCOMPARE(registeredDomain(name), registered);
}

void TestNames::theListHasADate()
{
    const QDate date = QDate::fromString(publicSuffixListDate(), Qt::ISODate);
    QVERIFY(date.isValid());
    QVERIFY(date > QDate(2020, 1, 1));
}

WG_TEST(TestNames)
#include "tst_names.moc"
