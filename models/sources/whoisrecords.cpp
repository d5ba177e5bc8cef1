// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"
#include "core/entitytext.h"
#include "sources/rdapfields.h"
#include "sources/whoisdate.h"
#include "sources/whoisfields.h"
#include "sources/whoisparse.h"
#include "sources/whoistext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostMembers = 256;
constexpr qsizetype longestValue = 500;

/// What was withheld is not there: "(not shown)", "Not shown, please visit …" and what RDAP hides,
/// too.
QString meant(const QString &text)
{
    const QString plain = text.simplified().left(longestValue);
    static const QRegularExpression elsewhere(uR"(^not shown\b|\bis not disclosed)"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    const bool withheld =
        (plain.startsWith(u'(') && plain.endsWith(u')')) || elsewhere.match(plain).hasMatch();
    return withheld || isRedacted(plain) ? QString() : plain;
}

/// "MarkMonitor Inc. [Tag = MARKMONITOR]" and "Whois Corp.(http://whois.co.kr)" without the rest.
QString registrarName(const QString &text)
{
    static const QRegularExpression rest(uR"(\s*(\(\s*https?://|\[Tag = ).*$)"_s);
    return meant(text.simplified().remove(rest));
}

QString countryName(const QString &text)
{
    static const QRegularExpression code(uR"(\(([A-Z]{2})\)$)"_s);
    const QString plain = meant(text);
    if (const auto found = code.match(plain); found.hasMatch())
        return found.captured(1);
    return plain.size() == 2 ? plain.toUpper() : plain;
}

QString mailAddress(const QString &text)
{
    const QString mail = meant(text).toLower();
    const qsizetype at = mail.indexOf(u'@');
    return at > 0 && at + 1 < mail.size() && !mail.contains(u' ') ? mail : QString();
}

/// The name that a value begins with; empty for addresses and single labels.
QString hostName(const QString &value)
{
    static const QRegularExpression ends(uR"([\s,|;(])"_s);
    const QString word = value.section(ends, 0, 0);
    if (!word.contains(u'.') || parseAddress(word))
        return {};
    return canonicalHostName(word).value_or(QString());
}

/// A line of its own below a heading: a name, and its addresses, framed or not.
QString hostAlone(const QString &line)
{
    static const QRegularExpression frame(uR"([][(),])"_s);
    static const QString undefined = u"not.defined."_s;
    const QStringList words = QString(line).replace(frame, u" "_s).simplified().split(u' ');
    const auto isNote = [](const QString &word) {
        return word == "-"_L1 || word == undefined || parseAddress(word);
    };
    const bool alone = std::all_of(words.begin() + 1, words.end(), isNote);
    return alone && words.first() != undefined ? hostName(words.first()) : QString();
}

/// "REGISTERED, DELEGATED", "pendingDelete / redemptionPeriod" and "ok - Normal state." as the
/// words of RDAP.
QStringList statusList(const QString &value)
{
    static const QRegularExpression between(uR"(\s*,\s*|\s+/\s+)"_s);
    static const QRegularExpression notes(uR"(\s+-(\s.*)?$|\s*\(.*$)"_s);
    QStringList words;
    const QStringList parts =
        value.simplified().left(longestValue).split(between, Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        QString word = whoisStatus(QString(part).remove(notes));
        while (word.endsWith(u'.'))
            word.chop(1);
        words.append(word);
    }
    return words;
}

QString dnssecWord(const QString &value)
{
    const QString word = value.simplified().toLower();
    if (word.startsWith("unsigned"_L1) || word == "no"_L1 || word == "inactive"_L1)
        return u"unsigned"_s;
    return word.startsWith("signed"_L1) || word == "yes"_L1 || word == "active"_L1 ? u"signed"_s
                                                                                   : QString();
}

/// Somebody, as far as an answer tells.
struct Party
{
    QString organisation;
    QString name;
    QString country;
    QString email;

    void take(WhoisField field, const QString &value)
    {
        const auto fill = [](QString &to, const QString &text) {
            if (to.isEmpty())
                to = text;
        };
        if (field == WhoisField::Organisation)
            fill(organisation, meant(value));
        else if (field == WhoisField::Person)
            fill(name, meant(value));
        else if (field == WhoisField::Country)
            fill(country, countryName(value));
        else if (field == WhoisField::Email)
            fill(email, mailAddress(value));
    }
};

/// Gathers the facts of one answer line by line.
class Reading
{
public:
    Reading(const QList<WhoisLine> &lines, const Artifact &asked)
        : m_lines(lines)
        , m_asked(asked)
        , m_top(asked.value.section(u'.', -1))
    {
        if (QStringList{u"tk"_s, u"ml"_s, u"ga"_s, u"cf"_s, u"gq"_s}.contains(m_top))
            m_order = DateOrder::MonthFirst;
    }

    QList<Record> records();

private:
    [[nodiscard]] qsizetype beginning() const;
    [[nodiscard]] std::optional<WhoisField> fieldOf(const WhoisLine &line) const;
    [[nodiscard]] std::optional<WhoisField> fieldOfTop(const WhoisLine &line) const;
    void findContacts();
    void findNamed(qsizetype first, qsizetype end);
    void resolveHandles();
    void read(const WhoisLine &line);
    void readBare(const WhoisLine &line);
    void take(WhoisField field, const QString &value);
    void date(QString &to, const QString &value) const;
    void write(WhoisRecords &out) const;

    const QList<WhoisLine> &m_lines;
    Artifact m_asked;
    QString m_top;
    DateOrder m_order = DateOrder::DayFirst;
    QSet<int> m_contacts; ///< paragraphs about somebody, not about the domain
    QHash<QString, Party> m_parties; ///< by handle
    QHash<QString, Party> m_registrars; ///< by handle, or by what their paragraph begins with
    int m_list = -1; ///< the paragraph whose last line named a server: others may stand below it
    bool m_said = false; ///< the section's first line without a key was taken
    QString m_registrar, m_registrarId, m_abuse;
    QString m_created, m_changed, m_expires, m_registrarExpires, m_dnssec;
    Party m_holder;
    QString m_handle;
    QStringList m_servers, m_statuses;
};

/// Where the paragraph begins that names the asked domain: what stands before it is about others.
qsizetype Reading::beginning() const
{
    qsizetype first = 0;
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const WhoisLine &line = m_lines[i];
        const bool names = fieldIn(plainFields(), line.key) == WhoisField::Domain
            || (line.section == WhoisSection::Name
                && (line.key.isEmpty() || line.key == "name"_L1));
        if (i == 0 || line.paragraph != m_lines[first].paragraph)
            first = i;
        if (names && hostName(line.value) == m_asked.value)
            return first;
    }
    return -1;
}

