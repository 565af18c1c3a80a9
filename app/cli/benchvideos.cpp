// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/benchvideos.h"
#include "app/cli/benchtools.h"
#include "base/files.h"
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int kGop = 250;

struct Recipe {
    const char* name;
    const char* size;
    const char* extra; ///< parameters of x264
    int groups; ///< coded groups of pictures
    int times; ///< that they are written
};

// One group is coded and then copied over and over: decoding and seeking cost the same as in a video whose
// groups differ, and the file is there in seconds.
constexpr Recipe kRecipes[] = {
    {"ten_minutes_720p.mp4", "1280x720", "", 1, 70},
    {"light.mp4", "640x360", "", 1, 8},
    {"heavy.mp4", "640x360", ":nal-hrd=cbr:bitrate=12000:vbv-maxrate=12000:vbv-bufsize=12000:filler=1", 1, 8},
    {"ten_minutes_tiny.mp4", "64x64", "", 1, 70},
    {"ten_hours_tiny.mp4", "64x64", "", 1, 4032},
};

const Recipe& recipeOf(BenchVideo video) { return kRecipes[static_cast<size_t>(video)]; }

} // namespace

int64_t benchVideoFrames(BenchVideo video)
{
    return int64_t{kGop} * recipeOf(video).groups * recipeOf(video).times;
}

Result<fs::path> benchVideo(const fs::path& folder, BenchVideo video)
{
    const Recipe& recipe = recipeOf(video);
    const fs::path file = folder / recipe.name;
    if (fs::exists(file))
        return file;
    if (Status status = ensureWritableFolder(folder); !status)
        return status.error();
    const std::string mine = std::to_string(getpid()) + "_" + recipe.name;
    const fs::path group = folder / ("group_" + mine);
    const fs::path whole = folder / ("part_" + mine);
    const std::string gop = std::to_string(kGop);
    const auto encoded = programCpuMs({"ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i",
        std::string("testsrc2=r=28:s=") + recipe.size + ",noise=alls=4:allf=t", "-frames:v",
        std::to_string(kGop * recipe.groups), "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast",
        "-crf", "30", "-x264-params",
        "keyint=" + gop + ":min-keyint=" + gop + ":scenecut=0:bframes=3:b-adapt=0" + recipe.extra,
        group.string()});
    if (!encoded)
        return Error{encoded.error().code,
            encoded.error().message
                + "; install the package ffmpeg, which makes the videos that are measured"};
    const auto copied = programCpuMs({"ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop",
        std::to_string(recipe.times - 1), "-i", group.string(), "-c", "copy", whole.string()});
    std::error_code failure;
    fs::remove(group, failure);
    if (!copied)
        return copied.error();
    fs::rename(whole, file, failure);
    if (failure)
        return Error{ErrorCode::Io, file.string() + ": " + failure.message()};
    return file;
}

} // namespace telltale
