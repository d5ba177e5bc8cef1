// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record.h"
#include "support/cputime.h"
#include "support/runner.h"

#include <QTest>
#include <sodium.h>

using namespace wg;
using namespace Qt::StringLiterals;

/// Records, their attributes and their hashes. The fixed hashes here stand for stored data: a
/// change of the canonical form needs a new version byte and a migration, not other numbers in this
/// file.
class TestRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashesNeverChange();
    void theCanonicalFormIsTheDocumentedOne();
    void identityIsWhatMakesTheFactTheSame();
    void stateIsWhatIsComparedBesides();
    void fieldsCannotRunIntoEachOther();
    void aSetIsItsMembersOnly();
    void attributesStaySortedAndUnique();
    void valuesLeadToEntities();
    void longAndStrangeTextIsHashedAsUtf8();
    void hashingIsQuick();
};

namespace {

Record address(const QString &value)
{
    Record r;
    r.owner = {ArtifactKind::Domain, u"www.example.com"_s};
    r.dataset = Dataset::Resolutions;
    r.type = u"A"_s;
    r.value = UntrustedText::trusted(value);
    return r;
}

Record mail(const QString &host, const QString &preference)
{
    Record r;
    r.owner = {ArtifactKind::Domain, u"example.com"_s};
    r.type = u"MX"_s;
    r.value = UntrustedText::trusted(host);
    setAttribute(r.attributes, u"preference"_s, UntrustedText::trusted(preference));
    return r;
}

Record registrar(const QString &name)
{
    Record r;
    r.owner = {ArtifactKind::Domain, u"example.com"_s};
    r.dataset = Dataset::Whois;
    r.type = u"registrar"_s;
    r.identity = Identity::Type;
    r.value = UntrustedText::fromString(name);
    return r;
}

QByteArray field(const QByteArray &utf8)
{
    QByteArray out(4, '\0');
    qToLittleEndian(quint32(utf8.size()), out.data());
    return out + utf8;
}

QString blake(const QByteArray &bytes)
{
    QByteArray out(16, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(out.data()), 16,
                       reinterpret_cast<const unsigned char *>(bytes.constData()),
                       quint64(bytes.size()), nullptr, 0);
    return QString::fromLatin1(out.toHex());
}

} // namespace

void TestRecord::hashesNeverChange()
{
    QCOMPARE(hexOf(recordId(address(u"192.0.2.1"_s))), u"3faf104f3874c060937893222ad4366f"_s);
    QCOMPARE(hexOf(recordState(address(u"192.0.2.1"_s))), u"189a1f652c3d5b1ccb285c07a1c8a0ef"_s);
    QCOMPARE(hexOf(recordId(mail(u"mx.example.com"_s, u"10"_s))),
             u"ffa4a6d667508110edfa013f6797d26d"_s);
    QCOMPARE(hexOf(recordState(mail(u"mx.example.com"_s, u"10"_s))),
             u"d0400edbadfd8062e5e4e3f82f5c9718"_s);
    QCOMPARE(hexOf(recordId(registrar(u"Grün & Söhne"_s))), u"aea962a984071d009b8a0694463d1321"_s);
    QCOMPARE(hexOf(recordState(registrar(u"Grün & Söhne"_s))),
             u"cc0464bd09b4e42e6680da38b3a6e7f8"_s);
    QCOMPARE(hexOf(setHash({})), u"4a9e6f9b8d43f6ad008f8c291929dee2"_s);
    QCOMPARE(hexOf(setHash({address(u"192.0.2.1"_s), address(u"192.0.2.2"_s)})),
             u"c12675d0ea53ea750b5b6366466673cd"_s);
}

