// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include "core/ids.h"

#include <QCoreApplication>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace wg;

namespace {

/// One pass of round n about a name: one address that no round before had.
Pass passOf(int n)
{
    const Artifact name{ArtifactKind::Domain, u"example.com"_s};
    Observation answer;
    answer.question = {name, Dataset::Resolutions, u"dns@192.0.2.53"_s, u"A"_s};
    answer.outcome = Outcome::Truncated;
    answer.at = Instant{1'790'000'000'000 + n * hourMs};
    Record record;
    record.owner = name;
    record.dataset = Dataset::Resolutions;
    record.type = u"A"_s;
    record.value =
        UntrustedText::trusted(u"10.%1.%2.%3"_s.arg(n / 65536).arg(n / 256 % 256).arg(n % 256));
    answer.records = {record};
    return {name, answer.question.source, Purpose::Poll, {answer}};
}

Verdict oneCard(const Delta &delta)
{
    Verdict verdict;
    Card card;
    card.entity = delta.asked;
    card.concerns = {delta.asked};
    card.datasets = {Dataset::Resolutions};
    card.detectedAt = delta.at;
    card.source = delta.source;
    card.id = contentUuid(QByteArray::number(delta.at.ms));
    Change change;
    change.id = contentUuid("change" + QByteArray::number(delta.at.ms));
    change.question = delta.questions.constFirst().answer.question;
    change.record = delta.questions.constFirst().appeared.constFirst().record;
    card.changes = {change};
    verdict.cards = {card};
    return verdict;
}

} // namespace

/// Ingests rounds FROM… into WORKSPACE and prints the number of every acknowledged one; with a
/// third argument no file may grow beyond so many bytes.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    SystemClock clock;
    auto opened = Store::open({arguments.value(1), {}, &clock});
    if (!opened) {
        std::printf("cannot open: %s\n", qPrintable(opened.error().detail));
        return 1;
    }
    if (arguments.size() > 3) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{arguments.value(3).toULongLong(), RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    Store &store = **opened;
    IngestRules rules;
    rules.judge = oneCard;
    for (int n = arguments.value(2).toInt();; ++n) {
        auto done = store.write<IngestReport>(
            [n, rules](Writer &writer) { return writer.ingest({passOf(n)}, rules); });
        const auto report = done.result();
        if (!report) {
            std::printf("error %d %s\n", int(report.error().code),
                        qPrintable(report.error().detail));
            return 0;
        }
        std::printf("%d\n", n);
        std::fflush(stdout);
    }
}
