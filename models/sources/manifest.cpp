// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifest.h"

#include "core/address.h"
#include "core/entitytext.h"
#include "core/untrustedtext.h"
#include "sources/manifestreader.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The one form of manifests so far.
constexpr int manifestForm = 1;

struct Unit
{
    QLatin1String word;
    qint64 ms;
};
constexpr std::array units{Unit{"second"_L1, secondMs}, Unit{"minute"_L1, minuteMs},
                           Unit{"hour"_L1, hourMs},     Unit{"day"_L1, dayMs},
                           Unit{"week"_L1, 7 * dayMs},  Unit{"month"_L1, 30 * dayMs}};

/// "hour" or "2 hours"; 0 for what is no span of time.
qint64 spanMs(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty() || words.size() > 2)
        return 0;
    const qint64 count = words.size() == 2 ? words.first().toLongLong() : 1;
    for (const auto &[word, ms] : units) {
        if (words.last() == word || words.last() == QString(word) + u's')
            return std::clamp<qint64>(count, 0, 1000) * ms;
    }
    return 0;
}

bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= 40
        && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
           });
}

void readServer(ManifestFields &fields, Manifest &manifest)
{
    manifest.server = QUrl(fields.neededText(u"server"_s), QUrl::StrictMode);
    const LocatedJson *server = fields.find(u"server"_s);
    const bool bare = manifest.server.path().isEmpty() && manifest.server.query().isEmpty()
        && manifest.server.userInfo().isEmpty();
    if (server
        && (manifest.server.scheme() != "https"_L1 || manifest.server.host().isEmpty() || !bare))
        fields.fail(server->place, u"\"server\" must be https:// and a host, without a path"_s);
    manifest.info.party = manifest.server.host();
    manifest.hosts = QStringList{manifest.server.host()} + fields.texts(u"hosts"_s);
    const LocatedJson *place = server;
    for (const QString &host : std::as_const(manifest.hosts)) {
        if (place && host != "*"_L1 && !canonicalHostName(host) && !parseAddress(host))
            fields.fail(place->place, u"\"%1\" is no host name"_s.arg(madeVisible(host, 60)));
        place = fields.find(u"hosts"_s);
    }
}

Pap readPap(ManifestFields &fields)
{
    fields.need(u"pap"_s);
    return fields.choice(u"pap"_s, {u"AMBER"_s, u"GREEN"_s}) == 1 ? Pap::Green : Pap::Amber;
}

void readInfo(ManifestFields &fields, Manifest &manifest)
{
    SourceInfo &info = manifest.info;
    info.name = fields.neededText(u"name"_s);
    if (const LocatedJson *name = fields.find(u"name"_s); name && !isName(info.name))
        fields.fail(name->place, u"\"name\" must be lower-case letters, digits and hyphens"_s);
    // A manifest may be somebody else's: what terminals and labels show must be visible.
    info.title = madeVisible(fields.neededText(u"title"_s), 100);
    info.learns = madeVisible(fields.neededText(u"learns"_s), 500);
    info.terms = madeVisible(fields.neededText(u"terms"_s), 500);
    info.pap = readPap(fields);
    info.intervalMs = readSpan(fields, u"interval"_s, dayMs);
    fields.find(u"documentation"_s);
    manifest.shipsEnabled = fields.flag(u"enabled"_s) || !fields.find(u"enabled"_s);
}

void readKey(ManifestFields &fields, Manifest &manifest)
{
    fields.object(u"key"_s, [&manifest](ManifestFields &inner) {
        ManifestKey key;
        inner.need(u"sent"_s);
        const int way = inner.choice(u"sent"_s, {u"header"_s, u"query"_s, u"bearer"_s, u"basic"_s});
        key.way = ManifestKey::Way(std::max(0, way));
        const bool named =
            key.way == ManifestKey::Way::Header || key.way == ManifestKey::Way::Query;
        key.name = named ? inner.neededText(u"name"_s) : QString();
        key.value = named ? inner.text(u"value"_s) : QString();
        if (const LocatedJson *value = inner.find(u"value"_s);
            value && !key.value.contains("{key}"_L1))
            inner.fail(value->place, u"\"value\" must hold {key}"_s);
        inner.need(u"needed"_s);
        key.needed = inner.flag(u"needed"_s);
        manifest.info.takesKey = true;
        manifest.info.needsKey = key.needed;
        manifest.info.keyFrom = madeVisible(inner.neededText(u"from"_s), 200);
        manifest.key = key;
    });
}