void TestRecord::theCanonicalFormIsTheDocumentedOne()
{
    const QByteArray one(1, '\1');
    QCOMPARE(hexOf(recordId(address(u"192.0.2.1"_s))),
             blake(one + field("domain") + field("www.example.com") + field("resolutions")
                   + field("A") + field("192.0.2.1")));
    QCOMPARE(hexOf(recordState(address(u"192.0.2.1"_s))), blake(one + field("")));
    QCOMPARE(hexOf(recordState(mail(u"mx.example.com"_s, u"10"_s))),
             blake(one + field("") + field("preference") + field("10")));
    QCOMPARE(
        hexOf(recordId(registrar(u"Grün"_s))),
        blake(one + field("domain") + field("example.com") + field("whois") + field("registrar")));
    QCOMPARE(hexOf(recordState(registrar(u"Grün"_s))), blake(one + field(u"Grün"_s.toUtf8())));

    QList<QByteArray> pairs;
    for (const auto &r : {address(u"192.0.2.1"_s), address(u"192.0.2.2"_s)})
        pairs.append(toBytes(recordId(r)) + toBytes(recordState(r)));
    std::sort(pairs.begin(), pairs.end());
    QCOMPARE(hexOf(setHash({address(u"192.0.2.1"_s), address(u"192.0.2.2"_s)})),
             blake(one + pairs[0] + pairs[1]));
    QCOMPARE(hexOf(setHash({})), blake(one));
}

void TestRecord::identityIsWhatMakesTheFactTheSame()
{
    QVERIFY(recordId(address(u"192.0.2.1"_s)) != recordId(address(u"192.0.2.2"_s)));
    QCOMPARE(recordId(registrar(u"A"_s)), recordId(registrar(u"B"_s)));
    QCOMPARE(recordId(mail(u"mx.example.com"_s, u"10"_s)),
             recordId(mail(u"mx.example.com"_s, u"20"_s)));

    Record told = address(u"192.0.2.1"_s);
    told.worldFirst = Instant{1};
    told.worldLast = Instant{2};
    setAttribute(told.details, u"ttl"_s, UntrustedText::trusted(u"300"_s));
    QCOMPARE(recordId(told), recordId(address(u"192.0.2.1"_s)));
    QCOMPARE(recordState(told), recordState(address(u"192.0.2.1"_s)));

    Record other = address(u"192.0.2.1"_s);
    other.dataset = Dataset::Dns;
    QVERIFY(recordId(other) != recordId(address(u"192.0.2.1"_s)));
    other = address(u"192.0.2.1"_s);
    other.owner.kind = ArtifactKind::NameServer;
    QVERIFY(recordId(other) != recordId(address(u"192.0.2.1"_s)));
}

void TestRecord::stateIsWhatIsComparedBesides()
{
    QVERIFY(recordState(registrar(u"A"_s)) != recordState(registrar(u"B"_s)));
    QVERIFY(recordState(mail(u"mx.example.com"_s, u"10"_s))
            != recordState(mail(u"mx.example.com"_s, u"20"_s)));
    QCOMPARE(recordState(address(u"192.0.2.1"_s)), recordState(address(u"192.0.2.2"_s)));
}

void TestRecord::fieldsCannotRunIntoEachOther()
{
    Record a = address(u"bc"_s);
    a.type = u"a"_s;
    Record b = address(u"c"_s);
    b.type = u"ab"_s;
    QVERIFY(recordId(a) != recordId(b));

    Record x = registrar(u"v"_s);
    setAttribute(x.attributes, u"n"_s, UntrustedText::trusted(u"t"_s));
    Record y = registrar(u"v"_s);
    setAttribute(y.attributes, u"nt"_s, UntrustedText::trusted(u"x"_s));
    QVERIFY(recordState(x) != recordState(y));
}

void TestRecord::aSetIsItsMembersOnly()
{
    QList<Record> records;
    for (int i = 0; i < 50; ++i)
        records.append(address(u"192.0.2.%1"_s.arg(i)));
    const auto whole = setHash(records);
    std::reverse(records.begin(), records.end());
    QCOMPARE(setHash(records), whole);
    records.append(records.first());
    QCOMPARE(setHash(records), whole);
    records.append(address(u"192.0.2.99"_s));
    QVERIFY(setHash(records) != whole);
    records.removeLast();
    records.removeLast();
    records.removeLast();
    QVERIFY(setHash(records) != whole);
}

