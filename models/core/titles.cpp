// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/titles.h"

namespace wg {

UntrustedText titleOf(const Record &record)
{
    if (record.dataset != Dataset::Certificates)
        return record.value;
    UntrustedText name = attribute(record.details, u"common_name");
    if (name.isEmpty()) {
        const QString names = attribute(record.details, u"names").raw();
        name = UntrustedText::fromString(names.section(QLatin1String(", "), 0, 0));
    }
    return name.isEmpty() ? record.value : name;
}

} // namespace wg
