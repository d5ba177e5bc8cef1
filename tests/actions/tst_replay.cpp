// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/replayer.h"
#include "core/entitytext.h"
#include "net/recording.h"
#include "support/futures.h"
#include "support/runner.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

namespace {

constexpr int patienceMs = 60'000;

template <class T>
bool waitFor(const QFuture<T> &future)
{
    return test::waitFor(future, patienceMs);
}

Entity entity(const QString &text)
{
    return *parseEntity(text);
}

/// What a source said at one time.
Exchange said(const QString &source, const QString &about, const QString &url, const QString &day,
              const QByteArray &body)
{
    Exchange exchange;
    exchange.at = *parseInstant(day);
    exchange.source = source;
    exchange.about = entity(about);
    exchange.request = {
        .transport = Transport::Http, .method = u"GET"_s, .place = url, .name = {}, .body = {}};
    exchange.notes = {{u"status"_s, 200}, {u"url"_s, url}};
    exchange.headers = {{"content-type", "application/json"}};
    exchange.bodies = {body};
    return exchange;
}

QByteArray recorded(const QString &file)
{
    QFile data(QFINDTESTDATA(u"../sources/data/"_s + file));
    return data.open(QIODevice::ReadOnly) ? data.readAll() : QByteArray();
}

/// "added 192.0.2.1" of each change that is shown, in order.
QStringList changesOf(const QList<Card> &cards)
{
    QStringList changes;
    for (const Card &card : cards) {
        for (const Change &change : card.changes)
            changes.append(QString(changeKindName(change.kind)) + u' ' + change.record.value.raw());
    }
    changes.sort();
    return changes;
}

} // namespace

/// Recordings from the first exchange to the cards that they raise.
class TstReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordedPairsRaiseTheirChanges_data();
    void recordedPairsRaiseTheirChanges();
    void eyesAreThoseOfWhomEyesAsked();
    void eyesOfALargeRecordingAreFound();
    void theClockWaitsForTheFirstAnswers();
    void aClockThatIsBehindWhatIsStoredCatchesUp();
    void onlyWhatWasRecordedIsAsked();
    void settingsAndManifestsComeAlong();
    void aHostileManifestIsNamedAndLeftOut();
    void nobodyLearnsAnything();

private:
    Result<std::shared_ptr<const Recording>> keep(const QList<Exchange> &exchanges);
    void open(const Clock &clock, std::shared_ptr<const Recording> recording);
    void reopen(const Clock &clock, std::shared_ptr<const Recording> recording);
    QStringList states();

    QTemporaryDir m_home;
    int m_made = 0;
    std::unique_ptr<Actions> m_actions;
};

Result<std::shared_ptr<const Recording>> TstReplay::keep(const QList<Exchange> &exchanges)
{
    const QString folder = m_home.filePath(u"recording%1"_s.arg(++m_made));
    auto writer = RecordingWriter::open(folder, exchanges.first().at, qint64(1) << 30);
    if (!writer)
        return writer.error();
    for (const Exchange &exchange : exchanges) {
        if (const auto written = (*writer)->append(exchange); !written)
            return written.error();
    }
    if (const auto closed = (*writer)->close(exchanges.last().at); !closed)
        return closed.error();
    auto recording = readRecording(folder);
    if (!recording)
        return recording.error();
    return std::make_shared<const Recording>(std::move(*recording));
}

void TstReplay::open(const Clock &clock, std::shared_ptr<const Recording> recording)
{
    ++m_made;
    reopen(clock, std::move(recording));
}

/// The workspace that was made last.
void TstReplay::reopen(const Clock &clock, std::shared_ptr<const Recording> recording)
{
    const QString folder = m_home.filePath(u"workspace%1"_s.arg(m_made));
    QVERIFY(QDir().mkpath(folder));
    auto actions =
        Actions::open({folder, folder + u"/backups"_s}, clock, nullptr, std::move(recording));
    QVERIFY(actions);
    m_actions = std::move(*actions);
    const auto begun = m_actions->begin();
    QVERIFY(waitFor(begun));
    QVERIFY(begun.result());
}

