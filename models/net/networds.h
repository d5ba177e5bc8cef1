// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "net/httpattempt.h"

namespace wg {

Error refused(QString why);
Error unreachable(QString why);

/// One sentence that names the host; detail is the transport's own word for it.
QString words(AttemptEnd::Kind kind, const QString &host, const QString &detail);

/// "HOST answers 403 Forbidden: and the beginning of what it says": outside text.
QString refusalWords(const QString &host, const HttpAnswer &answer);
/// What a server says of itself within JSON ("message", "error" …); empty where it says nothing or
/// speaks no JSON. Outside text, of one line.
QString wordsInJson(const QByteArray &body);

} // namespace wg
