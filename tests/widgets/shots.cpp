// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fakeactions.h"

#include "widgets/mainwindow.h"
#include "widgets/theme.h"
#include "widgets/translations.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QListView>
#include <QListWidget>
#include <QSettings>
#include <QTest>
#include <QToolButton>
#include <cstdio>

// widget_shots FOLDER [PART [WIDTHxHEIGHT]]: pictures of every page in every state, light and dark.
// Run it under Xvfb, also with QT_SCALE_FACTOR=2; the pictures are looked at.
namespace wg::test {

using namespace Qt::StringLiterals;

namespace {

const Entity domain{ArtifactKind::Domain, u"interfaxru.com"_s};
const Entity host{ArtifactKind::Ipv4, u"98.126.38.107"_s};

/// Lets the page read, lay itself out and paint: some turns of the event loop, for pictures only.
void settle()
{
    int turns = 0;
    const bool over = QTest::qWaitFor([&turns] { return ++turns > 12; });
    Q_UNUSED(over)
}

struct Shot
{
    QString name;
    std::function<void(Script &)> prepare;
    std::function<void(MainWindow &)> drive;
};

void typeIn(MainWindow &window, const QString &text)
{
    window.run(Command::Search);
    QTest::keyClicks(QApplication::focusWidget(), text);
}

void press(MainWindow &window, const QString &begin)
{
    for (auto *button : window.findChildren<QToolButton *>()) {
        if (button->isVisible() && button->accessibleName().startsWith(begin))
            button->click();
    }
}

const auto full = [](Script &s) { fillDesk(s); };

/// A source that fails, one whose answers look different, and a manifest with a mistake.
const auto troubled = [](Script &s) {
    fillDesk(s);
    s.sources[1].lastOutcome = Outcome::Unreachable;
    s.sources[1].lastDetail = u"rdap.verisign.com: connection refused"_s;
    s.sources[2].lacking = {u"firstSeenTimestamp"_s};
    s.sources[2].lackingSince = SystemClock().now() - 2 * dayMs;
    SourceState broken;
    broken.info.name = u"inhouse.json"_s;
    broken.broken = true;
    broken.permitted = false;
    broken.whyNot = u"7:12: \"pap\" cannot be \"PINK\"; it is GREEN, AMBER or RED"_s;
    s.sources.append(broken);
    s.network.troubles = {broken.info.name + u": "_s + broken.whyNot};
};

const auto hiding = [](Script &s) {
    fillDesk(s);
    const HideRule rules[] = {{Dataset::Resolutions, u"A"_s}, {Dataset::Certificates, {}}};
    for (int i = 0; i < 6; ++i) {
        s.rules.append({QUuid(i + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
                        {ArtifactKind::Domain, u"host%1.example.net"_s.arg(i)},
                        rules[i % 2],
                        u"Ada"_s,
                        SystemClock().now() - i * dayMs});
    }
};

void openSettings(MainWindow &window, int part)
{
    window.run(Command::GoSettings);
    settle();
    for (auto *list : window.findChildren<QListWidget *>()) {
        if (list->isVisible())
            list->setCurrentRow(part);
    }
}

QList<Shot> pageShots()
{
    return {
        {u"welcome"_s, full, [](MainWindow &) {}},
        {u"welcome-typed"_s, full,
         [](MainWindow &w) { typeIn(w, u"hxxp://www.Interfaxru[.]com/path"_s); }},
        {u"welcome-nonsense"_s, full,
         [](MainWindow &w) {
             typeIn(w, u"what is this"_s);
             QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
         }},
        {u"palette"_s, full, [](MainWindow &w) { typeIn(w, u">o"_s); }},
        {u"choice"_s, full,
         [](MainWindow &w) {
             typeIn(w, u"interfaxru[.]com 98.126.38.107 2001:db8::1 hxxps://evil.example/x"_s);
             QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
         }},
        {u"entity"_s, full, [](MainWindow &w) { w.openEntity(domain); }},
        {u"entity-address"_s, full, [](MainWindow &w) { w.openEntity(host); }},
        {u"entity-whois"_s, full,
         [](MainWindow &w) {
             w.openEntity(domain);
             settle();
             w.run(Command::Dataset3);
         }},
        {u"entity-certificates"_s,
         [](Script &s) {
             fillDesk(s);
             addCertificates(s);
         },
         [](MainWindow &w) {
             w.openEntity(domain);
             settle();
             w.run(Command::Dataset4);
         }},
        {u"entity-dns-consent"_s, full,
         [](MainWindow &w) {
             w.openEntity(domain);
             settle();
             w.run(Command::Dataset2);
         }},
    };
}

/// An import of which not all was understood; which file it is does not matter.
const auto partlyRead = [](Script &s) {
    fillDesk(s);
    ImportReport report;
    report.newRecords = 12'480;
    report.entities = 12;
    report.bad = 2;
    report.firstBad = {u"line 17: the parenthesis of the entry before is not closed"_s};
    report.notes = {u"the columns \"Kunde\" and \"Anschluss\" were left out"_s};
    s.imported = report;
};

void importSomething(MainWindow &window)
{
    window.run(Command::GoInbox);
    window.run(Command::Import);
    auto *dialog = window.findChild<QFileDialog *>();
    Q_EMIT dialog->fileSelected(QCoreApplication::applicationFilePath());
    dialog->close();
}

QList<Shot> inboxShots()
{
    return {
        {u"import-trouble"_s, partlyRead, importSomething},
        {u"inbox"_s, full, [](MainWindow &w) { w.run(Command::GoInbox); }},
        {u"inbox-many"_s, full,
         [](MainWindow &w) {
             w.run(Command::GoInbox);
             settle();
             for (auto *list : w.findChildren<QListView *>(Qt::FindChildrenRecursively))
                 if (list->accessibleName() == u"Inbox")
                     list->selectAll();
         }},
        {u"inbox-group"_s, full,
         [](MainWindow &w) {
             w.run(Command::GoInbox);
             settle();
             w.run(Command::MoveDown);
             w.run(Command::MoveDown);
         }},
        {u"inbox-snooze"_s, full,
         [](MainWindow &w) {
             w.run(Command::GoInbox);
             settle();
             w.run(Command::Snooze);
         }},
        {u"inbox-done"_s, full,
         [](MainWindow &w) {
             w.run(Command::GoInbox);
             settle();
             w.run(Command::Acknowledge);
             w.run(Command::Acknowledge);
         }},
    };
}

QList<Shot> frameShots()
{
    return {
        {u"pap"_s, full,
         [](MainWindow &w) {
             w.openEntity(domain);
             settle();
             press(w, u"PAP AMBER"_s);
         }},
        {u"state"_s, full,
         [](MainWindow &w) {
             w.openEntity(domain);
             settle();
             press(w, u"State"_s);
         }},
        {u"monitors"_s, full, [](MainWindow &w) { w.run(Command::GoMonitors); }},
        {u"sources"_s, full,
         [](MainWindow &w) {
             w.run(Command::GoSources);
             settle();
             w.run(Command::MoveDown);
             w.run(Command::MoveDown);
         }},
        {u"settings"_s, full, [](MainWindow &w) { w.run(Command::GoSettings); }},
        {u"settings-sources"_s, full, [](MainWindow &w) { openSettings(w, 1); }},
        {u"settings-privacy"_s, full, [](MainWindow &w) { openSettings(w, 2); }},
        {u"settings-rules"_s, hiding, [](MainWindow &w) { openSettings(w, 4); }},
        {u"sources-trouble"_s, troubled,
         [](MainWindow &w) {
             w.run(Command::GoSources);
             settle();
             w.run(Command::MoveDown);
             w.run(Command::MoveDown);
         }},
        {u"sources-broken"_s, troubled,
         [](MainWindow &w) {
             w.run(Command::GoSources);
             settle();
             for (int i = 0; i < 10; ++i)
                 w.run(Command::MoveDown);
         }},
        {u"state-trouble"_s, troubled, [](MainWindow &w) { press(w, u"State"_s); }},
        {u"keys-sources"_s, full,
         [](MainWindow &w) {
             w.run(Command::GoSources);
             settle();
             w.run(Command::ShowKeys);
         }},
        {u"keys"_s, full,
         [](MainWindow &w) {
             w.run(Command::GoInbox);
             settle();
             w.run(Command::ShowKeys);
         }},
    };
}

QList<Shot> stateShots()
{
    return {
        {u"inbox-empty"_s, [](Script &) {}, [](MainWindow &w) { w.run(Command::GoInbox); }},
        {u"monitors-empty"_s, [](Script &) {}, [](MainWindow &w) { w.run(Command::GoMonitors); }},
        {u"inbox-error"_s,
         [](Script &s) {
             s.readError = Error{ErrorCode::Failed, u"disk I/O error"_s};
         },
         [](MainWindow &w) { w.run(Command::GoInbox); }},
    };
}

QList<Shot> entityStateShots()
{
    const auto offline = [](Script &s) {
        fillDesk(s);
        s.network.mode = NetworkState::Mode::Offline;
        s.network.waiting = 3;
    };
    return {
        {u"entity-empty"_s,
         [](Script &s) {
             fillDesk(s);
             s.facts.clear();
             s.summaries.clear();
         },
         [](MainWindow &w) { w.openEntity(domain); }},
        {u"entity-offline"_s, offline, [](MainWindow &w) { w.openEntity(domain); }},
        {u"entity-offline-nothing"_s, offline,
         [](MainWindow &w) {
             w.openEntity({ArtifactKind::Domain, u"never-seen.example"_s});
         }},
        {u"entity-refused"_s,
         [](Script &s) {
             fillDesk(s);
             s.facts.clear();
             for (auto &check : s.summaries[domain].checks) {
                 check.outcome = Outcome::Refused;
                 check.detail = u"HTTP 429: resource limit exceeded"_s;
             }
         },
         [](MainWindow &w) { w.openEntity(domain); }},
        {u"entity-unreachable"_s,
         [](Script &s) {
             fillDesk(s);
             s.facts.clear();
             for (auto &check : s.summaries[domain].checks) {
                 check.outcome = Outcome::Unreachable;
                 check.detail = u"no answer within 5 s"_s;
             }
         },
         [](MainWindow &w) { w.openEntity(domain); }},
        {u"entity-cache-only"_s,
         [](Script &s) {
             fillDesk(s);
             s.network.mode = NetworkState::Mode::CacheOnly;
             s.policy.cacheOnly = true;
         },
         [](MainWindow &w) {
             w.openEntity({ArtifactKind::Domain, u"never-seen.example"_s});
         }},
        {u"entity-held"_s,
         [](Script &s) {
             fillDesk(s);
             s.facts.clear();
             s.lookupError = Error{ErrorCode::Held, u"“a8f3…” looks generated."_s};
         },
         [](MainWindow &w) { w.openEntity(domain, Manner::Ask); }},
    };
}

void take(const Shot &shot, const QString &folder, ThemeKeeper &keeper, ThemeChoice choice,
          const QSize &size)
{
    auto &script = newScript();
    shot.prepare(script);
    keeper.setChoice(choice);
    const auto actions = scriptedActions();
    MainWindow window(*actions);
    window.resize(size);
    window.show();
    QSettings none(QString(), QSettings::IniFormat);
    window.furnish(none);
    QApplication::setActiveWindow(&window); // there may be no window manager
    settle();
    shot.drive(window);
    settle();
    const auto file = u"%1/%2-%3.png"_s.arg(folder, shot.name,
                                            choice == ThemeChoice::Dark ? u"dark"_s : u"light"_s);
    auto picture = window.grab();
    for (auto *popup : QApplication::topLevelWidgets()) { // what lies above the window
        if (popup->isVisible() && popup != &window && !popup->isMinimized()) {
            QPainter painter(&picture);
            painter.drawPixmap(popup->pos() - window.pos(), popup->grab());
            popup->close();
        }
    }
    picture.save(file);
    std::printf("%s\n", qPrintable(file));
}

} // namespace

} // namespace wg::test

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const auto folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : "shots");
    const auto only = QString::fromLocal8Bit(argc > 2 ? argv[2] : "");
    const auto size = QString::fromLocal8Bit(argc > 3 ? argv[3] : "1280x800").split(u'x');
    const QSize wanted(size.value(0).toInt(), size.value(1).toInt());
    QDir().mkpath(folder);
    wg::installTranslations(app);
    wg::ThemeKeeper keeper(app);
    if (folder == QLatin1String("--desk")) { // stays open, to be driven by hand or by AT-SPI
        wg::test::fillDesk(wg::test::newScript());
        const auto actions = wg::test::scriptedActions();
        wg::MainWindow window(*actions);
        window.show();
        QSettings none(QString(), QSettings::IniFormat);
        window.furnish(none);
        return app.exec();
    }
    using namespace wg::test;
    for (const auto &shot :
         pageShots() + inboxShots() + frameShots() + stateShots() + entityStateShots()) {
        if (!shot.name.contains(only))
            continue;
        wg::test::take(shot, folder, keeper, wg::ThemeChoice::Light, wanted);
        wg::test::take(shot, folder, keeper, wg::ThemeChoice::Dark, wanted);
    }
    return 0;
}
