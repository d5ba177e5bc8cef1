// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"

#include "actions/parts.h"
#include "actions/policybuilder.h"
#include "actions/replayer.h"
#include "actions/replayfolder.h"
#include "core/after.h"
#include "core/ids.h"

#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

struct Ground
{
    std::unique_ptr<Store> store;
    Catalogue catalogue;
};

namespace {

/// Keys of ours in the settings table that people never see.
const QString deviceKey = u"internal.device"_s;
const QString quotaPrefix = u"internal.quota."_s;

constexpr int choresMs = 20'000;
constexpr int quotaWriteMs = 1'000; ///< what is used up meanwhile is written in one go

struct Memory
{
    Settings settings;
    QSet<QString> consents;
    QSet<QString> releases;
    QList<ResolverMemory> resolvers;
    QList<SourceMemory> sources;
    QList<RdapFile> rdapFiles;
    qint64 openCards = 0;
    int waiting = 0;
    std::optional<Instant> nextWake;
};

Result<Memory> readMemory(Reader &reader)
{
    Memory memory;
    auto settings = reader.settings();
    auto consents = reader.consents();
    auto releases = reader.releases();
    auto resolvers = reader.resolverMemories();
    auto sources = reader.sourceMemories();
    auto files = reader.rdapFiles();
    auto open = reader.openCards();
    auto queued = reader.queuedAsks();
    auto wake = reader.nextWake();
    for (const Error *error :
         {settings ? nullptr : &settings.error(), consents ? nullptr : &consents.error(),
          releases ? nullptr : &releases.error(), open ? nullptr : &open.error(),
          resolvers ? nullptr : &resolvers.error(), sources ? nullptr : &sources.error(),
          files ? nullptr : &files.error(), queued ? nullptr : &queued.error(),
          wake ? nullptr : &wake.error()}) {
        if (error)
            return *error;
    }
    return Memory{*settings, *consents, *releases,           *resolvers, *sources,
                  *files,    *open,     int(queued->size()), *wake};
}

/// For signals from other threads.
void registerTypes()
{
    qRegisterMetaType<IngestReport>();
    qRegisterMetaType<Error>();
}

/// Before anything else is ordered, so that nothing ever leaves.
void answerFrom(const std::shared_ptr<const Recording> &recording, NetRoom &net)
{
    if (recording)
        net.order([recording](Watcher &watcher) { watcher.tape().replay(recording); });
}

} // namespace

Actions::Parts::~Parts()
{
    compute.clear();
    readers.clear();
}

Result<std::shared_ptr<Ground>> Actions::prepare(const WorkspacePaths &paths, const Clock &clock,
                                                 const std::shared_ptr<const Recording> &replayed)
{
    // A recording brings the sources that its own workspace had.
    const bool hasOwn = replayed && !replayed->folder.isEmpty();
    auto catalogue = QtConcurrent::run(
        &readCatalogue, hasOwn ? recordedManifests(replayed->folder) : paths.folder + u"/sources"_s,
        paths.folder + u"/lists"_s, hasOwn ? Links::Refused : Links::Followed);
    auto store = Store::open({paths.folder, {}, &clock});
    if (!store)
        return store.error();
    return std::make_shared<Ground>(Ground{std::move(*store), catalogue.takeResult()});
}

void Actions::abandon(Ground &ground)
{
    ground.store.reset();
}

Result<std::unique_ptr<Actions>> Actions::open(const WorkspacePaths &paths, const Clock &clock,
                                               Secrets *secrets,
                                               std::shared_ptr<const Recording> replayed)
{
    auto ground = prepare(paths, clock, replayed);
    if (!ground)
        return ground.error();
    return std::make_unique<Actions>(std::move(**ground), paths, clock, secrets,
                                     std::move(replayed));
}

