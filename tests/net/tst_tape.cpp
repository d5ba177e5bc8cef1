// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/virtualclock.h"
#include "net/fetchlab.h"
#include "net/recordingtest.h"
#include "net/tape.h"
#include "net/taped.h"
#include "support/runner.h"
#include "support/textserver.h"

#include <QDir>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray key = "s3cr3t-key-0815";

/// A fetcher with a tape that records into a folder of its own.
struct Studio : Lab
{
    Studio() { fetcher->setTape(&tape); }

    Result<RecordingState> told(const std::function<void(Tape::Told)> &order)
    {
        std::optional<Result<RecordingState>> state;
        order([&](const Result<RecordingState> &now) { state = now; });
        if (!QTest::qWaitFor([&] { return state.has_value(); }))
            return Error{ErrorCode::Unreachable, u"the tape does not answer"_s};
        return *state;
    }
    Result<RecordingState> record(const QString &into)
    {
        return told([&](const Tape::Told &told) { tape.record(into, told); });
    }
    Result<RecordingState> stop()
    {
        return told([this](const Tape::Told &told) { tape.stop(told); });
    }

    QTemporaryDir home;
    QString folder = home.filePath(u"recording"_s);
    Tape tape{clock};
};

/// All bytes of all files below a folder.
QByteArray allBytes(const QString &folder)
{
    QByteArray all;
    const auto entries = QDir(folder).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot);
    for (const QFileInfo &entry : entries) {
        QFile file(entry.filePath());
        if (entry.isDir())
            all += allBytes(entry.filePath());
        else if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

} // namespace

/// What stands between transports and the wire: it writes down what passes, or answers itself.
class tst_Tape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasRecordedIsAnsweredAgainAndNothingLeaves();
    void failuresAreAnsweredAgain();
    void aKeyIsNeverWritten();
    void nobodyElseMayReadIt();
    void theAnswerIsTheLastOneUntilNow();
    void aFolderWithOtherThingsIsLeftAlone();
    void twoDoNotRecordIntoOneFolder();
    void aLineThatWasCutOffIsLeftOut();
    void anotherBrokenLineIsAnError();
    void aBodyThatWasChangedIsNoAnswer();
    void itEndsByItselfWhenItIsFull();
    void whatTheGateRefusesIsNotRecorded();
    void whoisGoesTheSameWay();
    void everyTransportsAnswerComesBackWhole();
    void onlyFilesAreRead_data();
    void onlyFilesAreRead();
    void whatOthersWroteIntoItStays();
    void whatWasCountedIsNotCountedAgain();
    void whatPassesWhileItOpensIsRecorded();
    void keysOfOtherSourcesAreNeverWritten();
    void aUsersManifestGoesWithItsFirstExchange();
    void unchangedIsNoAnswerToWhoKnowsNothing();
};

void tst_Tape::whatWasRecordedIsAnsweredAgainAndNothingLeaves()
{
    Studio studio;
    studio.server.script(
        "/x?a=1",
        {{.headers = {{"Content-Type", "application/json"}, {"Set-Cookie", "id=1"}},
          .body = "{\"a\":1}"}});
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x?a=1"_s)));
    const auto ended = studio.stop();
    QVERIFY(ended.ok());
    QCOMPARE(ended->exchanges, 1);
    QVERIFY(!allBytes(studio.folder).contains("id=1"));

    const auto recording = readRecording(studio.folder);
    QVERIFY2(recording.ok(), recording ? "" : qPrintable(recording.error().detail));
    const Exchange &exchange = recording->exchanges.front();
    QCOMPARE(exchange.request.place, u"https://api.mnemonic.no/x?a=1"_s);
    QCOMPARE(exchange.about, domain(u"interfaxru.com"_s));
    QVERIFY(!exchange.byPerson);

    studio.ledger.events.clear();
    studio.tape.replay(std::make_shared<const Recording>(*recording));
    const auto played = studio.ask(u"/x?a=1"_s);
    QVERIFY(Lab::wait(played));
    QCOMPARE(played.result()->status, 200);
    QCOMPARE(played.result()->body, QByteArray("{\"a\":1}"));
    QCOMPARE(played.result()->contentType, QByteArray("application/json"));
    QCOMPARE(played.result()->at, studio.clock.now());
    QCOMPARE(studio.server.requests().size(), 1);
    QVERIFY(studio.ledger.events.isEmpty());

    const auto other = studio.ask(u"/y"_s);
    QCOMPARE(studio.codeOf(other), ErrorCode::Unreachable);
    QCOMPARE(studio.detailOf(other), u"the recording has no answer to this"_s);
}

