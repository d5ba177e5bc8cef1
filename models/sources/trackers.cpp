// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/trackers.h"

#include <QRegularExpression>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostTrackers = 100;

/// How an id stands in a page. Every repetition has an end, so that none is searched for long.
struct Pattern
{
    const char *type;
    const char *expression; ///< its first group is the id
};

constexpr std::array patterns{
    // Universal Analytics: ga('create', 'UA-123456-1'); the account, and its property.
    Pattern{"GoogleAnalyticsAccountNumber", R"(\b(UA-\d{4,10})-\d{1,4}\b)"},
    Pattern{"GoogleAnalyticsTrackingId", R"(\b(UA-\d{4,10}-\d{1,4})\b)"},
    // Analytics 4: gtag('config', 'G-ABCDEF1234'), gtag/js?id=G-…
    Pattern{"GoogleAnalyticsTrackingId", R"((?:["']|[?&]t?id=)(G-[A-Z0-9]{6,12})\b)"},
    Pattern{"GoogleTagManagerId", R"((?:["']|[?&]id=)(GTM-[A-Z0-9]{4,10})\b)"},
    // Google Ads: gtag('config', 'AW-123456789'), with a conversion's label behind a slash.
    Pattern{"GoogleAdsId", R"((?:["']|[?&]id=)(AW-\d{8,12})\b)"},
    // AdSense: data-ad-client="ca-pub-…", adsbygoogle.js?client=ca-pub-…
    Pattern{"GoogleAdSenseId", R"(\b(?:ca-)?(pub-\d{10,20})\b)"},
    // Meta's pixel: fbq('init', '123…'), and its image for browsers without scripts.
    Pattern{"FacebookPixelId",
            R"(\bfbq\s{0,9}\(\s{0,9}["']init["']\s{0,9},\s{0,9}["']?(\d{8,20})\b)"},
    Pattern{"FacebookPixelId", R"(facebook\.com/tr/?\?id=(\d{8,20})\b)"},
    // Yandex Metrica: ym(123, "init", …), mc.yandex.ru/watch/123
    Pattern{"YandexMetricaCounterId",
            R"(\bym\s{0,9}\(\s{0,9}(\d{4,10})\s{0,9},\s{0,9}["']init["'])"},
    Pattern{"YandexMetricaCounterId", R"(mc\.yandex\.[a-z]{2,3}/watch/(\d{4,10})\b)"},
    Pattern{"HotjarId", R"(\bhjid["']?\s{0,9}:\s{0,9}["']?(\d{4,10})\b)"},
    Pattern{"HotjarId", R"(static\.hotjar\.com/c/hotjar-(\d{4,10})\.js)"},
    Pattern{"MicrosoftClarityId", R"(clarity\.ms/tag/([a-z0-9]{6,14})\b)"},
    Pattern{
        "MicrosoftClarityId",
        R"(["']clarity["']\s{0,9},\s{0,9}["']script["']\s{0,9},\s{0,9}["']([a-z0-9]{6,14})["'])"},
    Pattern{"LinkedInPartnerId", R"(_linkedin_partner_id\s{0,9}=\s{0,9}["'](\d{3,10})["'])"},
    Pattern{"LinkedInPartnerId",
            R"(px\.ads\.linkedin\.com/collect/?\?(?:[^"'\s]{0,200}&)?pid=(\d{3,10})\b)"},
    Pattern{"TikTokPixelId",
            R"(analytics\.tiktok\.com/i18n/pixel/events\.js\?sdkid=([A-Z0-9]{15,24})\b)"},
    Pattern{"TikTokPixelId", R"(\bttq\.load\s{0,9}\(\s{0,9}["']([A-Z0-9]{15,24})["'])"},
    Pattern{"MixpanelId", R"(\bmixpanel\.init\s{0,9}\(\s{0,9}["']([a-f0-9]{32})["'])"},
    Pattern{"ClickyId", R"(\b(?:clicky_site_ids|clicky_custom\.site_id)[^\d"']{1,20}(\d{4,12})\b)"},
};

/// Matomo (once Piwik): the site's number means something only beside the server that counts.
constexpr auto matomoSite =
    R"(\bsetSiteId["']\s{0,9},\s{0,9}["']?(\d{1,9})\b|(?:matomo|piwik)\.php\?(?:[^"'\s]{0,200}&)?idsite=(\d{1,9})\b)";
constexpr auto matomoHost =
    R"(//([a-z0-9.-]{1,253})/(?:[^"'\s/]{1,100}/){0,3}(?:matomo|piwik)\.(?:php|js)\b)";
/// var u="//stats.example.org/"; with the script's name put behind it later.
constexpr auto matomoBase =
    R"(\bvar u\s{0,9}=\s{0,9}(?:\(\S{1,80}\)\s{0,9}\+\s{0,9})?["'](?:https?:)?//([a-z0-9.-]{1,253})/)";

void add(QList<Tracker> &trackers, const QString &type, const QString &value)
{
    const Tracker found{type, value.toLower()};
    if (!value.isEmpty() && trackers.size() < mostTrackers && !trackers.contains(found))
        trackers.append(found);
}

QString firstIn(const QString &code, const char *expression)
{
    const QRegularExpression wanted(QLatin1String(expression),
                                    QRegularExpression::CaseInsensitiveOption);
    return wanted.match(code).captured(1);
}

void addMatomo(QList<Tracker> &trackers, const QString &code)
{
    const QRegularExpression site(QLatin1String(matomoSite),
                                  QRegularExpression::CaseInsensitiveOption);
    auto sites = site.globalMatch(code);
    if (!sites.hasNext())
        return;
    QString host = firstIn(code, matomoHost);
    if (host.isEmpty())
        host = firstIn(code, matomoBase);
    while (!host.isEmpty() && sites.hasNext() && trackers.size() < mostTrackers) {
        const auto match = sites.next();
        const QString number = match.captured(1) + match.captured(2);
        add(trackers, u"MatomoSiteId"_s, host + "?idsite="_L1 + number);
    }
}

} // namespace

QList<Tracker> findTrackers(const QString &code)
{
    QList<Tracker> trackers;
    for (const Pattern &pattern : patterns) {
        const QRegularExpression wanted(QLatin1String(pattern.expression));
        auto matches = wanted.globalMatch(code);
        while (matches.hasNext() && trackers.size() < mostTrackers)
            add(trackers, QLatin1String(pattern.type), matches.next().captured(1));
    }
    addMatomo(trackers, code);
    return trackers;
}

} // namespace wg
