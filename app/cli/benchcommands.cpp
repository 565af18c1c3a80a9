// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/bench.h"
#include "app/cli/cli.h"
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <span>
#include <thread>

namespace telltale {
namespace {

using nlohmann::json;

using BenchPart = Status (*)(const BenchSettings&);

Status runParts(std::span<const BenchPart> parts, const BenchSettings& settings)
{
    for (const BenchPart part : parts) {
        if (settings.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        if (Status status = part(settings); !status)
            return status;
    }
    return {};
}

Status benchVideoEngine(const BenchSettings& settings)
{
    constexpr std::array<BenchPart, 6> kParts{
        benchOpening, benchSeeking, benchLinearDecoding, benchSession, benchHeldKey, benchMemory};
    return runParts(kParts, settings);
}

Status benchFeatures(const BenchSettings& settings)
{
    constexpr std::array<BenchPart, 3> kParts{benchHeatmaps, benchSparseStem, benchPoses};
    return runParts(kParts, settings);
}

constexpr std::array kBenchmarks{
    Benchmark{"video", "opening, seeking, playing and memory of the video engine", benchVideoEngine},
    Benchmark{"store", "edits, their way to the disk, and a big project (wall time)", benchStore},
    Benchmark{"formats", "100,000 spans in and out of every format (wall time, memory)", benchFormats},
    Benchmark{"heads", "retraining of a head on cached features (wall time)", benchHeads},
    Benchmark{"skeleton", "ST-GCN++: inference, memory and training step", benchSkeleton},
    Benchmark{"features", "heatmaps, the first layer of PoseC3D, pose networks", benchFeatures},
    Benchmark{"nms", "suppression of overlapping segments", benchSuppression},
    Benchmark{"poseconv", "PoseConv3D: inference, memory and training step", benchPoseConv},
    Benchmark{"vit", "the video transformer ViT-S: inference and memory", benchVit},
};

json toJson(const BenchRow& row)
{
    json object{{"what", row.what}, {"against", row.against}};
    if (!row.missing.empty()) {
        object["not_measured"] = row.missing;
        return object;
    }
    object.update({{"unit", row.unit}, {"ours", row.ours}, {"theirs", row.theirs}, {"ratio", row.ratio}});
    if (row.goal > 0)
        object.update(
            {{"goal", row.goal}, {"goal_is", row.atLeast ? "at least" : "at most"}, {"met", row.met()}});
    if (!row.note.empty())
        object["note"] = row.note;
    return object;
}

std::string toText(const BenchRow& row)
{
    std::array<char, 400> text{};
    if (!row.missing.empty()) {
        std::snprintf(text.data(), text.size(), "  %-46s %-8s not measured: %s", row.what.c_str(),
            row.against.c_str(), row.missing.c_str());
        return text.data();
    }
    std::array<char, 60> verdict{};
    if (row.goal > 0)
        std::snprintf(verdict.data(), verdict.size(), "  goal %s %.4g  %s",
            row.atLeast ? ">=" : "<=", row.goal, row.met() ? "met" : "MISSED");
    std::snprintf(text.data(), text.size(), "  %-46s %-8s %10.4g : %-10.4g %-10s ratio %7.4f%s%s%s",
        row.what.c_str(), row.against.c_str(), row.ours, row.theirs, row.unit.c_str(), row.ratio,
        verdict.data(), row.note.empty() ? "" : "; ", row.note.c_str());
    return text.data();
}

/// The benchmarks that were asked for by name, or all.
Result<std::vector<Benchmark>> chosen(const QStringList& names)
{
    if (names.isEmpty())
        return std::vector<Benchmark>(kBenchmarks.begin(), kBenchmarks.end());
    std::vector<Benchmark> list;
    list.reserve(static_cast<size_t>(names.size()));
    for (const QString& name : names) {
        const auto* const found = std::find_if(kBenchmarks.begin(), kBenchmarks.end(),
            [&](const Benchmark& row) { return name == QLatin1String(row.name); });
        if (found == kBenchmarks.end()) {
            std::string known;
            for (const Benchmark& row : kBenchmarks)
                known += std::string(known.empty() ? "" : ", ") + row.name;
            return Error{
                ErrorCode::Usage, "there is no benchmark '" + name.toStdString() + "'; there are: " + known};
        }
        list.push_back(*found);
    }
    return list;
}

Status bench(const CliArguments& arguments, CliConsole& console)
{
    const auto benchmarks = chosen(arguments.positional());
    if (!benchmarks)
        return benchmarks.error();
    const auto targets = arguments.integer("targets", 3, 100'000);
    if (!targets)
        return targets.error();
    const auto actions = arguments.integer("actions", 10, 100'000);
    if (!actions)
        return actions.error();
    BenchSettings settings;
    settings.targets = static_cast<int>(*targets);
    settings.actions = static_cast<int>(*actions);
    settings.progress = &console.progress();
    settings.folder = arguments.has("folder")
        ? std::filesystem::path(arguments.text("folder"))
        : std::filesystem::path(
              QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation).toStdString())
            / "telltale" / "bench";
    json document{{"cores", std::thread::hardware_concurrency()}};
    for (const Benchmark& benchmark : *benchmarks) {
        console.print(std::string(benchmark.name) + ": " + benchmark.summary
            + "\n  (ours : theirs, CPU time unless said otherwise, medians of pairs)");
        json rows = json::array();
        settings.row = [&](const BenchRow& row) {
            console.print(toText(row));
            std::fflush(stdout);
            rows.push_back(toJson(row));
        };
        if (Status status = benchmark.run(settings); !status)
            return status;
        document[benchmark.name] = std::move(rows);
    }
    console.result(document);
    return {};
}

} // namespace

std::vector<CliCommand> benchCommands()
{
    return {{"bench", "[NAME...]", "our figures beside the peers' and the limit, as ratios", 0, -1,
        {{"targets", "N", "random seeks", "40"}, {"actions", "N", "actions of the scripted session", "200"},
            {"folder", "DIR",
                "where the test videos (330 MB) and projects are kept; by default the user's cache folder"}},
        bench}};
}

} // namespace telltale