/// Paragraphs with a handle of their own speak of somebody; so do those that begin with "contact:".
void Reading::findContacts()
{
    QHash<int, QString> handles;
    for (const WhoisLine &line : m_lines) {
        if (line.key.startsWith("nic-hdl"_L1) || line.key == "contact"_L1)
            m_contacts.insert(line.paragraph);
        if (fieldIn(contactFields(), line.key) == WhoisField::Handle)
            handles.insert(line.paragraph, line.value.toLower());
    }
    for (const WhoisLine &line : m_lines) {
        const QString handle = handles.value(line.paragraph);
        const auto field = fieldIn(contactFields(), line.key);
        if (!handle.isEmpty() && field)
            m_parties[handle].take(*field, line.value);
    }
    for (qsizetype first = 0, end = 0; first < m_lines.size(); first = end) {
        while (end < m_lines.size() && m_lines[end].paragraph == m_lines[first].paragraph)
            ++end;
        findNamed(first, end);
    }
}

/// A paragraph that begins with "Contact: SKNI-0001" or "Registrar: SKNI-0001" tells who that is.
void Reading::findNamed(qsizetype first, qsizetype end)
{
    const WhoisLine &head = m_lines[first];
    const bool registrar = head.key == "registrar"_L1;
    const auto isOfDomain = [](const WhoisLine &line) {
        const auto field = fieldIn(plainFields(), line.key);
        return line.key == "nic-hdl"_L1 || (field && *field != WhoisField::Registrar)
            || fieldIn(domainFields(), line.key) == WhoisField::Expires;
    };
    const auto begin = m_lines.cbegin();
    if ((!registrar && head.key != "contact"_L1) || head.value.isEmpty()
        || std::any_of(begin + first, begin + end, isOfDomain))
        return;
    Party party;
    for (qsizetype i = first + 1; i < end; ++i) {
        if (const auto field = fieldIn(contactFields(), m_lines[i].key))
            party.take(*field, m_lines[i].value);
    }
    if (party.organisation.isEmpty() && party.name.isEmpty())
        return;
    (registrar ? m_registrars : m_parties).insert(head.value.toLower(), party);
    m_contacts.insert(head.paragraph);
}

