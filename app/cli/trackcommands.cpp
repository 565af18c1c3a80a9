// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "media/framesource.h"
#include "pose/layoutmap.h"
#include "pose/tracks/identityedit.h"
#include "pose/tracks/trackcheck.h"
#include "pose/tracks/trackfilter.h"
#include "pose/tracks/trackquality.h"
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {
namespace fs = std::filesystem;
constexpr int64_t kMostFrames = int64_t{1} << 40;
constexpr int64_t kMostPerson = 100'000;

const CliOption kOut{"out", "FILE", "track to write (.npz); may be the same file"};
const CliOption kVideo{"video", "FILE", "video of the track, for its times and size"};
const CliOption kFps{"fps", "N", "frames per second where no video is given", "25"};
const CliOption kFrom{"from", "FRAME", "first frame that changes", "0"};
const CliOption kTo{"to", "FRAME", "frame behind the last one that changes (default: to the end)"};
const CliOption kScale{"scale", "FACTOR", "pixels of the video per unit of the track"};
const CliOption kSize{"size", "WxH", "width and height of the picture that the track was made on"};

std::string personsText(int persons)
{
    return std::to_string(persons) + (persons == 1 ? " person" : " persons");
}

/// What --video says, or a nominal time for each frame of the track.
struct Clock {
    FrameTimes times;
    VideoShape shape;
};

Result<Clock> clockOf(const CliArguments& arguments, CliConsole& console, const PoseTrack& track)
{
    if (arguments.has("video")) {
        const auto source = openVideo(arguments.text("video"), &console.progress());
        if (!source)
            return source.error();
        const VideoInfo& info = (*source)->info();
        return Clock{
            (*source)->times(), {info.file.filename().string(), info.frameCount, info.width, info.height}};
    }
    const auto fps = arguments.number("fps", 0.01, 10'000);
    if (!fps)
        return fps.error();
    const int64_t frames = track.frames.empty() ? 0 : track.frames.back() + 1;
    constexpr int64_t kMostNominal = int64_t{1} << 28;
    if (frames > kMostNominal)
        return Error{ErrorCode::BadFormat,
            arguments.path(0).string() + ": its last frame is " + std::to_string(track.frames.back())
                + ", name the video it belongs to with --video"};
    return Clock{FrameTimes::nominal(frames, *fps), {}};
}

Result<TrackScale> scaleOf(const CliArguments& arguments)
{
    TrackScale scale;
    if (arguments.has("scale")) {
        const auto factor = arguments.number("scale", 1e-6, 1e6);
        if (!factor)
            return factor.error();
        scale.factor = *factor;
    }
    if (!arguments.has("size"))
        return scale;
    const std::string text = arguments.text("size");
    const char* const end = text.data() + text.size();
    std::pair<int, int> size;
    const auto width = std::from_chars(text.data(), end, size.first);
    const bool crossed = width.ec == std::errc{} && width.ptr != end && *width.ptr == 'x';
    const auto height = crossed ? std::from_chars(width.ptr + 1, end, size.second) : width;
    if (!crossed || height.ec != std::errc{} || height.ptr != end || size.first < 1 || size.second < 1)
        return Error{ErrorCode::Usage, "--size wants WIDTHxHEIGHT in pixels, for example 1920x1080"};
    scale.size = size;
    return scale;
}

nlohmann::json describe(const TrackQuality& quality, int person, std::string& text)
{
    nlohmann::json parts;
    const auto summaries = summaryOf(quality, person);
    for (size_t part = 0; part < summaries.size(); ++part) {
        const std::string name(nameOf(static_cast<BodyPart>(part)));
        parts[name] = {{"seen", summaries[part].seen}, {"quality", summaries[part].quality}};
        if (summaries[part].seen <= 0)
            continue;
        std::array<char, 64> line{};
        std::snprintf(line.data(), line.size(), "%s%s %.0f %% (%.2f)", text.empty() ? "" : ", ", name.c_str(),
            100 * summaries[part].seen, summaries[part].quality);
        text += line.data();
    }
    return parts;
}

/// Share of rows in which the person has a point.
double seenShare(const PoseTrack& track, int person)
{
    int64_t seen = 0;
    for (int64_t row = 0; row < track.rows(); ++row) {
        const PosePoint* points = track.at(row, person);
        seen += std::any_of(points, points + track.pointCount, [](const PosePoint& p) { return p.score > 0; })
            ? 1
            : 0;
    }
    return track.rows() > 0 ? static_cast<double>(seen) / static_cast<double>(track.rows()) : 0;
}

Result<CheckedTrack> checkedTrack(
    const CliArguments& arguments, CliConsole& console, const PoseTrack& track, FrameTimes& times)
{
    const auto scale = scaleOf(arguments);
    if (!scale)
        return scale.error();
    auto clock = clockOf(arguments, console, track);
    if (!clock)
        return clock.error();
    times = clock->times;
    return checkTrack(track, arguments.path(0).string(), clock->shape, *scale);
}

Status runInfo(const CliArguments& arguments, CliConsole& console)
{
    const auto track = readSkeleton(arguments.path(0));
    if (!track)
        return track.error();
    FrameTimes times;
    const auto checked = checkedTrack(arguments, console, *track, times);
    if (!checked)
        return checked.error();
    const PoseTrack& fits = checked->track;
    const auto quality = qualityOf(fits, times);
    if (!quality)
        return quality.error();
    console.print(arguments.path(0).string() + ": " + std::to_string(track->rows()) + " frames ("
        + std::to_string(track->frames.front()) + " to " + std::to_string(track->frames.back()) + "), "
        + personsText(track->persons) + ", layout " + track->layout);
    nlohmann::json persons = nlohmann::json::array();
    for (int person = 0; person < fits.persons; ++person) {
        std::string text;
        const nlohmann::json parts = describe(*quality, person, text);
        const double seen = seenShare(fits, person);
        persons.push_back({{"seen", seen}, {"parts", parts}});
        console.print("  person " + std::to_string(person) + ": "
            + (text.empty() ? "never seen" : "seen (quality) " + text));
    }
    for (const std::string& note : checked->notes)
        console.print("  " + note);
    console.result({{"track", arguments.path(0).string()}, {"layout", track->layout},
        {"frames", track->rows()}, {"first_frame", track->frames.front()},
        {"last_frame", track->frames.back()}, {"points", track->pointCount},
        {"mapped", track->points.isMapped()}, {"persons", persons}, {"notes", checked->notes}});
    return {};
}

/// What all commands that write a track do around their work: the output is checked before it, and written as
/// a whole after it.
using Work = std::function<Result<FilteredTrack>(const PoseTrack&, const CliArguments&, CliConsole&)>;

std::function<Status(const CliArguments&, CliConsole&)> writing(Work work)
{
    return [work = std::move(work)](const CliArguments& arguments, CliConsole& console) -> Status {
        if (!arguments.has("out"))
            return Error{ErrorCode::Usage, "name the track to write with --out FILE.npz"};
        const fs::path out = arguments.text("out");
        if (Status writable = ensureOutputFile(out); !writable)
            return writable;
        const auto track = readSkeleton(arguments.path(0));
        if (!track)
            return track.error();
        const auto made = work(*track, arguments, console);
        if (!made)
            return Error{made.error().code,
                made.error().code == ErrorCode::Usage
                        || made.error().message.starts_with(arguments.path(0).string())
                    ? made.error().message
                    : arguments.path(0).string() + ": " + made.error().message};
        if (Status written = writeTrack(out, *made); !written)
            return written;
        const PoseTrack& result = made->track;
        console.print(out.string() + ": " + std::to_string(result.rows()) + " frames, "
            + personsText(result.persons) + ", layout " + result.layout
            + (made->filledPoints > 0 ? ", " + std::to_string(made->filledPoints) + " points filled" : ""));
        console.result({{"track", out.string()}, {"layout", result.layout}, {"frames", result.rows()},
            {"persons", result.persons}, {"filled_points", made->filledPoints}});
        return {};
    };
}

Result<FilteredTrack> plain(const Result<PoseTrack>& track)
{
    return track ? FilteredTrack{*track, {}, 0} : Result<FilteredTrack>(track.error());
}

Result<FilteredTrack> fit(const PoseTrack& track, const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("video"))
        return Error{ErrorCode::Usage, "name the video that the track shall fit with --video FILE"};
    FrameTimes times;
    const auto checked = checkedTrack(arguments, console, track, times);
    if (!checked)
        return checked.error();
    for (const std::string& note : checked->notes)
        console.note(note);
    return FilteredTrack{checked->track, {}, 0};
}

Result<FilteredTrack> map(const PoseTrack& track, const CliArguments& arguments, CliConsole&)
{
    if (!arguments.has("layout"))
        return Error{ErrorCode::Usage, "name the layout to map to with --layout NAME"};
    const auto layout = openPoseLayout(arguments.text("layout"));
    return layout ? plain(mapTrack(track, **layout)) : Result<FilteredTrack>(layout.error());
}

/// Points that an earlier filter made up stay marked, as long as nobody saw them since.
Result<FilteredTrack> withEarlierMarks(const CliArguments& arguments, Result<FilteredTrack> filtered)
{
    if (!filtered || arguments.path(0).extension() != ".npz")
        return filtered;
    const auto earlier = readFilledMarks(arguments.path(0));
    if (!earlier)
        return earlier.error();
    for (size_t i = 0; i < std::min(earlier->size(), filtered->filled.size()); ++i)
        if ((*earlier)[i] != 0)
            filtered->filled[i] = 1;
    return filtered;
}

Result<FilteredTrack> fill(const PoseTrack& track, const CliArguments& arguments, CliConsole& console)
{
    const auto longest = arguments.number("longest", 1e-3, 3600);
    if (!longest)
        return longest.error();
    const auto clock = clockOf(arguments, console, track);
    if (!clock)
        return clock.error();
    GapFilling options;
    options.longestGap = *longest;
    return withEarlierMarks(arguments, fillGaps(track, options, clock->times));
}

/// An option of `track smooth` and the number it sets.
struct SmoothingOption {
    CliOption option;
    double Smoothing::*value;
};
const std::array<SmoothingOption, 7>& smoothingOptions()
{
    static const std::array<SmoothingOption, 7> table{{
        {{"min-cutoff", "HZ", "one-euro: cutoff at rest", "1.5"}, &Smoothing::minCutoff},
        {{"beta", "B", "one-euro: Hz more per pixel a second", "0.02"}, &Smoothing::beta},
        {{"derivative-cutoff", "HZ", "one-euro: cutoff of the speed", "1"}, &Smoothing::derivativeCutoff},
        {{"noise", "PX", "rts: standard deviation of a point of score 1", "2"}, &Smoothing::measurementNoise},
        {{"acceleration", "A", "rts: density of acceleration, px^2/s^3", "100000"},
            &Smoothing::accelerationDensity},
        {{"start-speed", "V", "rts: standard deviation of the first speed, px/s", "500"},
            &Smoothing::startSpeed},
        {{"longest", "S", "seconds without a point after which it begins anew", "0.4"},
            &Smoothing::longestGap},
    }};
    return table;
}

Result<FilteredTrack> smooth(const PoseTrack& track, const CliArguments& arguments, CliConsole& console)
{
    Smoothing options;
    const auto method = smoothingMethodOf(arguments.text("method"));
    if (!method)
        return Error{ErrorCode::Usage, "--method: " + method.error().message};
    options.method = *method;
    const auto window = arguments.integer("window", 1, 100'001);
    if (!window)
        return window.error();
    options.window = static_cast<int>(*window);
    for (const SmoothingOption& one : smoothingOptions()) {
        const auto value = arguments.number(one.option.name, 0, 1e12);
        if (!value)
            return value.error();
        options.*one.value = *value;
    }
    const auto clock = clockOf(arguments, console, track);
    if (!clock)
        return clock.error();
    return withEarlierMarks(arguments, smoothTrack(track, options, clock->times));
}

/// --from and --to, and the persons behind the track as whole numbers.
Result<IdentityEdit> editOf(const CliArguments& arguments, IdentityChange change)
{
    IdentityEdit edit;
    edit.change = change;
    std::array<int*, 2> persons{&edit.person, &edit.other};
    const QStringList positional = arguments.positional();
    for (qsizetype i = 1; i < positional.size(); ++i) {
        bool number = false;
        const int person = positional[i].toInt(&number);
        if (!number || person < 0 || person > kMostPerson)
            return Error{ErrorCode::Usage,
                "'" + positional[i].toStdString() + "' is no person, they are numbers from 0"};
        *persons[static_cast<size_t>(i - 1)] = person;
    }
    const auto from = arguments.integer("from", 0, kMostFrames);
    if (!from)
        return from.error();
    edit.first = *from;
    if (arguments.has("to")) {
        const auto to = arguments.integer("to", 0, kMostFrames);
        if (!to)
            return to.error();
        edit.last = *to;
    }
    return edit;
}

Work editing(IdentityChange change)
{
    return [change](
               const PoseTrack& track, const CliArguments& arguments, CliConsole&) -> Result<FilteredTrack> {
        const auto edit = editOf(arguments, change);
        if (!edit)
            return edit.error();
        if (change == IdentityChange::Join && !arguments.has("surer")) {
            const JoinOverlap overlap = joinOverlap(track, *edit);
            if (overlap.frames > 0)
                return Error{ErrorCode::Conflict,
                    "both persons are seen in " + std::to_string(overlap.frames) + " frames, the first is "
                        + std::to_string(overlap.firstFrame)
                        + "; limit the join with --from and --to, or take the surer one with --surer"};
        }
        return plain(applyIdentityEdits(track, std::span(&*edit, 1)));
    };
}

Result<FilteredTrack> keep(const PoseTrack& track, const CliArguments& arguments, CliConsole&)
{
    std::vector<int> persons;
    for (const QString& one : arguments.positional().mid(1)) {
        bool number = false;
        persons.push_back(one.toInt(&number));
        if (!number)
            return Error{
                ErrorCode::Usage, "'" + one.toStdString() + "' is no person, they are numbers from 0"};
    }
    return plain(keepPersons(track, persons));
}

} // namespace

std::vector<CliCommand> trackCommands()
{
    std::vector<CliOption> smoothing{kOut, kVideo, kFps,
        {"method", "NAME", "one-euro, median or rts", "one-euro"},
        {"window", "ROWS", "median: an odd number of rows", "5"}};
    for (const SmoothingOption& one : smoothingOptions())
        smoothing.push_back(one.option);
    return {
        {"track info", "TRACK [--video VIDEO]", "what is in a track, how good it is, and whether it fits", 1,
            1, {kVideo, kFps, kScale, kSize}, runInfo},
        {"track fit", "TRACK --video VIDEO --out X.npz", "make a track fit its video: frames and pixels", 1,
            1, {kOut, kVideo, kScale, kSize}, writing(fit)},
        {"track map", "TRACK --layout NAME --out X.npz", "the track in the points of another layout", 1, 1,
            {kOut, {"layout", "NAME", "name of the layout, or a layout file"}}, writing(map)},
        {"track fill", "TRACK --out X.npz", "fill short gaps", 1, 1,
            {kOut, kVideo, kFps, {"longest", "S", "longest gap to fill, in seconds", "0.4"}}, writing(fill)},
        {"track smooth", "TRACK --out X.npz", "smooth the points over time", 1, 1, smoothing,
            writing(smooth)},
        {"track swap", "TRACK A B --out X.npz", "two persons change places", 3, 3, {kOut, kFrom, kTo},
            writing(editing(IdentityChange::Swap))},
        {"track split", "TRACK A --from FRAME --out X.npz", "a person is somebody new from a frame on", 2, 2,
            {kOut, kFrom, kTo}, writing(editing(IdentityChange::Split))},
        {"track join", "TRACK A B --out X.npz", "person B is person A", 3, 3,
            {kOut, kFrom, kTo, {"surer", nullptr, "where both are seen, take the one with the surer points"}},
            writing(editing(IdentityChange::Join))},
        {"track keep", "TRACK A... --out X.npz", "only these persons, in this order", 2, -1, {kOut},
            writing(keep)},
    };
}

} // namespace telltale
