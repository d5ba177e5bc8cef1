// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/sourcekeys.h"

#include "core/after.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Notes of ours in the settings table that people never see: the name of the key chain's entry.
const QString notePrefix = u"internal.key."_s;

SourceKey keyOf(const Secret &secret)
{
    switch (secret.state) {
    case SecretState::Found:
        return {KeyState::Found, secret.value, {}};
    case SecretState::Absent:
        return {KeyState::Locked,
                {},
                u"the key chain does not give the key: unlock it, or set the key again"_s};
    case SecretState::Locked:
        return {KeyState::Locked, {}, secret.detail};
    case SecretState::Failed:
        return {KeyState::Failed, {}, secret.detail};
    }
    return {};
}

Error noKeyChain()
{
    return {ErrorCode::Failed, u"there is no key chain here"_s};
}

} // namespace

SourceKeys::SourceKeys(Secrets *secrets, Settings &settings, Note note)
    : m_secrets(secrets)
    , m_settings(settings)
    , m_note(std::move(note))
{ }

bool SourceKeys::isSet(const QString &source) const
{
    return m_settings.isSet(notePrefix + source);
}

SourceKey SourceKeys::key(const QString &source) const
{
    const SourceKey unread{KeyState::Unread, {}, {}};
    return isSet(source) ? m_known.value(source, unread) : SourceKey();
}

QSet<QString> SourceKeys::all() const
{
    QSet<QString> sources;
    const auto &stored = m_settings.stored();
    for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
        if (it.key().startsWith(notePrefix))
            sources.insert(it.key().mid(notePrefix.size()));
    }
    return sources;
}

void SourceKeys::read(const QString &source)
{
    if (!isSet(source))
        return know(source, {});
    if (!m_secrets)
        return know(source, {KeyState::Failed, {}, noKeyChain().detail});
    const QString entry = m_settings.text(notePrefix + source);
    after(this, m_secrets->read(entry), [this, source, entry](const Secret &secret) {
        if (m_settings.text(notePrefix + source)
            == entry) // another key may have been set meanwhile
            know(source, keyOf(secret));
    });
}

void SourceKeys::know(const QString &source, const SourceKey &key)
{
    m_known.insert(source, key);
    Q_EMIT changed(source, key);
}

QFuture<Result<Done>> SourceKeys::set(const QString &source, const QByteArray &value)
{
    if (!m_secrets)
        return QtFuture::makeReadyFuture(Result<Done>(noKeyChain()));
    const QString old = m_settings.text(notePrefix + source);
    const QString entry = source + u'/' + QUuid::createUuid().toString(QUuid::Id128).left(12);
    return after(this, m_secrets->write(entry, value),
                 [=, this](const Result<Done> &written) -> QFuture<Result<Done>> {
                     if (!written)
                         return QtFuture::makeReadyFuture(written);
                     return after(this, takeNote(source, entry, {KeyState::Found, value, {}}),
                                  [=, this](const Result<Done> &noted) {
                                      // Of the old entry and the new one, nobody uses one any more.
                                      if (const QString &idle = noted ? old : entry;
                                          !idle.isEmpty())
                                          m_secrets->remove(idle);
                                      return noted;
                                  });
                 });
}

QFuture<Result<Done>> SourceKeys::remove(const QString &source)
{
    if (!isSet(source)) {
        return QtFuture::makeReadyFuture(
            Result<Done>(Error{ErrorCode::NotFound, u"%1 has no key"_s.arg(source)}));
    }
    if (!m_secrets)
        return QtFuture::makeReadyFuture(Result<Done>(noKeyChain()));
    // Of a locked key chain nothing is removed, and it does not say so: first it has to give it.
    const QString entry = m_settings.text(notePrefix + source);
    return after(
        this, m_secrets->read(entry), [=, this](const Secret &secret) -> QFuture<Result<Done>> {
            const SourceKey key = keyOf(secret);
            if (key.state != KeyState::Found) {
                return QtFuture::makeReadyFuture(Result<Done>(Error{
                    secret.state == SecretState::Failed ? ErrorCode::Failed : ErrorCode::Refused,
                    key.detail}));
            }
            return after(this, m_secrets->remove(entry),
                         [this, source](const Result<Done> &removed) {
                             return removed ? takeNote(source, std::nullopt, {})
                                            : QtFuture::makeReadyFuture(removed);
                         });
        });
}

QFuture<Result<Done>> SourceKeys::takeNote(const QString &source,
                                           const std::optional<QString> &entry,
                                           const SourceKey &key)
{
    return after(this, m_note(notePrefix + source, entry), [=, this](const Result<Done> &noted) {
        if (!noted)
            return noted;
        if (entry)
            m_settings.set(notePrefix + source, *entry);
        else
            m_settings.unset(notePrefix + source);
        know(source, key);
        return noted;
    });
}

} // namespace wg
