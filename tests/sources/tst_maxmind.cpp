// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/maxmindsource.h"

#include "core/address.h"
#include "net/nettest.h"
#include "sources/maxmindparse.h"
#include "support/runner.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

QString dataFile(const QString &name)
{
    return QStringLiteral(TEST_DATA "/maxmind/") + name;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// "asn=AS3333 (holder=…)" of the records, in order.
QStringList facts(const Observation &o)
{
    QStringList out;
    for (const Record &r : o.records) {
        QString fact = r.type + u'=' + r.value.raw();
        for (const Attribute &a : r.details)
            fact += u" (%1=%2)"_s.arg(a.name, a.text.raw());
        out.append(fact);
    }
    return out;
}

/// A source with a file, under a policy that lets nothing out.
struct Lab
{
    explicit Lab(const QString &file)
    {
        policy.ceiling = Pap::Red;
        policy.cacheOnly = true;
        policy.files = {{u"maxmind"_s, file}};
        gate.setPolicy(policy);
    }
    QList<Observation> ask(const QString &address)
    {
        QList<Observation> told;
        AskOrder order;
        order.subject = parseAddress(address)->artifact();
        source.ask(order, [&](RawPass &&pass) { told = pass.parse(pass); });
        return told;
    }
    Observation one(const QString &address)
    {
        const auto told = ask(address);
        return told.size() == 1 ? told.first() : Observation();
    }

    Policy policy;
    Gate gate;
    HeldClock clock;
    MaxmindSource source{gate, clock};
};

const QString made = u" (built=2025-10-09T08:53:20Z) (file=GeoLite2-%1)"_s;

} // namespace

/// MaxMind files as somebody has them: whole, of the wrong kind, cut, gone, written over.
class tst_Maxmind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnAsnFile();
    void readsACityFile();
    void anAddressThatTheFileDoesNotKnowIsEmpty();
    void membersOfAnotherKindArePassedOver();
    void withoutAFileNobodyIsAsked();
    void aMissingFileIsAState();
    void whatIsNoMaxmindFileIsAState_data();
    void whatIsNoMaxmindFileIsAState();
    void everyCutIsAnOutcome();
    void aNewFileIsReadWithoutARestart();
    void aBrokenFileIsOpenedOnce();
    void switchedOffIsSwitchedOff();
    void namesAreNotItsBusiness();
    void theTestNamesTheFileAndItsDay();
};

void tst_Maxmind::readsAnAsnFile()
{
    Lab lab(dataFile(u"asn.mmdb"_s));
    const QStringList expected{u"asn=AS3333"_s + made.arg(u"ASN"_s) + u" (holder=Alpha Network)"_s};
    const Observation v4 = lab.one(u"193.0.6.139"_s);
    QCOMPARE(v4.outcome, Outcome::Complete);
    QCOMPARE(facts(v4), expected);
    QCOMPARE(v4.records[0].owner.value, u"193.0.6.139"_s);
    QCOMPARE(v4.records[0].dataset, Dataset::Network);
    QCOMPARE(v4.records[0].identity, Identity::Value);
    QVERIFY(v4.records[0].attributes.isEmpty());
    QCOMPARE(facts(lab.one(u"2001:67c:2e8:22::c100:68b"_s)), expected);
}

void tst_Maxmind::readsACityFile()
{
    Lab lab(dataFile(u"city.mmdb"_s));
    const Observation o = lab.one(u"193.0.6.139"_s);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(facts(o),
             (QStringList{u"country=NL"_s + made.arg(u"City"_s) + u" (name=The Netherlands)"_s,
                          u"city=Amsterdam"_s + made.arg(u"City"_s)}));
    QCOMPARE(o.records[0].identity, Identity::Type);
    QCOMPARE(facts(lab.one(u"8.8.8.8"_s)),
             QStringList{u"country=US"_s + made.arg(u"City"_s) + u" (name=United States)"_s});
}

void tst_Maxmind::anAddressThatTheFileDoesNotKnowIsEmpty()
{
    Lab lab(dataFile(u"city.mmdb"_s));
    for (const QString &address : {u"1.1.1.1"_s, u"2001:67c:2e8::1"_s, u"10.0.0.1"_s}) {
        const Observation o = lab.one(address);
        QCOMPARE(o.outcome, Outcome::Empty);
        QVERIFY(o.records.isEmpty());
    }
}

void tst_Maxmind::membersOfAnotherKindArePassedOver()
{
    Lab lab(dataFile(u"city.mmdb"_s));
    QCOMPARE(lab.one(u"9.9.9.9"_s).outcome, Outcome::Empty);
}

void tst_Maxmind::withoutAFileNobodyIsAsked()
{
    Lab lab({});
    QVERIFY(lab.ask(u"193.0.6.139"_s).isEmpty());
}

void tst_Maxmind::aMissingFileIsAState()
{
    Lab lab(u"/nowhere/x.mmdb"_s);
    const Observation o = lab.one(u"193.0.6.139"_s);
    QCOMPARE(o.outcome, Outcome::Refused);
    QVERIFY(o.detail.contains(u"/nowhere/x.mmdb is not there"_s));
    Lab folder(QStringLiteral(TEST_DATA));
    QCOMPARE(folder.one(u"193.0.6.139"_s).outcome, Outcome::Refused);
}

