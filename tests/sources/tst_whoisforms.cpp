// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoisparse.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

Observation parsed(const QByteArray &body, const QString &asked)
{
    RawAnswer answer;
    answer.question = {{ArtifactKind::Domain, asked}, Dataset::Whois, u"whois"_s, u"domain"_s};
    answer.bytes = body;
    answer.at = {1000};
    const RawPass pass{answer.question.asked, u"whois"_s, Purpose::Poll, {answer}, parseWhois};
    return pass.parse(pass).value(0);
}

QStringList valuesOf(const Observation &o, QLatin1String type)
{
    QStringList values;
    for (const Record &r : o.records) {
        if (r.type == type)
            values.append(r.value.raw());
    }
    return values;
}

/// "registrar=One|nameserver=ns1.a.b ns2.a.b" of what a row is about; "registrant=" is none.
void compare(const Observation &o, const QString &expected)
{
    const QStringList facts = expected.split(u'|');
    for (const QString &fact : facts) {
        const QString type = fact.section(u'=', 0, 0);
        const QString values = valuesOf(o, QLatin1String(type.toLatin1())).join(u' ');
        QCOMPARE(type + u'=' + values, fact);
    }
}

const QByteArray european = "% WHOIS example.eu\n"
                            "Domain: example.eu\n"
                            "Script: LATIN\n"
                            "\n"
                            "Registrant:\n"
                            "        NOT DISCLOSED!\n"
                            "\n"
                            "Technical:\n"
                            "        Name: Somebody\n"
                            "        Organisation: Hosting Company Ltd\n"
                            "        Email: tech@hosting.example\n"
                            "\n"
                            "Registrar:\n"
                            "        Name: Registrar SA\n"
                            "\n"
                            "Name servers:\n"
                            "        ns1.example.eu (192.0.2.1)\n"
                            "        ns1.example.eu (2001:db8::1)\n"
                            "        ns2.hosting.example\n"
                            "\n"
                            "Please visit www.example.eu for more info.\n";

const QByteArray turkish = "** Domain Name: metu.edu.tr\n"
                           "Domain Status: Active\n"
                           "\n"
                           "** Registrant:\n"
                           "   A University\n"
                           "   Ankara,\n"
                           "\n"
                           "** Registrar:\n"
                           "NIC Handle\t\t: r1\n"
                           "Organization Name\t: A Registrar\n"
                           "\n"
                           "\n"
                           "** Domain Servers:\n"
                           "ns1.metu.edu.tr 192.0.2.1\n"
                           "ns2.metu.edu.tr\n"
                           "\n"
                           "** Additional Info:\n"
                           "Created on..............: 1990-Sep-12.\n"
                           "Expires on..............: 2029-Sep-11.\n"
                           "\n"
                           "** Whois Server:\n"
                           "Last Update Time: 2024-06-24T12:05:00+03:00\n";

const QByteArray estonian = "Estonia .ee Top Level Domain WHOIS server\n"
                            "\n"
                            "Domain:\n"
                            "name:       shop.ee\n"
                            "status:     ok (paid and in zone)\n"
                            "registered: 2010-07-04 03:12:44 +03:00\n"
                            "expire:     2026-07-05\n"
                            "\n"
                            "Registrant:\n"
                            "name:       The Holder\n"
                            "country:    EE\n"
                            "\n"
                            "Administrative contact:\n"
                            "name:       Somebody\n"
                            "\n"
                            "Registrar:\n"
                            "name:       The Registrar\n"
                            "\n"
                            "Name servers:\n"
                            "nserver:   ns1.shop.ee\n"
                            "changed:   2020-02-06 10:00:00 +02:00\n";

} // namespace

/// The forms of single registries, each in a sample of its own.
class tst_WhoisForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoseIsTheContact_data();
    void whoseIsTheContact();
    void nameServersAreKept_data();
    void nameServersAreKept();
    void keysOfOneRegistry_data();
    void keysOfOneRegistry();
    void wordsAreAnOutcome_data();
    void wordsAreAnOutcome();
    void serversThatCannotBeReadMakeItPartial();
};

