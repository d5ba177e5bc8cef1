// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace wg {

/// Looks for files in one folder and tells of each version of a file once, when it has been quiet
/// for a while, or has been growing for long. Mapping files are part of the version of others.
/// Subfolders, hidden files and such as other programs are still writing under a temporary name are
/// passed over; nothing is ever changed. Lives on the main thread and lists on the pool.
class WatchedFolder : public QObject
{
    Q_OBJECT

public:
    /// How long a file must be as it is before it is told of, and how often the folder is looked
    /// over where the system tells of no change.
    explicit WatchedFolder(int quietMs = 3'000, int lookMs = 30'000);
    void setQuiet(int quietMs);

    /// Empty: none. known: the versions by path that need not be told again.
    void watch(const QString &folder, const QHash<QString, QString> &known);
    [[nodiscard]] const QString &folder() const { return m_folder; }
    /// The version of a file that was told of last.
    [[nodiscard]] QString known(const QString &path) const { return m_known.value(path); }

Q_SIGNALS:
    /// version: size and time of change, and that of its mapping file.
    void found(const QString &path, const QString &version);
    /// The folder is not there, or cannot be read; told once.
    void troubled(const QString &why);
    void readableAgain();

private:
    struct Growing
    {
        QString version;
        QElapsedTimer quiet;
        QElapsedTimer since; ///< first seen growing
    };
    struct Listing
    {
        QString trouble; ///< why it cannot be listed
        QList<std::pair<QString, QString>> files; ///< paths and versions, the oldest first
    };

    static Listing listed(const QString &path);
    void look();
    void lookSoon();
    void take(const Listing &listing);
    void lookAt(const QString &path, const QString &version);

    int m_quietMs = 0;
    QString m_folder;
    QHash<QString, QString> m_known;
    QHash<QString, Growing> m_growing;
    QFileSystemWatcher m_system;
    QTimer m_looks;
    QTimer m_soon; ///< until what grows has been quiet
    bool m_trouble = false;
    bool m_looking = false;
};

} // namespace wg
