// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"
#include "core/result.h"

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
    QList<BadLine> firstBad; ///< at most 100
};

/// The kinds of file that can be imported, told by their first bytes.
enum class ImportKind : quint8
{
    CofNdjson,
    Zone,
    EntityList
};

/// Streams a file in bounded memory: COF NDJSON (draft-dulaunoy-dnsop-passive-dns-cof, all its
/// historical variants), a zone file, or one entity per line. Records come in batches of at most
/// batchSize.
class ImportReader
{
public:
    /// now: dates beyond it are impossible.
    ImportReader(QIODevice &device, Instant now, int batchSize = 100'000);
    ~ImportReader();

    /// Looks at the beginning. Malformed for something that is none of them.
    Result<ImportKind> kind();
    /// The next batch; an empty one at the end. NotFound/Failed when the device fails.
    Result<QList<Record>> nextRecords();
    Result<QList<Artifact>> nextEntities();
    [[nodiscard]] const ImportTally &tally() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