void tst_WhoisForms::whoseIsTheContact_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("eu") << u"example.eu"_s << european
                        << u"registrant=|email=|registrar=Registrar SA"_s;
    QTest::newRow("be") << u"shop.be"_s
                        << QByteArray("Domain:\tshop.be\nRegistered:\tTue Oct 3 2000\n\n"
                                      "Registrant:\n\tNot shown, please visit www.shop.be.\n\n"
                                      "Registrar Technical Contacts:\n\tOrganisation:\tHost\n\n"
                                      "Registrar:\n\tName:\tOne\n")
                        << u"registrant=|registrar=One|created=2000-10-03T00:00:00Z"_s;
    QTest::newRow("sk") << u"shop.sk"_s
                        << QByteArray("Domain: shop.sk\nRegistrant: AB-1\nRegistrar: CD-2\n"
                                      "Created: 2003-07-16\nValid Until: 2024-08-16\n\n"
                                      "Registrar: CD-2\nOrganization: The Registrar\n"
                                      "Country Code: CZ\nCreated: 2017-09-01\n\n"
                                      "Contact: AB-1\nOrganization: The Holder\n"
                                      "Country Code: SK\n")
                        << u"registrant=The Holder|registrar=The Registrar|country=SK|"
                           "created=2003-07-16T00:00:00Z|expires=2024-08-16T00:00:00Z"_s;
    QTest::newRow("ar") << u"shop.ar"_s
                        << QByteArray("domain:\tshop.ar\nregistrant:\t99\nregistrar:\tnicar\n\n"
                                      "contact:\t99\nname:\tThe Holder\nregistrar:\tnicar\n")
                        << u"registrant=The Holder|registrar=nicar"_s;
    QTest::newRow("ua") << u"shop.ua"_s
                        << QByteArray("domain: shop.ua\ncreated: 2001-06-21 15:21:11+03\n\n"
                                      "registrar: ua.one\norganization: The Registrar\n"
                                      "country: UA\n\n"
                                      "person: n/a\norganization: The Holder\n")
                        << u"registrant=The Holder|registrar=The Registrar|"
                           "created=2001-06-21T12:21:11Z"_s;
    QTest::newRow("list") << u"shop.xx"_s
                          << QByteArray("Domain: shop.xx\n\nRegistrar: One\nOrganization: Holder\n"
                                        "Name Server: ns1.shop.xx\nExpires: 2027-01-01\n\n"
                                        "Technical Contact:\n  Contact Email: a@b.xx\n")
                          << u"registrant=Holder|registrar=One|nameserver=ns1.shop.xx|email="_s;
    QTest::newRow("tr") << u"metu.edu.tr"_s << turkish
                        << u"registrant=A University|registrar=A Registrar"_s;
    QTest::newRow("ee") << u"shop.ee"_s << estonian
                        << u"registrant=The Holder|registrar=The Registrar|country=EE"_s;
    QTest::newRow("lv")
        << u"shop.lv"_s
        << QByteArray("[Domain]\nDomain: shop.lv\nStatus: active\n\n"
                      "[Holder]\nType: Legal person\nName: The Holder\n\n"
                      "[Tech]\nType: Natural person\nName: Somebody\n\n"
                      "[Registrar]\nType: Legal person\nName: The Registrar\n\n"
                      "[Nservers]\nNserver: ns1.shop.lv (192.0.2.1)\n")
        << u"registrant=The Holder|registrar=The Registrar|nameserver=ns1.shop.lv"_s;
}

void tst_WhoisForms::whoseIsTheContact()
{
    QFETCH(QString, asked);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    const Observation o = parsed(body, asked);
    QCOMPARE(o.outcome, Outcome::Complete);
    compare(o, expected);
}

