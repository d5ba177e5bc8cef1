// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/maxmindsource.h"

#include "sources/httpsource.h"
#include "sources/maxmindparse.h"
#include "sources/sourceinfos.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace wg {

MaxmindSource::MaxmindSource(const Gate &gate, const Clock &clock, QObject *parent)
    : Source(parent)
    , m_gate(gate)
    , m_clock(clock)
{ }

SourceInfo MaxmindSource::info() const
{
    return maxmindInfo();
}

Artifact MaxmindSource::subject(const Entity &entity) const
{
    return isAddress(entity) ? entity : Artifact();
}

/// Opening a broken file again would say the same, and libmaxminddb 1.7 leaks at each.
Result<Done> MaxmindSource::open(const QString &path)
{
    const QFileInfo now(path);
    if (m_broken && m_broken->path == path && m_broken->modified == now.lastModified()
        && m_broken->size == now.size())
        return m_broken->why;
    m_broken.reset();
    m_file.reset();
    const auto opened = MmdbFile::open(path);
    if (!opened) {
        if (opened.error().code == ErrorCode::Malformed)
            m_broken = Broken{path, now.lastModified(), now.size(), opened.error()};
        return opened.error();
    }
    m_path = path;
    m_file = *opened;
    return Done{};
}

/// The file is opened anew when the setting names another, and when it was written over.
Result<QJsonObject> MaxmindSource::look(const QString &address)
{
    const QString path = m_gate.policy().files.value(u"maxmind"_s);
    if (!m_file || m_path != path || !m_file->isCurrent()) {
        if (const auto opened = open(path); !opened)
            return opened.error();
    }
    return m_file->about(address);
}

void MaxmindSource::ask(const AskOrder &order, AskDone done)
{
    RawPass pass{order.subject, u"maxmind"_s, order.purpose, {}, parseMaxmind};
    RawAnswer answer;
    answer.question = {order.subject, Dataset::Network, u"maxmind"_s, u"file"_s};
    answer.at = m_clock.now();
    // No permit is asked for: nothing leaves this machine.
    if (m_gate.policy().disabledSources.contains(u"maxmind"_s)) {
        answer.failure = Outcome::Refused;
        answer.detail = u"maxmind is switched off"_s;
        answer.sent = false;
    } else if (m_gate.policy().files.value(u"maxmind"_s).isEmpty()) {
        return done(std::move(pass));
    } else if (const auto told = look(order.subject.value)) {
        answer.bytes = QJsonDocument(*told).toJson(QJsonDocument::Compact);
    } else {
        answer.failure = outcomeOf(told.error().code);
        answer.detail = told.error().detail;
    }
    pass.answers.append(answer);
    done(std::move(pass));
}

void MaxmindSource::test(std::function<void(Outcome, QString)> done)
{
    if (m_gate.policy().files.value(u"maxmind"_s).isEmpty())
        return done(Outcome::Refused, u"no file is named: set source.maxmind.file"_s);
    const auto told = look(u"193.0.6.139"_s);
    if (!told)
        return done(outcomeOf(told.error().code), told.error().detail);
    done(Outcome::Complete,
         u"%1, made on %2"_s.arg(told->value("file"_L1).toString(),
                                 told->value("built"_L1).toString().left(10)));
}

} // namespace wg
