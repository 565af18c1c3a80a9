// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/spanside.h"
#include "base/files.h"
#include "exchange/spanfiles.h"
#include <filesystem>

namespace telltale {
namespace {

namespace fs = std::filesystem;

bool isJson(const std::string& text)
{
    const size_t first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    return first != std::string::npos && (text[first] == '{' || text[first] == '[');
}

Result<SpanSource> sourceOfFolder(const fs::path& folder)
{
    std::error_code ec;
    if (fs::exists(folder / "project.db", ec) || fs::exists(folder / "team.json", ec))
        return SpanSource::Project;
    if (readSmgClasses(folder))
        return SpanSource::Smg;
    if (readImigue(folder) || readImigue(folder).error().code != ErrorCode::BadFormat)
        return SpanSource::Imigue;
    return Error{ErrorCode::BadFormat,
        folder.string()
            + ": holds neither a project nor videos of SMG (SampleNNNN/SampleNNNN_finelabels.csv) or iMiGUE "
              "(NNNN/NNNN_label.csv)"};
}

LabelScheme schemeOf(const std::vector<std::string>& names)
{
    LabelScheme scheme;
    scheme.name = "classes.csv";
    for (const std::string& name : names)
        scheme.classes.emplace_back().name = name;
    return scheme;
}

Result<std::vector<IntakeVideo>> readVideos(const std::string& place, SpanSource source, SpanSide& side)
{
    if (source == SpanSource::ActivityNet)
        return readActivityNet(place);
    if (source == SpanSource::Csv)
        return readSpanList(place, 0);
    if (source == SpanSource::Smg) {
        const auto names = readSmgClasses(place);
        if (!names)
            return names.error();
        side.classes = schemeOf(*names);
        return readSmg(place);
    }
    const auto scheme = loadLabelScheme("imigue");
    if (!scheme)
        return scheme.error();
    side.classes = *scheme;
    return readImigue(place);
}

/// Frames of one unit of the evaluation: 1, or the rate where frames become seconds.
Result<double> framesPerUnit(
    const SpanSide& side, const IntakeVideo& video, const SpanSideOptions& options, SpanUnit own)
{
    if (own == options.unit)
        return 1.0;
    // Their own rate is the data set's; a csv has none.
    const double rate = video.fps > 0 ? video.fps : options.fps;
    if (rate > 0)
        return rate;
    return Error{ErrorCode::BadFormat,
        side.place + ": " + video.name
            + " counts frames and the other file seconds; both have to be of one kind, or --fps RATE says "
              "how "
              "many frames a second has"};
}

SideVideo converted(const IntakeVideo& video, double perUnit, SpanUnit own)
{
    SideVideo out;
    out.name = video.name;
    out.subject = video.subject;
    out.role = video.role;
    out.reviewed = video.reviewed;
    out.length = own == SpanUnit::Seconds ? video.seconds : static_cast<double>(video.frameCount) / perUnit;
    out.spans.reserve(video.spans.size());
    for (const IntakeSpan& span : video.spans) {
        const double start = span.inSeconds ? span.start : static_cast<double>(span.frames.first) / perUnit;
        const double end = span.inSeconds ? span.end : static_cast<double>(span.frames.last) / perUnit;
        out.spans.push_back({span.label, span.classId, start, end, span.state, span.score});
    }
    return out;
}

} // namespace

Result<SpanSource> spanSourceOf(const std::string& place)
{
    if (place.starts_with("postgresql://") || place.starts_with("postgres://"))
        return SpanSource::Project;
    std::error_code ec;
    const fs::path path = place;
    if (fs::is_directory(path, ec))
        return sourceOfFolder(path);
    const std::string name = path.filename().string();
    if (name == "project.db" || name == "team.json")
        return SpanSource::Project;
    const auto content = readFile(path);
    if (!content)
        return content.error();
    if (name.ends_with("_finelabels.csv"))
        return SpanSource::Smg;
    if (name.ends_with("_label.csv"))
        return SpanSource::Imigue;
    return isJson(*content) ? SpanSource::ActivityNet : SpanSource::Csv;
}

Result<SpanSide> readSpanSide(
    const std::string& place, SpanSource source, bool truth, const SpanSideOptions& options)
{
    if (source == SpanSource::Project)
        return readProjectSide(place, truth, options);
    SpanSide side;
    side.place = place;
    side.source = source;
    const auto videos = readVideos(place, source, side);
    if (!videos)
        return videos.error();
    const SpanUnit own = source == SpanSource::ActivityNet ? SpanUnit::Seconds : SpanUnit::Frames;
    for (const IntakeVideo& video : *videos) {
        const auto perUnit = framesPerUnit(side, video, options, own);
        if (!perUnit)
            return perUnit.error();
        side.videos.push_back(converted(video, *perUnit, own));
    }
    return side;
}

} // namespace telltale
