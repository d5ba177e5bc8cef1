// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tray.h"

#include <QFont>
#include <QGuiApplication>
#include <QPainter>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int iconSize = 64;

/// The eye, and over it the number in a red disc: readable at 16 pixels, and the number is also
/// said.
QPixmap picture(qint64 count)
{
    QPixmap pixmap(iconSize, iconSize);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QIcon(u":/icons/watchglass.svg"_s).paint(&painter, QRect(0, 0, iconSize, iconSize));
    if (count == 0)
        return pixmap;
    const QRectF disc(22, 22, 42, 42);
    painter.setPen(QPen(Qt::white, 2));
    painter.setBrush(QColor(0xB3, 0x26, 0x1E));
    painter.drawEllipse(disc);
    QFont font = painter.font();
    font.setBold(true);
    font.setPixelSize(count > 99 ? 20 : 28);
    painter.setFont(font);
    painter.drawText(disc, Qt::AlignCenter, count > 99 ? u"99+"_s : QString::number(count));
    return pixmap;
}

} // namespace

Tray::Tray(QObject *parent)
    : QObject(parent)
{
    connect(m_menu.addAction(tr("&Open Watchglass")), &QAction::triggered, this, &Tray::openAsked);
    m_inbox = m_menu.addAction(tr("&Inbox"));
    connect(m_inbox, &QAction::triggered, this, &Tray::inboxAsked);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("&Quit")), &QAction::triggered, this, &Tray::quitAsked);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason != QSystemTrayIcon::Context)
                    Q_EMIT openAsked();
            });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::inboxAsked);
    paint();
}

Tray::~Tray() = default;

bool Tray::isAvailable()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::show()
{
    m_icon.show();
}

void Tray::setCount(qint64 openCards)
{
    m_count = openCards;
    paint();
}

void Tray::nameWorld(const QString &word)
{
    m_world = word;
    paint();
}

void Tray::setTrouble(const QString &sentence)
{
    m_trouble = sentence;
    paint();
}

void Tray::say(const QString &summary, const QString &body)
{
    m_icon.showMessage(summary, body, QSystemTrayIcon::Information);
}

void Tray::paint()
{
    m_icon.setIcon(QIcon(picture(m_count)));
    const QString count =
        m_count == 0 ? tr("nothing new") : tr("%n open alert(s)", nullptr, int(m_count));
    m_inbox->setText(m_count == 0 ? tr("&Inbox") : tr("&Inbox (%1)").arg(m_count));
    QString tip = m_world.isEmpty() ? tr("Watchglass: %1").arg(count)
                                    : tr("Watchglass (%1): %2").arg(m_world, count);
    if (!m_trouble.isEmpty())
        tip += u'\n' + m_trouble;
    m_icon.setToolTip(tip);
}

} // namespace wg
