// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/entityhead.h"

#include "core/entitytext.h"
#include "core/names.h"
#include "items/enrichmentwords.h"
#include "items/words.h"
#include "widgets/chips.h"
#include "widgets/commands.h"
#include "widgets/elidedlabel.h"
#include "widgets/eyebutton.h"
#include "widgets/flowlayout.h"
#include "widgets/icons.h"
#include "widgets/linkbutton.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"
#include "widgets/tintlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

QToolButton *toolButton(const QString &iconName, const QString &text, const QString &tip,
                        QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(icon(iconName));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QString factText(const Attribute &fact)
{
    if (const auto time = parseInstant(fact.text.raw()))
        return u"%1 %2"_s.arg(madeVisible(fact.name, 40), toDay(*time));
    return u"%1 %2"_s.arg(madeVisible(fact.name, 40), fact.text.shown(80));
}

/// What the line says already, with everybody who says it.
bool isTold(const Enrichment &known, const Attribute &fact)
{
    return (fact.name == "asn"_L1 && !sayings(known.told, FactRole::Asn).isEmpty())
        || (fact.name == "country"_L1 && !sayings(known.told, FactRole::Country).isEmpty())
        || (fact.name == "network"_L1 && fact.text.raw() == EnrichmentWords::prefix(known));
}

} // namespace

EntityHead::EntityHead(const Entity &entity, QWidget *parent)
    : QWidget(parent)
    , m_name(new ElidedLabel(madeVisible(entity.value, 300), Qt::ElideMiddle, this))
    , m_unicode(dimLabel({}, this))
    , m_eye(new EyeButton(this))
    , m_ask(
          toolButton(u"refresh"_s, tr("Ask again"), Commands::textWithKey(Command::AskAgain), this))
    , m_warning(new TintLabel(Tint::Warn, this))
    , m_facts(new ElidedLabel({}, Qt::ElideRight, this))
    , m_tags(new ChipRow(this))
    , m_checks(new ElidedLabel({}, Qt::ElideRight, this))
    , m_cancel(toolButton(u"close"_s, tr("Cancel"), tr("Stop asking"), this))
    , m_news(new QWidget(this))
    , m_newsFlow(new FlowLayout(m_news, space(this, 3), 0))
{
    m_summary.entity = entity;
    build();
    const auto unicode =
        entity.kind == ArtifactKind::Domain ? unicodeForm(entity.value) : QString();
    m_unicode->setText(unicode);
    m_unicode->setVisible(!unicode.isEmpty());
    const auto warning =
        entity.kind == ArtifactKind::Domain ? confusableWarning(entity.value) : QString();
    m_warning->setText(u"⚠ "_s + warning);
    m_warning->setVisible(!warning.isEmpty());
    m_eye->show(m_summary);
    showFacts();
    showChecks();
    connect(m_eye, &QToolButton::toggled, this,
            [this](bool on) { Q_EMIT eyeToggled(on ? EyeState::On : EyeState::Off); });
    connect(m_ask, &QToolButton::clicked, this, &EntityHead::askWanted);
    connect(m_cancel, &QToolButton::clicked, this, &EntityHead::cancelWanted);
}

void EntityHead::build()
{
    m_name->setFont(bold(scaled(monospace(font()), 1.45)));
    m_checks->setForegroundRole(QPalette::PlaceholderText);
    m_warning->setWordWrap(true);
    m_ask->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_news->hide();
    auto *copy = toolButton(u"copy"_s, tr("Copy name"), tr("Copy the name, defanged"), this);
    connect(copy, &QToolButton::clicked, this, &EntityHead::copyWanted);

    auto *first = new QHBoxLayout;
    first->setSpacing(space(this, 2));
    first->addWidget(m_name, 1);
    first->addWidget(m_unicode);
    first->addWidget(copy);
    first->addWidget(m_ask);
    first->addWidget(m_eye);
    auto *last = new QHBoxLayout;
    last->setSpacing(space(this, 2));
    last->addWidget(m_tags, 0, Qt::AlignVCenter);
    last->addWidget(m_checks, 1);
    last->addWidget(m_cancel);
    auto retained = m_cancel->sizePolicy();
    retained.setRetainSizeWhenHidden(true); // nothing moves when an ask begins or ends
    m_cancel->setSizePolicy(retained);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space(this, 3), space(this, 2), space(this, 3), space(this, 1));
    column->setSpacing(space(this, 1));
    column->addLayout(first);
    column->addWidget(m_warning);
    column->addWidget(m_facts);
    column->addLayout(last);
    column->addWidget(m_news);
    setTabOrder(copy, m_ask);
    setTabOrder(m_ask, m_eye);
    orderTabs();
    connect(m_tags, &ChipRow::rebuilt, this, &EntityHead::orderTabs);
}

/// As they are read: the eye, the tags, what is being asked.
void EntityHead::orderTabs()
{
    setTabOrder(m_tags->lastAfter(m_eye), m_cancel);
}

