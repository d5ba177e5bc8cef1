// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QFile>

namespace wg {

/// What becomes of a link in a file's place.
enum class Links : quint8
{
    Followed,
    Refused ///< for folders that came from somebody else
};

/// Opens a file of the program's own (":/…") or a regular one, never waiting for a pipe or a
/// device. mode: ReadOnly, or ReadWrite | Append, which makes it (0600). NotFound where nothing is,
/// Refused for what is no regular file, NotWritable or Failed; the details do not name the file.
Result<Done> openRegular(QFile &file, QIODevice::OpenMode mode, Links links);

/// All of a file. Also TooLarge.
Result<QByteArray> readRegular(const QString &path, qint64 mostBytes, Links links);

} // namespace wg