void tst_Tape::failuresAreAnsweredAgain()
{
    Studio studio;
    studio.server.script("/no", {{.status = 403, .body = "who are you?"}});
    QVERIFY(studio.record(studio.folder).ok());
    const auto first = studio.ask(u"/no"_s);
    QCOMPARE(studio.codeOf(first), ErrorCode::Refused);
    QVERIFY(studio.stop().ok());
    const auto recording = readRecording(studio.folder);
    QVERIFY(recording.ok());
    studio.tape.replay(std::make_shared<const Recording>(*recording));
    const auto again = studio.ask(u"/no"_s);
    QCOMPARE(studio.codeOf(again), ErrorCode::Refused);
    QCOMPARE(studio.detailOf(again), studio.detailOf(first));
}

void tst_Tape::aKeyIsNeverWritten()
{
    Studio studio;
    const QByteArray echo = "/k?key=" + key;
    studio.server.script(echo, {{.headers = {{"X-You", key}}, .body = "hello " + key}});
    studio.server.script("/e?key=" + key, {{.status = 401, .body = "bad key " + key}});
    studio.server.script("/users/" + key + "/quota?key=" + key, {{.body = "plenty"}});
    QVERIFY(studio.record(studio.folder).ok());
    for (const QString &path : {u"/k"_s, u"/e"_s, u"/users/{key}/quota"_s}) {
        auto question = studio.question(path);
        question.secret = {{{"X-Key", key}}, "key=" + key, {key}, key};
        QVERIFY(Lab::wait(studio.fetcher->fetch(question)));
    }
    QCOMPARE(studio.stop()->exchanges, 3);
    QCOMPARE(studio.server.requests().size(), 3);
    QVERIFY(studio.server.requests().first().path.contains(key));
    QVERIFY(studio.server.requests().last().path.startsWith("/users/" + key + '/'));
    const QByteArray written = allBytes(studio.folder);
    QVERIFY(written.contains("[key]"));
    QVERIFY(!written.contains(key));
}

void tst_Tape::nobodyElseMayReadIt()
{
    Studio studio;
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QVERIFY(studio.stop().ok());
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    for (const QString &name :
         {u""_s, u"/bodies"_s, u"/recording.json"_s, u"/exchanges.ndjson"_s}) {
        const auto permissions = QFile::permissions(studio.folder + name);
        QVERIFY2(!(permissions & others), qPrintable(name));
    }
}

