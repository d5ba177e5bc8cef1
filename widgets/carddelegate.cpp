// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/carddelegate.h"

#include "items/cardlist.h"
#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/linkdelegate.h"
#include "widgets/theme.h"

#include <QPainter>

namespace wg {

using namespace Qt::StringLiterals;

QString cardSign(const Card &card)
{
    switch (card.cause) {
    case Cause::NewRecords:
    case Cause::Imported:
        return u"added"_s;
    case Cause::GoneRecords:
    case Cause::NameGone:
        return u"removed"_s;
    case Cause::NameBack:
    case Cause::Returned:
        return u"returned"_s;
    case Cause::Storm:
        return u"warning"_s;
    case Cause::Moved:
    case Cause::NameServers:
    case Cause::Mail:
    case Cause::Registration:
    case Cause::Transfer:
    case Cause::Renewal:
    case Cause::SinceLastAsked:
    case Cause::WhileOff:
    case Cause::Mixed:
        return u"modified"_s;
    }
    return {};
}

QSize CardDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 30,
            int(option.fontMetrics.height() * rowLines() * 2)};
}

void CardDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto *model = qobject_cast<const CardListModel *>(index.model());
    const Card *card = model ? model->cardAt(index.row()) : nullptr;
    painter->save();
    const auto &theme = Theme::of(option.palette);
    paintRow(painter, option, index);
    if (card) {
        paintCard(painter, option, *card);
    } else {
        if (model)
            index.data(CardListModel::LoadedRole); // asks for the page
        paintPlaceholder(painter, option);
    }
    painter->setPen(theme.rule);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

void CardDelegate::paintPlaceholder(QPainter *painter, const QStyleOptionViewItem &option) const
{
    const auto &theme = Theme::of(option.palette);
    const int line = option.fontMetrics.height();
    const int left = option.rect.left() + line * 5 / 2;
    painter->fillRect(left, option.rect.top() + line * 3 / 4, option.rect.width() / 3, line / 2,
                      theme.rule);
    painter->fillRect(left, option.rect.top() + line * 7 / 4, option.rect.width() / 2, line / 2,
                      theme.rule);
}

void CardDelegate::paintCard(QPainter *painter, const QStyleOptionViewItem &option,
                             const Card &card) const
{
    const auto &theme = Theme::of(option.palette);
    const bool fresh = card.state == CardState::New;
    const int line = option.fontMetrics.height();
    const int above = (option.rect.height() - line * 2) / 2;
    const QRect box = option.rect.adjusted(line * 5 / 2, above, -line / 2, -above);
    const QRect sign(option.rect.left() + line * 3 / 4, box.top(), line, line);
    const QRect upper(box.left(), box.top(), box.width(), line);
    const QRect lower(box.left(), box.bottom() - line + 1, box.width(), line);
    const auto signName = card.state == CardState::Acknowledged ? u"acknowledge"_s
        : card.state == CardState::Snoozed                      ? u"snooze"_s
                                                                : cardSign(card);
    icon(signName, fresh ? Tint::Accent : Tint::Dim).paint(painter, sign);

    const auto now = Words::now();
    const auto when = Words::when(card.detectedAt, now);
    painter->setFont(option.font);
    painter->setPen(theme.dim);
    painter->drawText(upper, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, when);
    const int whenWidth = option.fontMetrics.horizontalAdvance(when) + line / 2;

    QFont name = monospace(option.font);
    name.setBold(fresh);
    const auto who = Words::subject(card);
    painter->setFont(name);
    painter->setPen(fresh ? theme.text : theme.dim);
    painter->drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetrics(name).elidedText(who, Qt::ElideMiddle, upper.width() - whenWidth));

    QString what = Words::cause(card);
    if (!card.headline.isEmpty())
        what += u" · "_s + madeVisible(card.headline, 200);
    painter->setFont(option.font);
    painter->drawText(lower, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(what, Qt::ElideRight, lower.width()));
}

} // namespace wg
