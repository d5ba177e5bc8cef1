// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/imports.h"

#include <QBuffer>
#include <QFile>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString lineOf(const Record &record)
{
    return u"%1 %2 %3 %4"_s.arg(record.owner.value, datasetName(record.dataset), record.type,
                                record.value.raw());
}

} // namespace

QStringList WholeImport::lines() const
{
    QStringList out;
    for (const Record &record : records)
        out.append(lineOf(record));
    return out;
}

QStringList WholeImport::bad() const
{
    QStringList out;
    for (const BadLine &line : tally.firstBad)
        out.append(u"%1: %2"_s.arg(line.line).arg(line.why));
    return out;
}

Record WholeImport::of(const QString &line) const
{
    const auto found = std::find_if(records.cbegin(), records.cend(),
                                    [&](const Record &record) { return lineOf(record) == line; });
    return found == records.cend() ? Record() : *found;
}

WholeImport importText(QByteArray text, const ImportOptions &options, int batch)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    WholeImport import;
    ImportReader reader(buffer, importTime, batch, options);
    if (const auto kind = reader.kind(); !kind)
        import.error = kind.error();
    import.kind = reader.kindName();
    QList<Record> records;
    while (!import.error) {
        if (const auto read = reader.nextRecords(records); !read)
            import.error = read.error();
        else if (records.isEmpty())
            break;
        import.records += records;
    }
    import.tally = reader.tally();
    return import;
}

WholeImport importData(const QString &file, const ImportOptions &options)
{
    QFile data(QStringLiteral(TEST_DATA "/") + file);
    if (!data.open(QIODevice::ReadOnly))
        return {{}, {}, {}, Error{ErrorCode::NotFound, file}};
    return importText(data.readAll(), options);
}

} // namespace wg
