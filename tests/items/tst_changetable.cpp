// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/changetable.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

class tst_ChangeTable : public QObject
{
    Q_OBJECT

    static Change removed()
    {
        Change change;
        change.kind = ChangeKind::Removed;
        change.question.asked = {ArtifactKind::Domain, u"example.com"_s};
        change.record.owner = change.question.asked;
        change.record.dataset = Dataset::Resolutions;
        change.record.type = u"A"_s;
        change.record.value = UntrustedText::fromString(u"192.0.2.1"_s);
        change.before = change.record.value;
        return change;
    }

private Q_SLOTS:
    void aRemovedValueIsALinkInItsColumn()
    {
        ChangeTableModel model;
        QAbstractItemModelTester tester(&model);
        model.show({removed()});
        QVERIFY(
            model.index(0, ChangeTableModel::Before).data(ChangeTableModel::LinkRole).isValid());
        QVERIFY(
            !model.index(0, ChangeTableModel::After).data(ChangeTableModel::LinkRole).isValid());
        QCOMPARE(model.index(0, ChangeTableModel::News).data().toString(), QString());
    }
    void newsAreMarkedAndWhatIsGoneIsStruck()
    {
        auto added = removed();
        added.kind = ChangeKind::Added;
        added.novelty = Novelty::Us;
        ChangeTableModel model;
        model.show({removed(), added});
        using Model = ChangeTableModel;
        QVERIFY(model.index(0, Model::Before).data(Model::GoneRole).toBool());
        QVERIFY(!model.index(0, Model::What).data(Model::GoneRole).toBool());
        QVERIFY(!model.index(1, Model::Before).data(Model::GoneRole).toBool());
        QVERIFY(!model.index(0, Model::News).data(Model::NoveltyRole).isValid());
        QCOMPARE(model.index(1, Model::News).data(Model::NoveltyRole).toInt(), int(Novelty::Us));
    }
    void aCertificateIsNamedByWhomItNames()
    {
        Change change = removed();
        change.kind = ChangeKind::Added;
        change.record.dataset = Dataset::Certificates;
        change.record.type = u"certificate"_s;
        change.record.value = UntrustedText::fromString(u"0a CN=CA"_s);
        change.after = change.record.value;
        change.before = {};
        ChangeTableModel model;
        model.show({change});
        const auto after = [&model] { return model.index(0, ChangeTableModel::After); };
        QCOMPARE(after().data().toString(), u"0a CN=CA"_s); // nothing more is known
        change.record.details = {
            {u"issuer_name"_s, UntrustedText::fromString(u"Some CA"_s)},
            {u"names"_s, UntrustedText::fromString(u"login.example.net, b.example.net"_s)}};
        model.show({change});
        QCOMPARE(after().data().toString(), u"login.example.net by Some CA"_s);
        const auto link = after().data(ChangeTableModel::LinkRole).value<Artifact>();
        QCOMPARE(link.value, u"login.example.net"_s);
        change.kind = ChangeKind::Modified;
        change.after = UntrustedText::fromString(u"revoked true"_s);
        model.show({change});
        QCOMPARE(after().data().toString(), u"revoked true"_s);
        QCOMPARE(model.index(0, ChangeTableModel::What).data().toString(),
                 u"certificate login.example.net"_s);
    }
    void anAddressLeadsToTheNameOnIt()
    {
        auto change = removed();
        change.question.asked = {ArtifactKind::Ipv4, u"192.0.2.1"_s};
        QCOMPARE(linkOf(change)->value, u"example.com"_s);
    }
    void aNameThatIsTheValueIsNotSaidTwice()
    {
        auto change = removed();
        change.question.asked = {ArtifactKind::Ipv4, u"192.0.2.1"_s};
        ChangeTableModel model;
        model.show({change});
        QCOMPARE(model.index(0, ChangeTableModel::What).data().toString(), u"example.com A"_s);
        change.before = UntrustedText::fromString(u"example.com"_s);
        model.show({change});
        QCOMPARE(model.index(0, ChangeTableModel::What).data().toString(), u"A"_s);
    }
    void hostileTextIsMadeVisible()
    {
        auto change = removed();
        change.before = UntrustedText::fromString(u"a\u202eb<i>"_s);
        ChangeTableModel model;
        model.show({change});
        const auto cell = model.index(0, ChangeTableModel::Before);
        QVERIFY(!cell.data().toString().contains(QChar(0x202e)));
        QVERIFY(!cell.data(Qt::ToolTipRole).toString().contains(u"<i>"));
    }
};

WG_TEST(tst_ChangeTable)
#include "tst_changetable.moc"
