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
    QSet<Id> wanted;
    wanted.reserve(fresh.size());
    for (const T &row : fresh)
        wanted.insert(key(row));
    for (qsizetype i = held.size() - 1; i >= 0; --i) {
        if (wanted.contains(key(held.at(i))))
            continue;
        steps.beginRemove(int(i));
        held.removeAt(i);
        steps.endRemove();
    }
    QSet<Id> stay;
    for (const T &row : std::as_const(held))
        stay.insert(key(row));
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        const auto id = key(fresh.at(i));
        if (i < held.size() && key(held.at(i)) == id) {
            held[i] = fresh.at(i);
            changed(int(i));
            continue;
        }
        if (stay.contains(id)) { // it stood further down
            for (qsizetype j = i + 1; j < held.size(); ++j) {
                if (key(held.at(j)) != id)
                    continue;
                steps.beginRemove(int(j));
                held.removeAt(j);
                steps.endRemove();
                break;
            }
        }
        steps.beginInsert(int(i), int(i));
        held.insert(i, fresh.at(i));
        steps.endInsert();
    }
}

} // namespace wg