void readQuotaQuestion(ManifestFields &fields, Manifest &manifest)
{
    fields.object(u"quota_question"_s, [&manifest](ManifestFields &inner) {
        QuotaQuestion quota;
        quota.path = inner.neededText(u"path"_s);
        if (!quota.path.startsWith(u'/'))
            inner.fail(inner.place(), u"\"path\" must begin with a slash"_s);
        if (const LocatedJson *path = inner.find(u"path"_s);
            path && quota.path.contains("{key}"_L1) && !manifest.key)
            inner.fail(path->place, u"\"path\" holds {key}, but no \"key\" is sent"_s);
        quota.query = readTexts(inner, u"query"_s);
        for (const auto &[name, text] : std::as_const(quota.query)) {
            if (text.contains("{key}"_L1))
                inner.fail(inner.find(u"query"_s)->place, u"{key} may stand in \"path\" alone"_s);
        }
        inner.need(u"limit"_s);
        quota.limit = readExpression(inner, u"limit"_s);
        quota.left = readExpression(inner, u"left"_s);
        quota.used = readExpression(inner, u"used"_s);
        quota.reset = readExpression(inner, u"reset"_s);
        quota.perMs = readSpan(inner, u"per"_s, 0);
        if (quota.left.isSet() == quota.used.isSet())
            inner.fail(inner.place(), u"either \"left\" or \"used\" is needed"_s);
        if (!quota.reset.isSet() && quota.perMs == 0)
            inner.fail(inner.place(), u"\"reset\" or \"per\" is missing: until when it counts"_s);
        manifest.quotaQuestion = quota;
    });
}

bool shareKind(const ManifestQuestion &a, const ManifestQuestion &b)
{
    return std::any_of(a.about.cbegin(), a.about.cend(),
                       [&b](ArtifactKind kind) { return b.about.contains(kind); });
}

/// What all questions together fill, in the order of tabs.
void gatherDatasets(Manifest &manifest)
{
    const auto filled = [&manifest](Dataset dataset, const QList<ArtifactKind> &about) {
        return std::any_of(
            manifest.questions.cbegin(), manifest.questions.cend(), [&](const auto &question) {
                return question.datasets.contains(dataset)
                    && std::any_of(about.cbegin(), about.cend(), [&](ArtifactKind kind) {
                           return question.about.contains(kind);
                       });
            });
    };
    QList<Dataset> forNames;
    QList<Dataset> forAddresses;
    for (const Dataset dataset : allDatasets) {
        const bool name = filled(dataset, {ArtifactKind::Domain});
        const bool address = filled(dataset, {ArtifactKind::Ipv4, ArtifactKind::Ipv6});
        if (name)
            forNames.append(dataset);
        if (address)
            forAddresses.append(dataset);
        if (name || address)
            manifest.info.datasets.append(dataset);
    }
    manifest.info.nameDatasets = forNames;
    manifest.info.addressDatasets = forAddresses;
}

/// Whether the question that this one follows is asked wherever this one is.
bool followed(const Manifest &manifest, const ManifestQuestion &question)
{
    const auto asksToo = [&](ArtifactKind kind) {
        return std::any_of(manifest.questions.cbegin(), manifest.questions.cend(),
                           [&](const ManifestQuestion &each) {
                               return !each.follows && each.name == question.follows->question
                                   && each.about.contains(kind);
                           });
    };
    return std::all_of(question.about.cbegin(), question.about.cend(), asksToo);
}

