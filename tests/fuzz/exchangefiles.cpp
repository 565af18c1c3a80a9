// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchangefiles.h"
#include "base/files.h"
#include "exchange/labelrows.h"
#include "exchange/spanformat.h"
#include "pose/posetrack.h"
#include "pose/readers/skeletonfile.h"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <unistd.h>

namespace telltale::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPose = "pose.";
/// Stands between the two files of formats with two.
constexpr std::string_view kCompanion = "\n=====\n";
constexpr std::array<const char*, 10> kPoseEndings{
    "json", "csv", "pose", "npz", "npy", "pkl", "h5", "slp", "xlsx", "txt"};
constexpr std::array<const char*, 2> kLabelRows{"smg", "imigue"};

const LabelScheme& scheme()
{
    static const LabelScheme one = [] {
        LabelScheme made;
        made.name = "fuzz";
        for (const char* name : {"Touching neck", "Rubbing \"hands\", slowly", "a/b & c < d", "摸脖子"})
            made.classes.push_back({name, {}, {}, {}, {}});
        return made;
    }();
    return one;
}

/// A file under a name of this process; on a memory file system where there is one.
fs::path scratchFile(const std::string& name, const std::string& bytes)
{
    static const fs::path folder = [] {
        std::error_code ec;
        const fs::path base = fs::is_directory("/dev/shm", ec) ? "/dev/shm" : fs::temp_directory_path();
        const fs::path made = base / ("telltale_fuzz_" + std::to_string(::getpid()));
        fs::create_directories(made, ec);
        return made;
    }();
    const fs::path file = folder / name;
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
}

std::string wrongError(const Error& error, const std::string& name)
{
    if (error.message.size() < name.size() + 5 || error.message.find(name) == std::string::npos)
        return "a refusal that does not name the file: " + error.message;
    return error.code == ErrorCode::Internal ? "an internal failure: " + error.message : "";
}

std::string wrongSpan(const IntakeSpan& span)
{
    if (!std::isfinite(span.start) || !std::isfinite(span.end) || (span.score && !std::isfinite(*span.score)))
        return "a number that is none at " + span.place.text();
    return span.place.file ? "" : "a span without a place";
}

