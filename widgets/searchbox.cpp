// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/searchbox.h"

#include "core/entitytext.h"
#include "core/untrustedtext.h"
#include "widgets/filterbox.h"
#include "widgets/icons.h"
#include "widgets/linkdelegate.h"
#include "widgets/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView keyGap = u"   "; ///< between a command and its key
constexpr int keyColumn = 36; ///< in average characters

/// Completes the words behind ">" anywhere in a command.
class PaletteCompleter final : public QCompleter
{
public:
    using QCompleter::QCompleter;

    QStringList splitPath(const QString &path) const override { return {path.mid(1).trimmed()}; }
    QString pathFromIndex(const QModelIndex &index) const override
    {
        return u"> "_s + QCompleter::pathFromIndex(index);
    }
};

/// A command and, in a column of its own, its key: at the edge where there is little room, and left
/// out where there is none for all of it.
class PaletteDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const auto &theme = Theme::of(option.palette);
        const auto words = index.data(Qt::DisplayRole).toString();
        const auto command = words.section(keyGap.toString(), 0, 0);
        const auto key = words.section(keyGap.toString(), 1);
        const auto &metrics = option.fontMetrics;
        const auto keyFont = monospace(option.font);
        const int pad = cellPadding(metrics);
        const auto line = option.rect.adjusted(pad, 0, -pad, 0);
        const int keyWidth = QFontMetrics(keyFont).horizontalAdvance(key) + 1;
        const int behindWords = metrics.horizontalAdvance(command) + pad;
        const int atEdge = line.width() - keyWidth;
        const int column = std::max(metrics.averageCharWidth() * keyColumn, behindWords);
        painter->save();
        paintRow(painter, option, index);
        painter->setPen(theme.text);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(command, Qt::ElideRight, line.width()));
        if (atEdge >= behindWords) {
            painter->setPen(theme.dim);
            painter->setFont(keyFont);
            painter->drawText(line.adjusted(std::min(column, atEdge), 0, 0, 0),
                              Qt::AlignLeft | Qt::AlignVCenter, key);
        }
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.fontMetrics.averageCharWidth() * 60, option.fontMetrics.height() * 3 / 2};
    }
};

} // namespace

SearchBox::SearchBox(QWidget *parent)
    : QLineEdit(parent)
    , m_commands(new QStringListModel(this))
{
    setAccessibleName(tr("Search"));
    setPlaceholderText(tr("Domain or address …   > for commands"));
    setClearButtonEnabled(true);
    nameClearButton(this);
    auto *lookUp = new QAction(icon(u"search"_s, Tint::Dim), tr("Look up"), this);
    connect(lookUp, &QAction::triggered, this, [this] { read(Where::Here); });
    addAction(lookUp, LeadingPosition);
    auto *completer = new PaletteCompleter(m_commands, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    completer->setMaxVisibleItems(14);
    completer->popup()->setAccessibleName(tr("Commands"));
    completer->popup()->setItemDelegate(new PaletteDelegate(completer->popup()));
    setCompleter(completer);
    connect(this, &QLineEdit::textEdited, this, &SearchBox::offer);
    connect(
        completer, qOverload<const QString &>(&QCompleter::activated), this,
        [this](const QString &words) {
            clear();
            Q_EMIT commandChosen(words.mid(1).trimmed());
        },
        Qt::QueuedConnection); // after the completer has written its text
}

void SearchBox::setCommands(const QStringList &commands)
{
    m_words = commands;
    m_commands->setStringList({}); // until ">" is typed again
}

/// Only what begins with ">" is completed: what people look up never is.
void SearchBox::offer(const QString &text)
{
    const bool palette = text.startsWith(u'>');
    if (palette == (m_commands->rowCount() > 0))
        return;
    m_commands->setStringList(palette ? m_words : QStringList());
    if (palette)
        completer()->complete();
}

std::optional<Entity> SearchBox::typedEntity() const
{
    const auto found = parseEntity(text());
    return found ? std::optional(*found) : std::nullopt;
}

QString SearchBox::whyNothing(const QString &typed)
{
    const auto sample =
        tr("Type a name like example.com or an address, or paste text that holds some.");
    if (typed.contains(u' '))
        return tr("There is no domain and no address in “%1”. %2")
            .arg(madeVisible(typed, 60), sample);
    return tr("“%1” is no domain and no address: %2 %3")
        .arg(madeVisible(typed, 60), madeVisible(parseEntity(typed).error().detail, 200), sample);
}

void SearchBox::read(Where where)
{
    const auto typed = text().trimmed();
    if (typed.isEmpty())
        return;
    if (typed.startsWith(u'>')) {
        clear();
        Q_EMIT commandChosen(typed.mid(1).trimmed());
        return;
    }
    if (const auto one = parseEntity(typed)) {
        Q_EMIT oneFound(*one, where);
        return;
    }
    const auto several = findEntities(typed);
    if (several.size() == 1)
        Q_EMIT oneFound(several.first(), where);
    else if (!several.isEmpty())
        Q_EMIT severalFound(several, where);
    else
        Q_EMIT nothingFound(whyNothing(typed));
}

void SearchBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        read(event->modifiers() & Qt::ControlModifier ? Where::NewTab : Where::Here);
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty())
            Q_EMIT left();
        else
            clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace wg
