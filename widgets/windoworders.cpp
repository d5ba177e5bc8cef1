// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/after.h"
#include "items/deedwords.h"
#include "items/words.h"
#include "widgets/inboxpage.h"
#include "widgets/keysoverlay.h"
#include "widgets/mainwindow.h"
#include "widgets/mappingdialog.h"
#include "widgets/popups.h"
#include "widgets/searchbox.h"
#include "widgets/tabpages.h"
#include "widgets/theme.h"
#include "widgets/topbar.h"

#include <QAccessible>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>

// What the window orders and what it is told; how it is built is in mainwindow.cpp.
namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int saidForMs = 8000;
constexpr QSize leastFirstSize(68, 42); ///< in lines of text

/// Most of the screen, or all of a small one but for the frame that the desktop draws.
QSize firstSize(const QSize &screen, int line)
{
    const QSize most = screen - QSize(0, 2 * line);
    return (screen * 5 / 6).expandedTo(leastFirstSize * line).boundedTo(most);
}

} // namespace

void MainWindow::run(Command command)
{
    switch (command) {
    case Command::Search:
        focusSearch();
        return;
    case Command::NewTab:
        newTab({}, Manner::FromCache);
        return;
    case Command::CloseTab:
        closeTab(m_tabs->currentIndex());
        return;
    case Command::NextTab:
    case Command::PreviousTab:
        goBy(command == Command::NextTab ? 1 : -1);
        return;
    case Command::Back:
    case Command::Forward:
        currentTab()->walk(command == Command::Forward ? 1 : -1);
        return;
    case Command::GoInbox:
        goTo(Place::Kind::Inbox);
        return;
    case Command::GoMonitors:
        goTo(Place::Kind::Monitors);
        return;
    case Command::GoSources:
        goTo(Place::Kind::Sources);
        return;
    case Command::GoSettings:
        goTo(Place::Kind::Settings);
        return;
    case Command::Import:
        import();
        return;
    case Command::Sample:
        Q_EMIT sampleWanted();
        return;
    case Command::CacheOnly:
        toggleCacheOnly();
        return;
    case Command::Quit:
        Q_EMIT quitWanted();
        return;
    case Command::ShowKeys:
        if (auto *page = currentPage())
            new KeysOverlay(*page, this);
        return;
    default:
        break;
    }
    auto *page = currentPage();
    if (page && page->commands().contains(command) && command != Command::Undo)
        page->run(command);
    else if (command == Command::Undo && page && page->place().kind == Place::Kind::Inbox)
        page->run(command);
    else if (command == Command::Undo)
        undo();
}

void MainWindow::undo()
{
    after(this, m_actions.undo(), [this](const Result<JournalReport> &report) {
        if (report)
            say(report->baselineKept
                    ? tr("%1; the old baseline is kept").arg(undoneWords(report->undone))
                    : undoneWords(report->undone));
        else
            say(report.error().code == ErrorCode::NotFound ? tr("Nothing to undo")
                                                           : Words::error(report.error()));
    });
}

QStringList MainWindow::paletteWords() const
{
    const auto able = m_front ? m_front->commands() : QList<Command>();
    QStringList words;
    for (const auto &info : Commands::table()) {
        const bool always = info.group == CommandGroup::Go || info.group == CommandGroup::Program
            || info.command == Command::Undo;
        if (always || able.contains(info.command))
            words.append(
                u"%1   %2"_s.arg(Commands::text(info.command), Commands::keyText(info.command)));
    }
    return words;
}

void MainWindow::runWords(const QString &words)
{
    const auto wanted = words.section(u"   "_s, 0, 0).trimmed();
    for (const auto &info : Commands::table()) {
        if (Commands::text(info.command).compare(wanted, Qt::CaseInsensitive) == 0) {
            run(info.command);
            return;
        }
    }
    showNote(tr("There is no command “%1”.").arg(madeVisible(wanted, 60)));
}

void MainWindow::say(const QString &sentence)
{
    statusBar()->showMessage(sentence, saidForMs);
}

void MainWindow::tell(const QString &sentence)
{
    statusBar()->showMessage(sentence);
}

