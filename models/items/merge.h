// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSet>
#include <type_traits>
#include <utility>

namespace wg {

/// What a model must do to turn one list into another. Rows that stay keep their place on the
/// screen.
template <class BeginInsert, class EndInsert, class BeginRemove, class EndRemove>
struct MergeSteps
{
    BeginInsert beginInsert;
    EndInsert endInsert;
    BeginRemove beginRemove;
    EndRemove endRemove;
};

/// Turns held into fresh row by row: what left is removed, what came is inserted in its place, what
/// stayed is replaced and told by changed(row). A row that moved is removed and inserted.
template <class T, class Key, class Steps, class Changed>
void mergeRows(QList<T> &held, const QList<T> &fresh, Key key, const Steps &steps, Changed changed)
{
    using Id = std::decay_t<decltype(key(fresh.front()))>;
    if (held.isEmpty() && !fresh.isEmpty()) {
        steps.beginInsert(0, int(fresh.size()) - 1);
        held = fresh;
        steps.endInsert();
        return;
    }
    QList<Id> wanted; // a key may be dear: each is made once
    wanted.reserve(fresh.size());
    for (const T &row : fresh)
        wanted.append(key(row));
    QList<Id> have;
    have.reserve(held.size());
    for (const T &row : std::as_const(held))
        have.append(key(row));
    const auto remove = [&](qsizetype i) {
        steps.beginRemove(int(i));
        held.removeAt(i);
        have.removeAt(i);
        steps.endRemove();
    };
    const QSet<Id> stays(wanted.cbegin(), wanted.cend());
    for (qsizetype i = held.size() - 1; i >= 0; --i) {
        if (!stays.contains(have.at(i)))
            remove(i);
    }
    const QSet<Id> stayed(have.cbegin(), have.cend());
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        if (i < held.size() && have.at(i) == wanted.at(i)) {
            held[i] = fresh.at(i);
            changed(int(i));
            continue;
        }
        if (stayed.contains(wanted.at(i))) { // it stood further down
            if (const auto from = have.indexOf(wanted.at(i), i + 1); from >= 0)
                remove(from);
        }
        steps.beginInsert(int(i), int(i));
        held.insert(i, fresh.at(i));
        have.insert(i, wanted.at(i));
        steps.endInsert();
    }
}

} // namespace wg
