// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/htmlpage.h"

#include "recordedanswers.h"
#include "sources/htmltext.h"
#include "sources/iconhash.h"
#include "sources/trackers.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QUrl address(u"https://alpha.com/shop/"_s);

QStringList references(const HtmlPage &page)
{
    QStringList all;
    for (const HtmlReference &reference : page.references)
        all.append(reference.cause + u' ' + reference.url.toString(QUrl::FullyEncoded));
    return all;
}

QStringList trackers(const QString &code)
{
    QStringList all;
    for (const Tracker &tracker : findTrackers(code))
        all.append(tracker.type + u' ' + tracker.value);
    return all;
}

QString titleOf(const QByteArray &page, const QByteArray &contentType = {})
{
    return readHtml(htmlAsUtf8(page, contentType), address).title;
}

} // namespace

/// Web pages are read as strangers wrote them: no script runs, nothing takes for ever.
class tst_HtmlPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatAPageSays();
    void referencesAreRelativeToTheirBase();
    void aRefreshIsARedirect();
    void readsItsEncoding_data();
    void readsItsEncoding();
    void nulsAreNoEnds();
    void everyBeginningOfAPageIsRead();
    void hostilePagesEnd_data();
    void hostilePagesEnd();
    void findsTrackers();
    void whatLooksLikeATrackerIsNone();
    void hashesIconsAsShodanDoes();
};

void tst_HtmlPage::takesWhatAPageSays()
{
    const HtmlPage page = readHtml(recorded(u"http/shop.html"_s), address);
    QCOMPARE(page.title, QString::fromUtf8("Alpha & Söhne – shop"));
    QCOMPARE(page.generators, QStringList{u"WordPress 6.4.2"_s});
    QVERIFY(!page.cut);
    const QStringList found = references(page);
    for (const auto &wanted :
         {u"link.href https://fonts.alpha-cdn.net/css?family=A&display=swap"_s,
          u"link.href https://alpha.com/icon.svg"_s,
          u"script.src https://fonts.alpha-cdn.net/x.js"_s, u"img.src https://alpha.com/logo.png"_s,
          u"img.src https://images.alpha-cdn.net/a.png"_s,
          u"iframe.src https://player.alpha-video.tv/embed/1"_s,
          u"form.action https://collect.alpha-login.ru/post.php"_s})
        QVERIFY2(found.contains(wanted), qPrintable(wanted + u" is not in "_s + found.join(u'\n')));
    QVERIFY(!found.join(u' ').contains(u"not-fetched"_s));
    QVERIFY(!found.join(u' ').contains(u"data:"_s));
    QVERIFY(!found.join(u' ').contains(u"in-a-textarea"_s));
}

void tst_HtmlPage::referencesAreRelativeToTheirBase()
{
    const QByteArray page = "<base href='//cdn.alpha.net/x/'><base href='https://second.net/'>"
                            "<img src='../a.png'><img src='https://[bad'><img src=''><img>";
    QCOMPARE(references(readHtml(page, address)),
             QStringList{u"img.src https://cdn.alpha.net/a.png"_s});
}

void tst_HtmlPage::aRefreshIsARedirect()
{
    const QByteArray page = "<META HTTP-EQUIV=Refresh CONTENT=\"0; URL='https://beta.net/x'\">";
    QCOMPARE(references(readHtml(page, address)), QStringList{u"redirect https://beta.net/x"_s});
}