/// What one word means to some registries alone. .dk calls the domain itself "DNS".
std::optional<WhoisField> Reading::fieldOfTop(const WhoisLine &line) const
{
    if (line.section != WhoisSection::Domain)
        return std::nullopt;
    if (line.key == "descr"_L1 && m_top == "il"_L1)
        return WhoisField::Organisation;
    if (line.key == "dns"_L1 && hostName(line.value) != m_asked.value)
        return WhoisField::NameServer;
    return std::nullopt;
}

std::optional<WhoisField> Reading::fieldOf(const WhoisLine &line) const
{
    if (m_contacts.contains(line.paragraph))
        return std::nullopt;
    if (line.section == WhoisSection::Registrant) {
        if (const auto field = fieldIn(contactFields(), line.key))
            return field;
    }
    if (line.section == WhoisSection::Registrar
        && (line.key == "organization"_L1 || line.key == "name"_L1
            || line.key == "organization name"_L1))
        return WhoisField::Registrar;
    if (line.section == WhoisSection::NameServers
        && (line.key == "host name"_L1 || line.key == "hostname"_L1 || line.key == "dns"_L1))
        return WhoisField::NameServer;
    if (const auto field = fieldIn(plainFields(), line.key))
        return field;
    if (const auto field = fieldOfTop(line))
        return field;
    const bool ofDomain = line.section != WhoisSection::Registrant
        && line.section != WhoisSection::Registrar && line.section != WhoisSection::Other;
    return ofDomain ? fieldIn(domainFields(), line.key) : std::nullopt;
}

void Reading::read(const WhoisLine &line)
{
    if (line.heads) {
        m_list = -1;
        m_said = false;
        return;
    }
    const int before = std::exchange(m_list, -1);
    if (const auto field = fieldOf(line)) {
        m_list = field == WhoisField::NameServer ? line.paragraph : -1;
        take(*field, line.value);
    } else if (line.key.isEmpty() && before == line.paragraph) {
        m_list = before;
        take(WhoisField::NameServer, hostAlone(line.value));
    } else {
        readBare(line);
    }
}

/// Lines below a heading; of names only the first is one, the others are the address.
void Reading::readBare(const WhoisLine &line)
{
    using S = WhoisSection;
    if (line.section == S::NameServers)
        return take(WhoisField::NameServer,
                    hostAlone(line.key.isEmpty() ? line.value : line.key + u' ' + line.value));
    if (!line.key.isEmpty() || std::exchange(m_said, true))
        return;
    if (line.section == S::Registrant)
        take(WhoisField::Organisation, line.value);
    else if (line.section == S::Registrar)
        take(WhoisField::Registrar, line.value);
    else if (line.section == S::Status)
        take(WhoisField::Status, line.value);
}

