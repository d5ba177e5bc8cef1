// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop.h"

#include "app/failure.h"
#include "app/logging.h"
#include "app/openingwords.h"
#include "app/terminalio.h"
#include "core/after.h"
#include "items/words.h"
#include "store/opening.h"
#include "widgets/commands.h"
#include "widgets/icons.h"
#include "widgets/mainwindow.h"
#include "widgets/theme.h"
#include "widgets/translations.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLocale>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QTimer>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const QString appearanceSpace = u"org.freedesktop.appearance"_s;
const QString colorSchemeKey = u"color-scheme"_s;

} // namespace

Desktop::Desktop(WorkspacePaths paths, World world)
    : m_paths(std::move(paths))
    , m_world(world)
    , m_entrance(m_paths, {})
    , m_theme(*qApp)
{
    installTranslations(*qApp);
    QApplication::setWindowIcon(appIcon()); // also of windows that only say something
    connect(&m_entrance, &Entrance::owned, this, &Desktop::open);
    connect(&m_entrance, &Entrance::answered, this, [](int code) { QApplication::exit(code); });
    connect(&m_entrance, &Entrance::failed, this, &Desktop::say);
    connect(&m_entrance, &Entrance::waiting, this, &Desktop::sayWaiting);
    m_minute.setInterval(60'000);
    connect(&m_minute, &QTimer::timeout, this, &Desktop::nameWorld);
}

Desktop::~Desktop()
{
    m_opening.waitForFinished(); // the lock is held until it is closed again
    if (m_opening.resultCount() > 0 && m_opening.result())
        Actions::abandon(**m_opening.result());
    // What shows goes before what it shows.
    m_notifier.reset();
    m_tray.reset();
    m_window.reset();
    m_session.reset();
}

void Desktop::start()
{
    m_entrance.enter();
}

void Desktop::open()
{
    startLogging(m_paths.folder, LogLevel::Info);
    if (m_world == World::Own)
        return openWorld();
    after(this, replayStage(m_paths.folder, sampleRecording, 0),
          [this](const Result<Stage> &stage) {
              if (stage && !stage->mark->ended)
                  return tellStory(*stage);
              stage ? openWorld() : say(stage.error());
          });
}

void Desktop::openWorld()
{
    after(this, stageOf(m_paths.folder), [this](const Result<Stage> &stage) {
        after(this, QtConcurrent::run(&opensSlowly, m_paths.folder), [this, stage](bool slowly) {
            if (slowly) {
                showWait(tr("The workspace is looked through before it opens. "
                            "A large one takes some minutes."));
            }
            openOn(stage);
        });
    });
}

/// The bundled story is told to its end once; from then on its workspace is the reader's.
void Desktop::tellStory(const Stage &stage)
{
    auto session = Session::openAlone(m_paths, m_entrance.lock(), stage);
    if (!session)
        return say(session.error());
    m_session = std::move(*session);
    Actions &actions = m_session->actions();
    connect(&actions, &Actions::workProgress, this,
            [this](const QString &, qint64 done, qint64 total) {
                if (total > 0)
                    showWait(tr("Preparing the sample story: %L1 %").arg(100 * done / total));
            });
    const auto told = after(this, actions.begin(), [this](const Result<Done> &begun) {
        if (begun)
            return m_session->actions().replay(*m_session->stage().virtualClock);
        return QtFuture::makeReadyFuture(Result<ReplayReport>(begun.error()));
    });
    after(this, told, [this](const Result<ReplayReport> &report) {
        if (!report)
            return say(report.error());
        m_session->replayEnded();
        m_justTold = true;
        m_session.reset();
        openWorld();
    });
}

void Desktop::openOn(const Result<Stage> &stage)
{
    if (!stage)
        return say(stage.error());
    m_opening = QtConcurrent::run(&Session::prepare, m_paths, *stage);
    after(this, m_opening, [this, stage](const Result<std::shared_ptr<Ground>> &ground) {
        m_opening = {};
        standOn(*stage, ground);
    });
}

void Desktop::standOn(const Stage &stage, const Result<std::shared_ptr<Ground>> &ground)
{
    m_waiting.reset();
    if (!ground)
        return say(ground.error());
    auto session = Session::open(m_paths, m_entrance.lock(), stage, LocalServer::Face::Window,
                                 std::move(**ground));
    if (!session)
        return say(session.error());
    m_session = std::move(*session);
    after(this, m_session->actions().begin(), [this](const Result<Done> &begun) {
        if (!begun)
            return say(begun.error());
        m_session->followLogLevel();
        showWindow();
    });
}

void Desktop::showWindow()
{
    followSystemTheme();
    Words::useClock(*m_session->stage().clock);
    m_theme.setChoice(m_session->actions().settings().text(u"appearance.theme"_s));
    m_window = std::make_unique<MainWindow>(m_session->actions());
    QSettings settings(windowFile(), QSettings::IniFormat);
    m_window->restoreFrame(settings);
    m_window->show();
    m_window->furnish(settings);
    if (m_justTold)
        m_window->showInbox();
    m_notifier = std::make_unique<Notifier>(m_session->actions());
    m_tray = std::make_unique<Tray>();
    nameWorld();
    wire();
    m_tray->show(); // a panel that starts after the program takes the icon in too
    m_tray->setCount(m_session->actions().openCards());
    sayOpening(m_session->actions().opening());
    m_notifier->tellMissed();
    m_session->actions().startWatching();
}

void Desktop::wire()
{
    Actions &actions = m_session->actions();
    MainWindow *window = m_window.get();
    connect(&m_session->server(), &LocalServer::raiseAsked, window, &MainWindow::raiseAndFocus);
    connect(m_notifier.get(), &Notifier::clicked, this, [window](const QUuid &card) {
        window->raiseAndFocus();
        if (card.isNull())
            window->showInbox();
        else
            window->showCard(card);
    });
    connect(m_notifier.get(), &Notifier::unheard, m_tray.get(), &Tray::say);
    connect(&actions, &Actions::openCardsChanged, m_tray.get(), &Tray::setCount);
    connect(&actions, &Actions::networkStateChanged, this, &Desktop::tellTrouble);
    connect(m_tray.get(), &Tray::openAsked, window, &MainWindow::raiseAndFocus);
    connect(m_tray.get(), &Tray::inboxAsked, this, [window] {
        window->raiseAndFocus();
        window->showInbox();
    });
    connect(m_tray.get(), &Tray::quitAsked, this, &Desktop::quit);
    connect(window, &MainWindow::sampleWanted, this, &Desktop::openSample);
    connect(window, &MainWindow::quitWanted, this, &Desktop::quit);
    connect(window, &MainWindow::themeChosen, &m_theme,
            qOverload<const QString &>(&ThemeKeeper::setChoice));
    connect(window, &MainWindow::closed, this, &Desktop::windowClosed);
}

/// Light or dark as the desktop says it through its portal, now and when it changes.
void Desktop::followSystemTheme()
{
    const QString service = u"org.freedesktop.portal.Desktop"_s;
    const QString path = u"/org/freedesktop/portal/desktop"_s;
    const QString face = u"org.freedesktop.portal.Settings"_s;
    auto bus = QDBusConnection::sessionBus();
    bus.connect(service, path, face, u"SettingChanged"_s, this,
                SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(service, path, face, u"Read"_s);
    read << appearanceSpace << colorSchemeKey;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(read, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            onPortalSetting(appearanceSpace, colorSchemeKey, reply.value());
    });
}

void Desktop::onPortalSetting(const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space != appearanceSpace || key != colorSchemeKey)
        return;
    QVariant inner = value.variant();
    while (inner.canConvert<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant();
    m_theme.setSystemDark(inner.toUInt() == 1);
}

void Desktop::tellTrouble(const NetworkState &state)
{
    switch (state.mode) {
    case NetworkState::Mode::Online:
        return m_tray->setTrouble(state.troubles.value(0));
    case NetworkState::Mode::Offline:
        return m_tray->setTrouble(tr("offline; checks go on when the network is back"));
    case NetworkState::Mode::CacheOnly:
        return m_tray->setTrouble(tr("cache-only: nothing is asked outside"));
    case NetworkState::Mode::Recorded:
        return m_tray->setTrouble(tr("a recording answers, nobody outside is asked"));
    }
}

/// The window is hidden already: go on in the tray, or end where there is none.
void Desktop::windowClosed()
{
    const bool stays =
        Tray::isAvailable() && m_session->actions().settings().flag(u"tray.keep_running"_s);
    if (!stays)
        quit();
}

QString Desktop::windowFile() const
{
    return m_paths.folder + u"/window.ini"_s;
}

void Desktop::quit()
{
    if (m_window) {
        QSettings settings(windowFile(), QSettings::IniFormat);
        m_window->saveSession(settings);
    }
    if (m_session)
        m_session->server().close();
    QApplication::exit(0);
}

void Desktop::say(const Error &error)
{
    m_waiting.reset();
    sayAndEnd(error, m_paths.folder);
}

void Desktop::sayAndEnd(const Error &error, const QString &folder)
{
    TerminalIo terminal;
    tellFailure(terminal, error, OutputForm::Text); // for who started it from there
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Workspace cannot be opened"),
                                cannotOpenWords(error, folder), QMessageBox::Close);
    box->setTextFormat(Qt::PlainText);
    box->setWindowIcon(appIcon());
    box->setIconPixmap(
        icon(u"warning"_s, Tint::Bad).pixmap(QFontMetrics(box->font()).height() * 2));
    box->button(QMessageBox::Close)->setIcon({}); // the style's own is of another family
    box->setAttribute(Qt::WA_DeleteOnClose);
    const int code = int(exitCodeOf(error.code));
    connect(box, &QMessageBox::finished, qApp, [code] { QApplication::exit(code); });
    box->open();
}