Actions::Actions(Ground &&ground, WorkspacePaths paths, const Clock &clock, Secrets *secrets,
                 std::shared_ptr<const Recording> replayed)
    : m_parts(std::make_unique<Parts>(*this, std::move(ground.store), std::move(ground.catalogue),
                                      std::move(paths), clock, secrets, std::move(replayed)))
{
    registerTypes();
    Watcher &watcher = m_parts->net.watcher();
    answerFrom(m_parts->replayed, m_parts->net);
    connect(&watcher, &Watcher::ingested, this,
            [this](const IngestReport &report) { m_parts->onIngested(report); });
    connect(&watcher, &Watcher::onlineChanged, this,
            [this](bool online) { m_parts->onOnline(online); });
    connect(&watcher, &Watcher::loadChanged, this, [this](qint64 asking) {
        m_parts->network.asking = asking;
        m_parts->tellNetwork();
    });
    connect(&watcher, &Watcher::progress, this,
            [this](const Artifact &entity, const QString &source, bool answered, Outcome outcome,
                   const QString &detail) {
                const auto step = answered ? AskProgress::Step::Answered : AskProgress::Step::Asked;
                Q_EMIT askProgress({step, entity, source, outcome, detail});
            });
    m_parts->rememberSources(watcher);
    connect(&watcher, &Watcher::keyWanted, this,
            [this](const QString &source) { m_parts->keys.read(source); });
    connect(&m_parts->keys, &SourceKeys::changed, this,
            [this](const QString &source, const SourceKey &key) {
                m_parts->tellKey(source, key);
                Q_EMIT sourcesChanged();
            });
    connect(&watcher, &Watcher::troubled, this, &Actions::troubled);
    connect(&watcher.tape(), &Tape::ended, this, [this](const Error &why) {
        m_parts->forgetRecording();
        Q_EMIT troubled(why);
    });
    connect(&m_parts->chores, &QTimer::timeout, this, [this] { m_parts->doChores(); });
    m_parts->quotaTimer.setSingleShot(true);
    connect(&m_parts->quotaTimer, &QTimer::timeout, this, [this] { m_parts->writeQuotas(); });
    m_parts->wake.setSingleShot(true);
    m_parts->wake.setTimerType(Qt::PreciseTimer);
    connect(&m_parts->wake, &QTimer::timeout, this, [this] { m_parts->onWakeTimer(); });
}

/// What is learnt of sources, resolvers and registries is kept over a restart.
void Actions::Parts::rememberSources(const Watcher &watcher)
{
    QObject::connect(&watcher, &Watcher::sourceSpoke, &self,
                     [this](const QString &source, Outcome outcome, const QString &detail,
                            Instant at, Instant paused) {
                         const auto until = paused.ms > 0 ? std::optional(paused) : std::nullopt;
                         after(&self, store->write<Done>([=](Writer &writer) {
                             return writer.rememberSource(source, outcome, at, detail, until);
                         }),
                               [this](const Result<Done> &) { Q_EMIT self.sourcesChanged(); });
                     });
    QObject::connect(&watcher, &Watcher::lackingChanged, &self,
                     [this](const QString &source, const QString &question,
                            const QStringList &fields, Instant at) {
                         after(&self, store->write<Done>([=](Writer &writer) {
                             return writer.rememberLacking(source, question, fields, at);
                         }),
                               [this](const Result<Done> &) { Q_EMIT self.sourcesChanged(); });
                     });
    QObject::connect(
        &watcher, &Watcher::resolverTested, &self,
        [this](const QString &server, Outcome verdict, const QString &detail, Instant at) {
            store->write<Done>([=](Writer &writer) {
                return writer.rememberResolver(server, verdict, detail, at);
            });
        });
    QObject::connect(&watcher, &Watcher::rdapFileFetched, &self, [this](const RdapFile &file) {
        store->write<Done>([file](Writer &writer) { return writer.rememberRdapFile(file); });
    });
    QObject::connect(
        &watcher, &Watcher::quotaChanged, &self,
        [this](const QString &source, const QByteArray &saved) { noteQuota(source, saved); });
}

Actions::~Actions()
{
    m_parts->chores.stop();
    m_parts->wake.stop();
    m_parts->writeQuotas();
}

