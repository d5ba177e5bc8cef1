// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/locatedjson.h"

#include <QStringList>
#include <functional>
#include <optional>

namespace wg {

/// Reads the members of one object of a manifest. The first thing wrong stays in the shared
/// trouble, with its place; what is read behind it no longer counts.
class ManifestFields
{
public:
    ManifestFields(const LocatedJson &object, QString &trouble);

    /// What is absent is null; what is needed but absent is trouble.
    const LocatedJson *find(const QString &name);
    const LocatedJson *need(const QString &name);
    QString text(const QString &name);
    QString neededText(const QString &name);
    /// Within least and most, else trouble; fallback where it is absent.
    int number(const QString &name, int fallback, int least, int most);
    bool flag(const QString &name);
    /// A text, or a list of texts.
    QStringList texts(const QString &name);
    /// One of the words, its number in the list; -1 where it is absent or trouble.
    int choice(const QString &name, const QStringList &words);
    /// Calls take for each element of a list of objects.
    void eachObject(const QString &name, const std::function<void(ManifestFields &)> &take);
    /// The same for one object, if it is there.
    void object(const QString &name, const std::function<void(ManifestFields &)> &take);
    /// Members that nobody asked for are misspelt: trouble.
    void end();

    void fail(const TextPlace &place, const QString &sentence);
    [[nodiscard]] bool isSound() const { return m_trouble.isEmpty(); }
    [[nodiscard]] const TextPlace &place() const { return m_object.place; }
    [[nodiscard]] const QList<LocatedMember> &members() const { return m_object.members; }
    [[nodiscard]] QString &trouble() { return m_trouble; }

private:
    const LocatedJson *typed(const QString &name, LocatedJson::Kind kind, const QString &what);

    const LocatedJson &m_object;
    QString &m_trouble;
    QStringList m_known;
};

} // namespace wg