/// Sources that are the user's, and files that are none.
QStringList TstReplay::states()
{
    const auto read = m_actions->sources();
    if (!waitFor(read))
        return {};
    const auto all = read.result();
    QStringList own;
    for (const SourceState &each : all ? *all : QList<SourceState>()) {
        if (each.broken)
            own.append(each.info.name + u" broken"_s);
        else if (each.info.name == "hostio"_L1)
            own.append(each.info.name);
    }
    own.sort();
    return own;
}

void TstReplay::recordedPairsRaiseTheirChanges_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("about");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QStringList>("changes");
    const QString otx = u"https://otx.alienvault.com/api/v1/indicators/"_s;
    QTest::newRow("OTX of a name: order, times and flags changed, no record did")
        << u"otx"_s << u"jppost-tu.top"_s << otx + u"domain/jppost-tu.top/passive_dns"_s
        << u"otx/domain_jppost-tu.top_passive_dns_2020-08-01.json"_s
        << u"otx/domain_jppost-tu.top_passive_dns_2022-06-18.json"_s << QStringList();
    QTest::newRow("OTX of an address: order, times and flags changed, no record did")
        << u"otx"_s << u"89.35.39.84"_s << otx + u"IPv4/89.35.39.84/passive_dns"_s
        << u"otx/ipv4_89.35.39.84_passive_dns_2020-08-01.json"_s
        << u"otx/ipv4_89.35.39.84_passive_dns_2022-06-18.json"_s << QStringList();
    QTest::newRow("InternetDB: three ports appear")
        << u"internetdb"_s << u"1.1.1.1"_s << u"https://internetdb.shodan.io/1.1.1.1"_s
        << u"internetdb/1.1.1.1_2022-04-11.json"_s << u"internetdb/1.1.1.1_2023-11-24.json"_s
        << QStringList{u"added 2082"_s, u"added 2086"_s, u"added 8443"_s};
}

void TstReplay::recordedPairsRaiseTheirChanges()
{
    QFETCH(QString, source);
    QFETCH(QString, about);
    QFETCH(QString, url);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto dayOf = [](const QString &file) { return file.last(15).first(10); };
    const auto recording = keep({said(source, about, url, dayOf(before), recorded(before)),
                                 said(source, about, url, dayOf(after), recorded(after))});
    QVERIFY(recording);
    VirtualClock clock((*recording)->from, 0);
    open(clock, *recording);
    const auto replayed = m_actions->replay(clock);
    QVERIFY(waitFor(replayed));
    QVERIFY2(replayed.result(), replayed.result() ? "" : "the replay failed");
    QCOMPARE(replayed.result()->eyes, QList{entity(about)});
    QVERIFY(clock.now() >= (*recording)->to);
    const auto page = m_actions->cards({});
    QVERIFY(waitFor(page));
    const auto read = page.result();
    QVERIFY(read);
    QList<Card> cards;
    for (const Card &card : read->cards) {
        const auto whole = m_actions->card(card.id);
        QVERIFY(waitFor(whole));
        cards.append(*whole.result());
    }
    QTEST(changesOf(cards), "changes");
    m_actions.reset();
}

void TstReplay::eyesAreThoseOfWhomEyesAsked()
{
    const auto asked = [](const QString &source, const QString &about, const QString &day,
                          bool byPerson) {
        Exchange exchange = said(source, about, u"https://x.example/"_s, day, "{}");
        exchange.byPerson = byPerson;
        return exchange;
    };
    const auto recording = keep({
        asked(u"rdap"_s, u"shop.com"_s, u"2020-01-01"_s, true),
        asked(u"mnemonic"_s, u"www.shop.com"_s, u"2020-01-02"_s, true),
        asked(u"mnemonic"_s, u"looked-at-once.com"_s, u"2020-01-03"_s, true),
        asked(u"mnemonic"_s, u"www.shop.com"_s, u"2020-01-04"_s, false),
        asked(u"rdap"_s, u"shop.com"_s, u"2020-01-05"_s, false),
        asked(u"rdap"_s, u"alone.org"_s, u"2020-01-06"_s, false),
    });
    QVERIFY(recording);
    QStringList eyes;
    for (const RecordedEye &eye : eyesIn(**recording, {}))
        eyes.append(toDay(eye.since) + u' ' + eye.entity.value);
    QCOMPARE(eyes, (QStringList{u"2020-01-02 www.shop.com"_s, u"2020-01-06 alone.org"_s}));
}

