// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "data/document.h"
#include "media/clipwriter.h"
#include "media/proxy.h"
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// A video of which a proxy is wanted.
struct Wanted {
    std::string name;
    fs::path file;
};

std::string megabytes(int64_t bytes) { return std::to_string((bytes + 500000) / 1000000) + " MB"; }

json toJson(const Wanted& video, const ProxyFile& proxy)
{
    return {{"video", video.file.string()}, {"proxy", proxy.file.string()}, {"frames", proxy.frames},
        {"width", proxy.width}, {"height", proxy.height}, {"bytes", proxy.bytes},
        {"damaged_pictures", proxy.damaged}};
}

Result<bool> hasLongGroups(const fs::path& file, CliConsole& console)
{
    auto source = openVideo(file, &console.progress());
    if (!source)
        return source.error();
    return gainsByProxy((*source)->info());
}

/// The videos of a project that are there and gain by a proxy.
Result<std::vector<Wanted>> wantedInProject(
    const fs::path& folder, bool all, CliConsole& console, json& skipped)
{
    auto document = Document::open(folder);
    if (!document)
        return document.error();
    std::vector<Wanted> wanted;
    const auto skip = [&](const std::string& name, const std::string& why) {
        console.print(name + ": " + why);
        skipped.push_back({{"video", name}, {"reason", why}});
    };
    for (const VideoEntry& video : (*document)->videos()) {
        const fs::path file = (*document)->absolute(video.path);
        if (!fs::exists(file)) {
            skip(video.name, "its file is not there");
            continue;
        }
        auto gains = all ? Result<bool>(true) : hasLongGroups(file, console);
        if (!gains)
            return gains.error();
        if (*gains)
            wanted.push_back({video.name, file});
        else
            skip(video.name, "is quick to seek in as it is (--all makes a proxy all the same)");
    }
    return wanted;
}

Status proxy(const CliArguments& arguments, CliConsole& console)
{
    auto height = arguments.integer("height", 16, 4320);
    if (!height)
        return height.error();
    const fs::path target = arguments.path(0);
    const bool project = fs::is_directory(target);
    if (!project && !arguments.has("out"))
        return Error{
            ErrorCode::Usage, "--out is missing: in which folder is the proxy of a single video to be kept?"};
    const fs::path folder = arguments.has("out") ? fs::path(arguments.text("out")) : target / "cache";
    json skipped = json::array();
    std::vector<Wanted> wanted{{target.filename().string(), target}};
    if (project) {
        auto found = wantedInProject(target, arguments.has("all"), console, skipped);
        if (!found)
            return found.error();
        wanted = *std::move(found);
    }
    ProxyOptions options;
    options.height = static_cast<int>(*height);
    json made = json::array();
    for (const Wanted& video : wanted) {
        auto result = makeProxy(video.file, folder, options, &console.progress());
        if (!result)
            return result.error();
        console.print(video.name + ": " + result->file.string() + ", " + std::to_string(result->frames)
            + " pictures of " + std::to_string(result->width) + " x " + std::to_string(result->height) + ", "
            + megabytes(result->bytes)
            + (result->damaged > 0
                    ? ", " + std::to_string(result->damaged) + " damaged ones repeat the one before"
                    : ""));
        made.push_back(toJson(video, *result));
    }
    console.result({{"proxies", made}, {"skipped", skipped}});
    return {};
}

/// What --from, --to and the switches ask for.
Result<ClipOptions> clipOptions(const CliArguments& arguments)
{
    for (const char* needed : {"from", "to", "out"})
        if (!arguments.has(needed))
            return Error{ErrorCode::Usage, "--" + std::string(needed) + " is missing"};
    if (arguments.has("exact-copy") && arguments.has("reencode"))
        return Error{ErrorCode::Usage, "--exact-copy and --reencode exclude each other"};
    ClipOptions options;
    auto first = arguments.integer("from", 0, INT64_MAX);
    auto last = arguments.integer("to", 0, INT64_MAX);
    auto crf = arguments.integer("crf", 0, 51);
    if (!first || !last || !crf)
        return !first ? first.error() : !last ? last.error() : crf.error();
    options.frames = {*first, *last};
    options.crf = static_cast<int>(*crf);
    options.sound = !arguments.has("no-sound");
    options.overwrite = arguments.has("force");
    if (arguments.has("exact-copy"))
        options.way = ClipWay::CopyOnly;
    if (arguments.has("reencode"))
        options.way = ClipWay::Reencode;
    if (arguments.has("stream")) {
        auto stream = arguments.integer("stream", 0, 1000);
        if (!stream)
            return stream.error();
        options.stream = static_cast<int>(*stream);
    }
    return options;
}

Status clip(const CliArguments& arguments, CliConsole& console)
{
    auto options = clipOptions(arguments);
    if (!options)
        return options.error();
    const fs::path file = arguments.text("out");
    auto result = writeClip(arguments.path(0), file, *options, &console.progress());
    if (!result && result.error().code == ErrorCode::Conflict)
        return Error{ErrorCode::Conflict, result.error().message + ", or replace it with --force"};
    if (!result)
        return result.error();
    console.print(file.string() + ": " + std::to_string(result->frames) + " pictures, "
        + (result->copied ? "copied as they are; each was compared with the video"
                          : "encoded again because " + result->reason)
        + "; sound: " + (result->sound.empty() ? "none" : result->sound));
    console.result({{"file", file.string()}, {"frames", result->frames}, {"copied", result->copied},
        {"reason", result->reason}, {"sound", result->sound}, {"bytes", result->bytes}});
    return {};
}

} // namespace

std::vector<CliCommand> videoCommands()
{
    return {
        {"proxy", "PROJECT|VIDEO", "small copies for quick seeking, picture for picture the same", 1, 1,
            {{"out", "DIR", "folder for them; of a project, its cache"},
                {"height", "PIXELS", "of their pictures (of the shorter side)", "360"},
                {"all", nullptr, "of a project's videos with short groups of pictures too"}},
            proxy},
        {"clip", "VIDEO", "cuts pictures FROM up to, not including, TO into a file of their own", 1, 1,
            {{"from", "FRAME", "first picture of the clip"}, {"to", "FRAME", "picture after the last one"},
                {"out", "FILE", "the clip: .mp4, .mov or .mkv"},
                {"exact-copy", nullptr, "copy the coded pictures, or fail where that is not exact"},
                {"reencode", nullptr, "encode the pictures again even where they could be copied"},
                {"no-sound", nullptr, "leave the sound out"},
                {"crf", "QUALITY", "of what is encoded again: 0 loses nothing, 28 is small", "16"},
                {"stream", "N", "which of several video streams (probe lists them)"},
                {"force", nullptr, "replace FILE if it is there"}},
            clip},
    };
}

} // namespace telltale
