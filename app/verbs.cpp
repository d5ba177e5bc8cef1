// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verbs.h"

#include "core/untrustedtext.h"

#include <QCoreApplication>
#include <algorithm>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr OptionInfo lookupOptions[] = {
    {"--dataset", "NAME", QT_TRANSLATE_NOOP("CommandLine", "only this dataset; may be repeated")},
    {"--offline", "", QT_TRANSLATE_NOOP("CommandLine", "ask nobody, answer from the cache")},
    {"--ask-anyway", "",
     QT_TRANSLATE_NOOP("CommandLine", "let a name go out that may have been made for one victim")},
};
constexpr OptionInfo monitorOptions[] = {
    {"--file", "FILE",
     QT_TRANSLATE_NOOP("CommandLine",
                       "read entities from a file, one a line; - is standard input")},
};
constexpr OptionInfo pollOptions[] = {
    {"--due", "", QT_TRANSLATE_NOOP("CommandLine", "what is due (the default)")},
    {"--all", "", QT_TRANSLATE_NOOP("CommandLine", "every switched-on eye, due or not")},
};
constexpr OptionInfo alertOptions[] = {
    {"--entity", "ENTITY", QT_TRANSLATE_NOOP("CommandLine", "about or concerning this entity")},
    {"--day", "YYYY-MM-DD", QT_TRANSLATE_NOOP("CommandLine", "raised on this UTC day")},
    {"--dataset", "NAME", QT_TRANSLATE_NOOP("CommandLine", "with changes of this dataset")},
    {"--after", "ID", QT_TRANSLATE_NOOP("CommandLine", "only newer ones than this, oldest first")},
    {"--suppressed", "", QT_TRANSLATE_NOOP("CommandLine", "also those that a rule hides")},
    {"--limit", "N", QT_TRANSLATE_NOOP("CommandLine", "at most N (100000)")},
    {"--until", "TIME",
     QT_TRANSLATE_NOOP("CommandLine", "snooze: RFC 3339 time; without it until the next change")},
};
constexpr OptionInfo importOptions[] = {
    {"--watch", "", QT_TRANSLATE_NOOP("CommandLine", "switch the eye of every listed entity on")},
};

constexpr VerbInfo table[] = {
    {"lookup", "ENTITY", QT_TRANSLATE_NOOP("CommandLine", "ask about a domain or an address"),
     lookupOptions},
    {"monitor", "add|remove|list|check [ENTITY…]",
     QT_TRANSLATE_NOOP("CommandLine", "switch eyes on and off, list them, check some now"),
     monitorOptions},
    {"poll", "", QT_TRANSLATE_NOOP("CommandLine", "check eyes now and raise cards"), pollOptions},
    {"alerts", "[ack|snooze|reopen ID…]",
     QT_TRANSLATE_NOOP("CommandLine", "list cards, or acknowledge, snooze or reopen some"),
     alertOptions},
    {"import", "FILE|-",
     QT_TRANSLATE_NOOP("CommandLine", "take passive DNS (COF NDJSON) or a list of entities"),
     importOptions},
    {"config",
     "get|set|unset|list [KEY [VALUE]]",
     QT_TRANSLATE_NOOP("CommandLine", "read and change settings"),
     {}},
    {"source",
     "list|test [NAME]",
     QT_TRANSLATE_NOOP("CommandLine", "list the sources, or try one"),
     {}},
    {"undo", "", QT_TRANSLATE_NOOP("CommandLine", "take back the last thing you did"), {}},
    {"backup",
     "[FILE]",
     QT_TRANSLATE_NOOP("CommandLine", "write a verified copy of the workspace"),
     {}},
    {"restore",
     "FILE",
     QT_TRANSLATE_NOOP("CommandLine", "put a backup in the workspace's place"),
     {}},
    {"check", "", QT_TRANSLATE_NOOP("CommandLine", "look the workspace over for damage"), {}},
    {"serve",
     "",
     QT_TRANSLATE_NOOP("CommandLine", "watch without a window until it is stopped"),
     {}},
};

constexpr OptionInfo commonOptions[] = {
    {"--workspace", "DIR", QT_TRANSLATE_NOOP("CommandLine", "folder of the workspace")},
    {"--json", "", QT_TRANSLATE_NOOP("CommandLine", "one JSON document on standard output")},
    {"--help", "", QT_TRANSLATE_NOOP("CommandLine", "what can be done, and how")},
    {"--version", "",
     QT_TRANSLATE_NOOP("CommandLine", "versions of the program and its libraries")},
};

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// Levenshtein distance: small words only.
int distance(const QString &a, const QString &b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i) + 1);
        for (size_t j = 1; j < row.size(); ++j) {
            const int change = diagonal + (a[i] == b[qsizetype(j) - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({change, row[j] + 1, row[j - 1] + 1}));
        }
    }
    return row.back();
}

QString nearest(const QString &word, const QStringList &among)
{
    return *std::min_element(among.cbegin(), among.cend(), [&](const QString &a, const QString &b) {
        return distance(word, a) < distance(word, b);
    });
}

