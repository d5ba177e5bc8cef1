// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoisparse.h"

#include "core/entitytext.h"
#include "sources/answertext.h"
#include "sources/whoistext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int parserVersion = 2; ///< reads more registries' forms, and no other contact as holder

void failWith(Observation &out, Outcome outcome, QString detail)
{
    out.outcome = outcome;
    out.detail = std::move(detail);
}

/// Everything that a server may say beside facts, line by line: terms of use are long, and speak of
/// limits, too.
QStringList saidLines(const QString &text)
{
    QStringList said = whoisComments(text);
    const QList<WhoisLine> lines = whoisLines(text);
    for (const WhoisLine &line : lines)
        said.append(line.key.isEmpty() ? line.value : line.key + u": "_s + line.value);
    return said;
}

QRegularExpression words(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

/// Below a heading for name servers stand names of which none was read: a form not known yet.
bool missesServers(const QString &text, const QList<Record> &records)
{
    static const QRegularExpression host =
        words(uR"(^([\w-]{1,63}\.){1,20}[a-z][\w-]{1,63}\.?(\s|$))"_s);
    const auto isServer = [](const Record &record) { return record.type == "nameserver"_L1; };
    static const QRegularExpression servers = words(u"server|host|^d?ns"_s);
    const auto isUnread = [](const WhoisLine &line) {
        const bool mayName = line.key.isEmpty() || servers.match(line.key).hasMatch();
        return line.section == WhoisSection::NameServers && !line.heads
            && ((mayName && host.match(line.value).hasMatch()) || host.match(line.key).hasMatch());
    };
    const QList<WhoisLine> lines = whoisLines(text);
    return std::none_of(records.cbegin(), records.cend(), isServer)
        && std::any_of(lines.cbegin(), lines.cend(), isUnread);
}

/// The first line that the pattern holds of.
QString lineLike(const QStringList &lines, const QRegularExpression &pattern)
{
    const auto found = std::find_if(lines.cbegin(), lines.cend(), [&](const QString &line) {
        return pattern.match(line).hasMatch();
    });
    return found == lines.cend() ? QString() : found->simplified().left(200);
}

bool saysFree(const QList<Record> &records)
{
    return std::any_of(records.cbegin(), records.cend(), [](const Record &record) {
        const QString value = record.value.raw();
        return record.type == "status"_L1
            && (value == "free"_L1 || value == "available"_L1 || value == "not registered"_L1);
    });
}

/// An answer without facts says why, in words that differ from server to server.
void judgeWords(Observation &out, const QStringList &said)
{
    static const QRegularExpression none =
        words(u"^(error:?\\d*:? *)?(no match|not found|domain not found|no data (was )?found|"
              "no entries found|no object found|nothing found|no such domain|object does not exist|"
              "nincs talalat|we do not have an entry in our database|no existe$|"
              "(the )?requested domain was not found|\\S{1,80}/object_not_found$|"
              "\\S{1,255}\\.\\S{2,63}(: no existe| - no match| is free)$)|"
              "^(sorry, but |error:\\d+: *)?(the )?(domain|queried object).{0,255}"
              " (is free|is available|does not exist|not found|is not registered|"
              "has not been registered)"_s);
    static const QRegularExpression limit =
        words(u"(quota|limit) (of queries )?(exceeded|reached)|exceeded .{0,20}(quota|limit)|"
              "^you (have )?exceeded (the number of queries|.{0,20}connection rate)|"
              "^excessive querying( detected|,|$)|query frequency limited|"
              "limit reached|maximum queries|too many (queries|requests)|queries exceeded"_s);
    static const QRegularExpression reserved = words(u"^name is reserved|^reserved( by|$)"_s);
    static const QRegularExpression down =
        words(u"(database|service) is (currently |temporarily )?(down|unavailable)"_s);
    static const QRegularExpression error = words(u"^error( code| message)?:"_s);
    if (const QString line = lineLike(said, limit); !line.isEmpty())
        return failWith(out, Outcome::Refused, u"the registry's quota is used up: %1"_s.arg(line));
    if (!lineLike(said, none).isEmpty())
        return failWith(out, Outcome::Empty, u"the registry knows no such domain"_s);
    if (const QString line = lineLike(said, reserved); !line.isEmpty())
        return failWith(out, Outcome::Empty, u"not registered, and not to be had: %1"_s.arg(line));
    if (const QString line = lineLike(said, down); !line.isEmpty())
        return failWith(out, Outcome::Unreachable, u"the registry says: %1"_s.arg(line));
    if (const QString line = lineLike(said, error); !line.isEmpty())
        return failWith(out, Outcome::Refused,
                        u"the registry answered with an error: %1"_s.arg(line));
    failWith(out, Outcome::Malformed, u"the answer does not speak of the domain"_s);
}

void readText(Observation &out, const QString &text)
{
    static const QRegularExpression error = words(u"^error (code|message):"_s);
    QList<Record> records = whoisRecords(text, out.question.asked);
    const QStringList said = saidLines(text);
    if (saysFree(records))
        return failWith(out, Outcome::Empty, u"the registry knows no such domain"_s);
    if (records.isEmpty() || !lineLike(said, error).isEmpty())
        return judgeWords(out, said);
    const bool partial = missesServers(text, records);
    out.records = std::move(records);
    if (partial)
        return failWith(out, Outcome::Truncated, u"the name servers could not be read"_s);
    failWith(out, Outcome::Complete, {});
}

Observation parseAnswer(const RawAnswer &answer)
{
    Observation out;
    out.question = answer.question;
    out.parserVersion = parserVersion;
    out.presence = Presence::Current;
    out.at = answer.at;
    out.raw = answer.bytes;
    if (answer.failure != Outcome::Complete)
        failWith(out, answer.failure, answer.detail);
    else if (answer.cut)
        failWith(out, Outcome::Unreachable, u"the connection ended within the answer"_s);
    else if (answer.bytes.trimmed().isEmpty())
        failWith(out, Outcome::Malformed, u"the answer is empty"_s);
    else if (isWebPage(answer.bytes))
        failWith(out, Outcome::Malformed, u"a web page instead of a WHOIS answer"_s);
    else
        readText(out, whoisText(answer.bytes));
    return out;
}

} // namespace

QList<Observation> parseWhois(const RawPass &raw)
{
    QList<Observation> out;
    for (const RawAnswer &answer : raw.answers)
        out.append(parseAnswer(answer));
    return out;
}

QString whoisServerOf(const QByteArray &ianaAnswer)
{
    const QList<WhoisLine> lines = whoisLines(whoisText(ianaAnswer));
    for (const WhoisLine &line : lines) {
        if (line.key != "whois"_L1 && line.key != "refer"_L1)
            continue;
        const QString host = canonicalHostName(line.value).value_or(QString());
        if (host.contains(u'.'))
            return host;
    }
    return {};
}

} // namespace wg
