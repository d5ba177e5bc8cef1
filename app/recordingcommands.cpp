// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandrunner.h"

#include "core/untrustedtext.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString sizeText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes);
}

} // namespace

/// Replaying is not done here: it needs a workspace of its own.
void CommandRunner::runRecordings()
{
    const QString what = m_command.arguments.value(1);
    const QString folder = m_command.arguments.value(2);
    if (what.isEmpty()) {
        await(m_actions.recordingState(), [this](const RecordingState &state) {
            replyRecording(state,
                           state.folder.isEmpty()
                               ? tr("nothing is being recorded")
                               : tr("recording into %1: ").arg(madeVisible(state.folder)));
        });
        return;
    }
    if (what == "start"_L1 && !folder.isEmpty()) {
        await(m_actions.startRecording(m_io->absolute(folder)),
              [this](const RecordingState &state) {
                  if (state.cut)
                      warn(tr("the last exchange in it had been cut off, and is left out"));
                  replyRecording(
                      state, tr("recording into %1, from now on: ").arg(madeVisible(state.folder)));
              });
        return;
    }
    if (what == "stop"_L1 && folder.isEmpty()) {
        await(m_actions.stopRecording(), [this](const RecordingState &state) {
            replyRecording(state,
                           state.folder.isEmpty()
                               ? tr("stopped; the folder could not be recorded into any more")
                               : tr("recorded into %1: ").arg(madeVisible(state.folder)));
        });
        return;
    }
    if (what == "replay"_L1 && !folder.isEmpty()) {
        return fail({ErrorCode::Refused,
                     tr("a recording is replayed in a workspace of its own; name another with "
                        "--workspace DIR, or leave it out")});
    }
    const QStringList orders{u"start"_s, u"stop"_s, u"replay"_s};
    if (!orders.contains(what))
        return fail(unknownWord(tr("order"), what, orders));
    usage(tr("source recordings takes: start DIR, stop, or replay DIR [--speed N]; alone it says "
             "how things stand"));
}

void CommandRunner::replyRecording(const RecordingState &state, const QString &text)
{
    const bool none = state.folder.isEmpty();
    reply({{u"folder"_s, none ? QJsonValue() : QJsonValue(state.folder)},
           {u"exchanges"_s, state.exchanges},
           {u"bytes"_s, state.bytes}},
          none ? text
               : text + tr("%n exchange(s), ", nullptr, int(state.exchanges))
                  + sizeText(state.bytes));
}

} // namespace wg