void tst_WhoisForms::nameServersAreKept_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *asked, const QByteArray &body, const QStringList &expected) {
        QTest::newRow(asked) << QString::fromLatin1(asked) << body << expected;
    };
    row("example.eu", european, {u"ns1.example.eu"_s, u"ns2.hosting.example"_s});
    row("metu.edu.tr", turkish, {u"ns1.metu.edu.tr"_s, u"ns2.metu.edu.tr"_s});
    row("shop.ee", estonian, {u"ns1.shop.ee"_s});
    row("shop.it",
        "Domain: shop.it\nStatus: ok\n\nNameservers\n"
        "  nameserver.cnr.it\n  dns.nic.it\n  ns-agent.shop.it\n  contact.validation.it "
        "192.0.2.1\n",
        {u"nameserver.cnr.it"_s, u"dns.nic.it"_s, u"ns-agent.shop.it"_s,
         u"contact.validation.it"_s});
    row("shop.be",
        "Domain:\tshop.be\n\nNameservers:\n\ta.shop.be (192.0.2.1 "
        "2001:db8:0:0:0:0:0:1)\n\tb.x.be\n\n",
        {u"a.shop.be"_s, u"b.x.be"_s});
    row("shop.uk",
        "    Domain name:\n        shop.uk\n\n    Name servers:\n"
        "        ns0.shop.uk    2001:db8::2\n        ns1.shop.uk    192.0.2.1  2001:db8::1\n",
        {u"ns0.shop.uk"_s, u"ns1.shop.uk"_s});
    row("shop.ch",
        "Domain name:\nshop.ch\n\nName servers:\nns1.shop.ch\t2001:db8::1\nns2.shop.ch\n",
        {u"ns1.shop.ch"_s, u"ns2.shop.ch"_s});
    row("shop.pl",
        "DOMAIN NAME: shop.pl\nnameservers:  ns1.shop.pl. [192.0.2.1][2001:db8::1]\n"
        "              ns2.shop.pl. [192.0.2.1][2001:db8::1]\ncreated: 1996.04.03\n",
        {u"ns1.shop.pl"_s, u"ns2.shop.pl"_s});
    row("shop.xx", "Domain: shop.xx\nName Server: ns1.shop.xx\nHolder\nholder.shop.xx\n",
        {u"ns1.shop.xx"_s});
    row("shop.dk",
        "Domain: shop.dk\nDNS: shop.dk\nRegistered: 1998-01-19\n\nNameservers\n"
        "Hostname: ns1.shop.dk\nHostname: ns2.shop.dk\n",
        {u"ns1.shop.dk"_s, u"ns2.shop.dk"_s});
    row("shop.mx", "Domain Name: shop.mx\n\nName Servers:\n   DNS:   m.shop.mx    192.0.2.1\n",
        {u"m.shop.mx"_s});
    row("shop.rs", "Domain name: shop.rs\n\nDNS: ns1.shop.rs - 192.0.2.1\nDNS: ns2.shop.rs - \n",
        {u"ns1.shop.rs"_s, u"ns2.shop.rs"_s});
    row("shop.bg",
        "DOMAIN NAME: shop.bg\n\nNAME SERVER INFORMATION:\nns1.shop.bg\nns2.shop.bg (192.0.2.1)\n\n"
        "DNSSEC: active\n",
        {u"ns1.shop.bg"_s, u"ns2.shop.bg"_s});
    row("shop.am",
        "   Domain name: shop.am\n\n   DNS servers (zone signed, 1 DS record):\n"
        "      ns1.shop.am - 192.0.2.1\n      ns2.shop.am - 2001:db8::1\n",
        {u"ns1.shop.am"_s, u"ns2.shop.am"_s});
    row("shop.uz",
        "Domain Name: shop.uz\n\nName Servers:\n ns1.uz. not.defined.\n"
        " not.defined. not.defined.\n",
        {u"ns1.uz"_s});
}

void tst_WhoisForms::nameServersAreKept()
{
    QFETCH(QString, asked);
    QFETCH(QByteArray, body);
    QFETCH(QStringList, expected);
    const Observation o = parsed(body, asked);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(valuesOf(o, "nameserver"_L1), expected);
}

