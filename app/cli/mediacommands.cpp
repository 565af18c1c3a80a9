// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "base/files.h"
#include "media/framesource.h"
#include <QImage>
#include <QString>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <numeric>

namespace telltale {
namespace {

using nlohmann::json;

double seconds(MediaTime time) { return std::chrono::duration<double>(time).count(); }

json toJson(const VideoInfo& info)
{
    json damaged = json::array();
    for (const DamagedRange& range : info.damaged)
        damaged.push_back(
            {{"first", range.frames.first}, {"last", range.frames.last}, {"reason", range.reason}});
    return {{"file", info.file.string()}, {"container", info.container}, {"codec", info.codec},
        {"pixel_format", info.pixelFormat}, {"coded_width", info.codedWidth},
        {"coded_height", info.codedHeight}, {"width", info.width}, {"height", info.height},
        {"rotation", info.rotation}, {"sample_aspect", {info.sarNum, info.sarDen}},
        {"time_base", {info.timeBaseNum, info.timeBaseDen}}, {"frames", info.frameCount},
        {"duration_us", info.duration.count()}, {"mean_fps", info.meanFps},
        {"variable_rate", info.variableRate}, {"key_frames", info.keyFrames},
        {"longest_gop", info.longestGop}, {"has_audio", info.hasAudio}, {"stream", info.streamIndex},
        {"video_streams", info.videoStreams}, {"cut_short", info.cutShort}, {"missing", info.missing},
        {"damaged", damaged}, {"warnings", info.warnings}};
}

void printInfo(const VideoInfo& info, CliConsole& console)
{
    const auto row = [&](const char* name, const std::string& value) {
        std::string line = name;
        line.resize(14, ' ');
        console.print(line + value);
    };
    const auto number = [](double value, const char* format) {
        char text[64];
        std::snprintf(text, sizeof text, format, value);
        return std::string(text);
    };
    const auto ratio
        = [](int64_t a, const char* sign, int64_t b) { return std::to_string(a) + sign + std::to_string(b); };
    row("file", info.file.string());
    row("format",
        info.container + ", " + info.codec + ", " + info.pixelFormat + (info.hasAudio ? ", with sound" : ""));
    row("frames", std::to_string(info.frameCount));
    row("duration", number(seconds(info.duration), "%.3f s"));
    row("rate", number(info.meanFps, "%.3f fps") + (info.variableRate ? ", variable" : ", constant"));
    row("time base", ratio(info.timeBaseNum, "/", info.timeBaseDen) + " s");
    row("size", ratio(info.width, " x ", info.height));
    row("rotation", std::to_string(info.rotation) + " degrees clockwise");
    row("pixel aspect", ratio(info.sarNum, ":", info.sarDen));
    row("key frames", std::to_string(info.keyFrames) + ", longest group " + std::to_string(info.longestGop));
    std::string streams = std::to_string(info.streamIndex);
    if (info.videoStreams.size() > 1)
        for (const int stream : info.videoStreams)
            streams += (stream == info.videoStreams.front() ? " of the video streams " : ", ")
                + std::to_string(stream);
    row("stream", streams);
    for (const DamagedRange& range : info.damaged)
        row("damaged", ratio(range.frames.first, " to ", range.frames.last - 1) + ": " + range.reason);
    for (const std::string& warning : info.warnings)
        row("warning", warning);
}

/// The video that the command names, with its stream. `decodeAll`: its pictures are counted by decoding them.
Result<std::unique_ptr<FrameSource>> open(const CliArguments& arguments, CliConsole& console, bool decodeAll)
{
    OpenOptions options;
    if (arguments.has("stream")) {
        auto chosen = arguments.integer("stream", 0, 1000);
        if (!chosen)
            return chosen.error();
        options.stream = static_cast<int>(*chosen);
    }
    options.decodeAll = decodeAll;
    return openVideo(arguments.path(0), options, &console.progress());
}

/// What is there was printed; whether it is all.
Status whole(const VideoInfo& info) { return info.cutShort ? Status(cutShortError(info)) : Status(); }

Status probe(const CliArguments& arguments, CliConsole& console)
{
    auto source = open(arguments, console, arguments.has("decode"));
    if (!source)
        return source.error();
    const VideoInfo& info = (*source)->info();
    printInfo(info, console);
    console.result(toJson(info));
    return whole(info);
}

/// "0,17,3" or "all", checked against the video before anything is printed.
Result<std::vector<int64_t>> parseIndices(const std::string& text, const VideoInfo& info)
{
    std::vector<int64_t> indices;
    if (text == "all") {
        indices.resize(static_cast<size_t>(info.frameCount));
        std::iota(indices.begin(), indices.end(), 0);
        return indices;
    }
    const char* at = text.data();
    const char* const end = at + text.size();
    for (;;) {
        int64_t value = 0;
        const auto [stop, error] = std::from_chars(at, end, value);
        if (error != std::errc() || (stop != end && *stop != ','))
            return Error{ErrorCode::Usage, "--index wants frame numbers such as 0,17,3, or the word all"};
        if (value < 0 || value >= info.frameCount)
            return Error{ErrorCode::InvalidArgument,
                info.file.string() + ": there is no frame " + std::to_string(value)
                    + "; the video has frames 0 to " + std::to_string(info.frameCount - 1)};
        indices.push_back(value);
        if (stop == end)
            return indices;
        at = stop + 1;
    }
}

Status savePicture(const VideoFrame& frame, const std::filesystem::path& folder)
{
    char name[32];
    std::snprintf(name, sizeof name, "frame_%08lld.png", static_cast<long long>(frame.index));
    const Picture& picture = frame.picture;
    const QImage image(
        picture.bgra.data(), picture.width, picture.height, picture.stride(), QImage::Format_RGB32);
    const std::filesystem::path file = folder / name;
    if (!image.save(QString::fromStdString(file.string()), "PNG"))
        return Error{ErrorCode::Io, file.string() + ": could not be written; check the free space"};
    return {};
}

/// What `frame` prints of the frames that the command asks for, in its order; also writes their pictures.
Result<std::vector<FrameDigest>> digests(
    FrameSource& source, const CliArguments& arguments, ProgressSink& progress)
{
    const auto indices = parseIndices(arguments.text("index"), source.info());
    if (!indices)
        return indices.error();
    const std::filesystem::path folder = arguments.text("out");
    if (arguments.has("out"))
        if (Status status = ensureWritableFolder(folder); !status)
            return status.error();
    std::vector<FrameDigest> list;
    list.reserve(indices->size());
    for (const int64_t index : *indices) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        auto digest = source.digest(index);
        if (!digest)
            return digest.error();
        if (arguments.has("out")) {
            auto frame = source.read(index);
            if (!frame)
                return frame.error();
            if (Status status = savePicture(*frame, folder); !status)
                return status.error();
        }
        list.push_back(*std::move(digest));
    }
    return list;
}

Status frames(const CliArguments& arguments, CliConsole& console)
{
    auto source = open(arguments, console, false);
    if (!source)
        return source.error();
    auto list = digests(**source, arguments, console.progress());
    if (!list && list.error().code == ErrorCode::BadFormat) {
        // The decoder cannot make every picture that the file promises: count those that it can make.
        source = open(arguments, console, true);
        if (!source)
            return source.error();
        list = digests(**source, arguments, console.progress());
    }
    if (!list)
        return list.error();
    json rows = json::array();
    for (const FrameDigest& digest : *list) {
        console.print(std::to_string(digest.index) + " " + std::to_string(digest.pts) + " "
            + std::to_string(digest.time.count()) + " " + digest.md5);
        rows.push_back({{"index", digest.index}, {"pts", digest.pts}, {"time_us", digest.time.count()},
            {"md5", digest.md5}});
    }
    console.result(rows);
    return whole((*source)->info());
}

} // namespace

std::vector<CliCommand> mediaCommands()
{
    const CliOption stream{"stream", "N", "which of several video streams (probe lists them)"};
    return {
        {"probe", "VIDEO",
            "frames, time base, size, rotation, variable rate, codec, key frames, damage; status 1 if cut "
            "short",
            1, 1,
            {{"decode", nullptr, "also decode every picture once, to find the damage that only shows then"},
                stream},
            probe},
        {"frame", "VIDEO",
            "exact frames in the order asked: index, time stamp, microseconds, md5 of the planes", 1, 1,
            {{"index", "LIST|all", "frame numbers such as 0,17,3, or all", "all"},
                {"out", "DIR", "also write each frame as a PNG file into this folder"}, stream},
            frames},
    };
}

} // namespace telltale
