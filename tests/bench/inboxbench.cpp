// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/measuredapplication.h"
#include "bench/scrolling.h"
#include "core/after.h"
#include "items/cardlist.h"
#include "widgets/evenlist.h"
#include "widgets/inboxpage.h"
#include "widgets/theme.h"
#include "widgets/translations.h"

#include <QListView>
#include <QMainWindow>
#include <cstdio>

// bench_inbox paint WORKSPACE   from main() to the first cards on the screen
// bench_inbox empty             the same for a window with a list that has no model
// bench_inbox scroll WORKSPACE  frames of the inbox and of 35 rows in memory, in turn
// bench_inbox poll WORKSPACE    the same while every eye is polled again and again
// Prints one JSON object.
namespace wg::bench {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize windowSize{1280, 800};

int runEmpty(MeasuredApplication &app)
{
    QMainWindow window;
    QListView list;
    window.setCentralWidget(&list);
    window.resize(windowSize);
    app.onPainted(list.viewport(), [&app](QObject *) {
        app.onPainted(nullptr, {});
        say(app.sinceStart());
        QCoreApplication::exit(0);
    });
    window.show();
    return QApplication::exec();
}

/// The real inbox over a real workspace, opened as the program opens it.
class Inbox
{
public:
    explicit Inbox(const QString &folder)
        : m_paths{folder, folder + u"/backups"_s}
    { }

    bool open()
    {
        auto actions = Actions::open(m_paths, m_clock);
        if (!actions) {
            std::fprintf(stderr, "%s\n", qPrintable(actions.error().detail));
            return false;
        }
        m_actions = std::move(*actions);
        return true;
    }

    /// Calls ready once the window stands.
    void begin(const std::function<void()> &ready)
    {
        after(m_actions.get(), m_actions->begin(), [this, ready](const Result<Done> &) {
            m_window = std::make_unique<QMainWindow>();
            m_page = new InboxPage(*m_actions, m_table, m_window.get());
            m_window->setCentralWidget(m_page);
            m_window->resize(windowSize);
            ready();
            m_window->show();
        });
    }

    [[nodiscard]] EvenList *list() const { return m_page->list(); }
    [[nodiscard]] QWidget *window() const { return m_window.get(); }
    /// The first cards were read; there may be none.
    [[nodiscard]] bool isRead() const
    {
        const auto *model = qobject_cast<const CardListModel *>(list()->model());
        return model && !model->isReading();
    }
    [[nodiscard]] bool hasCards() const { return isRead() && list()->model()->rowCount() > 0; }

    /// Asks every eye, and again when that is over.
    void poll()
    {
        after(m_actions.get(), m_actions->poll(PollScope::All),
              [this](const Result<PollReport> &r) {
                  m_checked += r ? r->checked : 0;
                  m_failed += r ? r->failed : 0;
                  poll();
              });
    }
    [[nodiscard]] qint64 checked() const { return m_checked; }
    [[nodiscard]] qint64 failed() const { return m_failed; }

private:
    WorkspacePaths m_paths;
    SystemClock m_clock;
    std::unique_ptr<Actions> m_actions;
    ActionTable m_table;
    std::unique_ptr<QMainWindow> m_window;
    InboxPage *m_page = nullptr;
    qint64 m_checked = 0;
    qint64 m_failed = 0;
};

int runPaint(MeasuredApplication &app, const QString &folder)
{
    ThemeKeeper keeper(app);
    Inbox inbox(folder);
    if (!inbox.open())
        return 1;
    inbox.begin([&app, &inbox] {
        app.onPainted(nullptr, [&app, &inbox](QObject *painted) {
            // An empty inbox says so instead of showing a list.
            if (!inbox.isRead() || (inbox.hasCards() && painted != inbox.list()->viewport()))
                return;
            app.onPainted(nullptr, {});
            say(app.sinceStart());
            QCoreApplication::exit(0);
        });
    });
    return QApplication::exec();
}

enum class Load : quint8
{
    Quiet,
    Polling
};

int runScroll(MeasuredApplication &app, const QString &folder, Load load)
{
    ThemeKeeper keeper(app);
    Inbox inbox(folder);
    if (!inbox.open())
        return 1;
    MemoryCards cards;
    std::unique_ptr<FewRows> few;
    std::unique_ptr<Scrolling> scrolling;
    inbox.begin([&] {
        app.onPainted(inbox.list()->viewport(), [&](QObject *) {
            if (!inbox.hasCards() || scrolling)
                return;
            few = std::make_unique<FewRows>(cards, inbox.window(), inbox.list());
            scrolling = std::make_unique<Scrolling>(app, inbox.list(), few->list());
            if (load == Load::Polling)
                inbox.poll();
            scrolling->start([&] {
                auto told = scrolling->report();
                told.insert(u"checked"_s, inbox.checked());
                told.insert(u"failed"_s, inbox.failed());
                say(told);
                QCoreApplication::exit(0);
            });
        });
    });
    return QApplication::exec();
}

} // namespace

} // namespace wg::bench

int main(int argc, char **argv)
{
    using namespace Qt::StringLiterals;
    const wg::bench::Stopwatch sinceMain;
    wg::bench::MeasuredApplication app(sinceMain, argc, argv);
    wg::installTranslations(app);
    const auto mode = QCoreApplication::arguments().value(1);
    const auto folder = QCoreApplication::arguments().value(2);
    if (mode == "empty"_L1)
        return wg::bench::runEmpty(app);
    if (mode == "paint"_L1)
        return wg::bench::runPaint(app, folder);
    if (mode == "scroll"_L1)
        return wg::bench::runScroll(app, folder, wg::bench::Load::Quiet);
    if (mode == "poll"_L1)
        return wg::bench::runScroll(app, folder, wg::bench::Load::Polling);
    std::fprintf(stderr, "usage: bench_inbox empty | paint FOLDER | scroll FOLDER | poll FOLDER\n");
    return 2;
}
