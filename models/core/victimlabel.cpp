// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"

#include <array>
#include <bitset>
#include <cmath>

namespace wg {

namespace {

/// 64 bits as hexadecimal digits, the shortest id that is drawn for one recipient.
constexpr qsizetype leastMixed = 16;
/// Letters alone need more of them to be told from words of any language.
constexpr qsizetype leastLetters = 20;
constexpr int leastDistinct = 6;
/// Bits a character: below, a die is likelier than a host name. Words in languages that the table
/// hardly knows stay above the second.
constexpr double mixedLimit = 0;
constexpr double lettersLimit = -0.4;

constexpr int digitClass = 26;
/// How improbable each character is after another in host names: the negative binary logarithm in
/// halves, 'a' for 0. Columns are a to z, then any one digit. Counted over the 430,000
/// different labels of public lists of host names (most visited ones, trackers, block lists).
constexpr std::array<const char *, 27> surprises{
    "okijomknjplgjgnjrgihllnolnt", // after a
    "flmmgoongonhnmgoqhkmipppkor", // after b
    "gollhppgjpiionfnrjlikqqrmps", // after c
    "glllfmlmgoollkhmrjimkmmplor", // after d
    "ilijkmlnmqnikhnlrfginmllmpt", // after e
    "gnmnginogooinngnqiliipoomrr", // after f
    "gmlmfnljhoojmkhmqhjljpnplpr", // after g
    "fnmnfooogpommmfnpllkjpnqlrs", // after h
    "imhkjlkqppmikfilpjihokqnpnv", // after i
    "glklhlmlhllmllglnljmhnmmmnq", // after j
    "gmlmfmnlgnmkmlilpkhkjompkqr", // after k
    "gmlkfnoofrnhmogmsojjjoprkrt", // after l
    "eklnfonohppnkngirnjmkqppjrt", // after m
    "hnihgmgniollnkjnrnhgmnoqmpt", // after n
    "llkknlkomoliifjjsgijilknnpu", // after o
    "gnmngoojhqohmngirgjkkppomss", // after p
    "klklllllillklllkklkkemlllno", // after q
    "gmkkfnmogqklllhmrliiklorkqt", // after r
    "imjmhnnhhqlllnijqnifjpmrmps", // after s
    "gnlnfnohgrpmmngnthikjomrkqt", // after t
    "jjjjjnlojpliignjqgghpopnnot", // after u
    "gnmndoooeponnnimpmmnnoopnqr", // after v
    "fmmmfnnjgonlmkgmplimmpkolqr", // after w
    "ikililmlgmmkklkholjikmljjop", // after x
    "hjikiklkknmjjjhjokhjknlonoq", // after y
    "gllmgnmihlllllhmonlljonmjiq", // after z
    "nonmooppqqppopqpqpoppqpqqqh", // after a digit
};

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isLetter(char16_t c)
{
    return c >= u'a' && c <= u'z';
}

int classOf(char16_t c)
{
    return isLetter(c) ? c - u'a' : digitClass;
}

/// What a run of letters and digits is made of.
struct Shape
{
    int letters = 0;
    int digits = 0;
    bool hex = true;
    bool base32 = true;
    std::bitset<128> distinct;
};

Shape shapeOf(QStringView run)
{
    Shape shape;
    for (const QChar each : run) {
        const char16_t c = each.unicode();
        (isDigit(c) ? shape.digits : shape.letters) += 1;
        shape.hex = shape.hex && (isDigit(c) || c <= u'f');
        shape.base32 = shape.base32 && (isLetter(c) || (c >= u'2' && c <= u'7'));
        shape.distinct.set(c & 0x7f);
    }
    return shape;
}

/// How many characters a run was drawn from, if it was drawn.
int alphabetOf(const Shape &shape)
{
    if (shape.digits == 0)
        return 26;
    return shape.hex ? 16 : shape.base32 ? 32 : 36;
}

/// How much likelier the run is as part of a host name than as drawn by a die, in bits a character.
double hostLikeness(QStringView run, int alphabet)
{
    int halves = 0;
    for (qsizetype i = 1; i < run.size(); ++i) {
        const auto before = std::size_t(classOf(run[i - 1].unicode()));
        halves += surprises[before][classOf(run[i].unicode())] - 'a';
    }
    return std::log2(alphabet) - halves / 2.0 / double(run.size() - 1);
}

/// "host203x0x113x25": numbers with one letter as the joint between them.
bool isJointed(QStringView run)
{
    constexpr int leastJoints = 3;
    const auto digit = [](QChar c) { return isDigit(c.unicode()); };
    const auto first = std::find_if(run.begin(), run.end(), digit);
    const auto last = std::find_if(run.rbegin(), run.rend(), digit).base();
    int joints = 0;
    QChar joint;
    for (auto at = first; at < last; ++at) {
        if (digit(*at))
            continue;
        if (joints > 0 && *at != joint)
            return false;
        joint = *at;
        ++joints;
    }
    return joints >= leastJoints;
}

/// A run without hyphens that no person and no naming scheme writes.
bool isGenerated(QStringView run)
{
    if (run.size() < leastMixed)
        return false;
    const Shape shape = shapeOf(run);
    if (shape.letters == 0 || int(shape.distinct.count()) < leastDistinct)
        return false;
    const double likeness = hostLikeness(run, alphabetOf(shape));
    if (shape.digits == 0)
        return run.size() >= leastLetters && likeness < lettersLimit;
    return likeness < mixedLimit && !isJointed(run);
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
    qsizetype start = 0;
    for (qsizetype i = 0; i <= label.size(); ++i) {
        const char16_t c = i < label.size() ? label[i].unicode() : u'-';
        if (isLetter(c) || isDigit(c))
            continue;
        if (isGenerated(label.sliced(start, i - start)))
            return true;
        start = i + 1;
    }
    return false;
}

} // namespace

bool looksPerVictim(const QString &canonicalName)
{
    qsizetype start = 0;
    for (const QStringView label : QStringView(canonicalName).tokenize(u'.')) {
        // The registered domain itself costs money and is seldom made for one recipient. It is
        // looked for last, and seldom: that costs more than all the rest.
        if (isGeneratedLabel(label))
            return start + label.size()
                < canonicalName.size() - registeredDomain(canonicalName).size();
        start += label.size() + 1;
    }
    return false;
}

} // namespace wg
