// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"
#include "core/sourceinfo.h"
#include "net/fetcher.h"
#include "sources/jsonplace.h"

#include <QJsonObject>

namespace wg {

/// One step from what an answer says to what a record holds.
struct Transform
{
    enum class Kind : quint8
    {
        Lower,
        Upper,
        Trim,
        Host, ///< canonical host name
        Parent, ///< canonical host name without a leading "*."
        Address, ///< canonical address
        UrlHost, ///< canonical host of a web address or of "host:port"
        RecordType, ///< "A" or "AAAA": what a name that has this address has
        Time, ///< a date as RFC 3339 in UTC
        Hex, ///< lower case, without colons and blanks
        Decimal, ///< a whole number in decimal digits as hex
        Serial, ///< hex of a certificate's number, without leading zero bytes
        Lines, ///< several: one a line
        Split, ///< several: parted by the argument
        Join, ///< one again, with the argument in between
        Before, ///< what stands before the argument, or all
        After, ///< what stands behind the argument, or all
        Prefix,
        Suffix,
        Only, ///< nothing unless it is the argument
        With, ///< and behind a blank what stands at the place that is the argument
        Or, ///< where nothing is left, what stands at the place that is the argument
        Certificate, ///< the field of a certificate, DER in Base64 or PEM, that is the argument
        Not, ///< nothing if it is the argument
    };
    Kind kind = Kind::Trim;
    QString argument;
};

/// Where a text of a record comes from.
struct Expression
{
    QList<JsonPlace> places; ///< the first that holds something counts
    QString constant; ///< where there are no places
    QList<Transform> transforms;
    bool all = false; ///< each place counts, in order

    [[nodiscard]] bool isSet() const { return !places.isEmpty() || !constant.isEmpty(); }
};

/// How an answer tells that it is none, or not all.
struct Condition
{
    QList<int> statuses; ///< HTTP; empty for any that is a success
    std::optional<JsonPlace> at;
    QByteArray header; ///< of the response, in lower case; looked at instead of a place
    QList<Transform> transforms; ///< before it is compared
    QStringList is; ///< texts it may have; neither these nor isNot: it is there and not empty
    QStringList isNot; ///< texts it must not have; what is absent has none
    Outcome outcome = Outcome::Refused;
    Expression words; ///< the source's own
};

/// How rows of an answer become records.
struct RecordRule
{
    Dataset dataset = Dataset::Dns;
    JsonPlace each; ///< may be many
    QList<Condition> only; ///< every one must hold; their outcome says nothing here
    /// Rows of passive DNS: name, type and data in value; dataset and owner follow from them.
    bool statement = false;
    Expression name;
    Expression type;
    Expression value;
    Expression owner; ///< of the fact, where it is not what was asked
    Identity identity = Identity::Value;
    Expression first;
    Expression last;
    QList<std::pair<QString, Expression>> attributes;
    QList<std::pair<QString, Expression>> details;
    QList<JsonPlace> known; ///< documented for every row; where most lack one, all is doubtful
    bool within = false; ///< the value is a name below what was asked, or is passed over
};

/// How one comes from a page to the next.
struct Paging
{
    enum class Kind : quint8
    {
        None,
        Offset, ///< rows so far
        Page, ///< number of the page
        Cursor, ///< what the answer names
    };
    Kind kind = Kind::None;
    QString parameter;
    int first = 1; ///< number of the first page
    int size = 0; ///< rows of a full page, where that is known: a shorter one is the last
    JsonPlace rows; ///< the list whose elements count
    Expression next; ///< Cursor; nothing there: the last page
    std::optional<JsonPlace> pages; ///< Page: how many there are
    int mostPages = 20;
};

/// How a question follows rows that another question of the source gave.
struct Following
{
    QString question; ///< the other's name
    JsonPlace each; ///< in its answer: what goes where path or query say "{row}"
    int most = 3; ///< rows of one ask; the first count
    bool needsKey = false; ///< without one they are not followed
};

/// How an eye asks only for what came since.
struct CursorRule
{
    enum class By : quint8
    {
        None,
        Last, ///< what the last row says of itself; rows come oldest first
        Newest, ///< the newest date of a row
        Asked, ///< the time of asking
    };
    enum class Form : quint8
    {
        Rfc3339,
        Seconds,
        Milliseconds,
        Date, ///< "2026-11-23"
    };
    By by = By::None;
    Expression last; ///< Last
    JsonPlace newest; ///< Newest: may be many
    Form form = Form::Rfc3339;
    qint64 overlapMs = 0; ///< so much earlier, for what the source learns late
    qint64 wholeMs = 7 * dayMs; ///< after so long all is asked for again
    QList<std::pair<QString, QString>> query; ///< with "{cursor}"; takes the place of the whole's

