// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>
#include <QStyleOption>

namespace wg {

/// Fusion, made flat and quiet: hair lines in place of gradients, edges that can be seen in the
/// dark, tabs that are underlined, and our own close sign. GUI thread; owned by the application.
class HouseStyle : public QProxyStyle
{
    Q_OBJECT

public:
    HouseStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    /// Our own signs where the desktop's theme would be searched for them, which is slow.
    QIcon standardIcon(StandardPixmap which, const QStyleOption *option,
                       const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override;

private:
    void drawField(const QStyleOption *option, QPainter *painter) const;
    void drawIndicator(PrimitiveElement element, const QStyleOption *option,
                       QPainter *painter) const;
    enum class Look : quint8
    {
        Flat,
        Raised,
        Wanted ///< the next step of a page
    };
    void drawButton(const QStyleOption *option, QPainter *painter, Look look) const;
    void drawTool(const QStyleOptionToolButton &tool, QPainter *painter,
                  const QWidget *widget) const;
    void drawTab(const QStyleOption *option, QPainter *painter) const;
    void drawHeader(const QStyleOption *option, QPainter *painter) const;
    void drawToolLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawHeaderLabel(const QStyleOption *option, QPainter *painter,
                         const QWidget *widget) const;
};

} // namespace wg
