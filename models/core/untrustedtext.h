// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace wg {

/// Text from outside. It is normalised once, here: valid UTF-8, no U+0000, no lone surrogates. It
/// has no implicit way to a QString: whoever shows or writes it chooses how.
class UntrustedText
{
public:
    UntrustedText() = default;
    /// Bytes that should be UTF-8; what is not becomes U+FFFD.
    static UntrustedText fromUtf8(QByteArrayView bytes);
    static UntrustedText fromString(QString text);
    /// Text of our own making or already canonical (an address, an A-label).
    static UntrustedText trusted(QString text);

    /// As stored and compared, never as shown.
    [[nodiscard]] const QString &raw() const { return m_text; }
    /// The same of a text that is done with, so that its room can be written again.
    [[nodiscard]] QString taken() && { return std::move(m_text); }
    /// For a plain-text widget: control, bidi and zero-width characters visible as ⟨U+202E⟩, one
    /// line, at most limit code points (then "…"), at most ten combining marks on one base.
    [[nodiscard]] QString shown(qsizetype limit = 2000) const;
    /// For rich sinks that cannot be switched off (tool tips): shown(), escaped and boxed.
    [[nodiscard]] QString toolTip() const;
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    friend bool operator==(const UntrustedText &, const UntrustedText &) = default;
    friend bool operator<(const UntrustedText &a, const UntrustedText &b)
    {
        return a.m_text < b.m_text;
    }
    friend size_t qHash(const UntrustedText &t, size_t seed = 0) { return qHash(t.m_text, seed); }

private:
    QString m_text;
};

/// shown() for a plain string that may hold outside words, e.g. an error's detail.
QString madeVisible(const QString &text, qsizetype limit = 2000);

} // namespace wg

Q_DECLARE_METATYPE(wg::UntrustedText)
