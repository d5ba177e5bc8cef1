// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/importoptions.h"
#include "core/record.h"
#include "core/result.h"
#include "sources/importkind.h"

#include <QIODevice>
#include <memory>

namespace wg {

/// A line that could not be taken, with the reason.
struct BadLine
{
    qint64 line = 0; ///< from 1
    QString why; ///< one sentence, may quote outside text
};

/// What an import file was found to hold.
struct ImportTally
{
    qint64 lines = 0;
    qint64 records = 0; ///< facts understood
    qint64 entities = 0; ///< lines of a plain list that were entities
    qint64 bad = 0;
    qint64 internal = 0; ///< lines of a log about own hosts among themselves, left out
    qint64 elsewise = 0; ///< lines of a log about something else than contact
    QStringList ignored; ///< columns of a table that were not taken
    QString unread; ///< why what looks like a table was read as a list
    QList<BadLine> firstBad; ///< at most 100
};

/// Streams a file in bounded memory: COF NDJSON (draft-dulaunoy-dnsop-passive-dns-cof, all its
/// historical variants), a zone file, a table with a header, a log of own traffic, or one entity
/// per line. Records come in batches of at most batchSize.
class ImportReader
{
public:
    /// now: dates beyond it are impossible.
    ImportReader(QIODevice &device, Instant now, int batchSize = 100'000,
                 ImportOptions options = {});
    ~ImportReader();

    /// Looks at the beginning. Malformed for something that is none of them, Usage for options
    /// that do not fit it.
    Result<ImportKind> kind();
    /// "cof", "zone", "csv", "squid" …, once kind() is known.
    [[nodiscard]] QString kindName() const;
    /// Of a log, whose records are known at its end only: reads on by a batch of lines. False when
    /// all are read. nextRecords() does it by itself; this leaves room to tell how far it is.
    Result<bool> readAhead();
    /// Puts the next records into batch, whose room is used again; none at the end. Failed when the
    /// device fails.
    Result<Done> nextRecords(QList<Record> &batch);
    /// The next batch; an empty one at the end.
    Result<QList<Artifact>> nextEntities();
    [[nodiscard]] const ImportTally &tally() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
