// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/catalogue.h"

#include "core/untrustedtext.h"
#include "sources/manifest.h"
#include "sources/sourceinfos.h"
#include "sources/taglistreader.h"

#include <QDir>
#include <QSet>

using namespace Qt::StringLiterals;

/// Static libraries do not register their resources by themselves.
static void registerManifests()
{
    Q_INIT_RESOURCE(sources);
}

namespace wg {

namespace {

/// A manifest is a page of text.
constexpr qint64 mostBytes = 1 << 20;

/// Texts of the manifests that can be used, by source.
QHash<QString, QByteArray> readFolder(const QString &folder, Links links, QSet<QString> &taken,
                                      Catalogue &catalogue)
{
    QHash<QString, QByteArray> texts;
    const QDir dir(folder);
    const QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const auto text = readRegular(dir.filePath(name), mostBytes, links);
        auto manifest = text ? readManifest(*text) : Result<Manifest>(text.error());
        if (!manifest) {
            catalogue.broken.append(
                {madeVisible(name, 100), madeVisible(manifest.error().detail, 300)});
            continue;
        }
        if (taken.contains(manifest->info.name)) {
            catalogue.broken.append(
                {madeVisible(name, 100),
                 u"there is a source \"%1\" already"_s.arg(manifest->info.name)});
            continue;
        }
        taken.insert(manifest->info.name);
        texts.insert(manifest->info.name, *text);
        catalogue.manifests.append(std::make_shared<const Manifest>(*std::move(manifest)));
    }
    return texts;
}

} // namespace

QList<SourceInfo> Catalogue::infos() const
{
    QList<SourceInfo> infos{dnsInfo(), rdapInfo(), whoisInfo(),
                            tlsInfo(), webInfo(),  mnemonicInfo()};
    for (const auto &manifest : manifests)
        infos.append(manifest->info);
    infos.append({cymruInfo(), maxmindInfo(), filesInfo()});
    return infos;
}

QStringList Catalogue::offAtFirst() const
{
    QStringList names;
    for (const auto &manifest : manifests) {
        if (!manifest->shipsEnabled)
            names.append(manifest->info.name);
    }
    names.append({tlsInfo().name, webInfo().name}); // they meet the target
    names.append(cymruInfo().name); // it asks a resolver, which AMBER promises to leave alone
    return names;
}

Catalogue readCatalogue(const QString &userFolder, const QString &listFolder, Links links)
{
    registerManifests();
    Catalogue catalogue;
    QSet<QString> taken;
    for (const SourceInfo &info : catalogue.infos())
        taken.insert(info.name);
    readFolder(u":/sources"_s, links, taken, catalogue);
    if (!userFolder.isEmpty())
        catalogue.own = readFolder(userFolder, links, taken, catalogue);
    const ReadTagLists lists = readTagLists(listFolder);
    catalogue.lists = lists.lists;
    catalogue.broken += lists.broken;
    return catalogue;
}

} // namespace wg
