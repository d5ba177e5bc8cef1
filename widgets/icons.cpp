// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icons.h"

#include "widgets/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

/// Draws one SVG in one colour of the theme.
class TintedEngine final : public QIconEngine
{
public:
    TintedEngine(QString meaning, Tint tint)
        : m_meaning(std::move(meaning))
        , m_tint(tint)
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        const auto drawn = scaledPixmap(rect.size() * ratio, mode, state, ratio);
        painter->drawPixmap(rect, drawn);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal ratio) override
    {
        const auto color = mode == QIcon::Disabled
            ? QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text)
            : tintColor(m_tint);
        const auto key =
            u"wg/%1/%2/%3x%4"_s.arg(m_meaning, color.name()).arg(size.width()).arg(size.height());
        QPixmap found;
        if (!QPixmapCache::find(key, &found)) {
            found = draw(size, color);
            QPixmapCache::insert(key, found);
        }
        found.setDevicePixelRatio(ratio);
        return found;
    }
    QIconEngine *clone() const override { return new TintedEngine(*this); }
    QString key() const override { return u"watchglass"_s; }

private:
    [[nodiscard]] QPixmap draw(const QSize &size, const QColor &color) const
    {
        QImage image(size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QSvgRenderer svg(u":/icons/%1.svg"_s.arg(m_meaning));
        QPainter painter(&image);
        svg.setAspectRatioMode(Qt::KeepAspectRatio);
        svg.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(image.rect(), color);
        painter.end();
        return QPixmap::fromImage(image);
    }

    QString m_meaning;
    Tint m_tint;
};

} // namespace

QColor tintColor(Tint tint)
{
    const auto &theme = Theme::of(QGuiApplication::palette());
    switch (tint) {
    case Tint::Text:
        return theme.text;
    case Tint::Dim:
        return theme.dim;
    case Tint::Accent:
        return theme.accent;
    case Tint::Good:
        return theme.good;
    case Tint::Warn:
        return theme.warn;
    case Tint::Bad:
        return theme.bad;
    }
    return theme.text;
}

QIcon icon(const QString &meaning, Tint tint)
{
    return QIcon(new TintedEngine(meaning, tint));
}

QIcon appIcon()
{
    return QIcon(u":/icons/watchglass.svg"_s);
}

} // namespace wg
