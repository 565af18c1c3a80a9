// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "pipeline/posing.h"
#include "pose/posetrack.h"
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;

struct TrackSummary {
    int64_t points = 0;
    int64_t detected = 0;
    int64_t rowsWithBody = 0;
    double meanScore = 0;
};

/// Of the first person; a body is there where at least three points are.
TrackSummary summaryOf(const PoseTrack& track)
{
    TrackSummary summary;
    for (int64_t row = 0; row < track.rows() && track.persons > 0; ++row) {
        int seen = 0;
        for (int i = 0; i < track.pointCount; ++i) {
            const float score = track.at(row, 0)[i].score;
            summary.meanScore += score;
            seen += score > 0 ? 1 : 0;
        }
        summary.points += track.pointCount;
        summary.detected += seen;
        summary.rowsWithBody += seen >= 3 ? 1 : 0;
    }
    if (summary.detected > 0)
        summary.meanScore /= static_cast<double>(summary.detected);
    return summary;
}

Result<PosingOptions> posingOptions(const CliArguments& arguments)
{
    const auto stride = arguments.integer("stride", 1, 1'000'000);
    const auto workers = arguments.integer("workers", 0, 256);
    if (!stride || !workers)
        return (stride ? workers : stride).error();
    PosingOptions options;
    options.stride = *stride;
    options.workers = static_cast<int>(*workers);
    options.layout = arguments.text("layout");
    options.restart = arguments.has("restart");
    options.model.backend = arguments.text("backend");
    options.model.card = arguments.text("card");
    return options;
}

void show(const fs::path& out, const PosingResult& result, const TrackSummary& summary, CliConsole& console)
{
    const double share
        = static_cast<double>(summary.rowsWithBody) / static_cast<double>(std::max<int64_t>(result.rows, 1));
    const int64_t fresh = result.rows - result.resumedRows;
    const double rate = static_cast<double>(fresh) / std::max(result.seconds, 1e-9);
    char line[160];
    std::snprintf(line, sizeof line,
        "%lld frames in %.1f s (%.1f per second), a body in %.1f %% of them, mean score %.2f",
        static_cast<long long>(fresh), result.seconds, rate, 100 * share, summary.meanScore);
    console.print(out.string() + ": " + line);
    if (result.resumedRows > 0)
        console.print("gone on behind " + std::to_string(result.resumedRows) + " frames of an earlier run");
    if (result.persons > 1)
        console.print(std::to_string(result.persons) + " persons, the one seen most often first");
    if (result.damaged > 0)
        console.note(std::to_string(result.damaged) + " damaged pictures have no row");
    if (result.personsLeftOut > 0)
        console.note(std::to_string(result.personsLeftOut) + " persons who were seen seldom are left out");
    console.result({{"track", out.string()}, {"layout", result.layout}, {"frames", result.rows},
        {"resumed_frames", result.resumedRows}, {"damaged_frames", result.damaged},
        {"seconds", result.seconds}, {"fps", rate}, {"persons", result.persons},
        {"persons_left_out", result.personsLeftOut}, {"mean_score", summary.meanScore},
        {"detected_share", share}, {"model", result.model}, {"backend", result.backend},
        {"workers", result.workers}});
}

Status runPose(const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("model") || !arguments.has("out"))
        return Error{ErrorCode::Usage, "pose needs --model NAME|FILE and --out TRACK.npz"};
    const auto options = posingOptions(arguments);
    if (!options)
        return options.error();
    const fs::path out = arguments.text("out");
    // Checked before the work, not after it.
    if (Status writable = ensureOutputFile(out); !writable)
        return writable;
    const auto model = findPoseModel(arguments.text("model"));
    if (!model)
        return model.error();
    const auto result = extractPoses(arguments.path(0), *model, out, *options, console.progress());
    if (!result)
        return result.error();
    const auto track = readTrack(out);
    if (!track)
        return track.error();
    show(out, *result, summaryOf(*track), console);
    return {};
}

} // namespace

std::vector<CliCommand> poseCommands()
{
    return {
        {"pose", "VIDEO --model NAME|FILE --out TRACK.npz",
            "find the body points in each frame with a pose model; a cancelled run goes on where it was", 1,
            1,
            {{"model", "NAME|FILE",
                 "pose network (.onnx, .pb, .caffemodel, .pt) or the name of one that `models list` shows"},
                {"card", "FILE", "card that describes the model, instead of the one beside it"},
                {"out", "FILE", "track to write (.npz)"}, {"stride", "N", "look at every N-th frame", "1"},
                {"workers", "N", "networks side by side, 0: one for each core", "0"},
                {"backend", "NAME", "opencv, torchscript or onnxruntime; by default by the kind of file"},
                {"layout", "NAME", "points of the track; native: those of the model", "telltale68"},
                {"restart", nullptr, "begin anew instead of going on with a cancelled run"}},
            runPose},
    };
}

} // namespace telltale
