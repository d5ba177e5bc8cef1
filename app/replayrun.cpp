// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replayrun.h"

#include "app/commandrunner.h"
#include "app/jsonshapes.h"
#include "core/after.h"

#include <QJsonDocument>
#include <numeric>

using namespace Qt::StringLiterals;

namespace wg {

ReplayRun::ReplayRun(Session &session, std::shared_ptr<CommandIo> io, OutputForm form,
                     Manner manner, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_io(std::move(io))
    , m_form(form)
    , m_manner(manner)
{
    connect(&session.actions(), &Actions::cardsRaised, this, &ReplayRun::tellCards);
    connect(&session.actions(), &Actions::workProgress, this,
            [this](const QString &, qint64 done, qint64 total) {
                if (total > 0)
                    m_io->progress(tr("replaying: %L1 %").arg(100 * done / total));
            });
}

void ReplayRun::start()
{
    after(this, m_session.actions().replay(*m_session.stage().virtualClock),
          [this](const Result<ReplayReport> &report) {
              if (!report)
                  return fail(report.error());
              m_report = *report;
              m_session.replayEnded();
              if (m_manner == Manner::Quiet)
                  Q_EMIT finished(ExitCode::Done);
              else
                  readCards(std::nullopt);
          });
}

void ReplayRun::tellCards(const QList<Card> &cards)
{
    if (m_manner == Manner::Quiet || m_form == OutputForm::Json)
        return;
    for (const Card &card : cards)
        m_io->out((cardText(card) + u'\n').toUtf8());
}

/// All there are in the end: cards grow while others are raised.
void ReplayRun::readCards(std::optional<qint64> beforeRow)
{
    constexpr int page = 500;
    CardQuery query;
    query.beforeRow = beforeRow;
    query.withChanges = true;
    query.limit = page;
    after(this, m_session.actions().cards(query), [this](const Result<CardPage> &read) {
        if (!read)
            return fail(read.error());
        m_cards += read->cards;
        if (read->cards.size() < page)
            return tellAll();
        readCards(read->cards.last().row);
    });
}

void ReplayRun::tellAll()
{
    const int changes =
        std::accumulate(m_cards.cbegin(), m_cards.cend(), 0,
                        [](int sum, const Card &card) { return sum + card.changeCount; });
    if (m_form == OutputForm::Json) {
        QJsonArray alerts;
        for (const Card &card : std::as_const(m_cards))
            alerts.append(toJson(card));
        const QJsonObject json{{u"from"_s, toRfc3339(m_report.from)},
                               {u"to"_s, toRfc3339(m_report.to)},
                               {u"recording"_s, m_session.stage().recording->folder},
                               {u"workspace"_s, m_session.folder()},
                               {u"eyes"_s, toJson(m_report.eyes)},
                               {u"changes"_s, changes},
                               {u"alerts"_s, alerts}};
        const QJsonDocument document(labelled(json, m_session.actions().world()));
        m_io->out(document.toJson(QJsonDocument::Compact) + '\n');
    } else {
        const QString text =
            tr("replayed %1 to %2: ").arg(toRfc3339(m_report.from), toRfc3339(m_report.to))
            + tr("%n eye(s), ", nullptr, int(m_report.eyes.size()))
            + tr("%n alert(s), ", nullptr, int(m_cards.size()))
            + tr("%n change(s)", nullptr, changes);
        m_io->out((text + u'\n').toUtf8());
    }
    Q_EMIT finished(ExitCode::Done);
}

void ReplayRun::fail(const Error &error)
{
    Q_EMIT finished(tellFailure(*m_io, error, m_form));
}

} // namespace wg
