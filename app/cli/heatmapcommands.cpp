// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "base/npywriter.h"
#include "features/features.h"
#include "features/heatmaps/heatmapoverlay.h"
#include "features/heatmaps/heatmaprenderer.h"
#include "pose/layoutmap.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// What is drawn before it is written.
constexpr int64_t kPieceBytes = int64_t{32} << 20;

struct NamedType {
    const char* name;
    NumberType type;
};
constexpr std::array kTypes{NamedType{"f4", NumberType::Float32}, NamedType{"f2", NumberType::Float16},
    NamedType{"u1", NumberType::UInt8}};

/// "48x64": height, then width.
bool parseSize(const std::string& text, int most, PointClip& clip)
{
    const char* const end = text.data() + text.size();
    const auto height = std::from_chars(text.data(), end, clip.height);
    if (height.ec != std::errc{} || height.ptr == end || *height.ptr != 'x')
        return false;
    const auto width = std::from_chars(height.ptr + 1, end, clip.width);
    return width.ec == std::errc{} && width.ptr == end && std::min(clip.height, clip.width) >= 4
        && std::max(clip.height, clip.width) <= most;
}

/// How the maps are drawn, but for what depends on the layout.
Result<HeatmapSpec> specOf(const CliArguments& arguments)
{
    HeatmapSpec spec;
    const auto sigma = arguments.number("sigma", 0.05, 100);
    if (!sigma)
        return sigma.error();
    spec.sigma = *sigma;
    spec.withLimbs = arguments.has("limbs");
    spec.useScore = !arguments.has("no-score");
    const auto* const type = std::find_if(kTypes.begin(), kTypes.end(),
        [&](const NamedType& row) { return arguments.text("dtype") == row.name; });
    if (type == kTypes.end())
        return Error{ErrorCode::Usage, "--dtype wants f4, f2 or u1, not '" + arguments.text("dtype") + "'"};
    spec.type = type->type;
    const std::string variant = arguments.text("variant");
    if (variant != "pyskl" && variant != "mmaction2")
        return Error{ErrorCode::Usage, "--variant wants pyskl or mmaction2, not '" + variant + "'"};
    spec.variant = variant == "pyskl" ? HeatmapVariant::Pyskl : HeatmapVariant::MmAction2;
    const std::string order = arguments.text("order");
    if (order != "channels" && order != "frames")
        return Error{ErrorCode::Usage, "--order wants channels or frames first, not '" + order + "'"};
    spec.order = order == "channels" ? HeatmapOrder::ChannelsFirst : HeatmapOrder::FramesFirst;
    return spec;
}

/// The track in the layout that was asked for, its own by default.
Result<PoseTrack> trackOf(const CliArguments& arguments)
{
    const std::string file = arguments.path(0).string();
    auto track = readSkeleton(file);
    if (!track)
        return track.error();
    if (track->rows() == 0)
        return Error{ErrorCode::BadFormat, file + ": the track has no frames"};
    if (!arguments.has("layout"))
        return track;
    const auto target = openPoseLayout(arguments.text("layout"));
    if (!target)
        return target.error();
    auto mapped = mapTrack(*track, **target);
    if (!mapped)
        return Error{mapped.error().code, file + ": " + mapped.error().message};
    return mapped;
}

