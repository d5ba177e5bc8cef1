// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "core/sourceinfo.h"
#include "net/gate.h"

#include <QByteArray>
#include <QHash>
#include <deque>
#include <optional>

namespace wg {

/// At most count requests in any window of perMs.
struct HostWindow
{
    int count = 1;
    qint64 perMs = secondMs;
};

/// What of a server's windows is used up, by our own count and by the server's word. Of windows of
/// an hour and more, eyes leave a fifth to people. A pure value that is told the time.
class Quota
{
public:
    /// When an asker may send the next request, after so many that wait already; now or later.
    [[nodiscard]] Instant freeAt(const QList<HostWindow> &windows, Asker asker, Instant now,
                                 int waiting = 0) const;
    /// What a request used up.
    struct Taken
    {
        Instant at;
        int word = 0; ///< which of the server's words it was counted in; 0: none
    };
    /// A request leaves.
    Taken note(const QList<HostWindow> &windows, Instant now);
    /// It never reached anybody: windows of a minute and more have its room again, and the server's
    /// word, if it is still the same.
    void takeBack(const QList<HostWindow> &windows, const Taken &taken);
    /// The server says how many requests are left until when, and of how many where it says so.
    void said(int left, std::optional<int> limit, Instant reset);

    /// The scarcest of the windows of a minute and more; nothing where there is none.
    [[nodiscard]] std::optional<QuotaState> state(const QList<HostWindow> &windows,
                                                  Instant now) const;

    /// What is worth keeping over a restart; empty where nothing is.
    [[nodiscard]] QByteArray saved(Instant now) const;
    /// What is no such text, or lies in the future, counts as sent now.
    static Quota restored(const QByteArray &text, Instant now);

private:
    /// Requests of a hundredth of the window, counted together.
    struct Sent
    {
        Instant until; ///< when the last of them leaves the window
        int count = 0;
    };
    struct Word
    {
        int left = 0;
        std::optional<int> limit;
        Instant reset;
        int number = 1; ///< that of a restored one
    };

    [[nodiscard]] int used(qint64 perMs, Instant now) const;

    QHash<qint64, std::deque<Sent>> m_sent; ///< by length of the window
    std::optional<Word> m_word;
    int m_words = 1; ///< the last number
};

/// How many requests of a window are kept for people.
int reserveOf(const HostWindow &window);

} // namespace wg
