// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestreader.h"

#include "core/untrustedtext.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr std::array askedKinds{ArtifactKind::Domain, ArtifactKind::Ipv4, ArtifactKind::Ipv6};

std::optional<ArtifactKind> askedKind(const QString &word)
{
    const auto *found = std::find_if(askedKinds.begin(), askedKinds.end(),
                                     [&word](ArtifactKind kind) { return word == kindName(kind); });
    return found == askedKinds.end() ? std::nullopt : std::optional(*found);
}

void readAbout(ManifestFields &fields, ManifestQuestion &question)
{
    const LocatedJson *about = fields.need(u"about"_s);
    for (const QString &word : fields.texts(u"about"_s)) {
        if (const auto kind = askedKind(word))
            question.about.append(*kind);
        else
            fields.fail(about->place,
                        u"\"%1\" is no kind of entity; known are domain, ipv4, ipv6"_s.arg(word));
    }
    if (about && question.about.isEmpty())
        fields.fail(about->place, u"\"about\" must not be empty"_s);
    for (const auto &[name, text] : readTexts(fields, u"kinds"_s)) {
        if (name == "host"_L1)
            question.hostKind = text;
        else if (const auto kind = askedKind(name))
            question.kinds.insert(*kind, text);
        else
            fields.fail(
                fields.find(u"kinds"_s)->place,
                u"\"%1\" is no kind of entity; known are domain, host, ipv4, ipv6"_s.arg(name));
    }
}

void readDatasets(ManifestFields &fields, ManifestQuestion &question)
{
    const LocatedJson *datasets = fields.need(u"datasets"_s);
    for (const QString &word : fields.texts(u"datasets"_s)) {
        if (const auto dataset = datasetByName(word))
            question.datasets.append(*dataset);
        else
            fields.fail(datasets->place, u"\"%1\" is no dataset"_s.arg(word));
    }
    if (datasets && question.datasets.isEmpty())
        fields.fail(datasets->place, u"\"datasets\" must not be empty"_s);
}

/// Outcomes by which an answer tells that it is none, or not all.
Outcome readOutcome(ManifestFields &fields)
{
    static const QStringList words{u"truncated"_s, u"empty"_s,       u"suspicious_empty"_s,
                                   u"refused"_s,   u"unreachable"_s, u"malformed"_s};
    static constexpr std::array outcomes{Outcome::Truncated,       Outcome::Empty,
                                         Outcome::SuspiciousEmpty, Outcome::Refused,
                                         Outcome::Unreachable,     Outcome::Malformed};
    fields.need(u"outcome"_s);
    const int index = fields.choice(u"outcome"_s, words);
    return index < 0 ? Outcome::Refused : outcomes[std::size_t(index)];
}

/// What must hold; the outcome stands only where it decides one.
Condition readCondition(ManifestFields &fields)
{
    Condition condition;
    if (const LocatedJson *found = fields.find(u"status"_s)) {
        const bool list = found->kind == LocatedJson::Kind::List;
        for (const LocatedJson &item : list ? found->items : QList<LocatedJson>{*found}) {
            const int status = item.text.toInt();
            if (item.kind != LocatedJson::Kind::Number || status < 100 || status > 599)
                fields.fail(item.place, u"an HTTP status is expected"_s);
            condition.statuses.append(status);
        }
    }
    condition.at = readPlace(fields, u"at"_s);
    condition.header = fields.text(u"header"_s).toLatin1().toLower();
    condition.transforms = readTransforms(fields);
    condition.is = fields.texts(u"is"_s);
    condition.isNot = fields.texts(u"is_not"_s);
    if (condition.at && !condition.header.isEmpty())
        fields.fail(fields.place(), u"either \"at\" or \"header\" is looked at"_s);
    if (condition.header.startsWith("set-cookie"))
        fields.fail(fields.place(), u"cookies are not looked at"_s);
    const bool looks = condition.at || !condition.header.isEmpty();
    if (condition.statuses.isEmpty() && !looks)
        fields.fail(fields.place(), u"\"status\" or \"at\" is missing"_s);
    const bool compares =
        !condition.transforms.isEmpty() || !condition.is.isEmpty() || !condition.isNot.isEmpty();
    if (compares && !looks)
        fields.fail(fields.place(), u"\"at\" is missing: what is compared"_s);
    return condition;
}