void tst_Tape::theAnswerIsTheLastOneUntilNow()
{
    const QTemporaryDir home;
    const Instant start = Instant::fromSeconds(1'400'000'000);
    auto writer = RecordingWriter::open(home.filePath(u"r"_s), start, 1 << 20);
    QVERIFY(writer.ok());
    QVERIFY((*writer)->append(madeUp(start + hourMs, "one")).ok());
    QVERIFY((*writer)->append(madeUp(start + 2 * hourMs, "two")).ok());
    const auto recording = readRecording(home.filePath(u"r"_s));
    QVERIFY(recording.ok());
    QCOMPARE(recording->to, start + 2 * hourMs);
    VirtualClock clock(start, 0);
    Tape tape(clock);
    tape.replay(std::make_shared<const Recording>(*recording));
    QByteArrayList heard;
    for (const qint64 hour : {0, 1, 1, 2, 9}) {
        clock.moveTo(start + hour * hourMs);
        const auto before = heard.size();
        tape.play(recording->exchanges[0].request, [&](const Played &played) {
            heard.append(played ? played->bodies.value(0) : "nothing");
        });
        QCOMPARE(heard.size(), before); // never from inside
        QVERIFY(QTest::qWaitFor([&] { return heard.size() > before; }));
    }
    QCOMPARE(heard, (QByteArrayList{"nothing", "one", "one", "two", "two"}));
}

void tst_Tape::aFolderWithOtherThingsIsLeftAlone()
{
    Studio studio;
    QVERIFY(QDir().mkpath(studio.folder));
    QFile other(studio.folder + u"/thesis.txt"_s);
    QVERIFY(other.open(QIODevice::WriteOnly));
    const auto state = studio.record(studio.folder);
    QVERIFY(!state.ok());
    QCOMPARE(state.error().code, ErrorCode::Refused);
    QCOMPARE(QDir(studio.folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{u"thesis.txt"_s});
}

void tst_Tape::twoDoNotRecordIntoOneFolder()
{
    Studio studio;
    QVERIFY(studio.record(studio.folder).ok());
    const auto second = RecordingWriter::open(studio.folder, studio.clock.now(), 1 << 20);
    QVERIFY(!second.ok());
    QCOMPARE(second.error().code, ErrorCode::Refused);
}

void tst_Tape::aLineThatWasCutOffIsLeftOut()
{
    Studio studio;
    const QString lines = studio.folder + u"/exchanges.ndjson"_s;
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QVERIFY(studio.stop().ok());
    const QByteArray whole = contents(lines);
    append(lines, whole.first(40));
    const auto recording = readRecording(studio.folder);
    QVERIFY(recording.ok());
    QVERIFY(recording->cut);
    QCOMPARE(recording->exchanges.size(), size_t(1));
    const auto goesOn = studio.record(studio.folder);
    QVERIFY(goesOn.ok());
    QVERIFY(goesOn->cut);
    QCOMPARE(goesOn->exchanges, 1);
    QVERIFY(Lab::wait(studio.ask(u"/y"_s)));
    QCOMPARE(studio.stop()->exchanges, 2);
    QVERIFY(contents(lines).startsWith(whole));
    const auto again = readRecording(studio.folder);
    QVERIFY(again.ok());
    QVERIFY(!again->cut);
    QCOMPARE(again->exchanges.size(), size_t(2));
    QCOMPARE(again->id, recording->id);
}

void tst_Tape::anotherBrokenLineIsAnError()
{
    Studio studio;
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QVERIFY(studio.stop().ok());
    append(studio.folder + u"/exchanges.ndjson"_s, "not json\n");
    const auto recording = readRecording(studio.folder);
    QVERIFY(!recording.ok());
    QCOMPARE(recording.error().code, ErrorCode::Malformed);
    QVERIFY(recording.error().detail.contains(u"line 2"_s));
}

void tst_Tape::aBodyThatWasChangedIsNoAnswer()
{
    Studio studio;
    studio.server.script("/x", {{.body = "true"}});
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QVERIFY(studio.stop().ok());
    append(studio.folder + u"/bodies/"_s + bodyHash("true"), "false");
    const auto recording = readRecording(studio.folder);
    QVERIFY(recording.ok());
    studio.tape.replay(std::make_shared<const Recording>(*recording));
    QCOMPARE(studio.codeOf(studio.ask(u"/x"_s)), ErrorCode::Unreachable);
}

void tst_Tape::itEndsByItselfWhenItIsFull()
{
    Studio studio;
    const QSignalSpy ended(&studio.tape, &Tape::ended);
    studio.tape.setMostBytes(5000);
    studio.server.script("/big", {{.body = QByteArray(4000, 'x')}});
    studio.server.script("/other", {{.body = QByteArray(4000, 'y')}});
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/big"_s)));
    QVERIFY(Lab::wait(studio.ask(u"/other"_s)));
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended.first().first().value<Error>().code, ErrorCode::TooLarge);
    QVERIFY(!studio.tape.isRecording());
    QCOMPARE(readRecording(studio.folder)->exchanges.size(), size_t(1));
}

void tst_Tape::whatTheGateRefusesIsNotRecorded()
{
    Studio studio;
    QVERIFY(studio.record(studio.folder).ok());
    const auto question = studio.question(u"/x"_s);
    studio.policy.cacheOnly = true;
    studio.gate.setPolicy(studio.policy);
    QVERIFY(Lab::wait(studio.fetcher->fetch(question)));
    QCOMPARE(studio.stop()->exchanges, 0);
}

void tst_Tape::whoisGoesTheSameWay()
{
    Studio studio;
    TextServer server;
    server.say("domain: SHOP.RU\r\n");
    studio.policy.baseUrls.insert(u"whois"_s, server.url());
    studio.gate.setPolicy(studio.policy);
    WhoisClient client(studio.gate, studio.clock, studio.ledger);
    client.setTape(&studio.tape);
    QList<Result<WhoisAnswer>> answers;
    const auto ask = [&] {
        client.ask({*studio.gate.ask(intentOf(u"whois"_s)), u"whois.tcinet.ru"_s, "shop.ru"},
                   [&](Result<WhoisAnswer> &&answer) { answers.append(std::move(answer)); });
        const auto before = answers.size();
        return QTest::qWaitFor([&] { return answers.size() > before; });
    };
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(ask());
    QVERIFY(studio.stop().ok());
    studio.ledger.events.clear();
    studio.tape.replay(std::make_shared<const Recording>(*readRecording(studio.folder)));
    QVERIFY(ask());
    QVERIFY(answers[1].ok());
    QCOMPARE(answers[1]->text, answers[0]->text);
    QVERIFY(studio.ledger.events.isEmpty());
}

void tst_Tape::everyTransportsAnswerComesBackWhole()
{
    const Instant now = Instant::fromSeconds(1'400'000'000);
    Exchange exchange;
    exchange.at = now;
    exchange.source = u"tls"_s;
    exchange.request = {.transport = Transport::Tls,
                        .method = {},
                        .place = u"interfaxru.com"_s,
                        .name = {},
                        .body = {}};
    exchange.notes = {{u"protocol"_s, u"TLSv1.3"_s}, {u"distrust"_s, u"self-signed"_s}};
    exchange.hashes = {bodyHash("one"), bodyHash("two")};
    auto read = exchangeOf(toLine(exchange));
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->hashes, exchange.hashes);
    read->bodies = {"one", "two"};
    const auto tls = tlsAnswer(*read, now);
    QCOMPARE(tls->chain, (QByteArrayList{"one", "two"}));
    QCOMPARE(tls->protocol, u"TLSv1.3"_s);
    QCOMPARE(tls->distrust, u"self-signed"_s);

    exchange.request = wireRequest({u"192.0.2.53"_s, 5353}, u"interfaxru.com"_s, 28);
    exchange.notes = {};
    exchange.failure = Error{ErrorCode::Malformed, u"the packet is too short"_s};
    exchange.hashes = {bodyHash("odd")};
    read = exchangeOf(toLine(exchange));
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->request, exchange.request);
    read->bodies = {"odd"};
    const DnsReply reply = dnsReply(*read, now);
    QCOMPARE(reply.failure, Outcome::Malformed);
    QCOMPARE(reply.unreadable, QByteArray("odd"));
    QCOMPARE(reply.detail, u"the packet is too short"_s);
}

