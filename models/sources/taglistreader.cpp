// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/taglistreader.h"

#include "core/entitytext.h"
#include "core/untrustedtext.h"
#include "net/regularfile.h"
#include "sources/manifestfields.h"

#include <QDate>
#include <QDir>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

/// Static libraries do not register their resources by themselves.
static void registerLists()
{
    Q_INIT_RESOURCE(lists);
}

namespace wg {

namespace {

/// A hundred thousand names.
constexpr qint64 mostBytes = 4 << 20;

/// Calls read for each text of a member; what it returns is what is wrong with the text.
void eachText(ManifestFields &fields, const QString &name,
              const std::function<QString(const QString &)> &read)
{
    const LocatedJson *found = fields.find(name);
    if (!found)
        return;
    if (found->kind != LocatedJson::Kind::List)
        return fields.fail(found->place, u"\"%1\" must be a list of texts"_s.arg(name));
    for (const LocatedJson &item : found->items) {
        const QString trouble =
            item.kind == LocatedJson::Kind::Text ? read(item.text) : u"a text is expected"_s;
        if (!trouble.isEmpty())
            fields.fail(item.place, trouble);
    }
}

void readHosts(ManifestFields &fields, const QString &name, QStringList &hosts)
{
    eachText(fields, name, [&hosts](const QString &text) {
        const auto host = canonicalHostName(text);
        if (!host || host->contains(u'*'))
            return u"\"%1\" is no host name"_s.arg(text);
        hosts.append(*host);
        return QString();
    });
}

void readNetworks(ManifestFields &fields, const QString &name, QList<IpNetwork> &networks)
{
    eachText(fields, name, [&networks](const QString &text) {
        const auto address = parseAddress(text);
        const auto network =
            address ? IpNetwork{*address, address->v6 ? 128 : 32} : parseNetwork(text);
        if (!network)
            return u"\"%1\" is no address and no network"_s.arg(text);
        networks.append(*network);
        return QString();
    });
}

void readWords(ManifestFields &fields, const QString &name, QStringList &words)
{
    static const QRegularExpression word(u"^[a-z]+$"_s);
    eachText(fields, name, [&words](const QString &text) {
        if (!word.match(text).hasMatch())
            return u"\"%1\" must be one word of small letters"_s.arg(text);
        words.append(text);
        return QString();
    });
}

void readAsns(ManifestFields &fields, QStringList &asns)
{
    static const QRegularExpression asn(u"^AS[1-9][0-9]{0,9}$"_s);
    eachText(fields, u"asns"_s, [&asns](const QString &text) {
        if (!asn.match(text).hasMatch())
            return u"\"%1\" is not written like AS64496"_s.arg(text);
        asns.append(text);
        return QString();
    });
}

TagEntry readEntry(ManifestFields &fields)
{
    TagEntry entry;
    entry.who = fields.text(u"who"_s);
    readHosts(fields, u"names"_s, entry.names);
    readHosts(fields, u"name_servers"_s, entry.nameServers);
    readNetworks(fields, u"addresses"_s, entry.addresses);
    readNetworks(fields, u"except"_s, entry.except);
    readAsns(fields, entry.asns);
    readWords(fields, u"words"_s, entry.words);
    readWords(fields, u"unless"_s, entry.unless);
    if (entry.names.isEmpty() && entry.nameServers.isEmpty() && entry.addresses.isEmpty()
        && entry.asns.isEmpty() && entry.words.isEmpty())
        fields.fail(fields.place(),
                    u"an entry needs names, name_servers, addresses, asns or words"_s);
    return entry;
}

/// A text of a certain form.
QString formed(ManifestFields &fields, const QString &name, const QRegularExpression &form,
               const QString &sentence)
{
    const QString text = fields.neededText(name);
    if (const LocatedJson *found = fields.find(name); found && !form.match(text).hasMatch())
        fields.fail(found->place, sentence);
    return text;
}

TagList readList(ManifestFields &fields)
{
    static const QRegularExpression word(u"^[a-z0-9][a-z0-9-]{0,39}$"_s);
    TagList list;
    fields.need(u"list"_s);
    fields.number(u"list"_s, 0, 1, 1);
    const QString small = u"\"%1\" must be small letters, digits and -, at most 40"_s;
    list.name = formed(fields, u"name"_s, word, small.arg(u"name"_s));
    list.title = fields.neededText(u"title"_s);
    list.tag = formed(fields, u"tag"_s, word, small.arg(u"tag"_s));
    list.date = fields.neededText(u"date"_s);
    if (const LocatedJson *found = fields.find(u"date"_s);
        found && !QDate::fromString(list.date, Qt::ISODate).isValid())
        fields.fail(found->place, u"\"date\" must be a day like 2026-11-23"_s);
    list.source = fields.neededText(u"source"_s);
    list.licence = fields.text(u"licence"_s);
    fields.need(u"entries"_s);
    fields.eachObject(u"entries"_s,
                      [&list](ManifestFields &entry) { list.entries.append(readEntry(entry)); });
    fields.end();
    return list;
}

Result<TagList> readFile(const QString &path)
{
    const auto bytes = readRegular(path, mostBytes, Links::Followed);
    return bytes ? readTagList(*bytes) : Result<TagList>(bytes.error());
}

} // namespace

Result<TagList> readTagList(const QByteArray &bytes)
{
    const auto json = readLocatedJson(bytes);
    if (!json)
        return json.error();
    QString trouble;
    ManifestFields fields(*json, trouble);
    TagList list = readList(fields);
    if (!trouble.isEmpty())
        return Error{ErrorCode::Malformed, trouble};
    return list;
}

ReadTagLists readTagLists(const QString &userFolder)
{
    registerLists();
    ReadTagLists read;
    TagLists lists;
    QSet<QString> own;
    for (const QString &folder : {u":/lists"_s, userFolder}) {
        if (folder.isEmpty())
            continue;
        const QDir dir(folder);
        const QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
        for (const QString &name : names) {
            auto list = readFile(dir.filePath(name));
            if (list && own.contains(list->name))
                list = Error{ErrorCode::Malformed,
                             u"there is a list \"%1\" already"_s.arg(list->name)};
            if (!list) {
                read.broken.append(
                    {u"lists/"_s + madeVisible(name, 100), madeVisible(list.error().detail, 300)});
                continue;
            }
            list->own = folder == userFolder;
            if (list->own)
                own.insert(list->name);
            lists.add(*list);
        }
    }
    lists.build();
    read.lists = std::make_shared<const TagLists>(std::move(lists));
    return read;
}

} // namespace wg