    [[nodiscard]] bool isSet() const { return by != By::None; }
};

/// What a manifest asks about one kind of entity in one go.
struct ManifestQuestion
{
    enum class Format : quint8
    {
        Json,
        Cof, ///< lines of the passive DNS Common Output Format
        FramedCof, ///< the same within a frame whose end proves that it is whole
        UrlscanResult, ///< one scan's page, JSON of a shape of its own
    };
    QString name; ///< the question's text in the store
    QList<ArtifactKind> about;
    QHash<ArtifactKind, QString> kinds; ///< "{kind}"
    QString hostKind; ///< "{kind}" of a name below a registered domain, where that is another
    Presence presence = Presence::Historical;
    QHash<Dataset, Presence> presences; ///< of datasets that differ from it
    QList<Dataset> datasets;
    QString path; ///< with "{entity}" and "{kind}"
    QList<std::pair<QString, QString>> query;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QJsonObject json; ///< body; texts may hold "{entity}"
    QList<std::pair<QString, QString>> form; ///< body
    Format format = Format::Json;
    std::optional<Following> follows;
    Paging paging;
    CursorRule cursor;
    bool partial = false; ///< what it gives is never all
    std::optional<JsonPlace> total; ///< how many rows there are; fewer given: cut short
    int mostRows = 0; ///< so many rows are all it ever gives: there may be more
    JsonPlace rows; ///< the rows that total and mostRows count
    QList<JsonPlace> required; ///< an answer without one of these is not understood
    QList<Condition> conditions; ///< the first that holds decides
    QList<RecordRule> records;
};

/// How a key travels.
struct ManifestKey
{
    enum class Way : quint8
    {
        Header,
        Query,
        Bearer,
        Basic, ///< the key is "name:password"
    };
    Way way = Way::Header;
    QString name; ///< of the header or the parameter
    QString value; ///< of the header or the parameter, with "{key}"
    bool needed = true;
};

/// How a source is asked how much may still be asked.
struct QuotaQuestion
{
    QString path;
    QList<std::pair<QString, QString>> query;
    Expression limit;
    Expression left; ///< or used
    Expression used;
    Expression reset; ///< a date; where there is none, the end of perMs
    qint64 perMs = 30 * dayMs; ///< a calendar's month or day in UTC, or so long
};

/// A source that is described, not programmed: what it declares, how it is asked and how its
/// answers are read. Immutable once read; shared by net thread and compute pool.
struct Manifest
{
    SourceInfo info;
    bool shipsEnabled = true; ///< until somebody says otherwise
    QUrl server;
    QStringList hosts; ///< where requests and redirects may go
    QList<HostWindow> windows;
    int parallel = 2;
    int parserVersion = 1;
    Hash128 print{}; ///< of its text: another text may read the same answer otherwise
    QList<std::pair<QByteArray, QByteArray>> headers;
    std::optional<ManifestKey> key;
    std::optional<QuotaQuestion> quotaQuestion;
    Artifact harmless; ///< what a test asks about
    QList<ManifestQuestion> questions;
};

/// Malformed with "LINE:COLUMN: what is wrong".
Result<Manifest> readManifest(const QByteArray &bytes);

} // namespace wg
