// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/catalogue.h"
#include "support/runner.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <algorithm>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

/// The cells of each line of the table, by the source in the first one.
QHash<QString, QStringList> tableOfReadme()
{
    QFile file(QStringLiteral(REPO_ROOT "/README.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no README.md");
    QHash<QString, QStringList> rows;
    bool inside = false;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        inside = line.startsWith("| source |"_L1) || (inside && line.startsWith(u'|'));
        QStringList cells = line.split(u'|');
        if (!inside || cells.size() < 3 || !cells[1].contains(u'`'))
            continue;
        for (QString &cell : cells)
            cell = cell.trimmed();
        rows.insert(QString(cells[1]).remove(u'`'), cells.sliced(2, 5));
    }
    return rows;
}

QList<Dataset> sorted(QList<Dataset> datasets)
{
    std::sort(datasets.begin(), datasets.end());
    return datasets;
}

/// "resolutions, dns: some remark", or "all but sightings".
QList<Dataset> datasetsIn(const QString &cell)
{
    const QString list = cell.section(u':', 0, 0);
    QList<Dataset> named;
    for (const Dataset dataset : allDatasets) {
        const QRegularExpression word(u"\\b%1\\b"_s.arg(datasetName(dataset)));
        const bool isNamed = list.contains(word);
        if (isNamed != list.startsWith("all"_L1))
            named.append(dataset);
    }
    return sorted(named);
}

} // namespace

/// README's table of sources is what people decide by whom to ask: it says what the sources do.
class TstSourceTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readmeSaysOfEachSourceWhatItDeclares_data()
    {
        QTest::addColumn<QString>("name");
        static const Catalogue catalogue = readCatalogue({});
        for (const SourceInfo &info : catalogue.infos())
            QTest::newRow(qPrintable(info.name)) << info.name;
    }
    void readmeSaysOfEachSourceWhatItDeclares()
    {
        QFETCH(QString, name);
        static const Catalogue catalogue = readCatalogue({});
        static const QHash<QString, QStringList> table = tableOfReadme();
        const auto infos = catalogue.infos();
        const SourceInfo &info =
            *std::find_if(infos.cbegin(), infos.cend(),
                          [&](const SourceInfo &each) { return each.name == name; });
        const QStringList cells = table.value(name);
        QCOMPARE(cells.size(), 5);
        QCOMPARE(datasetsIn(cells[0]), sorted(info.datasets));
        const QString key = info.needsKey ? u"needed"_s : info.takesKey ? u"optional"_s : u"no"_s;
        QCOMPARE(cells[1], key);
        QCOMPARE(cells[2], QString(papName(info.pap)));
        QCOMPARE(cells[3].contains("on demand"_L1), info.onDemand);
        QVERIFY(!cells[3].isEmpty() && !cells[4].isEmpty());
    }

    void readmeNamesNoSourceThatIsNotThere()
    {
        QSet<QString> names;
        for (const SourceInfo &info : readCatalogue({}).infos())
            names.insert(info.name);
        const auto rows = tableOfReadme().keys();
        QCOMPARE(QSet<QString>(rows.cbegin(), rows.cend()), names);
    }
};

WG_TEST(TstSourceTable)
#include "tst_sourcetable.moc"
