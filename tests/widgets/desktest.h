// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/audit.h"
#include "widgets/fakeactions.h"
#include "widgets/mainwindow.h"
#include "widgets/theme.h"
#include "widgets/translations.h"

#include <QApplication>
#include <QLineEdit>
#include <QSettings>
#include <QTest>

namespace wg::test {

/// A window on a scripted desk, in front and ready to be driven by keys.
struct Desk
{
    explicit Desk(const std::function<void(Script &)> &prepare = fillDesk,
                  QSettings &&session = QSettings(QString(), QSettings::IniFormat))
    {
        static ThemeKeeper keeper(*qApp);
        static const bool translated = (installTranslations(*qApp), true);
        Q_UNUSED(translated)
        prepare(newScript());
        actions = scriptedActions();
        window = std::make_unique<MainWindow>(*actions);
        window->resize(1280, 800);
        window->show();
        window->furnish(session);
        QApplication::setActiveWindow(window.get());
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        auto *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : window.get(), key, modifiers);
    }
    void type(const QString &text)
    {
        key(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), text);
    }
    void look(const QString &text)
    {
        type(text);
        key(Qt::Key_Return);
    }
    template <class T>
    [[nodiscard]] T *find(const QString &accessibleName) const
    {
        for (auto *widget : window->findChildren<T *>()) {
            if (widget->accessibleName() == accessibleName && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] bool ordered(const QString &order) const
    {
        return script().orders.contains(order);
    }

    std::unique_ptr<Actions> actions;
    std::unique_ptr<MainWindow> window;
};

inline const Entity interfax{ArtifactKind::Domain, QStringLiteral("interfaxru.com")};

} // namespace wg::test
