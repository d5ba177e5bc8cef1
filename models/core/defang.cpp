// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"

#include "core/hostname.h"

namespace wg {

namespace {

struct Pattern
{
    QLatin1String inside;
    QLatin1String plain;
};

/// What stands between brackets in defanged text.
constexpr Pattern bracketed[] = {
    {QLatin1String("."), QLatin1String(".")},  {QLatin1String("dot"), QLatin1String(".")},
    {QLatin1String(":"), QLatin1String(":")},  {QLatin1String("://"), QLatin1String("://")},
    {QLatin1String("/"), QLatin1String("/")},  {QLatin1String("@"), QLatin1String("@")},
    {QLatin1String("at"), QLatin1String("@")},
};

bool isOpening(QChar c)
{
    return c == u'[' || c == u'(' || c == u'{';
}

bool isClosing(QChar c)
{
    return c == u']' || c == u')' || c == u'}';
}

/// Length of a defanged piece at the front of text, and what it stands for; 0 if there is none.
std::pair<qsizetype, QLatin1String> bracketedPiece(QStringView text)
{
    constexpr qsizetype mostInside = 6;
    for (qsizetype end = 2; end < text.size() && end <= mostInside; ++end) {
        if (!isClosing(text[end]))
            continue;
        const QStringView inside = text.sliced(1, end - 1).trimmed();
        for (const Pattern &pattern : bracketed) {
            if (inside.compare(pattern.inside, Qt::CaseInsensitive) == 0)
                return {end + 1, pattern.plain};
        }
        return {0, QLatin1String()};
    }
    const bool half = text.size() > 2 && text[1] == u'.' && text[2].isLetterOrNumber();
    return {half ? 2 : 0, QLatin1String(".")}; // "example[.com"
}

/// Length of "hxxp", "hXXps", "h**p" … at the front of text, without the separator; 0 if there is
/// none.
std::pair<qsizetype, QLatin1String> schemePiece(QStringView text)
{
    for (const QStringView scheme :
         {QStringView(u"hxxp"), QStringView(u"h**p"), QStringView(u"hxtp"), QStringView(u"htxp")}) {
        if (!text.startsWith(scheme, Qt::CaseInsensitive))
            continue;
        const QStringView rest = text.sliced(4);
        const bool secure = rest.startsWith(u's', Qt::CaseInsensitive);
        const QStringView after = secure ? rest.sliced(1) : rest;
        if (after.startsWith(u':') || (!after.isEmpty() && isOpening(after.front())))
            return {secure ? 5 : 4, secure ? QLatin1String("https") : QLatin1String("http")};
    }
    if (text.startsWith(u"fxp:", Qt::CaseInsensitive)
        || text.startsWith(u"fxp[", Qt::CaseInsensitive))
        return {3, QLatin1String("ftp")};
    return {0, QLatin1String()};
}

bool isWordStart(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

} // namespace

QString refang(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        std::pair<qsizetype, QLatin1String> piece{0, QLatin1String()};
        if (isOpening(c))
            piece = bracketedPiece(text.sliced(i));
        else if ((c == u'h' || c == u'H' || c == u'f' || c == u'F') && isWordStart(text, i))
            piece = schemePiece(text.sliced(i));
        else if (c == u'\\' && i + 1 < text.size() && text[i + 1] == u'.')
            piece = {2, QLatin1String(".")};
        else if (c != u'.' && isDot(c.unicode()))
            piece = {1, QLatin1String(".")};
        i += std::max<qsizetype>(piece.first, 1);
        if (piece.first == 0) {
            out += c;
            continue;
        }
        // "example [.] com" is one word.
        if (isOpening(c) && out.endsWith(u' ') && i < text.size() && text[i] == u' ') {
            out.chop(1);
            ++i;
        }
        out += piece.second;
    }
    return out;
}

QString defang(const Artifact &artifact)
{
    QString out = artifact.value;
    switch (artifact.kind) {
    case ArtifactKind::Domain:
    case ArtifactKind::NameServer:
    case ArtifactKind::Ipv4:
    case ArtifactKind::Ipv6:
    case ArtifactKind::Cidr:
        out.replace(u':', QLatin1String("[:]"));
        return out.replace(u'.', QLatin1String("[.]"));
    case ArtifactKind::Email:
        out.replace(u'@', QLatin1String("[@]"));
        return out.replace(u'.', QLatin1String("[.]"));
    case ArtifactKind::Url:
        return defangText(out);
    case ArtifactKind::Asn:
    case ArtifactKind::CertificateSha1:
    case ArtifactKind::CertificateSha256:
    case ArtifactKind::Spki:
    case ArtifactKind::Organisation:
    case ArtifactKind::Tracker:
    case ArtifactKind::FileHash:
        break;
    }
    return out;
}

} // namespace wg
