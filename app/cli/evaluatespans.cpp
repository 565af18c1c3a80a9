// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/evaluatespans.h"
#include "app/cli/spanreportjson.h"
#include <QString>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

template <typename Value> struct Word {
    const char* name;
    Value value;
};
constexpr std::array<Word<SpanMatch>, 2> kMatches{
    {{"strict", SpanMatch::Strict}, {"starter", SpanMatch::Starter}}};
constexpr std::array<Word<ScoreKind>, 3> kScores{
    {{"both", ScoreKind::Both}, {"class", ScoreKind::Class}, {"detector", ScoreKind::Detector}}};

template <typename Words>
auto wantedWord(const CliArguments& arguments, const char* option, const Words& words)
    -> Result<decltype(words.front().value)>
{
    std::string known;
    for (const auto& entry : words) {
        if (arguments.text(option) == entry.name)
            return entry.value;
        known += (known.empty() ? "" : " or ") + std::string(entry.name);
    }
    return Error{ErrorCode::Usage, "--" + std::string(option) + " wants " + known};
}

QStringList parts(const CliArguments& arguments, const char* option)
{
    return QString::fromStdString(arguments.text(option)).split(QLatin1Char(','));
}

Status takeThresholds(const CliArguments& arguments, SpanEvaluationResult& result)
{
    result.options.tious.clear();
    for (const QString& part : parts(arguments, "tiou")) {
        bool ok = false;
        const double value = part.trimmed().toDouble(&ok);
        if (!ok || !(value >= 0 && value <= 1))
            return Error{ErrorCode::Usage,
                "--tiou: '" + part.toStdString()
                    + "' is not a number from 0 to 1; wanted is a list like 0.1,0.3,0.5"};
        result.thresholds.push_back(part.trimmed().toStdString());
        result.options.tious.push_back(value);
    }
    return {};
}

Result<std::vector<int>> wantedCounts(const CliArguments& arguments, const char* option)
{
    constexpr int kMost = 1'000'000;
    std::vector<int> counts;
    for (const QString& part : parts(arguments, option)) {
        bool ok = false;
        const int value = part.trimmed().toInt(&ok);
        if (!ok || value < 1 || value > kMost)
            return Error{ErrorCode::Usage,
                "--" + std::string(option) + ": '" + part.toStdString()
                    + "' is not a number of 1 or more; wanted is a list like 1,5"};
        counts.push_back(value);
    }
    return counts;
}

Status takeBootstrap(const CliArguments& arguments, BootstrapOptions& options)
{
    const auto resamples = arguments.integer("bootstrap", 0, 1'000'000);
    if (!resamples)
        return resamples.error();
    const auto seed = arguments.integer("seed", 0, std::numeric_limits<int64_t>::max());
    if (!seed)
        return seed.error();
    const auto level = arguments.number("level", 0.01, 0.9999);
    if (!level)
        return level.error();
    options = {static_cast<int>(*resamples), *level, static_cast<uint64_t>(*seed)};
    return {};
}

Status takeFigures(const CliArguments& arguments, SpanEvaluationResult& result)
{
    const auto match = wantedWord(arguments, "match", kMatches);
    if (!match)
        return match.error();
    result.options.match = *match;
    const auto factors = wantedCounts(arguments, "top-k");
    if (!factors)
        return factors.error();
    result.options.recallFactors = *factors;
    const auto proposals = wantedCounts(arguments, "proposals");
    if (!proposals)
        return proposals.error();
    result.options.proposals = *proposals;
    if (Status status = takeThresholds(arguments, result); !status)
        return status;
    return takeBootstrap(arguments, result.options.bootstrap);
}

Result<SpanListOptions> listOptions(const CliArguments& arguments)
{
    SpanListOptions options;
    options.subjects = arguments.text("subjects");
    options.role = arguments.text("role");
    options.labels = arguments.text("labels");
    options.run = arguments.text("run");
    const auto score = wantedWord(arguments, "score", kScores);
    if (!score)
        return score.error();
    options.score = *score;
    if (arguments.has("fps")) {
        const auto fps = arguments.number("fps", 0.001, 1000);
        if (!fps)
            return fps.error();
        options.fps = *fps;
    }
    return options;
}

} // namespace

Status evaluateSpanFiles(const CliArguments& arguments, CliConsole& console)
{
    SpanEvaluationResult result;
    if (Status status = takeFigures(arguments, result); !status)
        return status;
    const auto wanted = listOptions(arguments);
    if (!wanted)
        return wanted.error();
    auto lists = readSpanLists(arguments.text("truth"), arguments.text("pred"), *wanted);
    if (!lists)
        return lists.error();
    result.lists = std::move(*lists);
    result.options.subjects = result.lists.subjects;
    result.options.videos = result.lists.videos;
    result.options.starterTrim = result.lists.starterTrim;
    result.evaluation = evaluateSpans(result.lists.truth, result.lists.predicted, result.options);
    if (result.evaluation.subjects.size() < 2 && result.options.bootstrap.resamples > 0)
        result.lists.notes.push_back(result.evaluation.subjects.empty()
                ? "there are no videos, so there are no intervals"
                : "there is only one subject (" + result.evaluation.subjects.front()
                    + "), so nothing can be said about other people and there are no intervals");
    for (const std::string& note : result.lists.notes)
        console.note(note);
    for (const std::string& line : spanReportText(result))
        console.print(line);
    console.result(spanReportJson(result));
    return {};
}

std::vector<CliOption> spanEvaluationOptions()
{
    return {{"match", "RULE", "strict (one to one) or starter (as the organisers' kit)", "strict"},
        {"tiou", "T,T,...", "thresholds of temporal overlap", "0.1,0.3,0.5"},
        {"subjects", "FILE", "csv video_id,subject: who is in which video"},
        {"role", "ROLE",
            "train, validation, test, unlabelled or all; without it the test subjects of a project or data "
            "set "
            "that has some, else all"},
        {"bootstrap", "N", "resamples of the subjects for intervals, 0: none", "1000"},
        {"seed", "S", "of the resamples", "0"},
        {"level", "P", "share of the resamples inside an interval", "0.95"},
        {"top-k", "K,K,...", "recall of the K best predictions for each truth", "1,5"},
        {"proposals", "K,K,...", "recall of the K best predictions of each video", "10,50,100"},
        {"run", "RUN",
            "of a project as prediction: number of a run, or part of its model's name; without it the newest "
            "of "
            "each video"},
        {"score", "KIND",
            "of a project as prediction: both (detector times class probability), class or detector", "both"},
        {"labels", "NAME|FILE",
            "label scheme that gives class numbers their names: smg, imigue or a .json file"},
        {"fps", "RATE", "frames of a second, where one side counts frames, the other seconds"}};
}

} // namespace telltale
