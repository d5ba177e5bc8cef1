// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hostname.h"

#include "core/entitytext.h"

#include <QVarLengthArray>
#include <unicode/uidna.h>

namespace wg {

namespace {

constexpr qsizetype mostName = 253;
constexpr qsizetype mostLabel = 63;
/// Longer than any name can be even when escaped or written in wide characters: not worth a look.
constexpr qsizetype mostText = 2048;

/// Lower-case form of a byte that a name may hold, 0 for all others.
constexpr std::array<char, 128> lowerTable = [] {
    std::array<char, 128> table{};
    for (char c = 'a'; c <= 'z'; ++c) {
        table[std::size_t(c)] = c;
        table[std::size_t(c - 'a' + 'A')] = c;
    }
    for (char c = '0'; c <= '9'; ++c)
        table[std::size_t(c)] = c;
    table['-'] = '-';
    table['_'] = '_';
    table['*'] = '*';
    return table;
}();

HostName refuse(NameTrouble trouble, QString part = {})
{
    return {QString(), trouble, std::move(part)};
}

const UIDNA *idna()
{
    static const UIDNA *const shared = [] {
        UErrorCode status = U_ZERO_ERROR;
        const UIDNA *opened =
            uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII
                                | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                            &status);
        return U_SUCCESS(status) ? opened : nullptr;
    }();
    return shared;
}

/// Hyphens stand in odd places in the names that content networks give out, and lengths are ours to
/// judge: they are checked on the result.
constexpr uint32_t tolerated = UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN
    | UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG
    | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG;

using Converter = decltype(&uidna_nameToASCII);

std::optional<QString> convert(Converter converter, QStringView name)
{
    if (!idna())
        return std::nullopt;
    QVarLengthArray<UChar, 1024> out(std::max<qsizetype>(1024, name.size() * 6));
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = converter(idna(), name.utf16(), int32_t(name.size()), out.data(),
                                   int32_t(out.size()), &info, &status);
    if (U_FAILURE(status) || (info.errors & ~tolerated) != 0)
        return std::nullopt;
    return QString(reinterpret_cast<const QChar *>(out.data()), size);
}

bool isALabel(QStringView label)
{
    return label.startsWith(QLatin1String("xn--"));
}

/// The first label that claims to be an A-label and is none.
QStringView badALabel(const QString &name)
{
    if (!name.contains(QLatin1String("xn--")))
        return {};
    for (const QStringView label : QStringView(name).tokenize(u'.')) {
        if (isALabel(label) && !convert(uidna_labelToUnicode, label))
            return label;
    }
    return {};
}

/// "0x1f" or decimal digits: what browsers would read as the end of an IPv4 address.
bool looksNumeric(QStringView label)
{
    const bool hex = label.startsWith(QLatin1String("0x"));
    const QStringView digits = hex ? label.sliced(2) : label;
    return std::all_of(digits.begin(), digits.end(), [hex](QChar c) {
        return (c >= u'0' && c <= u'9') || (hex && c >= u'a' && c <= u'f');
    });
}

NameTrouble labelTrouble(QStringView label)
{
    if (label.isEmpty())
        return NameTrouble::EmptyLabel;
    if (label.size() > mostLabel)
        return NameTrouble::LongLabel;
    if (label.contains(u'*') && label.size() > 1)
        return NameTrouble::BadCharacter;
    return NameTrouble::None;
}

HostName readAscii(QStringView text)
{
    if (text.endsWith(u'.'))
        text.chop(1);
    if (text.isEmpty())
        return refuse(NameTrouble::Empty);
    QString name(text.size(), Qt::Uninitialized);
    QChar *const out = name.data();
    qsizetype start = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const char16_t c = i < text.size() ? text[i].unicode() : u'.';
        if (c != u'.') {
            const char lower = c < 0x80 ? lowerTable[c] : '\0';
            if (lower == '\0')
                return refuse(NameTrouble::BadCharacter, text.sliced(i, 1).toString());
            out[i] = QLatin1Char(lower);
            continue;
        }
        if (i < text.size())
            out[i] = u'.';
        const QStringView label(out + start, i - start);
        if (const auto trouble = labelTrouble(label); trouble != NameTrouble::None)
            return refuse(trouble, label.toString());
        start = i + 1;
    }
    if (name.size() > mostName)
        return refuse(NameTrouble::LongName);
    const QStringView top = QStringView(name).sliced(name.lastIndexOf(u'.') + 1);
    if (looksNumeric(top))
        return {name, NameTrouble::NumericTop, top.toString()};
    return {name, NameTrouble::None, {}};
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

} // namespace

bool isPlainHostName(QStringView name)
{
    qsizetype label = 0; // where it begins
    for (qsizetype i = 0; i < name.size(); ++i) {
        const char16_t c = name[i].unicode();
        if (c == u'.') {
            if (i == label || i - label > mostLabel)
                return false;
            label = i + 1;
        } else if ((c < u'a' || c > u'z') && (c < u'0' || c > u'9') && c != u'-') {
            return false;
        }
    }
    const qsizetype top = name.size() - label;
    return label > 0 && name.size() <= mostName && top > 0 && top <= mostLabel
        && name[label] >= u'a' && name[label] <= u'z'; // "0x1f" and "31" are numbers
}

HostName readHostName(QStringView text, ALabels aLabels)
{
    if (text.size() > mostText)
        return refuse(NameTrouble::LongName);
    QString ascii;
    if (!isAscii(text)) {
        const auto converted = convert(uidna_nameToASCII, text);
        if (!converted)
            return refuse(NameTrouble::BadIdn);
        ascii = *converted;
        text = ascii;
    }
    HostName read = readAscii(text);
    if (read.trouble != NameTrouble::None || aLabels == ALabels::AsFound)
        return read;
    if (const QStringView label = badALabel(read.name); !label.isEmpty())
        return refuse(NameTrouble::BadALabel, label.toString());
    return read;
}

std::optional<QString> canonicalHostName(QStringView name)
{
    HostName read = readHostName(name, ALabels::AsFound);
    if (read.trouble != NameTrouble::None)
        return std::nullopt;
    return std::move(read.name);
}

std::optional<QString> toUnicodeName(const QString &aLabelName)
{
    return convert(uidna_nameToUnicode, aLabelName);
}

} // namespace wg