void Desktop::sayWaiting(Entrance::For what)
{
    showWait(what == Entrance::For::Story ? tr("Waiting until the sample story has been told…")
                                          : tr("Waiting for another Watchglass command to end…"));
}

void Desktop::showWait(const QString &sentence)
{
    if (m_waiting) {
        m_waiting->setText(sentence);
        m_waiting->resize(m_waiting->size().expandedTo(m_waiting->sizeHint()));
        return;
    }
    m_waiting = std::make_unique<QLabel>(sentence);
    m_waiting->setTextFormat(Qt::PlainText);
    m_waiting->setAlignment(Qt::AlignCenter);
    m_waiting->setMargin(space(m_waiting.get(), 6));
    m_waiting->setMinimumWidth(QFontMetrics(m_waiting->font()).averageCharWidth() * 64);
    m_waiting->setWindowTitle(tr("Watchglass"));
    m_waiting->show();
}

/// A window on a replay says so, and on which of its days.
void Desktop::nameWorld()
{
    const Stage &stage = m_session->stage();
    if (!stage.recording)
        return;
    const QString day = QLocale().toString(stage.clock->now().utc().date(), QLocale::LongFormat);
    const bool sample = m_session->actions().world() == World::Sample;
    const QString word = sample ? tr("sample") : tr("replay");
    m_tray->nameWorld(word);
    if (sample) {
        m_window->nameWorld(
            word,
            tr("Sample story, from public facts and partly made up. Here it is %1; nobody outside "
               "is asked. %2 leaves it.")
                .arg(day, Commands::keyText(Command::Quit)));
    } else {
        m_window->nameWorld(
            word, tr("Replay of a recording. Here it is %1; nobody outside is asked.").arg(day));
    }
    m_minute.start();
}

/// In a program of its own: this window goes on.
void Desktop::openSample()
{
    QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--sample"_s});
}

void Desktop::sayOpening(const StoreOpening &opening)
{
    if (opening.damage.isEmpty())
        return;
    const QString from = opening.restoredFrom.isEmpty()
        ? tr("No backup was found, so it starts empty.")
        : tr("The backup %1 was restored.").arg(opening.restoredFrom);
    const QString what = opening.keptAside.isEmpty()
        ? tr("The database was missing.")
        : tr("The database was damaged and is kept as %1.").arg(opening.keptAside);
    m_window->tell(what + u' ' + from);
}

} // namespace wg
