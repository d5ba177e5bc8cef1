// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/codec.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

/// Names and texts beside a fact, as they are written.
class TstCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsPackedComesBack_data();
    void whatIsPackedComesBack();
    void theCommonestIsShort();
    void oldFormsAreRead();
    void whatIsJoinedIsPartedAgain_data();
    void whatIsJoinedIsPartedAgain();
    void aSortKeyCountsAsTheEnginesDo();
};

namespace {

Attributes made(const QStringList &pairs)
{
    Attributes attributes;
    for (const QString &pair : pairs)
        setAttribute(attributes, pair.section(u'=', 0, 0),
                     UntrustedText::fromString(pair.section(u'=', 1)));
    return attributes;
}

} // namespace

void TstCodec::whatIsPackedComesBack_data()
{
    QTest::addColumn<QStringList>("pairs");
    QTest::addColumn<QString>("owner");
    const QString owner = u"example.com"_s;
    QTest::newRow("none") << QStringList() << owner;
    QTest::newRow("passive DNS") << QStringList{u"bailiwick=example.com."_s, u"count=12"_s}
                                 << owner;
    QTest::newRow("without the last dot") << QStringList{u"bailiwick=example.com"_s} << owner;
    QTest::newRow("another's bailiwick")
        << QStringList{u"bailiwick=com."_s, u"count=1"_s, u"ttl=3600"_s} << owner;
    QTest::newRow("owner elsewhere")
        << QStringList{u"zone=example.com."_s, u"x=example.com"_s} << owner;
    QTest::newRow("owner's beginning") << QStringList{u"zone=example.com.evil.net"_s} << owner;
    QTest::newRow("names like letters") << QStringList{u"c=1"_s, u"b=B"_s, u"t=tB"_s} << owner;
    QTest::newRow("a text that ends like the short pair")
        << QStringList{u"a=AB"_s, u"bailiwick=example.com."_s, u"count=B"_s} << owner;
    QTest::newRow("names like signs") << QStringList{u"B=1"_s, u"Bar=2"_s, u"{=3"_s} << owner;
    QTest::newRow("signs in texts")
        << QStringList{u"0=\x1c"_s, u"a=\x1d"_s, u"b=x\x1ey"_s, u"c=\x1f"_s, u"d=\"\\"_s} << owner;
    QTest::newRow("a brace") << QStringList{u"a={\"b\":1}"_s} << owner;
    QTest::newRow("no owner") << QStringList{u"bailiwick=."_s, u"count=3"_s} << QString();
    QTest::newRow("letters of the world") << QStringList{u"größe=ß"_s, u"名=例え"_s} << owner;
}

void TstCodec::whatIsPackedComesBack()
{
    QFETCH(QStringList, pairs);
    QFETCH(QString, owner);
    const Attributes attributes = made(pairs);
    QCOMPARE(attributes.size(), pairs.size());
    const auto text = codec::packed(attributes, owner);
    QCOMPARE(text.has_value(), !pairs.isEmpty());
    QCOMPARE(codec::unpacked(text.value_or(QString()), owner), attributes);
}

void TstCodec::theCommonestIsShort()
{
    const Attributes details = made({u"bailiwick=example.com."_s, u"count=12"_s});
    QCOMPARE(*codec::packed(details, u"example.com"_s), u"Bc12"_s);
}

void TstCodec::oldFormsAreRead()
{
    const Attributes details = made({u"bailiwick=com."_s, u"count=12"_s});
    QCOMPARE(codec::unpacked(*codec::fromAttributes(details), u"example.com"_s), details);
}

void TstCodec::whatIsJoinedIsPartedAgain_data()
{
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("nothing") << QStringList{u""_s, u""_s, u""_s};
    QTest::newRow("details") << QStringList{u"c1"_s, u""_s, u""_s};
    QTest::newRow("attributes") << QStringList{u""_s, u"p10"_s, u""_s};
    QTest::newRow("a rest") << QStringList{u""_s, u""_s, u"rest"_s};
    QTest::newRow("all") << QStringList{u"c1"_s, u"p10"_s, u"rest"_s};
    QTest::newRow("a rest with signs") << QStringList{u"c1"_s, u""_s, u"\x1c\ufeff\x1c\x1e"_s};
}

void TstCodec::whatIsJoinedIsPartedAgain()
{
    QFETCH(QStringList, parts);
    const auto text = codec::joined({parts[0], parts[1], parts[2]});
    QCOMPARE(text.has_value(), !parts.join(QString()).isEmpty());
    const codec::Said said = codec::parted(text.value_or(QString()));
    QCOMPARE(said.details, parts[0]);
    QCOMPARE(said.attributes, parts[1]);
    QCOMPARE(said.rest, parts[2]);
}

void TstCodec::aSortKeyCountsAsTheEnginesDo()
{
    const QString bird = u"🐦"_s;
    QCOMPARE(codec::sortKey(bird.repeated(96)), bird.repeated(96));
    QCOMPARE(codec::sortKey(bird.repeated(97)), bird.repeated(96));
    QCOMPARE(codec::sortKey(u"a"_s + bird.repeated(60)), u"a"_s + bird.repeated(60));
    QCOMPARE(codec::sortKey(u"a"_s.repeated(95) + bird + u'b'), u"a"_s.repeated(95) + bird);
}

WG_TEST(TstCodec)
#include "tst_codec.moc"
