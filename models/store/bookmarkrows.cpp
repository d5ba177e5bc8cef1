// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bookmarkrows.h"

namespace wg {

void BookmarkRows::keep(qint64 asked, qint64 source, const Bookmark &bookmark)
{
    const qint64 question = m_interner.word(bookmark.question);
    if (bookmark.saysNothing()) {
        m_database.run("DELETE FROM bookmark WHERE artifact=? AND source=? AND question=?", asked,
                       source, question);
        return;
    }
    m_database.run(
        "INSERT INTO bookmark (artifact, source, question, print, place, etag, modified, whole_at)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (artifact, source, question) DO UPDATE SET"
        " print=excluded.print, place=excluded.place, etag=excluded.etag,"
        " modified=excluded.modified, whole_at=excluded.whole_at"
        " WHERE bookmark.print<>excluded.print OR bookmark.place<>excluded.place"
        " OR bookmark.etag<>excluded.etag OR bookmark.modified<>excluded.modified"
        " OR bookmark.whole_at<>excluded.whole_at",
        asked, source, question, bookmark.print, UntrustedText::fromString(bookmark.cursor).raw(),
        bookmark.etag, bookmark.modified, bookmark.wholeAt);
}

void BookmarkRows::forget(const QString &source)
{
    m_database.run("DELETE FROM bookmark WHERE source=?", m_interner.findSource(source));
}

QList<Bookmark> BookmarkRows::of(const Artifact &asked, const QString &source)
{
    const qint64 artifact = m_interner.findArtifact(asked);
    const qint64 asker = m_interner.findSource(source);
    QList<std::pair<qint64, Bookmark>> kept;
    {
        auto rows = m_database.query("SELECT question, print, place, etag, modified, whole_at"
                                     " FROM bookmark WHERE artifact=? AND source=?",
                                     artifact, asker);
        while (rows.next()) {
            kept.append(
                {rows.number(0),
                 {{}, rows.hash(1), rows.text(2), rows.bytes(3), rows.bytes(4), rows.instant(5)}});
        }
    }
    QList<Bookmark> bookmarks;
    for (auto &[question, bookmark] : kept) {
        const Standing stands = standing(artifact, asker, question);
        bookmark.question = m_interner.wordOf(question);
        if (!stands.known)
            bookmark.cursor.clear();
        if (!stands.newest) {
            bookmark.etag.clear();
            bookmark.modified.clear();
        }
        if (!bookmark.saysNothing())
            bookmarks.append(bookmark);
    }
    return bookmarks;
}

BookmarkRows::Standing BookmarkRows::standing(qint64 asked, qint64 source, qint64 question)
{
    Standing stands;
    auto rows = m_database.query("SELECT outcome, pending, usable_at FROM check_open"
                                 " WHERE artifact=? AND source=? AND question=?",
                                 asked, source, question);
    for (bool first = true; rows.next(); first = false) {
        const bool usable = isUsable(Outcome(rows.number(0)));
        stands.known = (first || stands.known) && (usable || rows.instantIfAny(2));
        stands.newest = (first || stands.newest) && usable && rows.number(1) == 0;
    }
    return stands;
}

} // namespace wg
