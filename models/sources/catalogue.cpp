// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/catalogue.h"

#include "core/untrustedtext.h"
#include "sources/manifest.h"
#include "sources/sourceinfos.h"
#include "sources/taglistreader.h"

#include <QDir>
#include <QFile>
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

Result<Manifest> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Failed, u"it cannot be opened: "_s + file.errorString()};
    if (file.size() > mostBytes)
        return Error{ErrorCode::TooLarge, u"it is too large for a manifest"_s};
    return readManifest(file.readAll());
}

void readFolder(const QString &folder, QSet<QString> &taken, Catalogue &catalogue)
{
    const QDir dir(folder);
    const QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        auto manifest = readFile(dir.filePath(name));
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
        catalogue.manifests.append(std::make_shared<const Manifest>(*std::move(manifest)));
    }
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
    names.append(cymruInfo().name); // under AMBER nothing else asks a resolver
    return names;
}

Catalogue readCatalogue(const QString &userFolder, const QString &listFolder)
{
    registerManifests();
    Catalogue catalogue;
    QSet<QString> taken;
    for (const SourceInfo &info : catalogue.infos())
        taken.insert(info.name);
    readFolder(u":/sources"_s, taken, catalogue);
    if (!userFolder.isEmpty())
        readFolder(userFolder, taken, catalogue);
    const ReadTagLists lists = readTagLists(listFolder);
    catalogue.lists = lists.lists;
    catalogue.broken += lists.broken;
    return catalogue;
}

} // namespace wg
