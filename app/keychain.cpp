// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keychain.h"

#include "core/untrustedtext.h"

#include <QPromise>
#include <QTimer>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const QString service = u"watchglass"_s;

QString silence()
{
    return u"the key chain does not answer; unlock it and try again"_s;
}

QString lockedWords()
{
    return u"the key chain is locked; unlock it and try again"_s;
}

/// Without a session bus the library's words are about D-Bus.
QString failureWords(const QKeychain::Job &job)
{
    const QString words = madeVisible(job.errorString(), 200);
    if (job.error() == QKeychain::NoBackendAvailable || words.contains("D-Bus"_L1))
        return u"there is no key chain here (Secret Service or KWallet in a desktop session)"_s;
    return u"the key chain failed: %1"_s.arg(words);
}

bool isRefusal(QKeychain::Error error)
{
    return error == QKeychain::AccessDenied || error == QKeychain::AccessDeniedByUser;
}

Secret secretOf(const QKeychain::ReadPasswordJob &job)
{
    if (job.error() == QKeychain::NoError)
        return {SecretState::Found, job.binaryData(), {}};
    if (job.error() == QKeychain::EntryNotFound)
        return {SecretState::Absent, {}, u"the key chain holds no such entry"_s};
    if (isRefusal(job.error()))
        return {SecretState::Locked, {}, lockedWords()};
    return {SecretState::Failed, {}, failureWords(job)};
}

Result<Done> doneOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
        return Done{};
    if (isRefusal(job.error()))
        return Error{ErrorCode::Refused, lockedWords()};
    return Error{ErrorCode::Failed, failureWords(job)};
}

} // namespace

KeyChain::KeyChain(std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_patience(patience)
{ }

/// A job that is given up is left alone: the library's callbacks hold it. What it does then all the
/// same, late() hears.
template <class T>
QFuture<T> KeyChain::run(QKeychain::Job *job, T silence, std::function<T()> end,
                         std::function<void()> late)
{
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    const auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    const auto give = [promise, timer](T value) {
        if (promise->future().isFinished())
            return false;
        timer->deleteLater();
        promise->addResult(std::move(value));
        promise->finish();
        return true;
    };
    connect(timer, &QTimer::timeout, this, [give, silence] { give(silence); });
    connect(job, &QKeychain::Job::finished, this, [give, end, late] {
        if (!give(end()) && late)
            late();
    });
    timer->start(m_patience);
    job->start();
    return promise->future();
}

QFuture<Secret> KeyChain::read(const QString &name)
{
    auto *job = new QKeychain::ReadPasswordJob(service);
    job->setKey(name);
    return run<Secret>(job, {SecretState::Failed, {}, silence()}, [job] { return secretOf(*job); });
}

QFuture<Result<Done>> KeyChain::write(const QString &name, const QByteArray &value)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setKey(name);
    job->setBinaryData(value);
    // Nobody knows of an entry that was written after all.
    const auto takeBack = [this, job, name] {
        if (job->error() == QKeychain::NoError)
            remove(name);
    };
    return run<Result<Done>>(
        job, Error{ErrorCode::Failed, silence()}, [job] { return doneOf(*job); }, takeBack);
}

QFuture<Result<Done>> KeyChain::remove(const QString &name)
{
    auto *job = new QKeychain::DeletePasswordJob(service);
    job->setKey(name);
    return run<Result<Done>>(job, Error{ErrorCode::Failed, silence()},
                             [job] { return doneOf(*job); });
}

} // namespace wg