void tst_HtmlPage::readsItsEncoding_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QString>("title");
    const QString privet = QString::fromUtf8("Привет");
    QTest::newRow("header") << QByteArray("<title>\xcf\xf0\xe8\xe2\xe5\xf2</title>")
                            << QByteArray("text/html; charset=\"Windows-1251\"") << privet;
    QTest::newRow("meta") << QByteArray(
        "<meta charset=koi8-r><title>\xf0\xd2\xc9\xd7\xc5\xd4</title>")
                          << QByteArray("text/html") << privet;
    QTest::newRow("meta, the long way")
        << QByteArray("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>"
                      "<title>\xcf\xf0\xe8\xe2\xe5\xf2</title>")
        << QByteArray() << privet;
    QTest::newRow("the header before the page's word")
        << QByteArray("<meta charset=koi8-r><title>\xcf\xf0\xe8\xe2\xe5\xf2</title>")
        << QByteArray("text/html;charset=windows-1251") << privet;
    QTest::newRow("byte order mark before all")
        << "\xef\xbb\xbf<title>" + privet.toUtf8() + "</title>"
        << QByteArray("text/html;charset=windows-1251") << privet;
    QByteArray wide("\xff\xfe");
    const QString text = u"<title>"_s + privet + u"</title>"_s;
    wide.append(reinterpret_cast<const char *>(text.utf16()), 2 * text.size());
    QTest::newRow("UTF-16") << wide << QByteArray() << privet;
    QTest::newRow("nothing said, UTF-8")
        << "<title>" + privet.toUtf8() + "</title>" << QByteArray() << privet;
    QTest::newRow("nothing said, Western")
        << QByteArray("<title>caf\xe9</title>") << QByteArray() << QString::fromUtf8("café");
    QTest::newRow("an encoding that nobody knows")
        << QByteArray("<meta charset=klingon><title>ok</title>") << QByteArray() << u"ok"_s;
    QTest::newRow("a page of bytes cannot say UTF-16")
        << QByteArray("<meta charset=utf-16><title>ok</title>") << QByteArray() << u"ok"_s;
}

void tst_HtmlPage::readsItsEncoding()
{
    QFETCH(QByteArray, page);
    QFETCH(QByteArray, contentType);
    QTEST(titleOf(page, contentType), "title");
}

void tst_HtmlPage::nulsAreNoEnds()
{
    QByteArray page(
        "<title>a?b</title><img src='https://beta.net/?'><script src=//gamma.net/></script>");
    page.replace('?', '\0');
    const HtmlPage read = readHtml(htmlAsUtf8(page, {}), address);
    QCOMPARE(read.title, u"a\ufffdb"_s);
    QCOMPARE(read.references.size(), 2);
    QCOMPARE(readHtml(page, address).title.left(1), u"a"_s); // undecoded bytes do no harm
}

void tst_HtmlPage::everyBeginningOfAPageIsRead()
{
    const QByteArray page = recorded(u"http/shop.html"_s);
    const auto whole = readHtml(page, address).references.size();
    qsizetype before = 0;
    for (qsizetype length = 0; length <= page.size(); ++length) {
        const HtmlPage cut = readHtml(htmlAsUtf8(page.first(length), {}), address);
        QVERIFY(cut.references.size() <= whole);
        QVERIFY(cut.references.size() + 1 >= before); // the last may have been half a tag
        before = cut.references.size();
    }
    QCOMPARE(before, whole);
}