void TestRecord::attributesStaySortedAndUnique()
{
    Attributes attributes;
    for (const char *name : {"ttl", "class", "serial", "ttl", "a"})
        setAttribute(attributes, QString::fromLatin1(name), UntrustedText::trusted(u"x"_s));
    QCOMPARE(attributes.size(), 4);
    QVERIFY(std::is_sorted(attributes.begin(), attributes.end(),
                           [](const Attribute &a, const Attribute &b) { return a.name < b.name; }));
    setAttribute(attributes, u"ttl"_s, UntrustedText::trusted(u"300"_s));
    QCOMPARE(attribute(attributes, u"ttl").raw(), u"300"_s);
    QCOMPARE(attributes.size(), 4);
    setAttribute(attributes, u"ttl"_s, {});
    QCOMPARE(attributes.size(), 3);
    QVERIFY(attribute(attributes, u"ttl").isEmpty());
    setAttribute(attributes, u"never"_s, {});
    QCOMPARE(attributes.size(), 3);
    QVERIFY(attribute({}, u"x").isEmpty());
}

void TestRecord::valuesLeadToEntities()
{
    const auto of = [](Dataset dataset, const QString &type, const QString &value) {
        Record r;
        r.owner = {ArtifactKind::Domain, u"example.com"_s};
        r.dataset = dataset;
        r.type = type;
        r.value = UntrustedText::fromString(value);
        const auto artifact = linkedEntity(r);
        return artifact ? artifact->value : QString();
    };
    QCOMPARE(of(Dataset::Resolutions, u"A"_s, u"192.0.2.1"_s), u"192.0.2.1"_s);
    QCOMPARE(of(Dataset::Resolutions, u"AAAA"_s, u"2001:db8::1"_s), u"2001:db8::1"_s);
    QCOMPARE(of(Dataset::Resolutions, u"A"_s, u"127.1"_s), QString());
    QCOMPARE(of(Dataset::Dns, u"MX"_s, u"mx.example.com"_s), u"mx.example.com"_s);
    QCOMPARE(of(Dataset::Dns, u"NS"_s, u"NS1.Example.com."_s), u"ns1.example.com"_s);
    QCOMPARE(of(Dataset::Dns, u"CNAME"_s, u"cdn.example.net"_s), u"cdn.example.net"_s);
    QCOMPARE(of(Dataset::Dns, u"PTR"_s, u"host.example.net"_s), u"host.example.net"_s);
    QCOMPARE(of(Dataset::Dns, u"MX"_s, u"."_s), QString());
    QCOMPARE(of(Dataset::Dns, u"MX"_s, u"192.0.2.1"_s), QString());
    QCOMPARE(of(Dataset::Dns, u"NS"_s, u"com"_s), QString());
    QCOMPARE(of(Dataset::Dns, u"TXT"_s, u"example.com"_s), QString());
    QCOMPARE(of(Dataset::Whois, u"registrar"_s, u"example.com"_s), QString());
    QCOMPARE(of(Dataset::Whois, u"name_server"_s, u"ns1.example.com"_s), u"ns1.example.com"_s);
    QCOMPARE(of(Dataset::Dns, u"NS"_s, u"a b\u202e.com"_s), QString());
    QCOMPARE(of(Dataset::HostPairs, u"child"_s, u"cdn.example.net"_s), u"cdn.example.net"_s);
    QCOMPARE(of(Dataset::HostPairs, u"parent"_s, u"192.0.2.1"_s), u"192.0.2.1"_s);
    QCOMPARE(of(Dataset::HostPairs, u"child"_s, u"localhost"_s), QString());
}

void TestRecord::longAndStrangeTextIsHashedAsUtf8()
{
    const QString text = u"abc ü 世界 \U0001F4A9 "_s.repeated(50'000);
    const QByteArray one(1, '\1');
    QCOMPARE(hexOf(recordState(registrar(text))), blake(one + field(text.toUtf8())));
    QCOMPARE(hexOf(recordState(registrar(QString(3'000'000, u'x')))),
             blake(one + field(QByteArray(3'000'000, 'x'))));
}

void TestRecord::hashingIsQuick()
{
    const Record record = address(u"192.0.2.1"_s);
    const test::CpuTime timer;
    quint64 sum = 0;
    constexpr int rounds = 200'000;
    for (int i = 0; i < rounds; ++i)
        sum += recordId(record)[0] + recordState(record)[0];
    QVERIFY(sum > 0);
    qInfo("%lld ns a record", timer.ns() / rounds);
    QVERIFY(timer.ms() < 4000);
}

WG_TEST(TestRecord)
#include "tst_record.moc"
