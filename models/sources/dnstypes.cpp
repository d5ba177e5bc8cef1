// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnstypes.h"

#include <QHash>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

struct TypeName
{
    quint16 number;
    QLatin1String name;
};

constexpr std::array typeNames{
    TypeName{1, "A"_L1},        TypeName{2, "NS"_L1},         TypeName{5, "CNAME"_L1},
    TypeName{6, "SOA"_L1},      TypeName{11, "WKS"_L1},       TypeName{12, "PTR"_L1},
    TypeName{13, "HINFO"_L1},   TypeName{15, "MX"_L1},        TypeName{16, "TXT"_L1},
    TypeName{17, "RP"_L1},      TypeName{18, "AFSDB"_L1},     TypeName{24, "SIG"_L1},
    TypeName{25, "KEY"_L1},     TypeName{28, "AAAA"_L1},      TypeName{29, "LOC"_L1},
    TypeName{33, "SRV"_L1},     TypeName{35, "NAPTR"_L1},     TypeName{36, "KX"_L1},
    TypeName{37, "CERT"_L1},    TypeName{39, "DNAME"_L1},     TypeName{42, "APL"_L1},
    TypeName{43, "DS"_L1},      TypeName{44, "SSHFP"_L1},     TypeName{45, "IPSECKEY"_L1},
    TypeName{46, "RRSIG"_L1},   TypeName{47, "NSEC"_L1},      TypeName{48, "DNSKEY"_L1},
    TypeName{49, "DHCID"_L1},   TypeName{50, "NSEC3"_L1},     TypeName{51, "NSEC3PARAM"_L1},
    TypeName{52, "TLSA"_L1},    TypeName{53, "SMIMEA"_L1},    TypeName{55, "HIP"_L1},
    TypeName{59, "CDS"_L1},     TypeName{60, "CDNSKEY"_L1},   TypeName{61, "OPENPGPKEY"_L1},
    TypeName{62, "CSYNC"_L1},   TypeName{63, "ZONEMD"_L1},    TypeName{64, "SVCB"_L1},
    TypeName{65, "HTTPS"_L1},   TypeName{99, "SPF"_L1},       TypeName{108, "EUI48"_L1},
    TypeName{109, "EUI64"_L1},  TypeName{249, "TKEY"_L1},     TypeName{250, "TSIG"_L1},
    TypeName{255, "ANY"_L1},    TypeName{256, "URI"_L1},      TypeName{257, "CAA"_L1},
    TypeName{32769, "DLV"_L1},  TypeName{14, "MINFO"_L1},     TypeName{19, "X25"_L1},
    TypeName{20, "ISDN"_L1},    TypeName{21, "RT"_L1},        TypeName{22, "NSAP"_L1},
    TypeName{26, "PX"_L1},      TypeName{27, "GPOS"_L1},      TypeName{40, "SINK"_L1},
    TypeName{56, "NINFO"_L1},   TypeName{57, "RKEY"_L1},      TypeName{58, "TALINK"_L1},
    TypeName{66, "DSYNC"_L1},   TypeName{104, "NID"_L1},      TypeName{105, "L32"_L1},
    TypeName{106, "L64"_L1},    TypeName{107, "LP"_L1},       TypeName{258, "AVC"_L1},
    TypeName{259, "DOA"_L1},    TypeName{260, "AMTRELAY"_L1}, TypeName{261, "RESINFO"_L1},
    TypeName{262, "WALLET"_L1}, TypeName{32768, "TA"_L1},
};

template <class Text>
quint16 numberOf(Text name)
{
    for (const TypeName &type : typeNames) {
        if (type.name.size() == name.size() && name.compare(type.name, Qt::CaseInsensitive) == 0)
            return type.number;
    }
    if (name.size() <= 4 || name.first(4).compare("TYPE"_L1, Qt::CaseInsensitive) != 0)
        return 0;
    bool ok = false;
    const uint number = name.sliced(4).toUInt(&ok);
    return ok && number <= 0xffff ? quint16(number) : quint16(0);
}

} // namespace

QString dnsTypeName(quint16 number)
{
    switch (number) { // the usual ones without an allocation
    case dnstype::a:
        return u"A"_s;
    case dnstype::ns:
        return u"NS"_s;
    case dnstype::cname:
        return u"CNAME"_s;
    case dnstype::soa:
        return u"SOA"_s;
    case dnstype::ptr:
        return u"PTR"_s;
    case dnstype::mx:
        return u"MX"_s;
    case dnstype::txt:
        return u"TXT"_s;
    case dnstype::aaaa:
        return u"AAAA"_s;
    default:
        break;
    }
    for (const TypeName &type : typeNames) {
        if (type.number == number)
            return type.name;
    }
    return u"TYPE"_s + QString::number(number);
}

quint16 dnsTypeNumber(QLatin1String name)
{
    return numberOf(name);
}

quint16 dnsTypeNumber(QStringView name)
{
    return numberOf(name);
}

bool isNameAt(quint16 type, std::size_t place)
{
    switch (type) {
    case dnstype::ns:
    case dnstype::cname:
    case dnstype::ptr:
    case 39: // DNAME
        return place == 0;
    case dnstype::soa:
    case 14: // MINFO
    case 17: // RP
        return place < 2;
    case dnstype::mx:
    case 18: // AFSDB
    case 21: // RT
    case 36: // KX
    case 64: // SVCB
    case 65: // HTTPS
    case 107: // LP
        return place == 1;
    case 26: // PX
        return place == 1 || place == 2;
    case 33: // SRV
        return place == 3;
    case 35: // NAPTR
        return place == 5;
    default:
        return false;
    }
}

std::size_t hexFrom(quint16 type)
{
    switch (type) {
    case 43: // DS
    case 52: // TLSA
    case 53: // SMIMEA
    case 59: // CDS
    case 32769: // DLV
        return 3;
    case 44: // SSHFP
        return 2;
    default:
        return 0;
    }
}

std::size_t base64From(quint16 type)
{
    switch (type) {
    case 25: // KEY
    case 37: // CERT
    case 48: // DNSKEY
    case 60: // CDNSKEY
        return 3;
    default:
        return 0;
    }
}

} // namespace wg
