// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spoof.h"

#include "core/entitytext.h"
#include "core/hostname.h"
#include "core/names.h"

#include <QHash>
#include <QVarLengthArray>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

namespace wg {

namespace {

/// Names that phishing imitates most; a handful, because a warning must be worth reading.
constexpr const char *brands[] = {"adobe.com",
                                  "airbnb.com",
                                  "alibaba.com",
                                  "aliexpress.com",
                                  "allegro.pl",
                                  "amazon.com",
                                  "americanexpress.com",
                                  "apple.com",
                                  "baidu.com",
                                  "bankofamerica.com",
                                  "barclays.co.uk",
                                  "binance.com",
                                  "bitfinex.com",
                                  "blockchain.com",
                                  "booking.com",
                                  "chase.com",
                                  "citibank.com",
                                  "cloudflare.com",
                                  "coinbase.com",
                                  "commerzbank.de",
                                  "dhl.com",
                                  "discord.com",
                                  "docusign.com",
                                  "dropbox.com",
                                  "ebay.com",
                                  "facebook.com",
                                  "fedex.com",
                                  "github.com",
                                  "gitlab.com",
                                  "gmail.com",
                                  "google.com",
                                  "hsbc.com",
                                  "icloud.com",
                                  "instagram.com",
                                  "interfax.ru",
                                  "kraken.com",
                                  "linkedin.com",
                                  "live.com",
                                  "mastercard.com",
                                  "metamask.io",
                                  "microsoft.com",
                                  "microsoftonline.com",
                                  "netflix.com",
                                  "office.com",
                                  "okta.com",
                                  "onedrive.com",
                                  "outlook.com",
                                  "paypal.com",
                                  "proton.me",
                                  "protonmail.com",
                                  "reddit.com",
                                  "roblox.com",
                                  "salesforce.com",
                                  "santander.com",
                                  "shopify.com",
                                  "slack.com",
                                  "snapchat.com",
                                  "sparkasse.de",
                                  "spotify.com",
                                  "steamcommunity.com",
                                  "steampowered.com",
                                  "stripe.com",
                                  "telegram.org",
                                  "tiktok.com",
                                  "twitter.com",
                                  "uber.com",
                                  "ubs.com",
                                  "ups.com",
                                  "usps.com",
                                  "vk.com",
                                  "visa.com",
                                  "wellsfargo.com",
                                  "whatsapp.com",
                                  "wikipedia.org",
                                  "yahoo.com",
                                  "yandex.ru",
                                  "youtube.com",
                                  "zoom.us"};

/// The ICU checker, shared: const use of it is safe from any thread.
const USpoofChecker *checker()
{
    static const USpoofChecker *const shared = [] {
        UErrorCode status = U_ZERO_ERROR;
        USpoofChecker *opened = uspoof_open(&status);
        uspoof_setChecks(opened, USPOOF_RESTRICTION_LEVEL | USPOOF_MIXED_NUMBERS, &status);
        uspoof_setRestrictionLevel(opened, USPOOF_HIGHLY_RESTRICTIVE);
        return U_SUCCESS(status) ? opened : nullptr;
    }();
    return shared;
}

/// First label of a registered domain: what a brand is known by.
QStringView mainLabel(QStringView registered)
{
    const qsizetype dot = registered.indexOf(u'.');
    return dot < 0 ? registered : registered.first(dot);
}

/// Skeleton of a brand's label → the brand.
const QHash<QString, QString> &brandSkeletons()
{
    static const QHash<QString, QString> table = [] {
        QHash<QString, QString> made;
        for (const char *brand : brands) {
            const QString name = QString::fromLatin1(brand);
            made.insert(skeleton(mainLabel(name)), name);
        }
        return made;
    }();
    return table;
}

/// The name that a label is spelled like without being its label; empty when none.
QString imitated(QStringView label, const QStringList &ownNames)
{
    const QString looks = skeleton(label);
    for (const QString &own : ownNames) {
        const QString registered = registeredDomain(own);
        const QString &name = registered.isEmpty() ? own : registered;
        if (mainLabel(name) != label && skeleton(mainLabel(name)) == looks)
            return name;
    }
    const auto brand = brandSkeletons().constFind(looks);
    const bool found = brand != brandSkeletons().constEnd() && mainLabel(*brand) != label;
    return found ? *brand : QString();
}

/// The own name that a label spells with its dots left out; empty when none.
QString withoutItsDots(QStringView label, const QStringList &ownNames)
{
    for (const QString &own : ownNames) {
        const QString registered = registeredDomain(own);
        if (!registered.isEmpty() && QString(registered).remove(u'.') == label)
            return registered;
    }
    return {};
}

/// English names of the scripts other than Latin, in order of appearance: "Cyrillic", "Greek".
QStringList foreignScripts(QStringView text)
{
    QStringList names;
    for (const char32_t c : text.toUcs4()) {
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(UChar32(c), &status);
        if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED
            || script == USCRIPT_LATIN)
            continue;
        const QString name = QString::fromLatin1(uscript_getName(script));
        if (!names.contains(name))
            names.append(name);
    }
    return names;
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

/// The ASCII text that a label is taken for. Not its skeleton, which spells "m" as "rn".
QString asciiLookAlike(QStringView label)
{
    QString out;
    for (const char32_t c : label.toUcs4()) {
        const QString one = QString::fromUcs4(&c, 1);
        out += c < 0x80 ? one : skeleton(one);
    }
    return out;
}

/// True where people would read the label as an ASCII one. Ligatures of ordinary Danish and French
/// words resemble two letters and deceive nobody.
bool isTakenForAscii(QStringView label)
{
    return !label.contains(u'æ') && !label.contains(u'œ') && isAscii(skeleton(label));
}

QString imitation(QStringView label, const QString &of)
{
    const auto scripts = foreignScripts(label);
    if (!scripts.isEmpty()) {
        return QStringLiteral("looks like %1 written with %2 letters")
            .arg(of, scripts.join(QLatin1String(" and ")));
    }
    return isAscii(label) ? QStringLiteral("looks like %1 spelled with other characters").arg(of)
                          : QStringLiteral("looks like %1 written with accented letters").arg(of);
}

/// The label as people would see it if the program showed Unicode; nothing when it cannot be
/// decoded.
std::optional<QString> readableLabel(QStringView label)
{
    if (!label.startsWith(QLatin1String("xn--")))
        return label.toString();
    return toUnicodeName(label.toString());
}

/// Warning about the label that was registered.
QString warningFor(QStringView label, const QString &registered, const QStringList &ownNames)
{
    if (const QString name = imitated(label, ownNames); !name.isEmpty())
        return imitation(label, name);
    if (const QString name = withoutItsDots(label, ownNames); !name.isEmpty())
        return QStringLiteral("looks like %1 with its dot left out").arg(name);
    if (isAscii(label))
        return {};
    const QString suffix = registered.mid(mainLabel(registered).size());
    // Under an international top label such a name is an ordinary word of its language.
    if (isTakenForAscii(label) && !suffix.contains(QLatin1String(".xn--")))
        return imitation(label, asciiLookAlike(label) + suffix);
    if (!isHighlyRestrictive(label)) {
        auto scripts = foreignScripts(label);
        return scripts.isEmpty() ? QStringLiteral("holds unusual characters")
                                 : QStringLiteral("mixes letters of several scripts (%1)")
                                       .arg(scripts.join(QLatin1String(", ")));
    }
    return {};
}

} // namespace

QString skeleton(QStringView text)
{
    if (!checker())
        return {};
    // ICU takes the Cyrillic palochka for an "i"; in the lower case of host names it is an "l".
    const QString read = text.toString().replace(u'\u04cf', u'l');
    QVarLengthArray<UChar, 256> out(std::max<qsizetype>(256, read.size() * 8));
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size =
        uspoof_getSkeleton(checker(), 0, reinterpret_cast<const UChar *>(read.utf16()),
                           int32_t(read.size()), out.data(), int32_t(out.size()), &status);
    if (U_FAILURE(status))
        return {};
    // ICU keeps case apart ("0" is like "O"); host names do not.
    return QString(reinterpret_cast<const QChar *>(out.data()), size).toLower();
}

bool isHighlyRestrictive(QStringView text)
{
    if (!checker())
        return false;
    UErrorCode status = U_ZERO_ERROR;
    const int32_t failed =
        uspoof_check2(checker(), text.utf16(), int32_t(text.size()), nullptr, &status);
    return U_SUCCESS(status) && failed == 0;
}

QString confusableWarning(const QString &canonicalName, const QStringList &ownNames)
{
    const QString registered = registeredDomain(canonicalName);
    const QString whole = registered.isEmpty() ? canonicalName : registered;
    const auto label = readableLabel(mainLabel(whole));
    if (!label)
        return QStringLiteral("holds an international label that is not valid");
    if (const QString warning = warningFor(*label, whole, ownNames); !warning.isEmpty())
        return warning;
    // Labels in front can imitate as well: xn--pple-43d.example.com.
    const QStringView front = QStringView(canonicalName).chopped(whole.size());
    for (const QStringView part : front.split(u'.', Qt::SkipEmptyParts)) {
        if (!part.startsWith(QLatin1String("xn--")))
            continue;
        const auto readable = readableLabel(part);
        if (!readable)
            return QStringLiteral("holds an international label that is not valid");
        if (const QString warning = warningFor(*readable, *readable, ownNames); !warning.isEmpty())
            return warning;
    }
    return {};
}

QString unicodeForm(const QString &aLabelName)
{
    if (!aLabelName.contains(QLatin1String("xn--")))
        return {};
    const auto readable = toUnicodeName(aLabelName);
    if (!readable || *readable == aLabelName)
        return {};
    const QStringView top = QStringView(*readable).sliced(readable->lastIndexOf(u'.') + 1);
    for (const QStringView label : QStringView(*readable).tokenize(u'.')) {
        if (isAscii(label))
            continue;
        if (!isHighlyRestrictive(label) || (isAscii(top) && isTakenForAscii(label)))
            return {};
    }
    return *readable;
}

} // namespace wg
