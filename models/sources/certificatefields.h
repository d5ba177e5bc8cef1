// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/certificate.h"

namespace wg {

/// What can be asked of a certificate by a word, as a manifest does: "identity", "names" …
QStringList certificateFields();
/// What it says there, empty texts left out; several where it says several. Nothing for a word that
/// is no field.
QStringList certificateField(const Certificate &certificate, QStringView field);

} // namespace wg
