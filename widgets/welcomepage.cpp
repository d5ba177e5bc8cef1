// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/welcomepage.h"

#include "core/after.h"
#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/linkbutton.h"
#include "widgets/scrollpart.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int readableWidth = 112; ///< of a line of text, in average characters

QHBoxLayout *centred(const QList<QWidget *> &widgets)
{
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    row->addStretch(1);
    return row;
}

} // namespace

WelcomePage::WelcomePage(Actions &orders, const ActionTable &table, QWidget *parent)
    : Page(orders, table, parent)
    , m_told(dimLabel({}, this))
    , m_opening(dimLabel({}, this))
{
    auto *heading = plainLabel(tr("Type or paste a domain or an address above"), this);
    heading->setFont(scaled(font(), 1.5));
    auto *forms = dimLabel(tr("example[.]com, hxxp://… links, 192.0.2.7, 2001:db8::1, or whole "
                              "lines with several of them"),
                           this);
    auto *hint =
        dimLabel(tr("%1 leads here from anywhere, %2 shows the keys of a page")
                     .arg(Commands::keyText(Command::Search), Commands::keyText(Command::ShowKeys)),
                 this);
    auto *sample = new QPushButton(icon(u"eye-open"_s), tr("Open the &sample story"), this);
    sample->setAccessibleName(Commands::text(Command::Sample));
    auto *import = new QPushButton(icon(u"import"_s), tr("&Import a list"), this);
    import->setAccessibleName(Commands::text(Command::Import));
    sample->setVisible(orders.networkState().mode != NetworkState::Mode::Recorded);
    connect(sample, &QPushButton::clicked, this, [this] { action(Command::Sample)->trigger(); });
    auto *change = new LinkButton(tr("Change who is told"), this);
    connect(import, &QPushButton::clicked, this, [this] { action(Command::Import)->trigger(); });
    connect(change, &QToolButton::clicked, this, [this] {
        Q_EMIT openRequested({Place::Kind::Sources, {}, {}, {}}, Where::Here, Manner::FromCache);
    });
    for (auto *label : {heading, forms, hint, m_told, m_opening}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
    }
    auto *scroll = new ScrollPart(tr("What this is for"), this);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(scroll);
    scroll->setAlignment(Qt::AlignHCenter);
    auto *body = new QWidget(scroll);
    body->setMaximumWidth(QFontMetrics(font()).averageCharWidth() * readableWidth);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space(this, 6), space(this, 3), space(this, 6), 0);
    column->setSpacing(space(this, 2));
    column->addStretch(2);
    column->addWidget(heading);
    column->addWidget(forms);
    column->addSpacing(space(this, 3));
    column->addLayout(centred({sample, import}));
    column->addSpacing(space(this, 3));
    column->addWidget(m_told);
    column->addWidget(change, 0, Qt::AlignHCenter);
    column->addStretch(3);
    column->addWidget(hint);
    column->addWidget(m_opening);
    column->addSpacing(space(this, 3));
    scroll->setWidget(body);
    connect(&orders, &Actions::sourcesChanged, this, &WelcomePage::readSources);
    connect(&orders, &Actions::settingsChanged, this, &WelcomePage::readSources);
    tellOpening(orders.opening());
}

/// What a person should know about the workspace that this start found or made.
void WelcomePage::tellOpening(const StoreOpening &opening)
{
    const QString backup = madeVisible(opening.restoredFrom, 200);
    if (!backup.isEmpty() && opening.keptAside.isEmpty())
        m_opening->setText(tr("The database was missing. The backup %1 is in use.").arg(backup));
    else if (!backup.isEmpty())
        m_opening->setText(
            tr("The database was damaged. It was kept aside, and the backup %1 is in use.")
                .arg(backup));
    else if (opening.created)
        m_opening->setText(tr("Everything you look up is kept in a new workspace on this computer. "
                              "It is readable by you alone, but not encrypted."));
    m_opening->setVisible(!m_opening->text().isEmpty());
}

Place WelcomePage::place() const
{
    return {};
}

QString WelcomePage::title() const
{
    return tr("New tab");
}

QIcon WelcomePage::pageIcon() const
{
    return icon(u"search"_s);
}

void WelcomePage::entered()
{
    readSources();
    Q_EMIT searchWanted();
}

void WelcomePage::readSources()
{
    if (actions().networkState().mode == NetworkState::Mode::Recorded) {
        m_told->setText(tr("Enter asks nobody: a recording answers."));
        return;
    }
    after(this, actions().sources(), [this](const Result<QList<SourceState>> &sources) {
        if (!sources) {
            m_told->setText(Words::error(sources.error()));
            return;
        }
        QStringList told;
        bool target = false;
        for (const auto &source : *sources) {
            if (!source.enabled || !source.permitted || !source.info.asksOutside)
                continue;
            told.append(source.info.title.isEmpty() ? source.info.name : source.info.title);
            target = target || source.info.pap == Pap::Green;
        }
        if (told.isEmpty()) {
            m_told->setText(tr("Enter asks nobody: everything comes from the cache."));
            return;
        }
        const auto last = told.takeLast();
        const auto list = told.isEmpty() ? last : tr("%1 and %2").arg(told.join(u", "_s), last);
        m_told->setText(
            tr("Enter sends what you typed to %1. %2 Until then nothing leaves.")
                .arg(list,
                     target ? tr("The target may notice.") : tr("Nothing contacts the target.")));
    });
}

} // namespace wg