void EntityHead::show(const EntitySummary &summary)
{
    m_summary = summary;
    m_eye->show(summary);
    m_warning->setText(u"⚠ "_s + madeVisible(summary.warning, 300));
    m_warning->setVisible(!summary.warning.isEmpty());
    showFacts();
    showChecks();
    showNews();
}

void EntityHead::showFacts()
{
    const Enrichment &known = m_summary.enrichment;
    QStringList parts = EnrichmentWords::facts(known);
    for (const auto &fact : m_summary.headFacts) {
        if (!isTold(known, fact))
            parts.append(factText(fact));
    }
    const auto now = Words::now();
    if (m_summary.firstSeen)
        parts.append(tr("first seen %1").arg(Words::when(*m_summary.firstSeen, now)));
    if (m_summary.lastSeen)
        parts.append(tr("last seen %1").arg(Words::when(*m_summary.lastSeen, now)));
    if (parts.isEmpty())
        parts.append(m_summary.known ? tr("No registration facts stored")
                                     : tr("Nothing stored yet"));
    m_facts->setText(parts.join(u"  ·  "_s));
    setTip(m_facts, parts + EnrichmentWords::sources(known));
    m_tags->show(EnrichmentWords::chips(known));
}

void EntityHead::showChecks()
{
    const auto now = Words::now();
    QStringList parts;
    if (!m_asking.isEmpty()) {
        parts.append(tr("Asking %1 …").arg(m_asking.join(u", "_s)));
    } else {
        if (m_network == NetworkState::Mode::Offline)
            parts.append(tr("Offline: shown as stored"));
        if (m_network == NetworkState::Mode::CacheOnly)
            parts.append(tr("Cache only: shown as stored"));
        if (m_summary.lastChecked)
            parts.append(tr("Last check %1").arg(Words::when(*m_summary.lastChecked, now)));
        if (m_summary.watched && m_summary.nextDue) {
            parts.append(*m_summary.nextDue <= now
                             ? tr("next check is due")
                             : tr("next check %1").arg(Words::clock(*m_summary.nextDue, now)));
        } else if (!m_summary.watched) {
            parts.append(tr("Not watched"));
        }
    }
    m_checks->setText(parts.join(u"  ·  "_s));
    m_cancel->setVisible(!m_asking.isEmpty());
    setTip(m_checks,
           m_summary.lastChecked ? QStringList{Words::exact(*m_summary.lastChecked)}
                                 : QStringList());
}

void EntityHead::addNews(const QString &text, Dataset dataset)
{
    auto *button = new LinkButton(text, m_news);
    button->setToolTip(tr("Show only these"));
    connect(button, &QToolButton::clicked, this, [this, dataset] { Q_EMIT newsWanted(dataset); });
    QWidget *before = m_cancel; // in the order they are read
    if (m_newsFlow->count() > 1)
        before = m_newsFlow->itemAt(m_newsFlow->count() - 1)->widget();
    setTabOrder(before, button);
    m_newsFlow->addWidget(button);
}

void EntityHead::showNews()
{
    while (auto *item = m_newsFlow->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    bool any = false;
    if (m_summary.lookedAt) {
        const auto looked = Words::when(*m_summary.lookedAt, Words::now());
        auto *label = plainLabel(tr("Since you looked (%1):").arg(looked), m_news);
        label->setFont(bold(label->font()));
        label->setMinimumHeight(QFontMetrics(font()).height() * 5 / 4);
        m_newsFlow->addWidget(label);
        for (const auto dataset : allDatasets) {
            const auto title = Words::datasetTitle(dataset);
            if (const auto n = m_summary.newSinceLooked.value(dataset); n > 0)
                addNews(tr("%1 +%2").arg(title, Words::number(n)), dataset);
            if (const auto n = m_summary.goneSinceLooked.value(dataset); n > 0)
                addNews(tr("%1 %n gone", nullptr, int(n)).arg(title), dataset);
            any = any || m_summary.newSinceLooked.value(dataset) > 0
                || m_summary.goneSinceLooked.value(dataset) > 0;
        }
        if (!any)
            label->setText(tr("Nothing changed since you looked (%1)").arg(looked));
        label->setFont(any ? bold(font()) : font());
        label->setForegroundRole(any ? QPalette::WindowText : QPalette::PlaceholderText);
    }
    m_news->setVisible(m_summary.lookedAt.has_value());
}

void EntityHead::setAsking(const QStringList &sources)
{
    m_asking = sources;
    showChecks();
}

void EntityHead::setNetwork(const NetworkState &state)
{
    m_network = state.mode;
    showChecks();
}

QWidget *EntityHead::lastOfHead() const
{
    return m_cancel;
}

void EntityHead::setEyeBusy()
{
    m_eye->setBusy(m_eye->isChecked() ? tr("Taking the baseline …") : tr("Stopping …"));
}

} // namespace wg
