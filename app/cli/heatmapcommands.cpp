// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "base/npy.h"
#include "features/features.h"
#include "pose/posetrack.h"
#include <charconv>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;

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
    if (Status writable = ensureOutputFile(out); !writable)
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

std::vector<CliCommand> heatmapCommands()
{
    return {
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