void readConditions(ManifestFields &fields, ManifestQuestion &question)
{
    fields.eachObject(u"conditions"_s, [&question](ManifestFields &inner) {
        Condition condition = readCondition(inner);
        condition.outcome = readOutcome(inner);
        condition.words = readExpression(inner, u"words"_s);
        question.conditions.append(std::move(condition));
    });
}

void readRequest(ManifestFields &fields, ManifestQuestion &question)
{
    question.path = fields.neededText(u"path"_s);
    if (!question.path.startsWith(u'/'))
        fields.fail(fields.place(), u"\"path\" must begin with a slash"_s);
    question.query = readTexts(fields, u"query"_s);
    question.headers = readHeaders(fields);
    question.form = readTexts(fields, u"form"_s);
    if (const LocatedJson *json = fields.find(u"json"_s)) {
        if (json->kind != LocatedJson::Kind::Object)
            fields.fail(json->place, u"\"json\" must be an object"_s);
        if (!question.form.isEmpty())
            fields.fail(json->place, u"a question has a \"form\" or \"json\", not both"_s);
        question.json = toJsonValue(*json).toObject();
    }
}

/// Rows that are followed are the newest few, so that their answers are never all.
void readFollowing(ManifestFields &fields, ManifestQuestion &question)
{
    Following following;
    following.question = fields.neededText(u"question"_s);
    fields.need(u"each"_s);
    following.each = readPlaces(fields, u"each"_s);
    following.most = fields.number(u"most"_s, 3, 1, 20);
    following.needsKey = fields.flag(u"needs_key"_s);
    qsizetype rows = question.path.count("{row}"_L1);
    for (const auto &[name, text] : std::as_const(question.query))
        rows += text.count("{row}"_L1);
    if (rows != 1)
        fields.fail(fields.place(), u"\"{row}\" must stand once in \"path\" or \"query\""_s);
    question.follows = std::move(following);
}

