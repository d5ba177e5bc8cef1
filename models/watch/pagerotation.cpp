// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/pagerotation.h"

#include "core/names.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

bool isOfPage(const QuestionDelta &question)
{
    const Dataset dataset = question.answer.question.dataset;
    return question.answer.presence == Presence::Current
        && (dataset == Dataset::Cookies || dataset == Dataset::HostPairs
            || dataset == Dataset::Components);
}

/// The text with every word that holds a digit as "#": "img7.cdn.net" is "#.cdn.net".
QString shapeOf(const QString &text)
{
    QString shape;
    QString word;
    bool number = false;
    const auto end = [&] {
        shape += number ? u"#"_s : word;
        word.clear();
        number = false;
    };
    for (const QChar c : text) {
        if (c.isLetterOrNumber()) {
            word += c;
            number = number || c.isDigit();
            continue;
        }
        end();
        shape += c;
    }
    end();
    return shape;
}

/// "1,234" and "17" are both one number.
QString titleShape(const QString &text)
{
    QString shape = shapeOf(text);
    for (const QString &joint : {u"#,#"_s, u"#.#"_s}) {
        while (shape.contains(joint))
            shape.replace(joint, u"#"_s);
    }
    return shape;
}

/// Whose a linked host is; nothing for addresses.
QString hands(const Record &record)
{
    if (record.dataset != Dataset::HostPairs || parseAddress(record.value.raw()))
        return {};
    return registeredDomain(record.value.raw());
}

} // namespace

QString pageShape(const Record &record)
{
    const QString text = record.value.raw();
    switch (record.dataset) {
    case Dataset::Cookies: {
        const QString name = text.section("; "_L1, 0, 0);
        return shapeOf(name) + text.sliced(name.size()); // the domain is no number
    }
    case Dataset::HostPairs: {
        const QString domain = hands(record);
        return domain.isEmpty() ? QString() : shapeOf(text.chopped(domain.size())) + domain;
    }
    case Dataset::Components:
        return record.type == "Title"_L1 ? titleShape(text) : QString();
    default:
        return {};
    }
}

PageRotation::PageRotation(const QuestionDelta &question)
    : m_exchanges(isOfPage(question) && question.recentSwaps >= 1
                  && question.answer.outcome != Outcome::Empty)
    , m_rotates(m_exchanges && question.recentSwaps >= 2)
    , m_everyVisit(m_exchanges && question.recentSwaps >= 3)
{
    if (!m_exchanges)
        return;
    QSet<QString> fresh;
    for (const Appeared &appeared : question.appeared)
        fresh.insert(appeared.record.value.raw());
    const auto note = [this](QSet<QString> &keys, const Record &record) {
        keys.insert(pageShape(record));
        if (m_rotates)
            keys.insert(hands(record));
    };
    for (const Vanished &vanished : question.vanished)
        note(m_before, vanished.record);
    for (const Record &record : question.answer.records) {
        note(m_now, record);
        if (m_rotates && !fresh.contains(record.value.raw()))
            note(m_before, record);
    }
    m_before.remove(QString());
    m_now.remove(QString());
}

bool PageRotation::isIn(const QSet<QString> &others, const Record &record) const
{
    return m_exchanges && (others.contains(pageShape(record)) || others.contains(hands(record)));
}

bool PageRotation::isMember(const Appeared &appeared) const
{
    return isIn(m_before, appeared.record);
}

bool PageRotation::isMember(const Vanished &vanished) const
{
    return isIn(m_now, vanished.record);
}

bool PageRotation::isMember(const Altered &altered) const
{
    const QString shape = pageShape(altered.after);
    return m_exchanges && !shape.isEmpty() && (m_everyVisit || shape == pageShape(altered.before));
}

} // namespace wg
