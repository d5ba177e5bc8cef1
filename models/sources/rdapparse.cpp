// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapparse.h"

#include "core/entitytext.h"
#include "sources/answertext.h"
#include "sources/httpsource.h"
#include "sources/rdapbootstrap.h"
#include "sources/rdapfields.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// 2: of several contacts in one role and events of one action one is chosen whatever their order.
constexpr int parserVersion = 2;

void failWith(Observation &out, Outcome outcome, QString detail)
{
    out.outcome = outcome;
    out.detail = std::move(detail);
}

/// The object's own words: title and description.
QString wordsOf(const QJsonObject &object)
{
    QStringList words{object.value("title"_L1).toString()};
    const QJsonValue description = object.value("description"_L1);
    words.append(description.toString());
    const QJsonArray lines = description.toArray();
    for (const QJsonValue &line : lines)
        words.append(line.toString());
    words.removeAll(QString());
    return words.join(u": "_s).simplified().left(300);
}

/// Registries answer "quota exceeded (31/30)" within bodies of every kind.
bool tellsOfQuota(const QByteArray &body)
{
    const QByteArray lower = body.left(65536).toLower();
    return lower.contains("quota") || lower.contains("rate limit") || lower.contains("too many")
        || lower.contains("limit exceeded");
}

/// Status, or error code within the body: anything but a success.
void judgeStatus(Observation &out, int status, const RawAnswer &answer, const QJsonObject &body)
{
    const QString words = wordsOf(body);
    Outcome outcome = outcomeOfStatus(status);
    if (outcome == Outcome::Empty && isWebPage(answer.bytes)) {
        return failWith(out, Outcome::SuspiciousEmpty,
                        u"not found, but with a web page instead of an RDAP answer"_s);
    }
    // RFC 7480 section 5.3: a body is optional. One of another form is by something in between.
    if (outcome == Outcome::Empty && !withoutMark(answer.bytes).trimmed().isEmpty()
        && !body.contains("errorCode"_L1) && !body.contains("rdapConformance"_L1)) {
        return failWith(out, Outcome::SuspiciousEmpty,
                        u"not found, but with something else instead of an RDAP answer"_s);
    }
    if (outcome == Outcome::Empty)
        return failWith(out, outcome, u"the registry knows no such object"_s);
    if (outcome == Outcome::Unreachable && tellsOfQuota(answer.bytes))
        outcome = Outcome::Refused;
    failWith(out, outcome,
             words.isEmpty()
                 ? u"the registry answered with code %1"_s.arg(status)
                 : u"the registry answered with code %1: %2"_s.arg(QString::number(status), words));
}

int errorCodeOf(const QJsonObject &object)
{
    return object.value("errorCode"_L1).toVariant().toInt(); // number or text
}

bool isCutShort(const QJsonObject &object)
{
    const auto says = [&](QLatin1String member) {
        const QJsonArray notes = object.value(member).toArray();
        return std::any_of(notes.begin(), notes.end(), [](const QJsonValue &note) {
            const QString type = note.toObject().value("type"_L1).toString().toLower();
            return type.contains("truncated"_L1) && !type.contains("authorization"_L1);
        });
    };
    return says("notices"_L1) || says("remarks"_L1);
}

/// What the object claims to be, or fits; empty when nothing.
QString classOf(const QJsonObject &object)
{
    const QString name = object.value("objectClassName"_L1).toString().toLower();
    if (!name.isEmpty())
        return name;
    if (object.contains("startAddress"_L1) || object.contains("cidr0_cidrs"_L1))
        return u"ip network"_s;
    if (object.contains("ldhName"_L1) && !object.contains("ipAddresses"_L1))
        return u"domain"_s;
    return {};
}

bool isAboutAnother(const QJsonObject &domain, const Artifact &asked)
{
    const QString name = domain.value("ldhName"_L1).toString();
    return !name.isEmpty() && canonicalHostName(name) != asked.value;
}

/// Members that nearly every registry's objects hold, though RFC 9083 demands none of them. A
/// registry that leaves out its dates or its entities is an odd one; both together are none.
QStringList lackingIn(const QJsonObject &object, const QString &objectClass)
{
    QStringList fields = objectClass == "domain"_L1
        ? QStringList{u"ldhName"_s, u"events"_s, u"entities"_s}
        : QStringList{u"startAddress"_s, u"endAddress"_s};
    fields.removeIf([&object](const QString &field) { return object.contains(field); });
    if (fields.size() == 1 && fields[0] != "ldhName"_L1 && objectClass == "domain"_L1)
        fields.clear();
    return fields;
}

