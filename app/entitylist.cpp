// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/entitylist.h"

#include "core/entitytext.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostListed = 2'000'000;
constexpr qsizetype largestList = 256 << 20;

Result<QByteArray> bytesOf(QIODevice &file)
{
    QByteArray text;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    qint64 got = 0;
    while ((got = file.read(piece.data(), piece.size())) > 0) {
        text.append(piece.constData(), got);
        if (text.size() > largestList)
            return Error{ErrorCode::TooLarge, u"a list may have 256 MiB"_s};
    }
    if (got < 0)
        return Error{ErrorCode::Failed, u"the file cannot be read: %1"_s.arg(file.errorString())};
    return text;
}

QString withoutComment(const QString &line)
{
    for (qsizetype at = line.indexOf(u'#'); at >= 0; at = line.indexOf(u'#', at + 1)) {
        if (at == 0 || line[at - 1].isSpace())
            return line.left(at).trimmed();
    }
    return line.trimmed();
}

/// What a line names: several where it is prose, else the one it is as a whole.
Result<QList<Entity>> entitiesIn(const QString &line)
{
    const auto found = findEntities(line);
    if (!found.isEmpty())
        return found;
    const auto whole = parseEntity(line);
    return whole ? Result<QList<Entity>>(QList<Entity>{*whole}) : whole.error();
}

} // namespace

Error invalidText(const QString &text, const Error &why)
{
    return {why.code, u"\"%1\": %2"_s.arg(text.left(300), why.detail)};
}

Result<EntityList> readEntityList(QIODevice &file)
{
    const auto bytes = bytesOf(file);
    if (!bytes)
        return bytes.error();
    EntityList list;
    QSet<Entity> seen;
    const QString text = QString::fromUtf8(*bytes);
    for (const auto &each : QStringView(text).tokenize(u'\n')) {
        const QString line = withoutComment(each.toString());
        if (line.isEmpty())
            continue;
        const auto entities = entitiesIn(line);
        if (!entities) {
            list.invalid.append(invalidText(line, entities.error()));
            continue;
        }
        for (const Entity &entity : *entities) {
            if (!seen.contains(entity) && list.entities.size() < mostListed)
                list.entities.append(entity);
            seen.insert(entity);
        }
    }
    return list;
}

} // namespace wg