void readPaging(ManifestFields &fields, ManifestQuestion &question)
{
    Paging &paging = question.paging;
    fields.need(u"by"_s);
    const int by = fields.choice(u"by"_s, {u"offset"_s, u"page"_s, u"cursor"_s});
    paging.kind = by == 0 ? Paging::Kind::Offset
        : by == 1         ? Paging::Kind::Page
                          : Paging::Kind::Cursor;
    paging.parameter = fields.neededText(u"parameter"_s);
    paging.first = fields.number(u"first"_s, 1, 0, 1);
    paging.size = fields.number(u"size"_s, 0, 1, 100'000);
    paging.mostPages = fields.number(u"most"_s, 20, 1, 100);
    fields.need(u"rows"_s);
    paging.rows = readPlace(fields, u"rows"_s).value_or(JsonPlace{});
    paging.pages = readPlace(fields, u"pages"_s);
    paging.next = readExpression(fields, u"next"_s);
    if (paging.kind == Paging::Kind::Cursor && !paging.next.isSet())
        fields.fail(fields.place(), u"\"next\" is missing: where the answer names the next page"_s);
    if (paging.kind != Paging::Kind::Cursor && paging.size == 0 && !paging.pages)
        fields.fail(fields.place(), u"\"size\" or \"pages\" is missing: what the last page is"_s);
}

/// What an answer tells of its rows, or what is known of all of them.
void readRowCount(ManifestFields &fields, ManifestQuestion &question)
{
    question.total = readPlace(fields, u"total"_s);
    question.mostRows = fields.number(u"most"_s, 0, 1, 1'000'000);
    if (!question.total && question.mostRows == 0)
        fields.fail(fields.place(), u"\"total\" or \"most\" is missing"_s);
    fields.need(u"rows"_s);
    question.rows = readPlaces(fields, u"rows"_s);
}

/// "whole", "paged", "partial", or {"total": PLACE, "most": NUMBER, "rows": PLACE}. There is no
/// default: who writes a manifest must know.
void readCompleteness(ManifestFields &fields, ManifestQuestion &question)
{
    const LocatedJson *found = fields.need(u"completeness"_s);
    if (!found)
        return;
    if (found->kind == LocatedJson::Kind::Object) {
        fields.object(u"completeness"_s,
                      [&question](ManifestFields &inner) { readRowCount(inner, question); });
        return;
    }
    const int index = fields.choice(u"completeness"_s, {u"whole"_s, u"paged"_s, u"partial"_s});
    question.partial = index == 2;
    const bool pages = question.paging.kind != Paging::Kind::None;
    if ((index == 0 && pages) || (index == 1 && !pages))
        fields.fail(found->place,
                    pages ? u"an answer with \"paging\" is not \"whole\" at once"_s
                          : u"\"paged\" needs \"paging\""_s);
}

void readRule(ManifestFields &fields, ManifestQuestion &question)
{
    RecordRule rule;
    rule.statement = fields.find(u"name"_s) != nullptr;
    rule.each = readPlaces(fields, u"each"_s);
    rule.name = readExpression(fields, u"name"_s);
    fields.need(u"type"_s);
    rule.type = readExpression(fields, u"type"_s);
    fields.need(u"value"_s);
    rule.value = readExpression(fields, u"value"_s);
    rule.first = readExpression(fields, u"first"_s);
    rule.last = readExpression(fields, u"last"_s);
    rule.details = readNamed(fields, u"details"_s);
    rule.known = readPlaceList(fields, u"known"_s);
    fields.eachObject(u"only"_s,
                      [&rule](ManifestFields &inner) { rule.only.append(readCondition(inner)); });
    if (!rule.statement) {
        const LocatedJson *dataset = fields.find(u"dataset"_s);
        const auto named = datasetByName(fields.text(u"dataset"_s));
        rule.dataset = named.value_or(question.datasets.value(0));
        if (!question.datasets.contains(rule.dataset) || (dataset && !named))
            fields.fail(dataset ? dataset->place : fields.place(),
                        u"the dataset is none of the question's"_s);
        rule.identity = fields.choice(u"identity"_s, {u"value"_s, u"type"_s}) == 1
            ? Identity::Type
            : Identity::Value;
        rule.owner = readExpression(fields, u"owner"_s);
        rule.attributes = readNamed(fields, u"attributes"_s);
        rule.within = fields.flag(u"within"_s);
    }
    question.records.append(std::move(rule));
}

Presence readPresence(ManifestFields &fields, const QString &name, Presence fallback)
{
    const int index = fields.choice(name, {u"current"_s, u"historical"_s});
    return index < 0 ? fallback : index == 0 ? Presence::Current : Presence::Historical;
}

/// For the whole question, or for those of its datasets that differ from the source.
void readPresences(ManifestFields &fields, Presence ofSource, ManifestQuestion &question)
{
    const LocatedJson *found = fields.find(u"presence"_s);
    if (!found || found->kind != LocatedJson::Kind::Object) {
        question.presence = readPresence(fields, u"presence"_s, ofSource);
        return;
    }
    question.presence = ofSource;
    fields.object(u"presence"_s, [&](ManifestFields &inner) {
        for (const Dataset dataset : std::as_const(question.datasets)) {
            const QString name = datasetName(dataset);
            if (inner.find(name))
                question.presences.insert(dataset, readPresence(inner, name, ofSource));
        }
    });
}

/// The texts within a JSON value.
void addTexts(const QJsonValue &value, QStringList &texts)
{
    if (value.isString())
        texts.append(value.toString());
    for (const QJsonValue &item : value.toArray())
        addTexts(item, texts);
    const QJsonObject object = value.toObject();
    for (const QJsonValue &member : object)
        addTexts(member, texts);
}

/// What stands in braces in these texts and is not known.
QString strangerIn(const QStringList &texts, const QStringList &known)
{
    static const QRegularExpression word(u"\\{\\w*\\}"_s);
    for (const QString &text : texts) {
        for (auto found = word.globalMatch(text); found.hasNext();) {
            const QString placeholder = found.next().captured();
            if (!known.contains(placeholder))
                return placeholder;
        }
    }
    return {};
}

/// Whether the words in braces are those that are replaced, and something says of whom is asked.
void checkPlaceholders(ManifestFields &fields, const ManifestQuestion &question)
{
    const auto fail = [&fields](const QString &stranger, const QStringList &known) {
        if (!stranger.isEmpty())
            fields.fail(fields.place(),
                        u"%1 stands for nothing here; there is %2"_s.arg(madeVisible(stranger, 60),
                                                                         known.join(", "_L1)));
    };
    QStringList known{u"{entity}"_s, u"{kind}"_s};
    QStringList sent; // in the body and in headers
    for (const auto &[name, text] : question.form)
        sent.append(text);
    for (const auto &[name, text] : question.headers)
        sent.append(QString::fromLatin1(text));
    addTexts(question.json, sent);
    fail(strangerIn(sent, known), known);
    QStringList asked{question.path};
    for (const auto &[name, text] : question.query)
        asked.append(text);
    if (question.follows)
        known.append(u"{row}"_s);
    fail(strangerIn(asked, known), known);
    const bool asksOfSomebody = !asked.filter(u"{entity}"_s).isEmpty()
        || !asked.filter(u"{row}"_s).isEmpty() || !sent.filter(u"{entity}"_s).isEmpty();
    if (!asksOfSomebody)
        fields.fail(fields.place(), u"{entity} is missing: of whom is asked"_s);
}

} // namespace