/// -1 for all.
Result<int> personOf(const CliArguments& arguments, const PoseTrack& track)
{
    if (arguments.text("person") == "all")
        return -1;
    const auto person = arguments.integer("person", 0, 10'000);
    if (!person)
        return person.error();
    if (*person >= track.persons)
        return Error{ErrorCode::InvalidArgument,
            arguments.path(0).string() + ": there is no person " + std::to_string(*person)
                + ", the track has " + std::to_string(track.persons) + " counted from 0"};
    return static_cast<int>(*person);
}

/// Evenly over the rows, so that a track of every n-th frame gives no empty maps.
std::vector<int64_t> framesOf(const PoseTrack& track, int64_t count)
{
    std::vector<int64_t> frames
        = sampleUniform({0, track.rows()}, static_cast<int>(count > 0 ? count : track.rows()));
    for (int64_t& frame : frames)
        frame = track.frames[static_cast<size_t>(frame)];
    return frames;
}

/// The clip in pixels of the maps: the body's box, or the whole picture where its size was told, stretched to
/// them.
Status placeInMaps(const CliArguments& arguments, PointClip& clip)
{
    PointClip size;
    if (!parseSize(arguments.text("size"), 1024, size))
        return Error{
            ErrorCode::Usage, "--size wants HEIGHTxWIDTH in pixels from 4 to 1024, for example 64x64"};
    if (!arguments.has("picture"))
        compactForMaps(clip, {});
    else if (!parseSize(arguments.text("picture"), 1 << 16, clip))
        return Error{
            ErrorCode::Usage, "--picture wants HEIGHTxWIDTH of the video in pixels, for example 1080x1920"};
    resizeClip(clip, size.height, size.width);
    return {};
}

Status ensureSpace(const fs::path& file, int64_t bytes)
{
    std::error_code error;
    const fs::space_info space = fs::space(fs::absolute(file).parent_path(), error);
    if (error || space.available >= static_cast<uintmax_t>(bytes))
        return {};
    return Error{ErrorCode::InvalidArgument,
        file.string() + ": the maps need " + std::to_string(bytes >> 20) + " MiB and "
            + std::to_string(space.available >> 20)
            + " MiB are free there, choose fewer --frames, a smaller --size or --dtype u1"};
}

/// A piece in memory at a time.
Status writeMaps(const fs::path& file, const PointClip& clip, const HeatmapSpec& spec,
    const HeatmapShape& shape, const char* dtype, ProgressSink& progress)
{
    const auto planeBytes = static_cast<int64_t>(numberSize(spec.type)) * shape.pixels();
    if (Status enough = ensureSpace(file, planeBytes * shape.planes()); !enough)
        return enough;
    auto writer = NpyWriter::open(file, dtype, shape.dimensions());
    if (!writer)
        return writer.error();
    const int64_t step = std::clamp<int64_t>(kPieceBytes / planeBytes, 1, shape.planes());
    std::vector<std::byte> piece(static_cast<size_t>(step * planeBytes));
    for (int64_t first = 0; first < shape.planes(); first += step) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const int64_t count = std::min(step, shape.planes() - first);
        const auto bytes = std::span(piece).first(static_cast<size_t>(count * planeBytes));
        if (Status drawn = drawHeatmaps(clip, spec, first, count, bytes); !drawn)
            return drawn;
        if (Status written = writer->write(bytes); !written)
            return written;
        progress.report(first + count, shape.planes(), "maps");
    }
    return writer->finish();
}

Status runHeatmap(const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("out"))
        return Error{ErrorCode::Usage, "heatmap needs --out FILE.npy"};
    auto spec = specOf(arguments);
    if (!spec)
        return spec.error();
    const auto count = arguments.integer("frames", 0, 10'000'000);
    if (!count)
        return count.error();
    PointClip unused;
    if (Status sizes = placeInMaps(arguments, unused); !sizes) // wrong options before slow reading
        return sizes;
    const fs::path out = arguments.text("out");
    if (Status writable = ensureOutputFile(out); !writable)
        return writable;
    const auto track = trackOf(arguments);
    if (!track)
        return track.error();
    const auto layout = findPoseLayout(track->layout);
    if (!layout)
        return Error{layout.error().code, arguments.path(0).string() + ": " + layout.error().message};
    const auto person = personOf(arguments, *track);
    if (!person)
        return person.error();
    spec->limbs = heatmapLimbs(**layout);
    if (arguments.has("double"))
        spec->mirror = spec->withLimbs ? mirrorOfLimbs(spec->limbs, (*layout)->flipPairs)
                                       : mirrorOf(track->pointCount, (*layout)->flipPairs);
    const std::vector<int64_t> frames = framesOf(*track, *count);
    PointClip clip = clipOfTrack(*track, frames, *person, 0, 0);
    if (Status placed = placeInMaps(arguments, clip); !placed)
        return placed;
    const auto shape = heatmapShape(clip, *spec);
    if (!shape)
        return Error{shape.error().code, arguments.path(0).string() + ": " + shape.error().message};
    const std::string dtype = arguments.text("dtype");
    if (Status written = writeMaps(out, clip, *spec, *shape, dtype.c_str(), console.progress()); !written)
        return written;
    std::string text;
    for (const int64_t size : shape->dimensions())
        text += (text.empty() ? "" : " x ") + std::to_string(size);
    console.print(out.string() + ": " + text);
    console.result({{"file", out.string()}, {"shape", shape->dimensions()}, {"dtype", dtype},
        {"layout", track->layout}, {"frames", frames}});
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
                {"frames", "N", "evenly spread frames, 0 for all", "0"},
                {"dtype", "TYPE", "f4, f2 (half precision) or u1 (bytes, 255 is 1)", "f4"},
                {"layout", "NAME",
                    "in the points of another layout or layout file; by default the track's own"},
                {"person", "N", "counted from 0, or all: the greatest value counts", "0"},
                {"picture", "HxW", "maps of the whole picture of this size instead of the body's box"},
                {"order", "ORDER", "channels or frames first", "channels"},
                {"double", nullptr, "also the mirrored maps, with left and right exchanged"},
                {"no-score", nullptr, "every point counts as 1"},
                {"variant", "NAME", "pyskl (points from score 0.001 on) or mmaction2 (0.0001)", "pyskl"}},
            runHeatmap},
    };
}

} // namespace telltale
