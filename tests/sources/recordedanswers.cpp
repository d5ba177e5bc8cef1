// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedanswers.h"

#include "core/entitytext.h"
#include "sources/catalogue.h"

#include <QFile>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg::test {

namespace {

QString dateText(std::optional<Instant> date)
{
    return date ? toRfc3339(*date) : u"?"_s;
}

QString line(const Record &record)
{
    QString text = record.owner.value + u' ' + record.type + u' ' + record.value.raw();
    for (const Attribute &attribute : record.attributes)
        text += u" {"_s + attribute.name + u'=' + attribute.text.raw() + u'}';
    return text + u' ' + dateText(record.worldFirst) + u".."_s + dateText(record.worldLast);
}

} // namespace

QByteArray recorded(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(name));
    return file.readAll();
}

std::shared_ptr<const Manifest> bundledManifest(const QString &name)
{
    static const Catalogue catalogue = readCatalogue({});
    const auto found = std::find_if(catalogue.manifests.cbegin(), catalogue.manifests.cend(),
                                    [&](const auto &each) { return each->info.name == name; });
    if (found == catalogue.manifests.cend())
        qFatal("no manifest %s", qPrintable(name));
    return *found;
}

RawAnswer answerTo(const QString &question, const QByteArray &bytes, int status)
{
    RawAnswer answer;
    answer.question.text = question;
    answer.bytes = bytes;
    answer.status = status;
    answer.at = *parseInstant(u"2026-11-22T12:00:00Z");
    return answer;
}

QList<Observation> parsedPages(const QString &source, const QString &question,
                               const QString &entity, const QByteArrayList &pages, int status)
{
    RawPass pass;
    pass.asked = *parseEntity(entity);
    pass.source = source;
    for (const QByteArray &page : pages)
        pass.answers.append(answerTo(question, page, status));
    return parseManifest(*bundledManifest(source), pass);
}

QString summary(const QList<Observation> &observations)
{
    QStringList parts;
    for (const Observation &each : observations)
        parts.append(datasetName(each.question.dataset) + u' ' + outcomeName(each.outcome) + u' '
                     + QString::number(each.records.size()));
    return parts.join(u"; "_s);
}

QStringList lines(const QList<Observation> &observations)
{
    QStringList all;
    for (const Observation &each : observations) {
        for (const Record &record : each.records)
            all.append(line(record));
    }
    return all;
}

} // namespace wg::test