/// In place, below the search box, over the page: nothing moves.
void MainWindow::showNote(const QString &sentence)
{
    m_noteStays = false;
    m_note->setText(sentence);
    placeNote();
    m_note->raise();
    m_note->show();
    QAccessibleEvent alert(m_note, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MainWindow::placeNote()
{
    auto *search = m_top->search();
    m_note->setFixedWidth(search->width());
    m_note->setFixedHeight(m_note->heightForWidth(search->width()));
    m_note->move(search->mapTo(this, QPoint(0, search->height() + space(this, 1))));
}

void MainWindow::complain(const QString &sentence)
{
    showNote(sentence);
    m_noteStays = true;
}

void MainWindow::hideNote()
{
    if (m_note && !m_noteStays)
        m_note->hide();
}

void MainWindow::endNote()
{
    m_noteStays = false;
    hideNote();
}

void MainWindow::takeProgress(const QString &what, qint64 done, qint64 total)
{
    m_background = {what, done, total};
    showProgress();
}

/// A page ends what it began itself, nothing else.
void MainWindow::takeWork(Page *page, const QString &what)
{
    if (what.isEmpty() && m_orderer != page)
        return;
    m_orderer = what.isEmpty() ? nullptr : page;
    m_ordered = {what, 0, what.isEmpty() ? 0 : -1};
    showProgress();
}

void MainWindow::showProgress()
{
    const auto &[what, done, total] = m_ordered.total != 0 ? m_ordered : m_background;
    const bool over = total == 0;
    QString words = over ? QString() : madeVisible(what, 80);
    if (total < 0 && done > 0)
        words += u" · "_s + Words::number(done);
    m_work->setText(words);
    m_progress->setVisible(!over);
    if (!over) {
        m_progress->setMaximum(total > 0 ? 1000 : 0); // nobody knows how far it is
        m_progress->setValue(total > 0 ? int(std::clamp<qint64>(done * 1000 / total, 0, 1000)) : 0);
    }
}

void MainWindow::import()
{
    auto *dialog = new QFileDialog(this, tr("Import a list"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setModal(false);
    dialog->setLabelText(QFileDialog::Accept, tr("Import"));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::importFile);
    dialog->show();
}

void MainWindow::importFile(const QString &path)
{
    auto file = std::make_shared<QFile>(path);
    const auto name = QFileInfo(path).fileName();
    if (!file->open(QIODevice::ReadOnly)) {
        complain(tr("%1 cannot be read: %2").arg(madeVisible(name, 80), file->errorString()));
        return;
    }
    after(this, m_actions.sketchOf(file), [this, file](const std::optional<TableSketch> &sketch) {
        if (sketch)
            askMapping(file, *sketch);
        else
            importAs(file, {});
    });
}

/// Its header does not say what a table holds: whoever has it may.
void MainWindow::askMapping(const std::shared_ptr<QFile> &file, const TableSketch &sketch)
{
    auto *dialog = new MappingDialog(QFileInfo(*file).fileName(), sketch, this);
    connect(dialog, &MappingDialog::given, this,
            [this, file](const ImportOptions &options) { importAs(file, options); });
    dialog->open();
}

void MainWindow::importAs(const std::shared_ptr<QFile> &file, const ImportOptions &options)
{
    const QString name = QFileInfo(*file).fileName();
    after(this, m_actions.importFrom(file, name, options),
          [this, name, file](const Result<ImportReport> &report) {
              if (report)
                  tellImported(name, *report);
              else
                  complain(tr("%1: %2").arg(madeVisible(name, 80), Words::error(report.error())));
          });
}

void MainWindow::tellImported(const QString &name, const ImportReport &report)
{
    auto words = tr("%1 imported:").arg(madeVisible(name, 80)) + u' '
        + tr("%Ln new record(s)", nullptr, int(report.newRecords)) + u", "_s
        + tr("%Ln entities", nullptr, int(report.entities));
    if (report.bad > 0) {
        words += u", "_s + tr("%Ln line(s) not understood", nullptr, int(report.bad));
        if (!report.firstBad.isEmpty())
            words += u" ("_s + madeVisible(report.firstBad.first(), 120) + u')';
    }
    for (const auto &note : report.notes)
        words += u"; "_s + madeVisible(note, 120);
    // What is to be read stays until it was.
    if (report.bad > 0 || !report.notes.isEmpty())
        complain(words);
    else
        say(words);
}

void MainWindow::toggleCacheOnly()
{
    const bool on = !m_actions.policy().cacheOnly;
    after(this, m_actions.setSetting(u"cache_only"_s, on ? u"true"_s : u"false"_s),
          [this, on](const Result<QString> &set) {
              say(!set     ? Words::error(set.error())
                      : on ? tr("Cache only: nobody is asked until this is switched off")
                           : tr("Asking is allowed again"));
              m_table.value(Command::CacheOnly)->setChecked(m_actions.policy().cacheOnly);
          });
}

void MainWindow::focusSearch()
{
    if (!m_top->search()->hasFocus())
        m_before = focusWidget();
    m_top->search()->setFocus(Qt::ShortcutFocusReason);
    m_top->search()->selectAll();
}

/// Back to where the reader was, or to the first thing of the page in front.
void MainWindow::leaveSearch()
{
    endNote();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
    else if (m_front)
        m_front->entered();
}

void MainWindow::showPap(QWidget *below)
{
    auto *popup = new PartiesPopup(m_actions, m_top->asked(), this);
    connect(popup, &PartiesPopup::failed, this, &MainWindow::say);
    popup->openBelow(below);
}

void MainWindow::showState(QWidget *below)
{
    auto *popup = new StatePopup(m_actions, m_table.value(Command::CacheOnly), this);
    popup->openBelow(below);
}

void MainWindow::openEntity(const Entity &entity, Manner manner)
{
    open({Place::Kind::Subject, entity, {}, {}}, Where::Here, manner);
}

void MainWindow::showInbox()
{
    goTo(Place::Kind::Inbox);
}

void MainWindow::showCard(const QUuid &card)
{
    goTo(Place::Kind::Inbox);
    if (auto *inbox = qobject_cast<InboxPage *>(currentPage()))
        inbox->showCard(card);
}

void MainWindow::raiseAndFocus()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::saveSession(QSettings &settings) const
{
    settings.setValue(u"window/geometry"_s, saveGeometry());
    settings.beginWriteArray(u"tabs"_s);
    int written = 0;
    int front = 0;
    for (int i = 0; i < m_stack->count(); ++i) {
        const auto *tab = qobject_cast<TabPages *>(m_stack->widget(i));
        const auto place = tab->page()->place();
        if (place.kind == Place::Kind::Choice || place.kind == Place::Kind::Welcome)
            continue;
        if (i == m_stack->currentIndex())
            front = written;
        settings.setArrayIndex(written++);
        settings.setValue(u"page"_s, int(place.kind));
        settings.setValue(u"kind"_s, int(place.entity.kind));
        settings.setValue(u"value"_s, place.entity.value);
    }
    settings.endArray();
    settings.setValue(u"tabs/front"_s, front);
}

void MainWindow::restoreFrame(const QSettings &settings)
{
    if (!restoreGeometry(settings.value(u"window/geometry"_s).toByteArray()))
        resize(firstSize(screen()->availableSize(), QFontMetrics(font()).height()));
}

void MainWindow::restoreTabs(QSettings &settings)
{
    const int count = settings.beginReadArray(u"tabs"_s);
    QList<Place> places;
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        Place place;
        const int kind = settings.value(u"page"_s).toInt();
        if (kind < int(Place::Kind::Welcome) || kind > int(Place::Kind::Settings))
            continue;
        place.kind = Place::Kind(kind);
        place.entity = {ArtifactKind(settings.value(u"kind"_s).toInt()),
                        settings.value(u"value"_s).toString()};
        if (place.kind != Place::Kind::Subject
            || (isEntity(place.entity) && !place.entity.isEmpty()))
            places.append(place);
    }
    settings.endArray();
    const int front = settings.value(u"tabs/front"_s).toInt();
    if (places.isEmpty())
        places.append(Place{});
    for (const Place &place : std::as_const(places))
        newTab(place, Manner::FromCache);
    m_tabs->setCurrentIndex(std::clamp(front, 0, m_tabs->count() - 1));
}

} // namespace wg