void tst_WhoisForms::keysOfOneRegistry_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *asked, const QByteArray &body, const QString &expected) {
        QTest::newRow(asked) << QString::fromLatin1(asked) << body << expected;
    };
    row("metu.edu.tr", turkish,
        u"created=1990-09-12T00:00:00Z|expires=2029-09-11T00:00:00Z|status=active"_s);
    row("shop.ee", estonian, u"created=2010-07-04T00:12:44Z|expires=2026-07-05T00:00:00Z"_s);
    row("shop.lu",
        "domainname: shop.lu\nregistered: 31/05/1995\norg-name: The Holder\norg-country: LU\n"
        "adm-name: Somebody\nregistrar-name: The Registrar\nregistrar-country: DE\n",
        u"created=1995-05-31T00:00:00Z|registrant=The Holder|country=LU|registrar=The Registrar"_s);
    row("shop.md",
        "Domain  name    shop.md\nDomain state    OK\nRegistered on   1996-10-30\n"
        "Expires    on   2027-10-30\nNameserver      ns.shop.md    192.0.2.1\n",
        u"created=1996-10-30T00:00:00Z|expires=2027-10-30T00:00:00Z|nameserver=ns.shop.md|"
        "status=ok"_s);
    row("shop.my",
        "a [Domain Name]        shop.my\nc [Record Created]     03-JUN-2003\n"
        "d [Record Expired]     03-JUN-2027\nn [DNS Primary]        ns1.shop.my 192.0.2.1\n",
        u"created=2003-06-03T00:00:00Z|expires=2027-06-03T00:00:00Z|nameserver=ns1.shop.my"_s);
    row("shop.il",
        "domain: shop.il\n\ndescr: The Holder\ndescr: A Street\nvalidity: 15-06-2027\n\n"
        "person: Somebody\nnic-hdl: A-1\n",
        u"registrant=The Holder|expires=2027-06-15T00:00:00Z"_s);
    row("shop.lt", "Domain: shop.lt\nRegistered: 2004-12-31\n\nContact organization: The Holder\n",
        u"registrant=The Holder|created=2004-12-31T00:00:00Z"_s);
    row("shop.hr",
        "Domain Name: shop.hr\nRegistrar Registration Expiration Date: 2027-02-27T00:00:00Z\n",
        u"expires=2027-02-27T00:00:00Z"_s);
    row("shop.am", "   Domain name: shop.am\n\n   Registered:    1995-01-01\n",
        u"created=1995-01-01T00:00:00Z"_s);
}

void tst_WhoisForms::keysOfOneRegistry()
{
    QFETCH(QString, asked);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    const Observation o = parsed(body, asked);
    QCOMPARE(o.outcome, Outcome::Complete);
    compare(o, expected);
}

void tst_WhoisForms::wordsAreAnOutcome_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Outcome>("outcome");
    const auto row = [](const char *body, Outcome outcome) {
        QTest::newRow(body) << QByteArray(body) + '\n' << outcome;
    };
    for (const char *limit :
         {"% Quota exceeded", "% Excessive querying detected",
          "% Excessive querying, grace period of 30 seconds.",
          "% You have exceeded allowed connection rate",
          "** You exceeded the number of queries allowed per hour",
          "the IP is refused. query frequency limited.", "Maximum number of queries exceeded",
          "Your connection limit exceeded."})
        row(limit, Outcome::Refused);
    for (const char *none :
         {"The requested domain was not found in the Registry or Registrar's WHOIS Server.",
          "% No data was found to match the request criteria.",
          "No_Se_Encontro_El_Objeto/Object_Not_Found", "shop.xx: no existe", "no existe",
          "shop.xx - No Match", "Nincs talalat / No match",
          "We do not have an entry in our database matching your query.",
          "%ERROR:103: Domain is not registered", "shop.xx is free",
          "Sorry, but domain: \"shop.xx\", not found in database",
          "** No match found for shop.xx."})
        row(none, Outcome::Empty);
    const QByteArray whole = "domain: shop.xx\nstatus: active\nremarks: no existe\n";
    for (const char *words :
         {"% You have exceeded allowed connection rate", "% Excessive querying detected",
          "shop.xx - No Match", "Nincs talalat", "% No data was found"})
        row((whole + words).constData(), Outcome::Complete);
    row("remarks: this service is free", Outcome::Malformed);
    row("% Excessive querying of this service is not allowed.", Outcome::Malformed);
}

void tst_WhoisForms::wordsAreAnOutcome()
{
    QFETCH(QByteArray, body);
    QFETCH(Outcome, outcome);
    const Observation o = parsed(body, u"shop.xx"_s);
    QCOMPARE(o.outcome, outcome);
    QCOMPARE(o.records.isEmpty(), outcome != Outcome::Complete);
}

void tst_WhoisForms::serversThatCannotBeReadMakeItPartial()
{
    const QByteArray head = "Domain: shop.xx\nStatus: active\n\nName servers:\n";
    const Observation partial = parsed(head + "  ns1.shop.xx is at home\n", u"shop.xx"_s);
    QCOMPARE(partial.outcome, Outcome::Truncated);
    QCOMPARE(valuesOf(partial, "status"_L1), QStringList{u"active"_s});
    QVERIFY(!partial.detail.isEmpty());
    for (const char *none : {"\n", "  none\n", "  no name servers. At all.\n",
                             "\nVisit www.x.xx.\n", "  URL: www.x.xx\n"})
        QCOMPARE(parsed(head + none, u"shop.xx"_s).outcome, Outcome::Complete);
}

WG_TEST(tst_WhoisForms)
#include "tst_whoisforms.moc"
