// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sidebar.h"

#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

/// An entry: icon, word, and a count at the right edge.
class SideButton final : public QToolButton
{
public:
    explicit SideButton(QWidget *parent)
        : QToolButton(parent)
    { }

    void setFront(bool front)
    {
        m_front = front;
        setProperty("front", front);
        update();
    }
    void setCount(const QString &count)
    {
        m_count = count;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const auto &theme = Theme::of(palette());
        QPainter painter(this);
        if (m_front)
            painter.fillRect(rect(), theme.selection);
        else if (underMouse())
            painter.fillRect(rect(), theme.raised);
        const int pad = fontMetrics().height() / 2;
        const int side = fontMetrics().height() * 5 / 4;
        icon().paint(&painter, QRect(pad, (height() - side) / 2, side, side));
        painter.setPen(theme.text);
        painter.setFont(m_front ? bold(font()) : font());
        const QRect words(pad * 2 + side, 0, width() - pad * 3 - side, height());
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, text());
        if (!m_count.isEmpty()) {
            painter.setFont(bold(font()));
            painter.setPen(theme.accent);
            painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, m_count);
        }
        if (hasFocus()) {
            painter.setPen(theme.accent);
            painter.drawRect(rect().adjusted(0, 0, -1, -1));
        }
    }

private:
    QString m_count;
    bool m_front = false;
};

/// What has room beside the word.
QString countText(qint64 open)
{
    constexpr qint64 most = 9'999;
    if (open > most)
        return Words::number(most) + u'+';
    return open > 0 ? Words::number(open) : QString();
}

} // namespace

SideBar::SideBar(const ActionTable &table, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, space(this, 1), 1, space(this, 2));
    column->setSpacing(1);
    const QList<std::pair<Command, Place::Kind>> entries{
        {Command::GoInbox, Place::Kind::Inbox},
        {Command::GoMonitors, Place::Kind::Monitors},
        {Command::GoSources, Place::Kind::Sources},
        {Command::GoSettings, Place::Kind::Settings}};
    for (const auto &[command, kind] : entries) {
        if (command == Command::GoSettings)
            column->addStretch(1);
        auto *button = new SideButton(this);
        const auto word = Commands::text(command);
        button->setText(word);
        button->setAccessibleName(word);
        button->setIcon(icon(QString::fromLatin1(Commands::info(command).icon)));
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolTip(Commands::textWithKey(command));
        button->setFixedHeight(QFontMetrics(font()).height() * 2);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &QToolButton::clicked, table.value(command), &QAction::trigger);
        column->addWidget(button);
        m_entries.append({kind, button, word});
    }
    setFixedWidth(QFontMetrics(font()).averageCharWidth() * 22);
}

void SideBar::setOpenCards(qint64 open)
{
    auto *button = static_cast<SideButton *>(m_entries.first().button);
    button->setCount(countText(open));
    button->setAccessibleDescription(tr("%n new card(s)", nullptr, int(open)));
}

void SideBar::setFront(Place::Kind kind)
{
    for (const auto &entry : std::as_const(m_entries))
        static_cast<SideButton *>(entry.button)->setFront(entry.kind == kind);
}

void SideBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme::of(palette()).rule);
    painter.drawLine(width() - 1, 0, width() - 1, height());
}

} // namespace wg
