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

SourceInfo whoisInfo()
{
    SourceInfo info;
    info.name = u"whois"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "WHOIS registration data"));
    info.learns = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Where a domain's registry offers no RDAP, its WHOIS server learns that you asked, and so "
        "does whoever listens on the way: WHOIS is not encrypted. IANA learns the ending alone."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Free of charge and without a key; each registry limits how often it may be asked, "
        "so it is asked at most once a second."));
    info.datasets = {Dataset::Whois};
    info.addressDatasets = QList<Dataset>();
    info.pap = Pap::Amber;
    info.presence = Presence::Current;
    info.intervalMs = dayMs;
    return info;
}

SourceInfo tlsInfo()
{
    SourceInfo info;
    info.name = u"tls"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "TLS certificate of the target"));
    info.learns = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Whoever runs the server sees your address, or your proxy's, and that somebody shakes "
        "hands with port 443 and says no more; so may your resolver."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources", "Free of charge and without a key; one handshake every six hours."));
    info.datasets = {Dataset::Certificates, Dataset::Services};
    info.pap = Pap::Green;
    info.presence = Presence::Current;
    info.intervalMs = 6 * hourMs;
    return info;
}

SourceInfo webInfo()
{
    SourceInfo info;
    info.name = u"http"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "Web page of the target"));
    info.learns = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Whoever runs the web server sees your address, or your proxy's, and that a Watchglass "
        "asks "
        "for its first page and its icon; so may your resolver. No script is run, and nothing is "
        "fetched from other hosts."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources", "Free of charge and without a key; once a day, two or three requests."));
    info.datasets = {Dataset::Trackers, Dataset::Components, Dataset::HostPairs, Dataset::Cookies};
    info.pap = Pap::Green;
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

SourceInfo cymruInfo()
{
    SourceInfo info;
    info.name = u"cymru"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "Team Cymru routing data"));
    info.learns = words(QT_TRANSLATE_NOOP(
        "Sources",
        "Your resolver, and through it Team Cymru in the United States, learns which addresses "
        "you ask about; nobody who runs them does."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources", "Free of charge and without a key; asked by DNS, renewed every four hours."));
    info.datasets = {Dataset::Network};
    info.nameDatasets = QList<Dataset>();
    info.pap = Pap::Amber;
    info.presence = Presence::Current;
    info.intervalMs = dayMs;
    return info;
}

SourceInfo maxmindInfo()
{
    SourceInfo info;
    info.name = u"maxmind"_s;
    info.title = words(QT_TRANSLATE_NOOP("Sources", "MaxMind file"));
    info.learns = words(
        QT_TRANSLATE_NOOP("Sources",
                          "Nobody learns anything: a GeoLite2 or GeoIP2 file that you have is "
                          "read on this machine."));
    info.terms = words(QT_TRANSLATE_NOOP(
        "Sources", "What the licence of your file allows; MaxMind asks for new ones to be used."));
    info.datasets = {Dataset::Network};
    info.nameDatasets = QList<Dataset>();
    info.pap = Pap::Red;
    info.presence = Presence::Current;
    info.asksOutside = false;
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
    info.datasets = QList<Dataset>(allDatasets.begin(), allDatasets.end());
    info.pap = Pap::Red;
    info.presence = Presence::Historical;
    info.asksOutside = false;
    return info;
}

} // namespace wg
