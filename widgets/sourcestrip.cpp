// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sourcestrip.h"

#include "items/words.h"
#include "widgets/flowlayout.h"
#include "widgets/linkbutton.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMap>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

/// How bad an outcome is, so that a source with many questions shows its worst.
int badness(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Empty:
        return 0;
    case Outcome::Complete:
        return 1;
    case Outcome::Truncated:
        return 2;
    case Outcome::SuspiciousEmpty:
        return 3;
    case Outcome::Refused:
        return 4;
    case Outcome::Malformed:
        return 5;
    case Outcome::Unreachable:
        return 6;
    }
    return 0;
}

bool isOnDemand(const DatasetSituation &situation, const QString &source)
{
    return std::any_of(situation.sources.cbegin(), situation.sources.cend(),
                       [&](const SourceState &state) {
                           return state.info.name == source && state.info.onDemand && state.enabled
                               && state.permitted;
                       });
}

} // namespace

SourceStrip::SourceStrip(QWidget *parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(this, space(this, 4), space(this, 1)))
{
    auto policy = sizePolicy();
    policy.setHeightForWidth(true);
    policy.setVerticalPolicy(QSizePolicy::Minimum);
    setSizePolicy(policy);
}

SourceStrip::Chip SourceStrip::chipOf(const QString &source, const QList<CheckState> &checks)
{
    const auto now = Words::now();
    const CheckState *worst = &checks.first();
    QStringList lines;
    for (const auto &check : checks) {
        if (badness(check.outcome) > badness(worst->outcome))
            worst = &check;
        auto line =
            tr("%1 %2: %3, %4")
                .arg(madeVisible(check.question.source, 60), madeVisible(check.question.text, 60),
                     Words::outcome(check.outcome), Words::exact(check.at));
        if (!check.detail.isEmpty())
            line += u" — "_s + madeVisible(check.detail, 200);
        lines.append(line);
    }
    Chip chip{u"well"_s, Tint::Good, {}, lines};
    if (!isProof(worst->outcome)) {
        chip.icon = u"warning"_s;
        chip.tint = worst->outcome == Outcome::Malformed ? Tint::Bad : Tint::Warn;
    }
    chip.text = tr("%1: %2, %3")
                    .arg(madeVisible(source, 60), Words::outcome(worst->outcome),
                         Words::when(worst->at, now));
    return chip;
}

/// Those that nobody set up are told in one word each way: they are many, and always the same.
QList<SourceStrip::Chip> SourceStrip::idleChips(const QList<const SourceState *> &sources)
{
    QStringList off;
    QStringList keyless;
    QString keyFrom;
    for (const auto *source : sources) {
        (source->enabled ? keyless : off).append(source->info.name);
        if (source->enabled)
            keyFrom = source->info.keyFrom;
    }
    QList<Chip> chips;
    if (off.size() == 1)
        chips.append({u"pause"_s, Tint::Dim, tr("%1: off").arg(off.first()), {}});
    else if (!off.isEmpty())
        chips.append({u"pause"_s, Tint::Dim, tr("%1 off").arg(off.size()), {off.join(u", ")}});
    if (keyless.size() == 1) {
        chips.append({u"lock"_s,
                      Tint::Dim,
                      tr("%1: needs a key").arg(keyless.first()),
                      {tr("To be had at %1; set it on the Sources page.").arg(keyFrom)}});
    } else if (!keyless.isEmpty()) {
        chips.append({u"lock"_s,
                      Tint::Dim,
                      tr("%1 need a key").arg(keyless.size()),
                      {keyless.join(u", "), tr("Keys are set on the Sources page.")}});
    }
    return chips;
}

SourceStrip::Chip SourceStrip::chipOf(const SourceState &source, const DatasetSituation &situation)
{
    if (const auto leave = DatasetStates::leaveToAsk(situation, source); !leave.given) {
        return {u"lock"_s,
                Tint::Dim,
                tr("%1: not permitted").arg(source.info.name),
                {madeVisible(leave.whyNot, 300)}};
    }
    if (source.info.onDemand) {
        return {u"question"_s,
                Tint::Dim,
                tr("%1: on demand").arg(source.info.name),
                {tr("It allows few questions, so it is asked only when you say so."),
                 source.info.terms},
                source.info.name};
    }
    return {u"question"_s, Tint::Dim, tr("%1: not asked yet").arg(source.info.name), {}};
}

QList<SourceStrip::Chip> SourceStrip::chipsOf(const DatasetSituation &situation)
{
    QMap<QString, QList<CheckState>> checks;
    for (const auto &check : situation.checks) {
        if (!DatasetStates::isOurRefusal(situation, check))
            checks[check.question.source].append(check);
    }
    QList<Chip> chips;
    QStringList answered;
    for (auto it = checks.cbegin(); it != checks.cend(); ++it) {
        const auto family = sourceFamily(it.key());
        answered.append(family);
        if (situation.asking.contains(it.key()) || situation.asking.contains(family))
            chips.append({u"refresh"_s, Tint::Accent, tr("%1: asking …").arg(it.key()), {}});
        else
            chips.append(chipOf(it.key(), it.value()));
        if (isOnDemand(situation, family))
            chips.last().onDemand = family;
    }
    QList<const SourceState *> idle;
    for (const auto &source : situation.sources) {
        if (answered.contains(source.info.name) || !source.info.asksOutside)
            continue;
        if (!source.enabled || (source.info.needsKey && source.key == KeyState::Absent)) {
            idle.append(&source);
            continue;
        }
        const bool asked =
            std::any_of(situation.asking.cbegin(), situation.asking.cend(),
                        [&](const QString &n) { return sourceFamily(n) == source.info.name; });
        chips.append(
            asked ? Chip{u"refresh"_s, Tint::Accent, tr("%1: asking …").arg(source.info.name), {}}
                  : chipOf(source, situation));
    }
    return chips + idleChips(idle);
}

void SourceStrip::show(const DatasetSituation &situation)
{
    const auto chips = chipsOf(situation);
    QStringList now;
    for (const auto &chip : chips)
        now.append(chip.icon + chip.text + chip.onDemand + chip.tip.join(u'\n'));
    if (now == m_shown)
        return;
    m_shown = now;
    while (auto *item = m_flow->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto &chip : chips) {
        auto *box = new QWidget(this);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins({});
        row->setSpacing(space(this, 1));
        row->addWidget(new TintLabel(chip.icon, chip.tint, 1, box));
        auto *words = dimLabel(chip.text, box);
        words->setAccessibleDescription(chip.tip.join(u'\n'));
        row->addWidget(words);
        if (!chip.onDemand.isEmpty()) {
            auto *link = new LinkButton(tr("Ask"), box);
            link->setAccessibleName(tr("Ask %1").arg(chip.onDemand));
            connect(link, &LinkButton::clicked, this,
                    [this, name = chip.onDemand] { Q_EMIT askWanted(name); });
            link->setFixedHeight(words->sizeHint().height()); // in line with the other chips
            row->addWidget(link);
        }
        setTip(box, chip.tip);
        m_flow->addWidget(box);
        box->show();
    }
    updateGeometry();
}

} // namespace wg