void readObject(Observation &out, const RawAnswer &answer, const QJsonObject &object)
{
    const Artifact &asked = answer.question.asked;
    const bool aboutNetwork = rdapNetworkOf(asked).has_value();
    const QString expected = aboutNetwork ? u"ip network"_s : u"domain"_s;
    const QString found = classOf(object);
    if (found.isEmpty() && tellsOfQuota(answer.bytes))
        return failWith(out, Outcome::Refused, u"the registry's quota is used up"_s);
    if (found != expected) {
        return failWith(out, Outcome::Malformed,
                        found.isEmpty() ? u"the answer holds no RDAP object"_s
                                        : u"the answer is about %1, not about %2"_s.arg(
                                            madeVisible(found, 60), expected));
    }
    if (expected == "domain"_L1 && isAboutAnother(object, asked))
        return failWith(out, Outcome::Malformed, u"the answer is about another domain"_s);
    if (answer.question.text != "registrar"_L1)
        out.lacking = lackingIn(object, expected);
    if (aboutNetwork)
        out.records = rdapNetworkRecords(object, asked);
    else if (answer.question.text == "registrar"_L1)
        out.records = rdapRegistrantRecords(object, asked);
    else
        out.records = rdapDomainRecords(object, asked);
    if (out.records.isEmpty() && aboutNetwork)
        return failWith(out, isAddress(asked) ? Outcome::Malformed : Outcome::SuspiciousEmpty,
                        u"the answer's network does not hold what was asked about"_s);
    if (out.records.isEmpty())
        return failWith(out, Outcome::SuspiciousEmpty, u"the answer holds no facts"_s);
    const bool cut = isCutShort(object);
    failWith(out, cut ? Outcome::Truncated : Outcome::Complete,
             cut ? u"the registry says that it left something out"_s : QString());
}

Observation parseAnswer(const RawAnswer &answer)
{
    Observation out;
    out.question = answer.question;
    out.presence = Presence::Current;
    out.at = answer.at;
    out.raw = answer.bytes;
    if (answer.failure != Outcome::Complete) {
        failWith(out, answer.failure, answer.detail);
        return out;
    }
    const QByteArray body = withoutMark(answer.bytes);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    const QJsonObject object = document.object();
    if (answer.status != 200 && answer.status != 0)
        judgeStatus(out, answer.status, answer, object);
    else if (answer.cut)
        failWith(out, Outcome::Unreachable, u"the connection ended within the answer"_s);
    else if (!document.isObject() && tellsOfQuota(body))
        failWith(out, Outcome::Refused, u"the registry's quota is used up"_s);
    else if (isWebPage(body))
        failWith(out, Outcome::Malformed, u"a web page instead of an RDAP answer"_s);
    else if (!document.isObject())
        failWith(out, Outcome::Malformed,
                 u"the answer is no JSON object (%1)"_s.arg(problem.errorString()));
    else if (object.contains("errorCode"_L1))
        judgeStatus(out, errorCodeOf(object), answer, object);
    else
        readObject(out, answer, object);
    return out;
}

/// An answer about a network tells its facts; one about an address tells first in which network it
/// lies, for the network is what all its addresses share.
QList<Observation> byNetwork(Observation answer)
{
    const Artifact asked = answer.question.asked;
    const Artifact network = answer.records.constFirst().owner;
    if (network == asked)
        return {answer};
    if (!isAddress(asked)) {
        failWith(answer, Outcome::SuspiciousEmpty,
                 u"the registry names another network now: %1"_s.arg(network.value));
        answer.records.clear();
        return {answer};
    }
    Observation own = answer;
    failWith(own, Outcome::Complete, QString()); // whatever was left out of the network's facts
    own.raw.clear();
    WhoisRecords place(asked);
    place.single(u"network"_s, network.value);
    own.records = place.records();
    answer.question.asked = network;
    return {own, answer};
}

} // namespace

QList<Observation> parseRdap(const RawPass &raw)
{
    QList<Observation> out;
    for (const RawAnswer &answer : raw.answers) {
        const Observation told = parseAnswer(answer);
        if (told.records.isEmpty() || !rdapNetworkOf(told.question.asked))
            out.append(told);
        else
            out.append(byNetwork(told));
    }
    for (Observation &told : out)
        told.parserVersion = parserVersion;
    return out;
}

QUrl registrarLink(const QByteArray &registryAnswer)
{
    const QJsonObject domain = QJsonDocument::fromJson(registryAnswer).object();
    const auto known = rdapRegistrantRecords(domain, {ArtifactKind::Domain, u"x"_s});
    const auto isName = [](const Record &r) { return r.type == "registrant"_L1; };
    if (std::any_of(known.begin(), known.end(), isName))
        return {}; // a country alone is what is left where the name was withheld
    const QJsonArray links = domain.value("links"_L1).toArray();
    for (const QJsonValue &value : links) {
        const QJsonObject link = value.toObject();
        if (link.value("rel"_L1).toString() != "related"_L1
            || !link.value("type"_L1).toString().startsWith("application/rdap+json"_L1))
            continue;
        const QUrl url(link.value("href"_L1).toString(), QUrl::StrictMode);
        if (url.isValid() && url.scheme() == "https"_L1 && url.userInfo().isEmpty())
            return url;
    }
    return {};
}

} // namespace wg
