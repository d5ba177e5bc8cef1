// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <memory>

namespace wg::test {

/// Adds a test class to this executable's list; used through WG_TEST.
struct Registrar
{
    explicit Registrar(std::function<std::unique_ptr<QObject>()> make);
};

} // namespace wg::test

/// Behind a Qt Test class: runs it with the others of the folder's executable.
#define WG_TEST(Class)                                                                             \
    static const wg::test::Registrar registrarOf##Class([] { return std::make_unique<Class>(); });