void tst_Tape::onlyFilesAreRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("pipe");
    for (const QString &name : {u"recording.json"_s, u"exchanges.ndjson"_s, u"bodies"_s}) {
        QTest::addRow("%s is a link", qPrintable(name)) << name << false;
        if (name != "bodies"_L1)
            QTest::addRow("%s is a pipe", qPrintable(name)) << name << true;
    }
}

/// Somebody else's folder may hold anything; a pipe without a writer would be waited for.
void tst_Tape::onlyFilesAreRead()
{
    QFETCH(QString, name);
    QFETCH(bool, pipe);
    Studio studio;
    const QString path = studio.folder + u'/' + name;
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QVERIFY(studio.stop().ok());
    QVERIFY(QFile::rename(path, studio.home.filePath(u"elsewhere"_s)));
    if (pipe)
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    else
        QVERIFY(QFile::link(studio.home.filePath(u"elsewhere"_s), path));
    const auto recording = readRecording(studio.folder);
    QVERIFY(!recording.ok());
    QCOMPARE(recording.error().code, ErrorCode::Refused);
    QVERIFY2(recording.error().detail.contains(name), qPrintable(recording.error().detail));
    const auto into = studio.record(studio.folder);
    QVERIFY(!into.ok());
    QCOMPARE(into.error().code, ErrorCode::Refused);
}

void tst_Tape::whatOthersWroteIntoItStays()
{
    Studio studio;
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(studio.stop().ok());
    const QString card = studio.folder + u"/recording.json"_s;
    QJsonObject object = QJsonDocument::fromJson(contents(card)).object();
    object.insert(u"about"_s, u"the spring campaign"_s);
    object.insert(u"settings"_s, QJsonObject{{u"names.own"_s, u"corp.example"_s}});
    QVERIFY(QFile::remove(card));
    append(card, QJsonDocument(object).toJson());
    studio.tape.keep({{{u"watch.confirm_gap"_s, u"60"_s}}, {}});
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(studio.stop().ok());
    object = QJsonDocument::fromJson(contents(card)).object();
    QCOMPARE(object.value("about"_L1).toString(), u"the spring campaign"_s);
    const QList<std::pair<QString, QString>> both{{u"names.own"_s, u"corp.example"_s},
                                                  {u"watch.confirm_gap"_s, u"60"_s}};
    QCOMPARE(readRecording(studio.folder)->settings, both);
}