void tst_HtmlPage::hostilePagesEnd_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<bool>("cut");
    const auto times = [](const char *text, qsizetype count) {
        return QByteArray(text).repeated(count);
    };
    QByteArray attributes("<img ");
    for (int i = 0; i < 250'000; ++i)
        attributes += 'a' + QByteArray::number(i) + "=1 ";
    QByteArray quoted("<img ");
    for (int i = 0; i < 150'000; ++i)
        quoted += 'a' + QByteArray::number(i) + (i % 2 ? "=\"<\" " : "='>' ");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("attributes that hold tags") << quoted << false;
    QTest::newRow("ten megabytes") << times("<p>word ", 1'250'000) << true;
    QTest::newRow("nested 100,000 deep") << times("<div>", 100'000) << true;
    QTest::newRow("tables in tables") << times("<table><tr><td>", 100'000) << true;
    QTest::newRow("ends without beginnings") << times("<b>", 500) + times("</i>", 400'000) << false;
    QTest::newRow("one tag of 250,000 attributes") << attributes << true;
    QTest::newRow("a comment without end") << "<!--" + times("-", 2'000'000) << false;
    QTest::newRow("a script without end") << "<script>" + times("</s", 600'000) << false;
    QTest::newRow("only tags that begin") << times("<", 2'000'000) << false;
    QTest::newRow("an attribute without end") << "<a href='" + times("x", 2'000'000) << false;
    QTest::newRow("a declaration without end") << "<!DOCTYPE " + times("[", 2'000'000) << false;
    QTest::newRow("200,000 images") << times("<img src=//a.net>", 120'000) << true;
    QTest::newRow("entities") << times("&amp;&#x;&#99999999;&", 80'000) << false;
    QTest::newRow("half a tracker again and again")
        << "<script>" + times("fbq ( 'init' , ", 130'000) << false;
    QTest::newRow("all bytes there are") << [] {
        QByteArray all;
        for (int i = 0; i < 65'536; ++i)
            all += char(i * 7 + i / 256);
        return all;
    }() << false;
}

void tst_HtmlPage::hostilePagesEnd()
{
    QFETCH(QByteArray, page);
    const HtmlPage read = readHtml(htmlAsUtf8(page, "text/html"), address);
    const auto found = findTrackers(read.code);
    QVERIFY(found.size() <= 100);
    QTEST(read.cut, "cut");
}

void tst_HtmlPage::findsTrackers()
{
    const HtmlPage page = readHtml(recorded(u"http/shop.html"_s), address);
    QCOMPARE(trackers(page.code),
             (QStringList{
                 u"GoogleAnalyticsAccountNumber ua-7654321"_s,
                 u"GoogleAnalyticsTrackingId ua-7654321-2"_s,
                 u"GoogleAnalyticsTrackingId g-ab12cd34ef"_s, u"GoogleTagManagerId gtm-k9x2zq"_s,
                 u"GoogleAdsId aw-123456789"_s, u"GoogleAdSenseId pub-1234567890123456"_s,
                 u"FacebookPixelId 987654321012345"_s, u"YandexMetricaCounterId 44332211"_s,
                 u"HotjarId 1234567"_s, u"MatomoSiteId stats.alpha-metrics.org?idsite=17"_s}));
    QCOMPARE(trackers(u"<img src=https://x.org/piwik.php?rec=1&idsite=3>"_s),
             QStringList{u"MatomoSiteId x.org?idsite=3"_s});
    QCOMPARE(trackers(u"mixpanel.init('0123456789abcdef0123456789abcdef'); "
                      "ttq.load('C0ABCDEFGHIJKLMNOPQR'); _linkedin_partner_id = \"12345\"; "
                      "https://www.clarity.ms/tag/abcdef1234"_s)
                 .size(),
             4);
    // Addresses alone, as scans by others list them.
    QCOMPARE(
        trackers(u"https://static.hotjar.com/c/hotjar-1234567.js?sv=6\n"
                 "https://px.ads.linkedin.com/collect/?v=2&fmt=js&pid=12345&time=1\n"
                 "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C0ABCDEFGHIJKLMNOPQR\n"
                 "https://region1.google-analytics.com/g/collect?v=2&tid=G-ABCDEF1234&_p=1"_s),
        (QStringList{u"GoogleAnalyticsTrackingId g-abcdef1234"_s, u"HotjarId 1234567"_s,
                     u"LinkedInPartnerId 12345"_s, u"TikTokPixelId c0abcdefghijklmnopqr"_s}));
}

void tst_HtmlPage::whatLooksLikeATrackerIsNone()
{
    QCOMPARE(trackers(u"UA-1-1 'G-' AQUA-12345-6 'GTM-abc' pub-12 fbq('track','x') ym(1) "
                      "setSiteId', 4"_s),
             QStringList());
}

void tst_HtmlPage::hashesIconsAsShodanDoes()
{
    // Reference values of MurmurHash3_x86_32.
    QCOMPARE(murmurHash3(""), 0U);
    QCOMPARE(murmurHash3("hello"), 0x248bfa47U);
    QCOMPARE(murmurHash3("hello, world"), 0x149bbb7fU);
    QCOMPARE(murmurHash3("The quick brown fox jumps over the lazy dog"), 0x2e4ff723U);
    // mmh3.hash(base64.encodebytes(…)), as Shodan's guide says.
    QCOMPARE(iconHash(QByteArray(100, 'A')), -1846453327);
}

WG_TEST(tst_HtmlPage)

#include "tst_htmlpage.moc"