void TstReplay::eyesOfALargeRecordingAreFound()
{
    constexpr int domains = 30'000;
    Recording recording;
    for (int i = 0; i < domains; ++i) {
        recording.exchanges.push_back(said(u"rdap"_s, u"shop%1.com"_s.arg(i),
                                           u"https://x.example/"_s, u"2020-01-01"_s, "{}"));
    }
    QCOMPARE(eyesIn(recording, {}).size(), domains);
}

/// The first hour passes in a moment, and opening takes longer.
void TstReplay::theClockWaitsForTheFirstAnswers()
{
    const QString url = u"https://internetdb.shodan.io/1.1.1.1"_s;
    const auto at = [&](const QString &time, const QString &file) {
        return said(u"internetdb"_s, u"1.1.1.1"_s, url, time, recorded(file));
    };
    const auto recording =
        keep({at(u"2020-01-01T00:00:00Z"_s, u"internetdb/1.1.1.1_2022-04-11.json"_s),
              at(u"2020-01-01T00:10:00Z"_s, u"internetdb/1.1.1.1_2023-11-24.json"_s)});
    QVERIFY(recording);
    VirtualClock clock((*recording)->from, 100'000, VirtualClock::Begin::OnCall);
    open(clock, *recording);
    QSignalSpy raised(m_actions.get(), &Actions::cardsRaised);
    const auto replayed = m_actions->replay(clock);
    QVERIFY(waitFor(replayed));
    QVERIFY(replayed.result());
    QCOMPARE(raised.size(), 1);
    m_actions.reset();
}

/// As after a kill: what was stored is newer than the time that was noted.
void TstReplay::aClockThatIsBehindWhatIsStoredCatchesUp()
{
    const QString url = u"https://internetdb.shodan.io/1.1.1.1"_s;
    const auto recording = keep({said(u"internetdb"_s, u"1.1.1.1"_s, url, u"2022-04-11"_s,
                                      recorded(u"internetdb/1.1.1.1_2022-04-11.json"_s)),
                                 said(u"internetdb"_s, u"1.1.1.1"_s, url, u"2022-05-24"_s,
                                      recorded(u"internetdb/1.1.1.1_2023-11-24.json"_s))});
    QVERIFY(recording);
    QList<QUuid> told;
    for (int run = 0; run < 2; ++run) {
        VirtualClock clock((*recording)->from, 0);
        run == 0 ? open(clock, *recording) : reopen(clock, *recording);
        const auto replayed = m_actions->replay(clock);
        QVERIFY(waitFor(replayed));
        QVERIFY(replayed.result());
        const auto page = m_actions->cards({});
        QVERIFY(waitFor(page));
        const auto read = page.result();
        QCOMPARE(read->cards.size(), 1);
        told.append(read->cards.first().id);
        const auto whole = m_actions->card(told.last());
        QVERIFY(waitFor(whole));
        QCOMPARE(whole.result()->changes.size(), 3);
        m_actions.reset();
    }
    QCOMPARE(told.first(), told.last());
}

void TstReplay::settingsAndManifestsComeAlong()
{
    const QString hostio = u"hostio"_s;
    const QByteArray manifest = recorded(u"../../../resources/sources/examples/hostio.json"_s);
    QVERIFY(!manifest.isEmpty());
    const QString folder = m_home.filePath(u"kept"_s);
    const Instant at = *parseInstant(u"2020-01-01"_s);
    {
        auto writer = RecordingWriter::open(folder, at, qint64(1) << 30);
        QVERIFY(writer);
        QVERIFY((*writer)->keep({{{u"watch.confirm_gap"_s, u"60"_s},
                                  {u"source.nobody.interval"_s, u"60"_s},
                                  {u"pap"_s, u"GREEN"_s}},
                                 {{hostio, manifest}}}));
        QVERIFY((*writer)->append(
            said(hostio, u"shop.com"_s, u"https://x.example/"_s, u"2020-01-01"_s, "{}")));
    }
    auto read = readRecording(folder);
    QVERIFY(read);
    const auto recording = std::make_shared<const Recording>(std::move(*read));
    VirtualClock clock(recording->from, 0);
    open(clock, recording);
    const auto replayed = m_actions->replay(clock);
    QVERIFY(waitFor(replayed));
    QVERIFY2(replayed.result(),
             replayed.result() ? "" : qPrintable(replayed.result().error().detail));
    QCOMPARE(m_actions->settings().number(u"watch.confirm_gap"_s), 60);
    QVERIFY(!m_actions->settings().isSet(u"pap"_s));
    QCOMPARE(states(), QStringList{hostio});
    m_actions.reset();
}

void TstReplay::aHostileManifestIsNamedAndLeftOut()
{
    const auto recording =
        keep({said(u"mnemonic"_s, u"shop.com"_s, u"https://x.example/"_s, u"2020-01-01"_s, "{}")});
    QVERIFY(recording);
    const QByteArray manifest = recorded(u"../../../resources/sources/examples/hostio.json"_s);
    const QString outside = m_home.filePath(u"outside.json"_s);
    const QDir sources(recordedManifests((*recording)->folder));
    QVERIFY(QDir().mkpath(sources.path()));
    const auto write = [](const QString &path, const QByteArray &text) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(outside, manifest));
    QVERIFY(QFile::link(outside, sources.filePath(u"link.json"_s)));
    QVERIFY(write(sources.filePath(u"broken.json"_s), "{\"manifest\": 1"));
    QVERIFY(write(sources.filePath(u"taken.json"_s),
                  QByteArray(manifest).replace("\"hostio\"", "\"rdap\"")));
    const VirtualClock clock((*recording)->to, 0);
    open(clock, *recording);
    QCOMPARE(states(),
             (QStringList{u"broken.json broken"_s, u"link.json broken"_s, u"taken.json broken"_s}));
    m_actions.reset();
}

