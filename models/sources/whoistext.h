// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace wg {

/// To which part of an answer a line belongs.
enum class WhoisSection : quint8
{
    Domain,
    Name, ///< the domain's name on a line of its own
    Registrant,
    Registrar,
    NameServers,
    Status,
    Other ///< other contacts, whose names and dates are not the domain's
};

/// One line of a WHOIS answer.
struct WhoisLine
{
    QString key; ///< lower case, without dots, brackets and notes; empty where there is none
    QString value;
    WhoisSection section = WhoisSection::Domain;
    int paragraph = 0; ///< blank lines part them
    bool heads = false; ///< the line names a section and says nothing else
};

/// UTF-8 where it is, else Latin-1.
QString whoisText(const QByteArray &bytes);

/// The lines that say something, comments and blank lines left out; keys and sections of all the
/// forms that registries use ("key: value", "key....: value", "[Key] value", "Key<TAB>value", a
/// heading and indented lines). At most 5,000.
QList<WhoisLine> whoisLines(const QString &text);

/// The comments, without their marks: some servers say there that they do not answer.
QStringList whoisComments(const QString &text);

} // namespace wg
