// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <QCommandLineParser>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace telltale {

struct CliOption {
    const char* name; ///< without dashes
    const char* value; ///< name of the value, null for a switch
    const char* help;
    const char* fallback = nullptr;
};

/// What a command got, checked against its table entry.
class CliArguments {
public:
    explicit CliArguments(const QCommandLineParser& parser) : m_parser(parser) { }
    QStringList positional() const { return m_parser.positionalArguments(); }
    std::filesystem::path path(int index) const
    {
        return m_parser.positionalArguments().at(index).toStdString();
    }
    bool has(const char* name) const { return m_parser.isSet(QString::fromLatin1(name)); }
    std::string text(const char* name) const
    {
        return m_parser.value(QString::fromLatin1(name)).toStdString();
    }
    /// Of an option that may stand several times, in order.
    QStringList texts(const char* name) const { return m_parser.values(QString::fromLatin1(name)); }
    /// Usage error that names the option unless it is a number in [low, high].
    Result<int64_t> integer(const char* name, int64_t low, int64_t high) const;
    Result<double> number(const char* name, double low, double high) const;

private:
    const QCommandLineParser& m_parser;
};

/// Where a command writes: results to stdout (text, or one JSON document with --json), the rest to stderr.
class CliConsole {
public:
    explicit CliConsole(bool json);
    bool json() const { return m_json; }
    /// Progress on stderr (one line that is rewritten on a terminal, lines at 10 % steps otherwise); Ctrl-C
    /// cancels.
    ProgressSink& progress();
    void print(const std::string& text); ///< stdout, nothing with --json
    void note(const std::string& text); ///< stderr
    void result(const nlohmann::json& document); ///< stdout, only with --json

private:
    bool m_json;
};

/// One row of the command table. `run` returns ok (exit 0), ErrorCode::Usage (2), Cancelled (130), or else
/// (1).
struct CliCommand {
    const char* name; ///< "probe", "project new"
    const char* arguments; ///< as shown in the usage line
    const char* summary;
    int minimum; ///< positional arguments
    int maximum; ///< -1: any number
    std::vector<CliOption> options;
    std::function<Status(const CliArguments&, CliConsole&)> run;
};

/// Each app/cli/*commands.cpp contributes its rows.
std::vector<CliCommand> mediaCommands(); ///< probe, frame
std::vector<CliCommand> videoCommands(); ///< proxy, clip
std::vector<CliCommand> poseCommands(); ///< pose
std::vector<CliCommand> layoutCommands(); ///< layouts | layouts show | layouts check
std::vector<CliCommand> poseModelCommands(); ///< models list | verify | add
std::vector<CliCommand> weightCommands(); ///< weights info | convert
std::vector<CliCommand> heatmapCommands(); ///< heatmap
std::vector<CliCommand>
trackCommands(); ///< track info | fit | map | fill | smooth | swap | split | join | keep
std::vector<CliCommand> synthCommands(); ///< synth
std::vector<CliCommand> projectCommands(); ///< project new | add | sync | info
std::vector<CliCommand> teamCommands(); ///< project push | pull | members | assign
std::vector<CliCommand> checkCommands(); ///< project check | snapshots | restore | repair
std::vector<CliCommand> editCommands(); ///< project accept | log | scheme
std::vector<CliCommand> relocateCommands(); ///< project relocate
std::vector<CliCommand> exchangeCommands(); ///< import, export, formats
std::vector<CliCommand> clipCommands(); ///< clips synth | export | info
std::vector<CliCommand> videoSetCommands(); ///< videos synth | export | utkinect | info
std::vector<CliCommand> evaluateCommands(); ///< evaluate
std::vector<CliCommand> benchCommands(); ///< bench
#ifdef TELLTALE_WITH_REPORT
std::vector<CliCommand> reportCommands(); ///< report
#endif
std::vector<CliCommand> cacheCommands(); ///< cache info | clean | limit | verify
std::vector<CliCommand> modelCommands(); ///< demo, analyze, retrain
std::vector<CliCommand> pretrainCommands(); ///< pretrain
std::vector<CliCommand> liveCommands(); ///< live
std::vector<CliCommand> trainCommands(); ///< train, predict, adapt, ablate, crossvalidate

/// Parses, dispatches, prints the error sentence; returns the exit status.
int runCli(const QStringList& arguments);

} // namespace telltale
