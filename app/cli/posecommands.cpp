// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "base/files.h"
#include "base/npy.h"
#include "features/features.h"
#include "media/framesource.h"
#include "pipeline/posing.h"
#include "pose/posetrack.h"
#include <charconv>
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

Status ensureOutputFolder(const fs::path& file)
{
    const fs::path folder = fs::absolute(file).parent_path();
    std::error_code ec;
    if (fs::is_directory(file, ec))
        return Error{ErrorCode::InvalidArgument, file.string() + ": is a folder, name a file for --out"};
    return ensureWritableFolder(folder);
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
    if (Status writable = ensureOutputFolder(out); !writable)
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

/// "48x64": height, then width.
bool parseSize(const std::string& text, HeatmapOptions& options)
{
    const char* const end = text.data() + text.size();
    const auto height = std::from_chars(text.data(), end, options.height);
    if (height.ec != std::errc{} || height.ptr == end || *height.ptr != 'x')
        return false;
    const auto width = std::from_chars(height.ptr + 1, end, options.width);
    return width.ec == std::errc{} && width.ptr == end && options.height >= 4 && options.width >= 4
        && options.height <= 1024 && options.width <= 1024;
}

Status runHeatmap(const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("out"))
        return Error{ErrorCode::Usage, "heatmap needs --out FILE.npy"};
    HeatmapOptions options;
    const auto sigma = arguments.number("sigma", 0.05, 100);
    if (!sigma)
        return sigma.error();
    if (!parseSize(arguments.text("size"), options))
        return Error{
            ErrorCode::Usage, "--size wants HEIGHTxWIDTH in pixels from 4 to 1024, for example 64x64"};
    const auto count = arguments.integer("frames", 0, 100'000);
    if (!count)
        return count.error();
    options.sigma = static_cast<float>(*sigma);
    options.limbs = arguments.has("limbs");
    const fs::path out = arguments.text("out");
    if (Status writable = ensureOutputFolder(out); !writable)
        return writable;
    const auto raw = readSkeleton(arguments.path(0));
    if (!raw)
        return raw.error();
    const auto track = mapTo68(*raw);
    if (!track)
        return Error{track.error().code, arguments.path(0).string() + ": " + track.error().message};
    if (track->rows() == 0)
        return Error{ErrorCode::BadFormat, arguments.path(0).string() + ": the track has no frames"};
    // Evenly over the rows, so that a track of every n-th frame gives no empty maps.
    std::vector<int64_t> frames;
    for (const int64_t row :
        sampleUniform({0, track->rows()}, static_cast<int>(*count > 0 ? *count : track->rows())))
        frames.push_back(track->frames[static_cast<size_t>(row)]);
    const int64_t channels = 68;
    constexpr int64_t kMostBytes = int64_t{4} << 30;
    const auto samples = static_cast<int64_t>(frames.size());
    if (channels * samples * options.height * options.width * 4 > kMostBytes)
        return Error{ErrorCode::InvalidArgument,
            arguments.path(0).string() + ": the volume of " + std::to_string(samples)
                + " frames would be over 4 GiB, choose fewer --frames or a smaller --size"};
    const NdArray volume = heatmapVolume(gatherPoints(*track, 0, frames), options);
    if (Status written = writeNpy(out, fromFloat(volume)); !written)
        return written;
    std::string shape;
    for (const int64_t size : volume.shape)
        shape += (shape.empty() ? "" : " x ") + std::to_string(size);
    console.print(out.string() + ": " + shape);
    console.result({{"file", out.string()}, {"shape", volume.shape}, {"frames", frames}});
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
        {"heatmap", "TRACK --out X.npy", "Gaussian maps of a track as the networks see them", 1, 1,
            {{"out", "FILE", "array to write (.npy)"},
                {"sigma", "S", "width of the Gaussians in map pixels", "0.6"},
                {"size", "HxW", "size of the maps", "64x64"},
                {"limbs", nullptr, "maps of limbs instead of points"},
                {"frames", "N", "evenly spread frames, 0 for all", "0"}},
            runHeatmap},
    };
}

} // namespace telltale
