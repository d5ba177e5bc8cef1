// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnstypes.h"

#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Names and numbers of record types.
class tst_DnsTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKnownNumberComesBack();
    void oddNamesAreNone();
};

void tst_DnsTypes::everyKnownNumberComesBack()
{
    for (int number = 1; number <= 0xffff; ++number) {
        const QByteArray name = dnsTypeName(quint16(number)).toLatin1();
        QCOMPARE(int(dnsTypeNumber(QLatin1String(name))), number);
        QCOMPARE(int(dnsTypeNumber(QString::fromLatin1(name).toLower())), number);
        QCOMPARE(int(dnsTypeNumber(QLatin1String(name.toLower()))), number);
    }
    QCOMPARE(dnsTypeName(28), u"AAAA"_s);
    QCOMPARE(dnsTypeName(65280), u"TYPE65280"_s);
}

void tst_DnsTypes::oddNamesAreNone()
{
    for (const char *name : {"", "B", "TYPE", "TYPE65536", "TYPE-1", "TYPE1x", "AAAAA"}) {
        QCOMPARE(int(dnsTypeNumber(QLatin1String(name))), 0);
        QCOMPARE(int(dnsTypeNumber(QString::fromLatin1(name))), 0);
    }
}

WG_TEST(tst_DnsTypes)
#include "tst_dnstypes.moc"