QList<std::pair<QByteArray, QByteArray>> readHeaders(ManifestFields &fields)
{
    static const QRegularExpression token(u"\\A[A-Za-z0-9!#$%&'*+.^_`|~-]+\\z"_s);
    static const QRegularExpression plain(u"\\A[\\x20-\\x7e]*\\z"_s);
    static const QStringList secret{u"authorization"_s, u"proxy-authorization"_s, u"cookie"_s};
    QList<std::pair<QByteArray, QByteArray>> headers;
    for (const auto &[name, text] : readTexts(fields, u"headers"_s)) {
        const TextPlace place = fields.find(u"headers"_s)->place;
        if (!token.match(name).hasMatch() || !plain.match(text).hasMatch())
            fields.fail(place,
                        u"\"%1\" is no header that can be sent"_s.arg(madeVisible(name, 60)));
        if (secret.contains(name.toLower()))
            fields.fail(place,
                        u"a key is kept in the key chain: \"key\" says how it is sent, not "
                        "\"headers\""_s);
        headers.append({name.toLatin1(), text.toLatin1()});
    }
    return headers;
}

QList<std::pair<QString, QString>> readTexts(ManifestFields &fields, const QString &name)
{
    QList<std::pair<QString, QString>> texts;
    const LocatedJson *object = fields.find(name);
    if (!object)
        return texts;
    ManifestFields inner(*object, fields.trouble());
    for (const LocatedMember &member : object->members) {
        for (const QString &text : inner.texts(member.name))
            texts.append({member.name, text});
    }
    return texts;
}

ManifestQuestion readQuestion(ManifestFields &fields, Presence presence)
{
    ManifestQuestion question;
    question.name = fields.neededText(u"question"_s);
    readAbout(fields, question);
    readDatasets(fields, question);
    readPresences(fields, presence, question);
    readRequest(fields, question);
    static constexpr std::array formats{
        ManifestQuestion::Format::Json, ManifestQuestion::Format::Cof,
        ManifestQuestion::Format::FramedCof, ManifestQuestion::Format::UrlscanResult};
    const int format =
        fields.choice(u"format"_s, {u"json"_s, u"cof"_s, u"framed_cof"_s, u"urlscan_result"_s});
    question.format = formats[std::size_t(std::max(format, 0))];
    fields.object(u"follows"_s,
                  [&question](ManifestFields &inner) { readFollowing(inner, question); });
    fields.object(u"paging"_s, [&question](ManifestFields &inner) { readPaging(inner, question); });
    readCompleteness(fields, question);
    const bool pages = question.paging.kind != Paging::Kind::None;
    if (question.follows && (pages || !question.partial || question.presence == Presence::Current))
        fields.fail(fields.place(),
                    u"what follows rows is \"historical\" and \"partial\", without pages"_s);
    fields.object(u"cursor"_s, [&question](ManifestFields &inner) { readCursor(inner, question); });
    question.required = readPlaceList(fields, u"required"_s);
    readConditions(fields, question);
    fields.eachObject(u"records"_s,
                      [&question](ManifestFields &inner) { readRule(inner, question); });
    if (question.format == ManifestQuestion::Format::Json && question.records.isEmpty())
        fields.fail(fields.place(), u"\"records\" is missing: how rows become records"_s);
    const bool lines = question.format == ManifestQuestion::Format::Cof
        || question.format == ManifestQuestion::Format::FramedCof;
    if (lines && !question.records.isEmpty())
        fields.fail(fields.find(u"records"_s)->place,
                    u"\"records\" say nothing where the \"format\" has its own"_s);
    checkPlaceholders(fields, question);
    return question;
}

} // namespace wg