/// What was read, as a project on its way out, with times that are at most an hour.
OutgoingProject projectOf(const std::vector<IntakeVideo>& videos)
{
    OutgoingProject project;
    project.name = "fuzz";
    project.scheme = scheme();
    static const FrameTimes times = FrameTimes::nominal(90'000, 25);
    for (const IntakeVideo& video : videos) {
        OutgoingVideo out;
        out.id = static_cast<int64_t>(project.videos.size()) + 1;
        out.name = video.name.empty() ? "video" : video.name;
        out.fps = 25;
        out.frameCount = times.frameCount();
        out.times = times;
        for (const IntakeSpan& span : video.spans) {
            OutgoingSpan one;
            one.id = static_cast<int64_t>(out.spans.size()) + 1;
            one.label = span.label;
            one.classId = scheme().find(span.label);
            one.frames = span.inSeconds
                ? times.spanOf(std::clamp(span.start, 0.0, 3600.0), std::clamp(span.end, 0.0, 3600.0))
                : clampSpan(span.frames, times.frameCount());
            one.start = times.seconds(one.frames.first);
            one.end = times.seconds(one.frames.last);
            one.person = span.person;
            one.state = span.state;
            one.score = span.score;
            one.annotator = span.annotator;
            out.spans.push_back(std::move(one));
        }
        std::ranges::stable_sort(out.spans, {}, [](const OutgoingSpan& one) { return one.frames.first; });
        project.videos.push_back(std::move(out));
    }
    return project;
}

std::string exerciseSpans(const SpanFormat& format, const std::string& bytes)
{
    const ImportOptions options;
    ImportProblems problems;
    std::vector<std::string> notes;
    ProgressSink quiet;
    const auto name = std::make_shared<const std::string>("fuzzed-file");
    SourceFile file{"/fuzz/fuzzed-file.annotation", bytes, name};
    if (!format.companionOf(file.path).empty())
        if (const size_t cut = bytes.find(kCompanion); cut != std::string::npos) {
            file.content = std::string_view(bytes).substr(0, cut);
            file.companion = std::string_view(bytes).substr(cut + kCompanion.size());
        }
    const auto videos = format.read(file, {options, scheme(), problems, notes, quiet});
    for (const ImportProblem& problem : problems.kept())
        if (problem.what.empty() || problem.sentence().find(*name) == std::string::npos)
            return "a problem that does not name the file: " + problem.sentence();
    if (!videos)
        return wrongError(videos.error(), *name);
    for (const IntakeVideo& video : *videos)
        for (const IntakeSpan& span : video.spans)
            if (std::string wrong = wrongSpan(span); !wrong.empty())
                return wrong;
    if (!format.canExport() || videos->empty())
        return "";
    const OutgoingProject project = projectOf(*videos);
    const auto written = format.render(project, {}, notes);
    return written ? "" : wrongError(written.error(), "");
}

std::string exercisePose(const std::string& ending, const std::string& bytes)
{
    const fs::path file = scratchFile("fuzzed-file." + ending, bytes);
    const auto read = readSkeletonFile(file);
    if (!read)
        return wrongError(read.error(), "fuzzed-file");
    for (const PosePoint& point : read->track.points)
        if (!std::isfinite(point.x) || !std::isfinite(point.y) || !std::isfinite(point.score))
            return "a point that is no number";
    return "";
}

std::string exerciseRows(const std::string& bytes)
{
    const fs::path file = scratchFile("fuzzed-file.csv", bytes);
    ImportProblems problems;
    const auto rows = readLabelRows(file, problems);
    for (const ImportProblem& problem : problems.kept())
        if (problem.sentence().find("fuzzed-file") == std::string::npos)
            return "a problem that does not name the file: " + problem.sentence();
    return rows ? "" : wrongError(rows.error(), "fuzzed-file");
}

const SpanFormat* spanFormat(const std::string& name)
{
    const auto found = findFormat(name);
    return found ? dynamic_cast<const SpanFormat*>(*found) : nullptr;
}

/// Three spans over each other and one alone, of two people.
OutgoingProject smallProject()
{
    IntakeVideo video;
    video.name = "interview";
    for (int i = 0; i < 4; ++i) {
        IntakeSpan span;
        span.label = scheme().classes[static_cast<size_t>(i)].name;
        span.frames = {10 + 7 * i, 40 + 30 * i};
        span.person = i % 2;
        span.state = i == 2 ? SpanState::Proposed : SpanState::Accepted;
        if (i == 2)
            span.score = 0.625;
        span.annotator = "anna";
        video.spans.push_back(std::move(span));
    }
    return projectOf({video});
}

} // namespace

std::vector<std::string> exchangeReaders()
{
    std::vector<std::string> names;
    for (const auto& format : exchangeFormats())
        if (format->canImport() && dynamic_cast<const SpanFormat*>(format.get()))
            names.push_back(format->name());
    names.insert(names.end(), kLabelRows.begin(), kLabelRows.end());
    for (const char* ending : kPoseEndings)
        names.push_back(std::string(kPose) + ending);
    return names;
}

Findings exerciseExchange(const std::string& reader, const std::string& bytes)
{
    if (reader.starts_with(kPose))
        return {exercisePose(reader.substr(std::string(kPose).size()), bytes), ""};
    if (const SpanFormat* format = spanFormat(reader))
        return {exerciseSpans(*format, bytes), ""};
    return {exerciseRows(bytes), ""};
}

std::vector<SeedFile> exchangeSeeds(const std::string& reader)
{
    std::vector<SeedFile> seeds;
    if (const SpanFormat* format = spanFormat(reader); format && format->canExport()) {
        std::vector<std::string> notes;
        if (auto file = format->render(smallProject(), {}, notes)) {
            for (const OutgoingFile& more : file->more)
                if (format->companionOf(file->name) == more.name)
                    file->content += std::string(kCompanion) + more.content;
            seeds.push_back({file->name, std::move(file->content)});
        }
    } else if (!reader.starts_with(kPose)) {
        seeds.push_back({"labels.csv", "1,10,20\n17,30,45\n99,50,60\n"});
    }
    std::error_code ec;
    for (const fs::path& file : sortedEntries(fs::path(TELLTALE_SOURCE_DIR) / "tests/fuzz/corpus" / reader))
        if (fs::is_regular_file(file, ec))
            if (auto bytes = readFile(file))
                seeds.push_back({file.filename().string(), std::move(*bytes)});
    return seeds;
}

} // namespace telltale::fuzz
