// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/desktest.h"
#include "widgets/mappingdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QStatusBar>
#include <QTemporaryFile>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_MappingDialog : public QObject
{
    Q_OBJECT

    static TableSketch customers()
    {
        return {{u"Kunde, alt"_s, u"Anschluss"_s, u"Adresse"_s, u"von"_s, u"bis"_s},
                {{u"ACME"_s, u"evil.example"_s, u"192.0.2.1"_s, u"2024-01-02"_s, u"2024-02-02"_s}}};
    }
    static QPushButton *button(const QDialog &dialog, const QString &text)
    {
        const auto buttons = dialog.findChildren<QPushButton *>();
        const auto found =
            std::find_if(buttons.cbegin(), buttons.cend(),
                         [&text](const auto *each) { return each->text().remove(u'&') == text; });
        return found == buttons.cend() ? nullptr : *found;
    }
    static QList<QComboBox *> fields(const QDialog &dialog)
    {
        QList<QComboBox *> fields = dialog.findChildren<QComboBox *>();
        fields.removeIf([](const QComboBox *each) { return each->accessibleName().isEmpty(); });
        return fields;
    }

private Q_SLOTS:
    void whatTheRowsLookLikeIsProposed()
    {
        QPointer<MappingDialog> dialog = new MappingDialog(u"a.csv"_s, customers(), nullptr);
        ImportOptions options;
        connect(dialog, &MappingDialog::given, this,
                [&options](const ImportOptions &given) { options = given; });
        fields(*dialog).first()->setCurrentIndex(
            fields(*dialog).first()->findText(u"a detail to keep"_s));
        dialog->show();
        QCOMPARE(dialog->focusWidget(), fields(*dialog).first());
        button(*dialog, u"Import"_s)->click();
        QCOMPARE(options.columns,
                 u"#1=detail.kunde__alt,#2=entity,#3=value,#4=first_seen,#5=last_seen"_s);
        QVERIFY(!options.dataset && options.format.isEmpty());
        QTRY_VERIFY(!dialog);
    }
    void whatIsLackingIsSaid()
    {
        MappingDialog dialog(u"a.csv"_s, {{u"Kunde"_s, u"Wo"_s}, {{u"ACME"_s, u"evil.example"_s}}},
                             nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *import = button(dialog, u"Import"_s);
        QVERIFY(!import->isEnabled());
        const auto labels = dialog.findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
            return label->text().contains(u"must hold the value"_s);
        }));
        auto *dataset = dialog.findChildren<QComboBox *>().last();
        for (auto *each : dialog.findChildren<QComboBox *>()) {
            if (each->accessibleName().isEmpty())
                dataset = each;
        }
        dataset->setCurrentIndex(dataset->findData(int(Dataset::Sightings)));
        QVERIFY(import->isEnabled()); // contact needs no value
        dataset->setCurrentIndex(dataset->findData(int(Dataset::Osint)));
        fields(dialog).first()->setCurrentIndex(2);
        QVERIFY(import->isEnabled());
        ImportOptions options;
        connect(&dialog, &MappingDialog::given, this,
                [&options](const ImportOptions &given) { options = given; });
        import->click();
        QCOMPARE(options.columns, u"#1=value,#2=entity"_s);
        QCOMPARE(options.dataset, std::optional(Dataset::Osint));
    }
    void aListIsOneWord()
    {
        MappingDialog dialog(u"a.csv"_s, customers(), nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        ImportOptions options;
        connect(&dialog, &MappingDialog::given, this,
                [&options](const ImportOptions &given) { options = given; });
        button(dialog, u"Only the entities in it"_s)->click();
        QCOMPARE(options.format, u"entities"_s);
        QVERIFY(options.columns.isEmpty());
    }
    void whatAnImportComplainsOfStaysUntilItWasRead()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        Desk desk;
        const auto says = [&desk](const QString &words) {
            const auto labels = desk.window->findChildren<QLabel *>();
            return std::any_of(labels.cbegin(), labels.cend(), [&words](const QLabel *label) {
                return label->isVisible() && label->text().contains(words);
            });
        };
        const auto import = [&] {
            desk.window->run(Command::Import);
            auto *dialog = desk.window->findChild<QFileDialog *>();
            Q_EMIT dialog->fileSelected(file.fileName());
            delete dialog;
            QApplication::setActiveWindow(desk.window.get());
        };
        script().imported = Error{ErrorCode::Malformed, u"line 1: no kind that is known"_s};
        import();
        QTRY_VERIFY(says(u"line 1: no kind that is known"_s));
        QVERIFY(desk.window->statusBar()->currentMessage().isEmpty());
        ImportReport report;
        report.newRecords = 1;
        report.bad = 1;
        report.firstBad = {u"line 2: the address cannot be read"_s};
        script().imported = report;
        import();
        QTRY_VERIFY(says(u"line 2: the address cannot be read"_s));
        desk.key(Qt::Key_Escape);
        QVERIFY(!says(u"cannot be read"_s));
        import();
        QTRY_VERIFY(says(u"line 2: the address cannot be read"_s));
        const auto labels = desk.window->findChildren<QLabel *>();
        const auto note = std::find_if(labels.cbegin(), labels.cend(), [](const QLabel *label) {
            return label->text().contains(u"line 2"_s);
        });
        QTest::mouseClick(*note, Qt::LeftButton);
        QVERIFY(!says(u"cannot be read"_s));
        import();
        QTRY_VERIFY(says(u"line 2: the address cannot be read"_s));
        desk.window->run(Command::GoInbox);
        desk.type(u"exam"_s);
        desk.window->resize(900, 700);
        QVERIFY(says(u"line 2: the address cannot be read"_s));
        desk.key(Qt::Key_Escape); // what was typed goes first
        desk.key(Qt::Key_Escape);
        QVERIFY(!says(u"cannot be read"_s));
        script().imported = ImportReport{};
        import();
        QTRY_VERIFY(desk.window->statusBar()->currentMessage().contains(u"0 new records"_s));
    }
};

WG_TEST(tst_MappingDialog)
#include "tst_mappingdialog.moc"