void tst_Maxmind::whatIsNoMaxmindFileIsAState_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("GeoLite2 will be here soon\n").repeated(100);
    QTest::newRow("zeros") << QByteArray(10'000, '\0');
    QTest::newRow("only the marker") << QByteArray("\xab\xcd\xefMaxMind.com");
}

void tst_Maxmind::whatIsNoMaxmindFileIsAState()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"x.mmdb"_s);
    write(path, bytes);
    Lab lab(path);
    const Observation o = lab.one(u"193.0.6.139"_s);
    QCOMPARE(o.outcome, Outcome::Malformed);
    QVERIFY2(o.detail.contains(u"is no MaxMind file"_s), qPrintable(o.detail));
}

void tst_Maxmind::everyCutIsAnOutcome()
{
    QTemporaryDir folder;
    const QByteArray whole = bytesOf(dataFile(u"asn.mmdb"_s));
    QVERIFY(whole.size() > 500);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const QString path = folder.filePath(QString::number(size));
        write(path, whole.left(size));
        Lab(path).ask(u"193.0.6.139"_s);
        QByteArray broken = whole;
        broken[size] = char(~broken[size]);
        write(path, broken);
        const auto told = Lab(path).ask(u"193.0.6.139"_s);
        QCOMPARE(told.size(), 1);
    }
}

void tst_Maxmind::aNewFileIsReadWithoutARestart()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"x.mmdb"_s);
    write(path, bytesOf(dataFile(u"asn.mmdb"_s)));
    Lab lab(path);
    QVERIFY(facts(lab.one(u"193.0.6.139"_s)).first().startsWith(u"asn="_s));
    write(path, bytesOf(dataFile(u"city.mmdb"_s)));
    QVERIFY(facts(lab.one(u"193.0.6.139"_s)).first().startsWith(u"country="_s));
    write(path, {});
    QCOMPARE(lab.one(u"193.0.6.139"_s).outcome, Outcome::Malformed);
    lab.policy.files = {{u"maxmind"_s, dataFile(u"asn.mmdb"_s)}};
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.one(u"193.0.6.139"_s).outcome, Outcome::Complete);
}

/// Told by its size and time alone: the same of both is the same file.
void tst_Maxmind::aBrokenFileIsOpenedOnce()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"x.mmdb"_s);
    const QByteArray good = bytesOf(dataFile(u"asn.mmdb"_s));
    const auto writeAt = [&path](const QByteArray &bytes, const QDateTime &time) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.flush();
        QVERIFY(file.setFileTime(time, QFileDevice::FileModificationTime));
    };
    const QDateTime day = Instant::fromSeconds(1'700'000'000).utc();
    writeAt(QByteArray(good.size(), 'x'), day);
    Lab lab(path);
    QCOMPARE(lab.one(u"193.0.6.139"_s).outcome, Outcome::Malformed);
    writeAt(good, day);
    const Observation again = lab.one(u"193.0.6.139"_s);
    QCOMPARE(again.outcome, Outcome::Malformed);
    QVERIFY(again.detail.contains(u"is no MaxMind file"_s));
    writeAt(good, day.addSecs(1));
    QCOMPARE(lab.one(u"193.0.6.139"_s).outcome, Outcome::Complete);
    writeAt(QByteArray(good.size(), 'x'), day.addSecs(2));
    QCOMPARE(lab.one(u"193.0.6.139"_s).outcome, Outcome::Malformed);
    QFile::remove(path);
    QCOMPARE(lab.one(u"193.0.6.139"_s).outcome, Outcome::Refused);
}

void tst_Maxmind::switchedOffIsSwitchedOff()
{
    Lab lab(dataFile(u"asn.mmdb"_s));
    lab.policy.disabledSources = {u"maxmind"_s};
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.one(u"193.0.6.139"_s).outcome, Outcome::Refused);
}

void tst_Maxmind::namesAreNotItsBusiness()
{
    Lab lab(dataFile(u"asn.mmdb"_s));
    QVERIFY(lab.source.subject(domain(u"ripe.net"_s)).isEmpty());
}

void tst_Maxmind::theTestNamesTheFileAndItsDay()
{
    QList<std::pair<Outcome, QString>> told;
    const auto take = [&](Outcome outcome, const QString &words) { told.append({outcome, words}); };
    Lab lab(dataFile(u"asn.mmdb"_s));
    lab.source.test(take);
    Lab({}).source.test(take);
    QCOMPARE(told.size(), 2);
    QCOMPARE(told[0].first, Outcome::Complete);
    QCOMPARE(told[0].second, u"GeoLite2-ASN, made on 2025-10-09"_s);
    QCOMPARE(told[1].first, Outcome::Refused);
    QVERIFY(told[1].second.contains(u"source.maxmind.file"_s));
}

/// Where the metadata breaks off, MMDB_open of libmaxminddb 1.7 forgets what it has read of it.
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:libmaxminddb\n";
}

WG_TEST(tst_Maxmind)
#include "tst_maxmind.moc"
