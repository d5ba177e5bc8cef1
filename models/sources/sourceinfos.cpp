// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/sourceinfos.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Sources", text);
}

} // namespace

SourceInfo dnsInfo()
{
    SourceInfo info;
    info.name = u"dns"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "Live DNS"));
    info.learns = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Your resolver learns every name and address you ask about, and the name servers "
        "of whoever runs a name can see that somebody asked just now."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources", "Free of charge and without a key; your resolver's operator sets the limits."));
    info.datasets = {Dataset::Resolutions, Dataset::Dns};
    info.addressDatasets = QList{Dataset::Dns}; // PTR
    info.pap = Pap::Green;
    info.presence = Presence::Current;
    info.intervalMs = hourMs;
    return info;
}

SourceInfo rdapInfo()
{
    SourceInfo info;
    info.name = u"rdap"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "RDAP registration data"));
    info.learns = words(QT_TRANSLATE_NOOP(
        "Sources",
        "The registry of the domain's ending, or the regional registry of the address, "
        "learns that you asked about it; the holder does not."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Free of charge and without a key; each registry limits how often it may be asked, "
        "so it is asked at most once a second."));
    info.datasets = {Dataset::Whois};
    info.pap = Pap::Amber;
    info.presence = Presence::Current;
    info.intervalMs = dayMs;
    return info;
}

SourceInfo mnemonicInfo()
{
    SourceInfo info;
    info.name = u"mnemonic"_s;
    info.party = u"api.mnemonic.no"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "mnemonic passive DNS"));
    info.learns = words(QT_TRANSLATE_NOOP(
        "Sources",
        "mnemonic AS in Norway learns which names and addresses you ask about; nobody who "
        "runs them does."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Free of charge and without a key for public data: 100 questions a minute and 1,000 "
        "a day."));
    info.datasets = {Dataset::Resolutions, Dataset::Dns};
    info.pap = Pap::Amber;
    info.presence = Presence::Historical;
    info.intervalMs = dayMs;
    return info;
}

SourceInfo filesInfo()
{
    SourceInfo info;
    info.name = u"files"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "Imported files"));
    info.learns = words(
        QT_TRANSLATE_NOOP("Sources", "Nobody learns anything: files are read on this machine."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Free of charge; what you may do with the records is up to whoever gave you the file."));
    info.datasets = {Dataset::Resolutions, Dataset::Dns};
    info.pap = Pap::Red;
    info.presence = Presence::Historical;
    info.asksOutside = false;
    return info;
}

} // namespace wg