QFuture<Result<Done>> Actions::begin()
{
    return after(this, m_parts->store->read<Memory>(&readMemory),
                 [this](const Result<Memory> &memory) -> QFuture<Result<Done>> {
                     if (!memory)
                         return readyFuture(Result<Done>(memory.error()));
                     Parts &parts = *m_parts;
                     parts.settings = memory->settings;
                     if (const auto objection = parts.otherWorld())
                         return readyFuture(Result<Done>(*objection));
                     parts.consents = memory->consents;
                     parts.releases = memory->releases;
                     parts.openCards = memory->openCards;
                     parts.network.waiting = memory->waiting;
                     parts.knowAuthor();
                     parts.net.order([resolvers = memory->resolvers, sources = memory->sources,
                                      files = memory->rdapFiles](Watcher &watcher) {
                         watcher.remember(resolvers, sources, files);
                     });
                     parts.restoreQuotas();
                     parts.tellKeys();
                     parts.gatherTroubles();
                     parts.applyPolicy();
                     parts.nextWake = memory->nextWake;
                     parts.startWakeTimer();
                     parts.enrichStored();
                     // A disk that is full keeps cards asleep, not the program closed.
                     parts.resumeRecording();
                     return after(this, parts.wakeDue(),
                                  [](const Result<Done> &) { return Result<Done>(Done{}); });
                 });
}

/// Step by step between what others write; nobody waits for it, and the next run goes on.
void Actions::Parts::enrichStored()
{
    after(&self, store->write<bool>([](Writer &writer) { return writer.enrichStored(); }),
          [this](const Result<bool> &more) {
              if (more && *more)
                  enrichStored();
          });
}

/// Who works here: as it was, or made on the first start.
void Actions::Parts::knowAuthor()
{
    author.id = QUuid(settings.text(authorKey));
    author.device = QUuid(settings.text(deviceKey));
    if (!author.id.isNull() && !author.device.isNull())
        return;
    author.id = newUuid(clock.now());
    author.device = newUuid(clock.now());
    for (const auto &[key, id] :
         {std::pair(authorKey, author.id), std::pair(deviceKey, author.device)}) {
        settings.set(key, uuidText(id));
        store->write<Done>([key = key, text = uuidText(id)](Writer &writer) {
            return writer.setSetting(key, text);
        });
    }
}

void Actions::startWatching()
{
    m_parts->watching = true;
    connect(&m_parts->folder, &FolderImports::troubleChanged, this, [this](const QString &trouble) {
        m_parts->folderTrouble = trouble;
        m_parts->gatherTroubles();
        m_parts->tellNetwork();
    });
    m_parts->watchFolder();
    m_parts->chores.start(choresMs);
    m_parts->net.order(
        [](Watcher &watcher) { watcher.load([&watcher] { watcher.startWatching(); }); });
}

/// What stays so until somebody mends it; who only does not answer now is on the Sources page.
void Actions::Parts::gatherTroubles()
{
    network.troubles.clear();
    if (!folderTrouble.isEmpty())
        network.troubles.append(folderTrouble);
    for (const BrokenManifest &broken : std::as_const(catalogue.broken))
        network.troubles.append(broken.file + u": "_s + broken.why);
}

void Actions::Parts::applyPolicy()
{
    for (const QString &name : catalogue.offAtFirst()) {
        const QString key = u"source.%1.enabled"_s.arg(name);
        if (!settings.isSet(key))
            settings.set(key, u"false"_s);
    }
    policy = policyFrom(settings, consents, releases);
    policy.sources = sources;
    if (replayed)
        admitRecorded(policy, *replayed);
    for (const auto &info : sources) {
        if (info.needsKey && !keys.isSet(info.name) && !replayed)
            policy.withoutKey.insert(info.name);
    }
    author.name = settings.text(u"author.name"_s);
    if (author.name.isEmpty())
        author.name = qEnvironmentVariable("USER", u"analyst"_s);
    network.mode = replayed                           ? NetworkState::Mode::Recorded
        : policy.cacheOnly                            ? NetworkState::Mode::CacheOnly
        : network.mode == NetworkState::Mode::Offline ? NetworkState::Mode::Offline
                                                      : NetworkState::Mode::Online;
    net.order([policy = policy](Watcher &watcher) { watcher.setPolicy(policy); });
    if (!replayed) {
        net.order([kept = recordedWorkspace()](Watcher &watcher) { watcher.tape().keep(kept); });
    }
    watchFolder();
    tellNetwork();
}

