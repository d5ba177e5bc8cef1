// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/expressionvalue.h"
#include "sources/jsonanswer.h"
#include "sources/manifestparse.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wg {

namespace dom = simdjson::dom;

QStringList rowsToFollow(const Following &following, const QByteArray &body)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"_s);
    QStringList rows;
    JsonAnswer json;
    const auto root = json.read(body);
    if (!root)
        return rows;
    JsonRow(*root).each(following.each, [&rows](const JsonRow &row) {
        const QString text = scalarText(row.value()).value_or(QString());
        if (plain.match(text).hasMatch() && !rows.contains(text))
            rows.append(text);
    });
    return rows;
}

PageLook lookAtPage(const Paging &paging, const QByteArray &body)
{
    PageLook look;
    JsonAnswer json;
    const auto root = json.read(body);
    if (!root)
        return look;
    const JsonRow row(*root);
    dom::array rows;
    if (const auto found = row.find(paging.rows); found && found->get(rows) == simdjson::SUCCESS)
        look.rows = qint64(rows.size());
    if (const QString next = valueOf(paging.next, row); !next.isEmpty())
        look.next = next;
    if (paging.pages)
        look.pages = wholeNumber(row.find(*paging.pages));
    return look;
}

} // namespace wg
