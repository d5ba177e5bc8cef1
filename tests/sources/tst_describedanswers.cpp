// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedanswers.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// What a sample about shop.com or an address says, to the last line.
void row(const char *file, const char *question, const char *entity, const char *summary,
         const QStringList &lines)
{
    QTest::newRow(file) << QString::fromUtf8(file).section(u'_', 0, 0)
                        << QString::fromUtf8(question) << QString::fromUtf8(entity)
                        << u"described/%1.json"_s.arg(QString::fromUtf8(file))
                        << QString::fromUtf8(summary) << lines;
}

void securityTrailsRows()
{
    row("securitytrails_history_aaaa", "history-aaaa", "shop.com", "resolutions complete 1",
        {u"shop.com AAAA 2001:db8::7 2019-03-01T00:00:00Z..2020-05-06T00:00:00Z"_s});
    row("securitytrails_history_mx", "history-mx", "shop.com", "dns complete 3",
        {u"shop.com MX mx1.mail.com {preference=10} 2018-01-02T00:00:00Z..2020-05-06T00:00:00Z"_s,
         u"shop.com MX mx2.mail.com {preference=20} 2018-01-02T00:00:00Z..2020-05-06T00:00:00Z"_s,
         u"shop.com MX old.mail.com 2015-01-02T00:00:00Z..2018-01-01T00:00:00Z"_s});
    row("securitytrails_history_ns", "history-ns", "shop.com", "dns complete 2",
        {u"shop.com NS a.ns.com 2012-12-23T00:00:00Z..2026-09-18T00:00:00Z"_s,
         u"shop.com NS b.ns.com 2012-12-23T00:00:00Z..2026-09-18T00:00:00Z"_s});
    row("securitytrails_history_soa", "history-soa", "shop.com", "dns complete 1",
        {u"shop.com SOA mailbox hostmaster.ns.com "
         "2012-12-23T00:00:00Z..2026-09-18T00:00:00Z"_s});
    row("securitytrails_history_txt", "history-txt", "shop.com", "dns complete 1",
        {u"shop.com TXT v=spf1 -all 2019-03-01T00:00:00Z..2020-05-06T00:00:00Z"_s});
    // One fact for what two records of a registrar's agree on, from the first to the last of them.
    row("securitytrails_history_whois", "history-whois", "www.shop.com", "whois complete 7",
        {u"shop.com registrar_history NEW REGISTRAR INC. "
         "2014-09-01T09:58:23Z..2017-12-01T12:30:29Z"_s,
         u"shop.com registrar_history OLD REGISTRAR LLC "
         "2012-09-10T23:11:01Z..2013-03-14T23:17:57Z"_s,
         u"shop.com nameserver_history ns1.ns.com "
         "2012-09-10T23:11:01Z..2017-12-01T12:30:29Z"_s,
         u"shop.com nameserver_history ns2.ns.com "
         "2012-09-10T23:11:01Z..2013-03-14T23:17:57Z"_s,
         u"shop.com registrant_history Shops, Inc. "
         "2012-09-10T23:11:01Z..2017-12-01T12:30:29Z"_s,
         u"shop.com email_history owner@shop.com "
         "2014-09-01T09:58:23Z..2017-12-01T12:30:29Z"_s,
         u"shop.com email_history first@shop.com "
         "2012-09-10T23:11:01Z..2013-03-14T23:17:57Z"_s});
}

} // namespace

/// Answers that no recording shows: samples in the form of the source's documentation or of its
/// clients.
class TstDescribedAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachIsReadToTheLastLine_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QStringList>("lines");
        securityTrailsRows();
    }
    void eachIsReadToTheLastLine()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, file);
        QFETCH(QString, told);
        QFETCH(QStringList, lines);
        const auto read = parsedPages(source, question, entity, {recorded(file)});
        QCOMPARE(wg::test::lines(read).join(u'\n'), lines.join(u'\n'));
        QCOMPARE(summary(read), told);
        for (const Observation &each : read)
            QVERIFY(each.lacking.value_or(QStringList()).isEmpty());
    }
};

WG_TEST(TstDescribedAnswers)
#include "tst_describedanswers.moc"