void Actions::Parts::tellNetwork()
{
    Q_EMIT self.networkStateChanged(network);
}

void Actions::Parts::onOnline(bool online)
{
    if (network.mode != NetworkState::Mode::CacheOnly)
        network.mode = online ? NetworkState::Mode::Online : NetworkState::Mode::Offline;
    tellNetwork();
    if (online) {
        forgetResolvers();
        retryQueue();
    }
}

/// Settings or the network changed: what tests said about resolvers says nothing any more.
void Actions::Parts::forgetResolvers()
{
    store->write<Done>([](Writer &writer) { return writer.forgetResolvers(); });
}

/// A changed setting or consent is a reason to try again whatever failed.
void Actions::Parts::resetSource(const QString &source)
{
    net.order([source](Watcher &watcher) { watcher.resetSource(source); });
    if (source == "dns"_L1)
        forgetResolvers();
}

/// What was used up binds on after a restart, however short a run was.
void Actions::Parts::noteQuota(const QString &source, const QByteArray &saved)
{
    const QString key = quotaPrefix + source;
    const QString text = QString::fromUtf8(saved);
    if (settings.text(key) == text)
        return;
    settings.set(key, text);
    quotaNotes.insert(key, text);
    if (!quotaTimer.isActive())
        quotaTimer.start(quotaWriteMs);
}

void Actions::Parts::writeQuotas()
{
    quotaTimer.stop();
    if (quotaNotes.isEmpty())
        return;
    store->write<Done>([notes = std::exchange(quotaNotes, {})](Writer &writer) {
        return writer.rememberNotes(notes);
    });
}

void Actions::Parts::restoreQuotas()
{
    const auto &stored = settings.stored();
    for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
        if (!it.key().startsWith(quotaPrefix))
            continue;
        net.order([source = it.key().mid(quotaPrefix.size()), saved = it.value().toUtf8()](
                      Watcher &watcher) { watcher.restoreQuota(source, saved); });
    }
}

/// Sources whose answers were recorded had one then; it proves nothing to a recording.
void Actions::Parts::tellKeys()
{
    if (replayed) {
        for (const auto &info : sources) {
            if (info.needsKey)
                tellKey(info.name, {KeyState::Found, "recorded:recorded", {}});
        }
        return;
    }
    const auto keyed = keys.all();
    for (const auto &source : keyed)
        tellKey(source, keys.key(source));
}

void Actions::Parts::tellKey(const QString &source, const SourceKey &key)
{
    net.order([source, key](Watcher &watcher) { watcher.setKey(source, key); });
}

void Actions::Parts::onIngested(const IngestReport &report)
{
    for (auto it = report.extended.cbegin(); it != report.extended.cend(); ++it)
        extended[it.key()] += it.value();
    if (!report.touched.isEmpty())
        Q_EMIT self.entitiesTouched(report.touched);
    if (!report.cards.isEmpty())
        Q_EMIT self.cardsRaised(report.cards);
    if (!report.amended.isEmpty())
        Q_EMIT self.cardsChanged();
    if (!report.cards.isEmpty() || !report.amended.isEmpty())
        readOpenCards();
}

void Actions::Parts::readOpenCards()
{
    after(&self, store->read<qint64>([](Reader &reader) { return reader.openCards(); }),
          [this](const Result<qint64> &open) {
              if (open && std::exchange(openCards, *open) != *open)
                  Q_EMIT self.openCardsChanged(*open);
          });
}

const Settings &Actions::settings() const
{
    return m_parts->settings;
}

const Policy &Actions::policy() const
{
    return m_parts->policy;
}

Instant Actions::now() const
{
    return m_parts->clock.now();
}

World Actions::world() const
{
    const Recording *played = m_parts->replayed.get();
    if (!played)
        return World::Own;
    return played->isBundled() ? World::Sample : World::Replay;
}

NetworkState Actions::networkState() const
{
    return m_parts->network;
}

qint64 Actions::openCards() const
{
    return m_parts->openCards;
}

const StoreOpening &Actions::opening() const
{
    return m_parts->store->opening();
}

} // namespace wg
