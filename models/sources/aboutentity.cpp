// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/aboutentity.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Puts one entity into the parts of a question.
class Filler
{
public:
    explicit Filler(const QString &entity)
        : m_entity(entity)
    { }

    void fill(RecordRule &rule) const
    {
        for (Condition &condition : rule.only)
            fill(condition);
        for (Expression *expression :
             {&rule.name, &rule.type, &rule.value, &rule.owner, &rule.first, &rule.last})
            fill(*expression);
        for (auto *named : {&rule.attributes, &rule.details}) {
            for (auto &[name, expression] : *named)
                fill(expression);
        }
    }

    void fill(Condition &condition) const
    {
        fill(condition.transforms);
        for (QStringList *words : {&condition.is, &condition.isNot}) {
            for (QString &word : *words)
                fill(word);
        }
        fill(condition.words);
    }

private:
    void fill(QString &text) const { text.replace("{entity}"_L1, m_entity); }

    void fill(QList<Transform> &transforms) const
    {
        for (Transform &transform : transforms)
            fill(transform.argument);
    }

    void fill(Expression &expression) const
    {
        fill(expression.constant);
        fill(expression.transforms);
    }

    const QString &m_entity;
};

} // namespace

ManifestQuestion aboutEntity(ManifestQuestion question, const Artifact &asked)
{
    const Filler filler(asked.value);
    for (Condition &condition : question.conditions)
        filler.fill(condition);
    for (RecordRule &rule : question.records)
        filler.fill(rule);
    return question;
}

} // namespace wg
