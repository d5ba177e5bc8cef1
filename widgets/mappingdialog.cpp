// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mappingdialog.h"

#include "core/entitytext.h"
#include "core/instant.h"
#include "core/untrustedtext.h"
#include "items/words.h"
#include "widgets/elidedlabel.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <utility>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const QString entityField = u"entity"_s;
const QString valueField = u"value"_s;
const QString detailField = u"detail"_s;

constexpr qsizetype mostShown = 60;

/// The name under which a column that nobody asks about is kept.
QString detailName(const QString &column)
{
    QString name;
    for (const QChar c : column.toLower())
        name += c.isLetterOrNumber() ? c : u'_';
    return name.isEmpty() ? u"column"_s : name;
}

/// What the cells of a column look like: "entity", "first_seen" or nothing.
QString looksLike(const TableSketch &sketch, qsizetype column)
{
    for (const QStringList &row : sketch.rows) {
        const QString cell = row.value(column);
        if (parseEntity(cell))
            return entityField;
        if (cell.contains(u'-') && parseInstant(cell))
            return u"first_seen"_s;
    }
    return {};
}

} // namespace

MappingDialog::MappingDialog(const QString &fileName, const TableSketch &sketch, QWidget *parent)
    : QDialog(parent)
    , m_columns(sketch.columns)
    , m_dataset(new QComboBox(this))
    , m_lack(dimLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import %1").arg(madeVisible(fileName, mostShown)));
    auto *words = plainLabel(
        tr("The first line does not say what the columns of this table hold. Please say it."),
        this);
    words->setWordWrap(true);
    m_dataset->addItem(tr("DNS records, as their type says"));
    for (const Dataset dataset : allDatasets)
        m_dataset->addItem(Words::datasetTitle(dataset), int(dataset));
    auto *about = plainLabel(tr("The &rows tell of"), this);
    about->setBuddy(m_dataset);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({}); // the style's own is of another family
    m_import = buttons->addButton(tr("&Import"), QDialogButtonBox::AcceptRole);
    m_import->setDefault(true);
    auto *list = buttons->addButton(tr("Only the &entities in it"), QDialogButtonBox::ActionRole);
    connect(list, &QPushButton::clicked, this, [this] { give({u"entities"_s, {}, {}, {}}); });
    connect(buttons, &QDialogButtonBox::accepted, this, [this] { give(options()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_dataset, &QComboBox::currentIndexChanged, this, &MappingDialog::judge);
    auto *rows = new QHBoxLayout;
    rows->addWidget(about);
    rows->addWidget(m_dataset, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space(this, 4), space(this, 4), space(this, 4), space(this, 4));
    column->setSpacing(space(this, 3));
    column->addWidget(words);
    column->addWidget(buildColumns(sketch), 1);
    column->addLayout(rows);
    column->addWidget(m_lack);
    column->addWidget(buttons);
    setTabOrder(m_fields.last(), m_dataset);
    m_fields.first()->setFocus();
    propose(sketch);
    judge();
}

QWidget *MappingDialog::buildColumns(const TableSketch &sketch)
{
    auto *area = new QScrollArea(this);
    auto *inner = new QWidget(area);
    auto *grid = new QGridLayout(inner);
    grid->setContentsMargins(0, 0, space(this, 2), 0);
    grid->setHorizontalSpacing(space(this, 4));
    grid->setColumnStretch(1, 1);
    for (int i = 0; i < int(m_columns.size()); ++i) {
        const QString name = m_columns[i].isEmpty() ? tr("Column %1").arg(i + 1)
                                                    : madeVisible(m_columns[i], mostShown);
        QStringList cells;
        for (const QStringList &row : sketch.rows)
            cells.append(madeVisible(row.value(i), mostShown));
        cells.removeAll(QString());
        auto *field = new QComboBox(inner);
        field->setAccessibleName(tr("What “%1” holds").arg(name));
        field->addItem(tr("not taken"));
        field->addItem(tr("the domain or address"), entityField);
        field->addItem(tr("the value"), valueField);
        field->addItem(tr("the record type"), u"type"_s);
        field->addItem(tr("first seen"), u"first_seen"_s);
        field->addItem(tr("last seen"), u"last_seen"_s);
        field->addItem(tr("how often"), u"count"_s);
        field->addItem(tr("the dataset"), u"dataset"_s);
        field->addItem(tr("an own host"), u"host"_s);
        field->addItem(tr("a detail to keep"), detailField);
        connect(field, &QComboBox::currentIndexChanged, this, &MappingDialog::judge);
        auto *cell = new ElidedLabel(cells.join(u", "_s), Qt::ElideRight, inner);
        grid->addWidget(plainLabel(name, inner), i, 0);
        grid->addWidget(cell, i, 1);
        grid->addWidget(field, i, 2);
        m_fields.append(field);
    }
    grid->setRowStretch(int(m_columns.size()), 1);
    area->setWidget(inner);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setMinimumWidth(space(this, 150));
    constexpr int mostHigh = 90;
    area->setMinimumHeight(std::min(inner->sizeHint().height(), space(this, mostHigh)));
    return area;
}

/// The first domain or address is whom the row is about, the next what it says.
void MappingDialog::propose(const TableSketch &sketch)
{
    bool dated = false;
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        QString field = looksLike(sketch, i);
        if (field == entityField && holds(entityField))
            field = holds(valueField) ? QString() : valueField;
        else if (field == "first_seen"_L1 && std::exchange(dated, true))
            field = holds(u"last_seen"_s) ? QString() : u"last_seen"_s;
        m_fields[i]->setCurrentIndex(field.isEmpty() ? 0 : m_fields[i]->findData(field));
    }
}

bool MappingDialog::holds(const QString &field) const
{
    return std::any_of(m_fields.cbegin(), m_fields.cend(), [&field](const QComboBox *each) {
        return each->currentData().toString() == field;
    });
}

void MappingDialog::judge()
{
    const bool contacts = m_dataset->currentData().toInt() == int(Dataset::Sightings);
    const QString lack = !holds(entityField)
        ? tr("One column must hold the domain or address that a row is about.")
        : !holds(valueField) && !contacts
        ? tr("One column must hold the value: what is said of the domain or address.")
        : QString();
    m_lack->setText(lack);
    m_import->setEnabled(lack.isEmpty());
}

ImportOptions MappingDialog::options() const
{
    QStringList pairs;
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        const QString field = m_fields[i]->currentData().toString();
        if (field.isEmpty())
            continue;
        // By place: names may be alike, or hold a comma.
        pairs.append(u'#' + QString::number(i + 1) + u'='
                     + (field == detailField ? u"detail."_s + detailName(m_columns[i]) : field));
    }
    ImportOptions options;
    options.columns = pairs.join(u',');
    if (const int dataset = m_dataset->currentData().toInt())
        options.dataset = Dataset(dataset);
    return options;
}

void MappingDialog::give(const ImportOptions &options)
{
    Q_EMIT given(options);
    accept();
}

} // namespace wg
