// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verbs.h"

#include "core/nearest.h"
#include "core/untrustedtext.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr OptionInfo lookupOptions[] = {
    {"--dataset", "NAME", QT_TRANSLATE_NOOP("CommandLine", "only this dataset; may be repeated")},
    {"--offline", "", QT_TRANSLATE_NOOP("CommandLine", "ask nobody, answer from the cache")},
    {"--source", "NAME",
     QT_TRANSLATE_NOOP("CommandLine",
                       "ask only this source, also one that is asked on demand; may be given "
                       "several times")},
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
    {"--format", "NAME",
     QT_TRANSLATE_NOOP("CommandLine",
                       "what the file is, where its first lines do not tell: cof, zone, entities, "
                       "csv, squid, clf, zeek, iptables, filterlog or json")},
    {"--map", "COLUMN=FIELD,…",
     QT_TRANSLATE_NOOP("CommandLine",
                       "what the columns of a table hold: entity, dataset, type, value, "
                       "first_seen, last_seen, count, host or detail.NAME; a column is named by "
                       "its header, by its place below a header (#1), or by its place in a table "
                       "without one (1)")},
    {"--dataset", "NAME",
     QT_TRANSLATE_NOOP("CommandLine", "the dataset of a table's rows that name none")},
};

constexpr OptionInfo sourceOptions[] = {
    {"--speed", "N",
     QT_TRANSLATE_NOOP("CommandLine",
                       "replay: N seconds of the recording in each second; without it from one "
                       "thing to the next")},
};

constexpr int anyNumber = -1;
/// Right words that a mistake lists when none is near.
constexpr qsizetype mostNamed = 5;

constexpr VerbInfo table[] = {
    {"lookup", "ENTITY",
     QT_TRANSLATE_NOOP("CommandLine", "ask about a domain or an address, and tell what it is"),
     lookupOptions, 1},
    {"monitor", "add|remove|list|check [ENTITY…]",
     QT_TRANSLATE_NOOP("CommandLine", "switch eyes on and off, list them, check some now"),
     monitorOptions, anyNumber},
    {"poll", "", QT_TRANSLATE_NOOP("CommandLine", "check eyes now and raise cards"), pollOptions,
     0},
    {"alerts", "[ack|snooze|reopen ID…]",
     QT_TRANSLATE_NOOP("CommandLine", "list cards, or acknowledge, snooze or reopen some"),
     alertOptions, anyNumber},
    {"rule",
     "list|add|remove [ID…]",
     QT_TRANSLATE_NOOP("CommandLine",
                       "list what is hidden, hide changes like an alert's, show them "
                       "again"),
     {},
     anyNumber},
    {"import", "FILE|-",
     QT_TRANSLATE_NOOP("CommandLine",
                       "take passive DNS (COF NDJSON), a zone file, a table, a log of your own "
                       "traffic or a list of entities"),
     importOptions, 1},
    {"config",
     "get|set|unset|list [KEY [VALUE] …]",
     QT_TRANSLATE_NOOP("CommandLine", "read and change settings, several at once with set"),
     {},
     anyNumber},
    {"source", "list|show|test|set-key|remove-key [NAME], recordings [start|stop|replay DIR]",
     QT_TRANSLATE_NOOP("CommandLine",
                       "list the sources, show or try one; give it a key (read from "
                       "standard input); record what they answer, replay it"),
     sourceOptions, 3},
    {"undo", "", QT_TRANSLATE_NOOP("CommandLine", "take back the last thing you did"), {}, 0},
    {"backup",
     "[FILE]",
     QT_TRANSLATE_NOOP("CommandLine", "write a verified copy of the workspace"),
     {},
     1},
    {"restore",
     "FILE",
     QT_TRANSLATE_NOOP("CommandLine", "put a backup in the workspace's place"),
     {},
     1},
    {"check", "", QT_TRANSLATE_NOOP("CommandLine", "look the workspace over for damage"), {}, 0},
    {"serve",
     "",
     QT_TRANSLATE_NOOP("CommandLine", "watch without a window until it is stopped"),
     {},
     0},
};

constexpr OptionInfo commonOptions[] = {
    {"--workspace", "DIR", QT_TRANSLATE_NOOP("CommandLine", "folder of the workspace")},
    {"--sample", "",
     QT_TRANSLATE_NOOP("CommandLine",
                       "the bundled story, in a workspace of its own, without network")},
    {"--json", "", QT_TRANSLATE_NOOP("CommandLine", "one JSON document on standard output")},
    {"--help", "", QT_TRANSLATE_NOOP("CommandLine", "what can be done, and how")},
    {"--version", "",
     QT_TRANSLATE_NOOP("CommandLine", "versions of the program and its libraries")},
};

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
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
    return unknownWord(tr("option"), name, names);
}

