// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"

#include <cmath>

namespace wg {

namespace {

constexpr qsizetype leastHex = 20;
constexpr qsizetype leastRandom = 20;
constexpr qsizetype leastBase32 = 26;
constexpr qsizetype leastLetters = 24;

/// What a run of letters and digits is made of.
struct Shape
{
    int letters = 0;
    int digits = 0;
    int hex = 0;
    int base32 = 0;
    int vowels = 0;
    int switches = 0; ///< changes between letter and digit
    int longestConsonants = 0;
    int distinct = 0;
    double entropy = 0; ///< bits a character
};

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isVowel(char16_t c)
{
    return c == u'a' || c == u'e' || c == u'i' || c == u'o' || c == u'u' || c == u'y';
}

void measureEntropy(QStringView run, Shape &shape)
{
    std::array<int, 128> counts{};
    for (const QChar c : run)
        ++counts[c.unicode() & 0x7f];
    for (const int count : counts) {
        if (count == 0)
            continue;
        const double share = double(count) / double(run.size());
        shape.entropy -= share * std::log2(share);
        ++shape.distinct;
    }
}

Shape shapeOf(QStringView run)
{
    Shape shape;
    int consonants = 0;
    for (qsizetype i = 0; i < run.size(); ++i) {
        const char16_t c = run[i].unicode();
        const bool digit = isDigit(c);
        (digit ? shape.digits : shape.letters) += 1;
        shape.hex += digit || (c >= u'a' && c <= u'f');
        shape.base32 += (c >= u'a' && c <= u'z') || (c >= u'2' && c <= u'7');
        shape.vowels += isVowel(c);
        shape.switches += i > 0 && digit != isDigit(run[i - 1].unicode());
        consonants = digit || isVowel(c) ? 0 : consonants + 1;
        shape.longestConsonants = std::max(shape.longestConsonants, consonants);
    }
    measureEntropy(run, shape);
    return shape;
}

/// A run without hyphens that no person and no naming scheme writes.
bool isGenerated(QStringView run)
{
    if (run.size() < leastRandom)
        return false;
    const Shape shape = shapeOf(run);
    if (shape.digits == 0) {
        return run.size() >= leastLetters && shape.entropy >= 3.4 && shape.longestConsonants >= 6
            && shape.vowels * 5 < shape.letters;
    }
    if (shape.letters == 0 || shape.distinct < 8)
        return false;
    const bool mixed = shape.letters >= 6 && shape.digits >= 6 && run.size() >= 24;
    if (shape.hex == run.size() && run.size() >= leastHex && (shape.switches >= 4 || mixed))
        return true;
    if (shape.switches >= 9 && shape.entropy >= 3.0)
        return true;
    if (shape.entropy < 3.4)
        return false;
    if (shape.base32 == run.size() && run.size() >= leastBase32 && shape.switches >= 4)
        return true;
    // Words with numbers between them change more seldom than random characters do.
    return shape.switches >= 4 && shape.switches * 5 >= run.size();
}

/// 8-4-4-4-12 hexadecimal digits.
bool isUuid(QStringView label)
{
    if (label.size() != 36)
        return false;
    for (qsizetype i = 0; i < label.size(); ++i) {
        const char16_t c = label[i].unicode();
        const bool hyphenPlace = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphenPlace ? c != u'-' : !isDigit(c) && (c < u'a' || c > u'f'))
            return false;
    }
    return true;
}

bool isGeneratedLabel(QStringView label)
{
    // Service labels and the validation records below them are the operator's, not a recipient's.
    if (label.startsWith(u'_') || label.startsWith(QLatin1String("xn--")))
        return false;
    if (isUuid(label))
        return true;
    for (const QStringView run : label.tokenize(u'-')) {
        if (isGenerated(run))
            return true;
    }
    return false;
}

} // namespace

bool looksPerVictim(const QString &canonicalName)
{
    if (canonicalName.size() <= leastRandom)
        return false;
    // The registered domain itself costs money and is seldom made for one recipient.
    const QString registered = registeredDomain(canonicalName);
    const QStringView front = QStringView(canonicalName).chopped(registered.size());
    for (const QStringView label : front.tokenize(u'.')) {
        if (isGeneratedLabel(label))
            return true;
    }
    return false;
}

} // namespace wg
