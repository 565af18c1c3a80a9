// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "base/files.h"
#include "base/numbers.h"
#include <QElapsedTimer>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace telltale {
namespace {

volatile std::sig_atomic_t interrupted = 0;

class StderrProgress final : public ProgressSink {
public:
    bool cancelled() const override { return interrupted != 0; }
    void report(int64_t done, int64_t total, std::string_view what) override
    {
        const std::lock_guard lock(m_mutex);
        const bool stageChanged = m_stage != what;
        const int percent = total > 0 ? static_cast<int>(done * 100 / total) : 0;
        const bool finished = total > 0 && done >= total;
        if (!stageChanged && percent == m_percent)
            return;
        const bool terminal = ::isatty(STDERR_FILENO) != 0;
        if (terminal && !finished && !stageChanged && m_clock.isValid() && m_clock.elapsed() < 100)
            return;
        if (!terminal && !stageChanged && !finished && percent / 10 == m_percent / 10)
            return;
        m_clock.start();
        m_stage = what;
        m_percent = percent;
        std::fprintf(stderr, "%s%s %3d %%%s", terminal ? "\r\033[K" : "", m_stage.c_str(), percent,
            terminal && !finished ? "" : "\n");
    }

private:
    std::mutex m_mutex;
    std::string m_stage;
    int m_percent = -1;
    QElapsedTimer m_clock;
};

std::vector<CliCommand> commandTable()
{
    std::vector<CliCommand> all;
    for (const auto& part : {modelCommands(), pretrainCommands(), trainCommands(), liveCommands(),
             projectCommands(), teamCommands(), relocateCommands(), checkCommands(), editCommands(),
             exchangeCommands(), mediaCommands(), videoCommands(), poseCommands(), layoutCommands(),
             poseModelCommands(), weightCommands(), heatmapCommands(), trackCommands(), synthCommands(),
             clipCommands(), videoSetCommands(), evaluateCommands(), cacheCommands(), benchCommands()})
        all.insert(all.end(), part.begin(), part.end());
#ifdef TELLTALE_WITH_REPORT
    const auto drawing = reportCommands();
    all.insert(all.end(), drawing.begin(), drawing.end());
#endif
    return all;
}

void printUsage(const std::vector<CliCommand>& table, FILE* out)
{
    std::fprintf(
        out, "telltale-cli %s: everything Telltale does, without a display\n\n", versionText().c_str());
    for (const CliCommand& command : table)
        std::fprintf(
            out, "  telltale-cli %-16s %s\n%22s%s\n", command.name, command.arguments, "", command.summary);
    std::fprintf(out,
        "\n  telltale-cli COMMAND --help lists its options; --json prints one JSON document.\n"
        "  Exit status: 0 done, 1 failed, 2 wrong usage, 130 cancelled.\n");
}

/// Longest command name that the arguments start with, so that "project add" wins over "project".
const CliCommand* findCommand(const std::vector<CliCommand>& table, const QStringList& arguments, int& words)
{
    for (words = 2; words >= 1; --words) {
        const QString name = arguments.mid(0, words).join(QLatin1Char(' '));
        for (const CliCommand& command : table)
            if (arguments.size() >= words && name == QLatin1String(command.name))
                return &command;
    }
    return nullptr;
}

int exitStatus(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Usage:
        return 2;
    case ErrorCode::Cancelled:
        return 130;
    default:
        return 1;
    }
}

Error usageError(const char* option, const std::string& what)
{
    return {ErrorCode::Usage, "--" + std::string(option) + " " + what};
}

int runCommand(const CliCommand& command, const QStringList& rest)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), QStringLiteral("print one JSON document on stdout")});
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("show this help")});
    for (const CliOption& option : command.options) {
        QCommandLineOption row(QString::fromLatin1(option.name), QString::fromUtf8(option.help));
        if (option.value)
            row.setValueName(QString::fromLatin1(option.value));
        if (option.fallback)
            row.setDefaultValue(QString::fromLatin1(option.fallback));
        parser.addOption(row);
    }
    const bool parsed = parser.parse(QStringList{QString::fromLatin1(command.name)} + rest);
    const auto count = parser.positionalArguments().size();
    const auto usage = [&](FILE* out) {
        std::fprintf(out, "telltale-cli %s %s\n  %s\n", command.name, command.arguments, command.summary);
        for (const CliOption& option : command.options)
            std::fprintf(out, "  --%s%s%s  %s%s%s%s\n", option.name, option.value ? " " : "",
                option.value ? option.value : "", option.help, option.fallback ? " (default " : "",
                option.fallback ? option.fallback : "", option.fallback ? ")" : "");
    };
    if (parsed && parser.isSet(QStringLiteral("help"))) {
        usage(stdout);
        return 0;
    }
    if (!parsed || count < command.minimum || (command.maximum >= 0 && count > command.maximum)) {
        if (!parsed)
            std::fprintf(stderr, "%s\n", qPrintable(parser.errorText()));
        usage(stderr);
        return 2;
    }
    CliConsole console(parser.isSet(QStringLiteral("json")));
    const Status status = command.run(CliArguments(parser), console);
    if (status)
        return 0;
    std::fprintf(stderr, "telltale-cli: %s\n", status.error().message.c_str());
    return exitStatus(status.error());
}

} // namespace

Result<int64_t> CliArguments::integer(const char* name, int64_t low, int64_t high) const
{
    bool ok = false;
    const qlonglong value = m_parser.value(QString::fromLatin1(name)).toLongLong(&ok);
    if (!ok || value < low || value > high)
        return usageError(
            name, "wants a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return static_cast<int64_t>(value);
}

Result<double> CliArguments::number(const char* name, double low, double high) const
{
    bool ok = false;
    const double value = m_parser.value(QString::fromLatin1(name)).toDouble(&ok);
    if (!ok || !(value >= low && value <= high))
        return usageError(name, "wants a number from " + std::to_string(low) + " to " + std::to_string(high));
    return value;
}

CliConsole::CliConsole(bool json) : m_json(json) { }

ProgressSink& CliConsole::progress()
{
    static StderrProgress sink;
    std::signal(SIGINT, [](int) { interrupted = 1; });
    std::signal(SIGTERM, [](int) { interrupted = 1; });
    return sink;
}

void CliConsole::print(const std::string& text)
{
    if (!m_json)
        std::fprintf(stdout, "%s\n", text.c_str());
}

void CliConsole::note(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

void CliConsole::result(const nlohmann::json& document)
{
    if (m_json)
        std::fprintf(
            stdout, "%s\n", document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

int runCli(const QStringList& arguments)
{
    numbersHavePoints();
    const std::vector<CliCommand> table = commandTable();
    if (arguments.isEmpty() || arguments.first() == QLatin1String("--help")
        || arguments.first() == QLatin1String("-h")) {
        printUsage(table, arguments.isEmpty() ? stderr : stdout);
        return arguments.isEmpty() ? 2 : 0;
    }
    if (arguments.first() == QLatin1String("--version")) {
        std::printf("telltale-cli %s\n", versionText().c_str());
        return 0;
    }
    int words = 0;
    const CliCommand* command = findCommand(table, arguments, words);
    if (!command) {
        std::fprintf(stderr, "telltale-cli: there is no command '%s'\n\n", qPrintable(arguments.first()));
        printUsage(table, stderr);
        return 2;
    }
    return runCommand(*command, arguments.mid(words));
}

} // namespace telltale
