// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "media/framesource.h"
#include "pipeline/posing.h"
#include "pose/posetrack.h"
#include <chrono>
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

Status runPose(const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("model") || !arguments.has("out"))
        return Error{ErrorCode::Usage, "pose needs --model FILE and --out TRACK.npz"};
    const auto stride = arguments.integer("stride", 1, 1'000'000);
    if (!stride)
        return stride.error();
    const fs::path out = arguments.text("out");
    // Checked before the work, not after it.
    if (Status writable = ensureOutputFile(out); !writable)
        return writable;
    ProgressSink& progress = console.progress();
    const auto source = openVideo(arguments.path(0), &progress);
    if (!source)
        return source.error();
    const auto start = std::chrono::steady_clock::now();
    const auto track = estimateTrack(**source, arguments.text("model"), progress, *stride);
    if (!track)
        return track.error();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (Status written = writeTrack(out, *track); !written)
        return written;
    const TrackSummary summary = summaryOf(*track);
    const double share = static_cast<double>(summary.rowsWithBody) / static_cast<double>(track->rows());
    const double rate = static_cast<double>(track->rows()) / std::max(seconds, 1e-9);
    char line[160];
    std::snprintf(line, sizeof line,
        "%lld frames in %.1f s (%.1f per second), a body in %.1f %% of them, mean score %.2f",
        static_cast<long long>(track->rows()), seconds, rate, 100 * share, summary.meanScore);
    console.print(out.string() + ": " + line);
    console.result({{"track", out.string()}, {"layout", track->layout}, {"frames", track->rows()},
        {"seconds", seconds}, {"fps", rate}, {"persons", track->persons}, {"mean_score", summary.meanScore},
        {"detected_share", share}});
    return {};
}

} // namespace

std::vector<CliCommand> poseCommands()
{
    return {
        {"pose", "VIDEO --model FILE --out TRACK.npz", "find the body points in each frame with a pose model",
            1, 1,
            {{"model", "FILE", "pose network: .onnx, .pb or .caffemodel"},
                {"out", "FILE", "track to write (.npz)"}, {"stride", "N", "look at every N-th frame", "1"}},
            runPose},
    };
}

} // namespace telltale