void tst_Tape::whatWasCountedIsNotCountedAgain()
{
    Studio studio;
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QVERIFY(studio.stop().ok());
    const QString card = studio.folder + u"/recording.json"_s;
    const QByteArray before = contents(card);
    const QByteArray after = QByteArray(before).replace("\"exchanges\": 1", "\"exchanges\": 5");
    QVERIFY(before != after);
    QVERIFY(QFile::remove(card));
    append(card, after);
    QCOMPARE(studio.record(studio.folder)->exchanges, 5);
    QVERIFY(studio.stop().ok());
    // Not where somebody else went on writing.
    append(studio.folder + u"/exchanges.ndjson"_s,
           contents(studio.folder + u"/exchanges.ndjson"_s));
    QCOMPARE(studio.record(studio.folder)->exchanges, 2);
}

void tst_Tape::whatPassesWhileItOpensIsRecorded()
{
    Studio studio;
    studio.tape.record(studio.folder, [](const Result<RecordingState> &) {});
    Exchange exchange = madeUp(studio.clock.now(), "at once");
    studio.tape.note(intentOf(source), std::move(exchange));
    QCOMPARE(studio.stop()->exchanges, 1);
}

void tst_Tape::keysOfOtherSourcesAreNeverWritten()
{
    Studio studio;
    studio.tape.keepSecret(confidentialOf("analyst:other-key/1"));
    studio.server.script("/x",
                         {{.headers = {{"X-Seen", "other-key/1"}},
                           .body = R"({"user":"analyst","key":"other-key\/1"})"}});
    QVERIFY(studio.record(studio.folder).ok());
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QCOMPARE(studio.stop()->exchanges, 1);
    const QByteArray written = allBytes(studio.folder);
    QVERIFY(written.contains(R"({"user":"[name]","key":"[key]"})"));
    QVERIFY(!written.contains("other-key"));
    QVERIFY(!written.contains("analyst"));
}

void tst_Tape::aUsersManifestGoesWithItsFirstExchange()
{
    Studio studio;
    studio.tape.keep({{}, {{source, R"({"url":"?k=written-into-it"})"}, {u"never-asked"_s, "{}"}}});
    QVERIFY(studio.record(studio.folder).ok());
    studio.tape.keepSecret(confidentialOf("written-into-it")); // from a slow key chain
    const QDir manifests(recordedManifests(studio.folder));
    QVERIFY(Lab::wait(studio.ask(u"/x"_s)));
    QVERIFY(studio.stop().ok());
    QCOMPARE(manifests.entryList(QDir::Files), QStringList{source + u".json"_s});
    QCOMPARE(contents(manifests.filePath(source + u".json"_s)),
             QByteArray(R"({"url":"?k=[key]"})"));
}

void tst_Tape::unchangedIsNoAnswerToWhoKnowsNothing()
{
    const QTemporaryDir home;
    const Instant start = Instant::fromSeconds(1'400'000'000);
    auto writer = RecordingWriter::open(home.filePath(u"r"_s), start, 1 << 20);
    const auto add = [&](int hour, int status, const QByteArray &etag, const QByteArray &body) {
        Exchange exchange = madeUp(start + hour * hourMs, body);
        exchange.notes = {{u"status"_s, status}};
        exchange.headers = {{"etag", etag}};
        return (*writer)->append(exchange).ok();
    };
    QVERIFY(add(0, 200, "1", "one") && add(1, 304, "1", "") && add(2, 200, "2", "two")
            && add(3, 304, "2", ""));
    const auto recording = readRecording(home.filePath(u"r"_s));
    VirtualClock clock(start, 0);
    Tape tape(clock);
    tape.replay(std::make_shared<const Recording>(*recording));
    const auto heard = [&](int hour, const Known &known) {
        QString answer;
        clock.moveTo(start + hour * hourMs);
        tape.play(recording->exchanges[0].request, known, [&](const Played &played) {
            answer = QString::number(played->notes.value("status"_L1).toInt()) + u' '
                + QString::fromUtf8(played->bodies.value(0));
        });
        return QTest::qWaitFor([&] { return !answer.isEmpty(); }) ? answer : u"none"_s;
    };
    QCOMPARE(heard(1, {}), u"200 one"_s);
    QCOMPARE(heard(1, {"1", {}}), u"304 "_s);
    QCOMPARE(heard(3, {}), u"200 two"_s);
    QCOMPARE(heard(3, {"1", {}}), u"200 two"_s); // it missed the second
    QCOMPARE(heard(3, {"2", {}}), u"304 "_s);
}

WG_TEST(tst_Tape)
#include "tst_tape.moc"