/// Verbs that scripts may know from elsewhere: they will come.
constexpr QLatin1String plannedVerbs[] = {"tag"_L1,     "classify"_L1, "export"_L1,
                                          "project"_L1, "digest"_L1,   "account"_L1};

Error unknownVerb(const QString &word)
{
    if (std::find(std::begin(plannedVerbs), std::end(plannedVerbs), word) != std::end(plannedVerbs))
        return {ErrorCode::Usage, tr("\"%1\" is not there yet; --help tells what is").arg(word)};
    QStringList names;
    for (const auto &verb : table)
        names.append(QLatin1String(verb.name));
    return unknownWord(tr("verb"), word, names);
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
            if (const auto error = takeWord(word))
                return *error;
        }
        return m_command;
    }

private:
    std::optional<Error> takeWord(const QString &word)
    {
        if (m_plainOnly)
            return takePlain(word);
        if (word == "--"_L1) {
            m_plainOnly = m_verb != nullptr;
            return std::nullopt;
        }
        if (word == "-h"_L1)
            return takeOption(u"--help"_s);
        // Before the verb a dash can begin nothing but an option; after it, also a value.
        if (word.startsWith("--"_L1) || (!m_verb && word.startsWith(u'-')))
            return takeOption(word);
        return takePlain(word);
    }

    std::optional<Error> takePlain(const QString &word)
    {
        if (!m_verb && word == "help"_L1) {
            m_command.help = true;
            return std::nullopt;
        }
        if (!m_verb) {
            m_verb = verbInfo(word);
            m_command.verb = word;
            return m_verb ? std::nullopt : std::optional(unknownVerb(word));
        }
        m_command.arguments.append(word);
        if (m_verb->mostArguments == anyNumber
            || m_command.arguments.size() <= m_verb->mostArguments)
            return std::nullopt;
        return Error{ErrorCode::Usage,
                     tr("\"%1\" is one word too many for %2; try %2 --help")
                         .arg(madeVisible(word, 60), m_command.verb)};
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
            value = equals >= 0 ? word.mid(equals + 1) : m_words.value(m_at++);
            if (value.isEmpty()) {
                return Error{
                    ErrorCode::Usage,
                    tr("%1 needs a value: %2").arg(name, QString::fromUtf8(option->value))};
            }
        } else if (equals >= 0) {
            return Error{ErrorCode::Usage, tr("%1 takes no value").arg(name)};
        }
        keep(name, value);
        return std::nullopt;
    }

    void keep(const QString &name, const QString &value)
    {
        if (name == "--json"_L1)
            m_command.form = OutputForm::Json;
        else if (name == "--help"_L1)
            m_command.help = true;
        else if (name == "--version"_L1)
            m_command.version = true;
        else if (name == "--sample"_L1)
            m_command.sample = true;
        else if (name == "--workspace"_L1)
            m_command.workspace = value;
        else
            m_command.options[name].append(value);
    }

    QStringList m_words;
    qsizetype m_at = 0;
    bool m_plainOnly = false;
    const VerbInfo *m_verb = nullptr;
    CommandLine m_command;
};

/// What is as wide as the column has a line of its own.
QString helpLine(const char *name, const char *value, int column, const char *meaning)
{
    const QString head = (QLatin1String(name) + u' ' + QString::fromUtf8(value)).trimmed();
    const QString gap = head.size() < column ? QString(column - head.size(), u' ')
                                             : u'\n' + QString(column + 2, u' ');
    return u"  "_s + head + gap + tr(meaning) + u'\n';
}

QString optionLine(const OptionInfo &option)
{
    return helpLine(option.name, option.value, 24, option.meaning);
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

Error unknownWord(const QString &what, const QString &word, const QStringList &right)
{
    const QString shown = madeVisible(word, 60);
    const QString near = nearestWord(word.left(100), right);
    if (!near.isEmpty())
        return {ErrorCode::Usage,
                tr("unknown %1 \"%2\"; did you mean \"%3\"?").arg(what, shown, near)};
    if (right.size() <= mostNamed)
        return {ErrorCode::Usage,
                tr("unknown %1 \"%2\"; it takes: %3").arg(what, shown, right.join(u", "_s))};
    return {ErrorCode::Usage, tr("unknown %1 \"%2\"; --help tells what there is").arg(what, shown)};
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
        for (const auto &each : table)
            text += helpLine(each.name, each.arguments, 44, each.meaning);
        text += u'\n';
    }
    for (const auto &option : commonOptions)
        text += optionLine(option);
    text += tr("\nExit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 unreachable.\n");
    return text;
}

} // namespace wg