const OptionInfo *findOption(std::span<const OptionInfo> options, const QString &name)
{
    const auto it = std::find_if(options.begin(), options.end(), [&](const auto &option) {
        return name == QLatin1String(option.name);
    });
    return it == options.end() ? nullptr : &*it;
}

Error unknownOption(const VerbInfo *verb, const QString &name)
{
    QStringList names;
    for (const auto &option : commonOptions)
        names.append(QLatin1String(option.name));
    for (const auto &option : verb ? verb->options : std::span<const OptionInfo>())
        names.append(QLatin1String(option.name));
    return {ErrorCode::Usage,
            tr("unknown option \"%1\"; did you mean \"%2\"?")
                .arg(madeVisible(name, 60), nearest(name, names))};
}

Error unknownVerb(const QString &name)
{
    QStringList names;
    for (const auto &verb : table)
        names.append(QLatin1String(verb.name));
    return {ErrorCode::Usage,
            tr("unknown verb \"%1\"; did you mean \"%2\"?")
                .arg(madeVisible(name, 60), nearest(name, names))};
}

/// Reads words one after the other into a CommandLine.
class CommandReader
{
public:
    explicit CommandReader(QStringList words)
        : m_words(std::move(words))
    { }

    Result<CommandLine> read()
    {
        while (m_at < m_words.size()) {
            const QString word = m_words[m_at++];
            if (m_plainOnly || !word.startsWith("--"_L1))
                takePlain(word);
            else if (word == "--"_L1)
                m_plainOnly = !m_command.verb.isEmpty();
            else if (const auto error = takeOption(word))
                return *error;
            if (m_error)
                return *m_error;
        }
        return m_command;
    }

private:
    void takePlain(const QString &word)
    {
        if (!m_command.verb.isEmpty()) {
            m_command.arguments.append(word);
            return;
        }
        m_verb = verbInfo(word);
        if (!m_verb)
            m_error = unknownVerb(word);
        m_command.verb = word;
    }

    std::optional<Error> takeOption(const QString &word)
    {
        const auto equals = word.indexOf(u'=');
        const QString name = word.left(equals);
        const OptionInfo *option = findOption(commonOptions, name);
        if (!option && m_verb)
            option = findOption(m_verb->options, name);
        if (!option)
            return unknownOption(m_verb, name);
        QString value;
        if (*option->value != '\0') {
            if (equals < 0 && m_at >= m_words.size()) {
                return Error{ErrorCode::Usage,
                             tr("%1 needs a value: %2").arg(name, QLatin1String(option->value))};
            }
            value = equals >= 0 ? word.mid(equals + 1) : m_words[m_at++];
        } else if (equals >= 0) {
            return Error{ErrorCode::Usage, tr("%1 takes no value").arg(name)};
        }
        keep(name, value);
        return std::nullopt;
    }

    void keep(const QString &name, const QString &value)
    {
        if (name == "--json"_L1)
            m_command.json = true;
        else if (name == "--help"_L1)
            m_command.help = true;
        else if (name == "--version"_L1)
            m_command.version = true;
        else if (name == "--workspace"_L1)
            m_command.workspace = value;
        else
            m_command.options[name].append(value);
    }

    QStringList m_words;
    qsizetype m_at = 0;
    bool m_plainOnly = false;
    const VerbInfo *m_verb = nullptr;
    std::optional<Error> m_error;
    CommandLine m_command;
};

QString optionLine(const OptionInfo &option)
{
    const QString head = QLatin1String(option.name) + u' ' + QString::fromUtf8(option.value);
    return u"  "_s + head.trimmed().leftJustified(24) + tr(option.meaning) + u'\n';
}

} // namespace

std::span<const VerbInfo> verbTable()
{
    return table;
}

const VerbInfo *verbInfo(const QString &name)
{
    const auto it = std::find_if(std::begin(table), std::end(table), [&](const auto &verb) {
        return name == QLatin1String(verb.name);
    });
    return it == std::end(table) ? nullptr : &*it;
}

Result<CommandLine> parseCommand(const QStringList &arguments)
{
    return CommandReader(arguments).read();
}

QString helpText(const QString &verbName)
{
    const VerbInfo *verb = verbInfo(verbName);
    QString text;
    if (verb) {
        text = u"watchglass %1 %2\n  %3\n\n"_s.arg(
            QLatin1String(verb->name), QString::fromUtf8(verb->arguments), tr(verb->meaning));
        for (const auto &option : verb->options)
            text += optionLine(option);
    } else {
        text = tr("Watchglass: look Internet infrastructure up, keep an eye on it, be told what "
                  "changed.\n\n"
                  "watchglass              opens the window\n"
                  "watchglass VERB …       does one thing and ends\n\n");
        for (const auto &each : table) {
            const QString head =
                QLatin1String(each.name) + u' ' + QString::fromUtf8(each.arguments);
            text += u"  "_s + head.trimmed().leftJustified(44) + tr(each.meaning) + u'\n';
        }
        text += u'\n';
    }
    for (const auto &option : commonOptions)
        text += optionLine(option);
    text += tr("\nExit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 unreachable.\n");
    return text;
}

} // namespace wg
