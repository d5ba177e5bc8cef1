// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/virtualclock.h"
#include "net/fetchlab.h"
#include "net/tape.h"
#include "net/taped.h"
#include "support/runner.h"
#include "support/textserver.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

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

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

Exchange madeUp(Instant at, const QByteArray &body)
{
    Exchange exchange;
    exchange.at = at;
    exchange.source = source;
    exchange.about = domain(u"interfaxru.com"_s);
    exchange.request = {.transport = Transport::Http,
                        .method = u"GET"_s,
                        .place = u"https://api.mnemonic.no/x"_s,
                        .name = {},
                        .body = {}};
    exchange.notes = {{u"status"_s, 200}};
    exchange.bodies = {body};
    return exchange;
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
    QVERIFY(studio.record(studio.folder).ok());
    for (const QString &path : {u"/k"_s, u"/e"_s}) {
        auto question = studio.question(path);
        question.secret = {{{"X-Key", key}}, "key=" + key, {key}};
        QVERIFY(Lab::wait(studio.fetcher->fetch(question)));
    }
    QCOMPARE(studio.stop()->exchanges, 2);
    QCOMPARE(studio.server.requests().size(), 2);
    QVERIFY(studio.server.requests().first().path.contains(key));
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

WG_TEST(tst_Tape)
#include "tst_tape.moc"