void TstReplay::onlyWhatWasRecordedIsAsked()
{
    const auto recording =
        keep({said(u"tls"_s, u"shop.com"_s, u"https://x.example/"_s, u"2020-01-01"_s, "{}")});
    QVERIFY(recording);
    Policy policy;
    for (const QString &name : {u"tls"_s, u"dns"_s}) {
        SourceInfo info;
        info.name = name;
        info.pap = Pap::Green;
        policy.sources.append(info);
    }
    policy.ceiling = Pap::Red;
    policy.disabledSources = {u"tls"_s};
    admitRecorded(policy, **recording);
    QCOMPARE(policy.disabledSources, QSet<QString>{u"dns"_s});
    QCOMPARE(policy.ceiling, Pap::Green);
    QVERIFY(policy.consents.contains(u"tls"_s));
}

void TstReplay::nobodyLearnsAnything()
{
    const auto recording =
        keep({said(u"mnemonic"_s, u"shop.com"_s, u"https://x.example/"_s, u"2020-01-01"_s, "{}")});
    QVERIFY(recording);
    const VirtualClock clock((*recording)->to, 0);
    open(clock, *recording);
    QCOMPARE(m_actions->networkState().mode, NetworkState::Mode::Recorded);
    QVERIFY(m_actions->parties(entity(u"shop.com"_s)).isEmpty());
    const auto refused = m_actions->startRecording(m_home.filePath(u"into"_s));
    QVERIFY(waitFor(refused));
    QVERIFY(!refused.result());
    QCOMPARE(refused.result().error().code, ErrorCode::Refused);
    const auto asked = m_actions->lookup(entity(u"elsewhere.com"_s), {});
    QVERIFY(waitFor(asked));
    QVERIFY(!asked.result());
    QCOMPARE(asked.result().error().code, ErrorCode::Unreachable);
    m_actions.reset();
}

WG_TEST(TstReplay)
#include "tst_replay.moc"