void readQuestions(ManifestFields &fields, Manifest &manifest)
{
    fields.need(u"presence"_s);
    const int presence = fields.choice(u"presence"_s, {u"current"_s, u"historical"_s});
    manifest.info.presence = presence == 0 ? Presence::Current : Presence::Historical;
    fields.need(u"questions"_s);
    fields.eachObject(u"questions"_s, [&manifest](ManifestFields &inner) {
        const ManifestQuestion question = readQuestion(inner, manifest.info.presence);
        // Both would be stored as one: what one says, the other would take back.
        for (const ManifestQuestion &other : std::as_const(manifest.questions)) {
            if (other.name == question.name && shareKind(other, question))
                inner.fail(inner.place(),
                           u"there is a question \"%1\" about the same already"_s.arg(other.name));
        }
        manifest.questions.append(question);
    });
    for (const ManifestQuestion &each : std::as_const(manifest.questions)) {
        if (each.follows && !followed(manifest, each))
            fields.fail(fields.find(u"questions"_s)->place,
                        u"no question \"%1\" asks about the same, so none can follow it"_s.arg(
                            each.follows->question));
    }
    gatherDatasets(manifest);
}

void readHarmless(ManifestFields &fields, Manifest &manifest)
{
    const QString text = fields.neededText(u"harmless"_s);
    const LocatedJson *found = fields.find(u"harmless"_s);
    const auto entity = parseEntity(text);
    const auto asked = [&](const ManifestQuestion &each) {
        return entity && !each.follows && each.about.contains(entity->kind);
    };
    if (std::any_of(manifest.questions.cbegin(), manifest.questions.cend(), asked))
        manifest.harmless = *entity;
    else if (found)
        fields.fail(found->place, u"\"harmless\" must be an entity that a question is about"_s);
}

} // namespace

qint64 readSpan(ManifestFields &fields, const QString &name, qint64 fallbackMs)
{
    const LocatedJson *found = fields.find(name);
    const qint64 span = spanMs(fields.text(name));
    if (found && span < minuteMs)
        fields.fail(found->place, u"\"%1\" must be a time like \"6 hours\""_s.arg(name));
    return found ? span : fallbackMs;
}

QList<HostWindow> readWindows(ManifestFields &fields, const QString &name)
{
    QList<HostWindow> windows;
    const LocatedJson *found = fields.find(name);
    for (const QString &text : fields.texts(name)) {
        const qsizetype slash = text.indexOf(u'/');
        const int count = text.left(slash).toInt();
        const qint64 per = slash < 0 ? 0 : spanMs(text.mid(slash + 1));
        if (count < 1 || per < secondMs)
            fields.fail(found->place,
                        u"\"%1\" is no quota; write it like \"100/minute\""_s.arg(text));
        else
            windows.append({count, per});
    }
    return windows;
}

Result<Manifest> readManifest(const QByteArray &bytes)
{
    const auto json = readLocatedJson(bytes);
    if (!json)
        return json.error();
    QString trouble;
    ManifestFields fields(*json, trouble);
    Manifest manifest;
    manifest.print = hashOf(bytes);
    fields.need(u"manifest"_s);
    fields.number(u"manifest"_s, manifestForm, manifestForm, manifestForm);
    readInfo(fields, manifest);
    readServer(fields, manifest);
    manifest.windows = readWindows(fields, u"quota"_s);
    manifest.parallel = fields.number(u"parallel"_s, 2, 1, 8);
    manifest.parserVersion = fields.number(u"version"_s, 1, 1, 10'000);
    manifest.info.registered = fields.flag(u"registered"_s);
    manifest.headers = readHeaders(fields);
    manifest.info.onDemand = fields.flag(u"on_demand"_s);
    readKey(fields, manifest);
    readQuotaQuestion(fields, manifest);
    readQuestions(fields, manifest);
    readHarmless(fields, manifest);
    fields.end();
    if (!trouble.isEmpty())
        return Error{ErrorCode::Malformed, trouble};
    return manifest;
}

} // namespace wg