void Reading::date(QString &to, const QString &value) const
{
    const auto at = to.isEmpty() ? whoisDate(value, m_order) : std::nullopt;
    if (at)
        to = toRfc3339(*at);
}

void Reading::take(WhoisField field, const QString &value)
{
    const auto fill = [](QString &to, const QString &text) {
        if (to.isEmpty())
            to = text;
    };
    switch (field) {
    case WhoisField::Domain:
    case WhoisField::Handle:
        return;
    case WhoisField::Registrar:
        return fill(m_registrar, registrarName(value));
    case WhoisField::RegistrarId:
        return fill(m_registrarId, meant(value));
    case WhoisField::AbuseEmail:
        return fill(m_abuse, mailAddress(value));
    case WhoisField::Created:
        return date(m_created, value);
    case WhoisField::Changed:
        return date(m_changed, value);
    case WhoisField::Expires:
        return date(m_expires, value);
    case WhoisField::RegistrarExpires:
        return date(m_registrarExpires, value);
    case WhoisField::Organisation:
    case WhoisField::Person:
    case WhoisField::Country:
    case WhoisField::Email:
        return m_holder.take(field, value);
    case WhoisField::NameServer:
        return m_servers.append(hostName(value));
    case WhoisField::Status:
        return m_statuses.append(statusList(value));
    case WhoisField::Dnssec:
        return fill(m_dnssec, dnssecWord(value));
    case WhoisField::HolderHandle:
        return fill(m_handle, value.toLower());
    }
}

void Reading::write(WhoisRecords &out) const
{
    out.single(u"registrar"_s, m_registrar);
    out.detail(u"abuse_email"_s, m_abuse);
    out.single(u"registrar_iana_id"_s, m_registrarId);
    out.single(u"created"_s, m_created);
    out.detail(u"changed"_s, m_changed);
    out.single(u"expires"_s, m_expires.isEmpty() ? m_registrarExpires : m_expires);
    out.detail(u"registrar_expires"_s, m_expires.isEmpty() ? QString() : m_registrarExpires);
    const bool organised = !m_holder.organisation.isEmpty();
    out.single(u"registrant"_s, organised ? m_holder.organisation : m_holder.name);
    if (organised && m_holder.name.compare(m_holder.organisation, Qt::CaseInsensitive) != 0)
        out.attribute(u"name"_s, m_holder.name);
    out.single(u"country"_s, m_holder.country);
    out.single(u"email"_s, m_holder.email);
    for (const QString &server : m_servers.mid(0, mostMembers))
        out.member(u"nameserver"_s, server);
    out.single(u"dnssec"_s, m_dnssec);
    for (const QString &status : m_statuses.mid(0, mostMembers))
        out.member(u"status"_s, status);
}

/// Some registries name the holder or the registrar by a handle that stands for a contact further
/// below; or the registrar in a paragraph of its own alone.
void Reading::resolveHandles()
{
    const QString handle = m_handle.isEmpty() ? m_holder.organisation.toLower() : m_handle;
    if (const auto party = m_parties.constFind(handle); party != m_parties.cend())
        m_holder = *party;
    auto registrar = m_registrars.constFind(m_registrar.toLower());
    if (m_registrar.isEmpty() && m_registrars.size() == 1)
        registrar = m_registrars.cbegin();
    if (registrar != m_registrars.cend())
        m_registrar = registrar->organisation.isEmpty() ? registrar->name : registrar->organisation;
}

QList<Record> Reading::records()
{
    const qsizetype first = beginning();
    if (first < 0)
        return {};
    findContacts();
    for (qsizetype i = first; i < m_lines.size(); ++i)
        read(m_lines[i]);
    resolveHandles();
    WhoisRecords out(m_asked);
    write(out);
    return out.records();
}

} // namespace

QList<Record> whoisRecords(const QString &text, const Artifact &asked)
{
    const QList<WhoisLine> lines = whoisLines(text);
    return Reading(lines, asked).records();
}

} // namespace wg
