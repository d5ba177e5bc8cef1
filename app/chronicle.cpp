// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chronicle.h"

#include "app/exitcode.h"

#include <QCoreApplication>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

Q_LOGGING_CATEGORY(commandLog, "watchglass.command")
Q_LOGGING_CATEGORY(networkLog, "watchglass.network")
Q_LOGGING_CATEGORY(storeLog, "watchglass.store")
Q_LOGGING_CATEGORY(watchLog, "watchglass.watch")

QLatin1String modeName(NetworkState::Mode mode)
{
    switch (mode) {
    case NetworkState::Mode::Online:
        return "online"_L1;
    case NetworkState::Mode::Offline:
        return "offline"_L1;
    case NetworkState::Mode::CacheOnly:
        return "cache only"_L1;
    case NetworkState::Mode::Recorded:
        return "a recording"_L1;
    }
    Q_UNREACHABLE();
}

} // namespace

Chronicle::Chronicle(Actions &actions)
{
    tellOpening(actions.opening());
    connect(&actions, &Actions::networkStateChanged, this, &Chronicle::tellNetwork);
    connect(&actions, &Actions::cardsRaised, this, &Chronicle::tellCards);
    connect(&actions, &Actions::askProgress, this, &Chronicle::tellAsk);
    connect(&actions, &Actions::eyesChanged, this, [](const QList<Artifact> &entities) {
        qCInfo(watchLog) << "eyes changed:" << entities.size();
    });
    connect(&actions, &Actions::queueChanged, this, [](int waiting) {
        qCInfo(networkLog) << "questions that wait for the network:" << waiting;
    });
    connect(&actions, &Actions::settingsChanged, this,
            [](const QString &key) { qCInfo(storeLog).noquote() << "setting changed:" << key; });
    connect(&actions, &Actions::troubled, this,
            [](const Error &error) { qCWarning(storeLog).noquote() << errorSentence(error); });
}

Chronicle::~Chronicle()
{
    qCInfo(storeLog) << "workspace closed";
}

void Chronicle::tellOpening(const StoreOpening &opening)
{
    qCInfo(storeLog).noquote() << "workspace opened by Watchglass"
                               << QCoreApplication::applicationVersion()
                               << (opening.created ? "(new)" : "");
    if (opening.migratedFrom > 0)
        qCInfo(storeLog) << "brought up to date from schema" << opening.migratedFrom;
    if (!opening.damage.isEmpty()) {
        qCWarning(storeLog).noquote()
            << "damaged; kept as" << opening.keptAside << "restored from"
            << (opening.restoredFrom.isEmpty() ? u"nothing"_s : opening.restoredFrom);
    }
}

void Chronicle::tellNetwork(const NetworkState &state)
{
    if (std::exchange(m_mode, state.mode) != state.mode)
        qCInfo(networkLog).noquote() << "now" << modeName(state.mode);
    if (std::exchange(m_troubles, state.troubles.size()) != state.troubles.size())
        qCInfo(networkLog) << "problems:" << state.troubles.size();
}

void Chronicle::tellCards(const QList<Card> &cards)
{
    qCInfo(watchLog) << "alerts raised:" << cards.size();
    for (const auto &card : cards)
        qCDebug(watchLog).noquote() << "alert about" << card.entity.value << causeName(card.cause);
}

void Chronicle::tellAsk(const AskProgress &progress)
{
    switch (progress.step) {
    case AskProgress::Step::Asked:
        qCDebug(networkLog).noquote()
            << progress.source << "is asked about" << progress.entity.value;
        return;
    case AskProgress::Step::Answered:
        qCDebug(networkLog).noquote() << progress.source << "on" << progress.entity.value
                                      << outcomeName(progress.outcome) << progress.detail;
        return;
    }
}

void Chronicle::commandBegins(const QString &verb, const QStringList &words)
{
    qCInfo(commandLog).noquote() << verb << "begins";
    const bool mayHoldKey = verb == "source"_L1 || verb == "config"_L1; // typed by mistake
    if (!mayHoldKey)
        qCDebug(commandLog).noquote() << verb << words.join(u' ');
}

void Chronicle::commandEnds(const QString &verb, int exitCode)
{
    qCInfo(commandLog).noquote() << verb << "ends with" << exitCode;
}

} // namespace wg
