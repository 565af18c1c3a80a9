// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"
#include "exchangetest.h"

namespace telltale {

/// What a format makes of bytes, without a project.
struct ReadValues {
    Result<std::vector<IntakeVideo>> videos = Error{};
    std::vector<ImportProblem> problems;
    std::vector<std::string> notes;

    /// The sentences of all problems, one a line.
    std::string told() const
    {
        std::string text = videos ? "" : videos.error().message;
        for (const ImportProblem& one : problems)
            text += one.sentence() + "\n";
        return text;
    }
    size_t spans() const
    {
        size_t count = 0;
        if (videos)
            for (const IntakeVideo& video : *videos)
                count += video.spans.size();
        return count;
    }
    const IntakeVideo& video(const std::string& name) const
    {
        static const IntakeVideo none;
        if (videos)
            for (const IntakeVideo& one : *videos)
                if (one.name == name)
                    return one;
        ADD_FAILURE() << "there is no video " << name;
        return none;
    }
};

inline const SpanFormat& spanFormat(const std::string& name)
{
    return dynamic_cast<const SpanFormat&>(**findFormat(name));
}

inline ReadValues readText(const std::string& format, std::string_view content, const std::string& file = "x",
    const ImportOptions& options = {})
{
    ReadValues values;
    ImportProblems problems;
    ProgressSink quiet;
    const LabelScheme scheme;
    const SourceFile source{file, content, std::make_shared<const std::string>(file)};
    values.videos = spanFormat(format).read(source, {options, scheme, problems, values.notes, quiet});
    values.problems = problems.kept();
    return values;
}

inline ReadValues readReal(
    const std::string& format, const std::filesystem::path& file, const ImportOptions& options = {})
{
    return readText(format, *readFile(file), file.string(), options);
}

inline std::string rendered(const std::string& format, const OutgoingProject& project,
    const FormatSettings& settings = {}, std::vector<std::string>* notes = nullptr)
{
    ExportOptions options;
    options.settings = settings;
    std::vector<std::string> own;
    const auto file = spanFormat(format).render(project, options, notes ? *notes : own);
    EXPECT_TRUE(file.ok()) << file.error().message;
    return file ? file->content : "";
}

/// Two videos at 25 and 29.97 frames a second with awkward names, two people, all states, overlapping spans.
inline OutgoingProject awkwardProject()
{
    OutgoingProject project;
    project.name = "project";
    project.scheme.name = "own";
    for (const char* name : {"plain", "a, \"b\" / <c> & 'd'", "höher; 手"})
        project.scheme.classes.push_back({name, {}, {}, {}, {}});
    const auto video = [&](int64_t id, const std::string& name, double fps, SubjectRole role) {
        OutgoingVideo made;
        made.id = id;
        made.name = name;
        made.file = "/videos/" + name + ".mp4";
        made.subject = "s" + std::to_string(id);
        made.role = role;
        made.fps = fps;
        made.frameCount = 1000;
        made.width = 640;
        made.height = 480;
        made.times = FrameTimes::nominal(1000, fps);
        return made;
    };
    int64_t id = 0;
    const auto add = [&](OutgoingVideo& to, FrameSpan frames, int classId, SpanState state, int person,
                         const std::string& annotator, std::optional<double> score) {
        OutgoingSpan span;
        span.id = ++id;
        span.classId = classId;
        span.label = project.scheme.classes[static_cast<size_t>(classId)].name;
        span.frames = frames;
        span.start = to.times.seconds(frames.first);
        span.end = to.times.seconds(frames.last);
        span.state = state;
        span.person = person;
        span.annotator = annotator;
        span.score = score;
        to.spans.push_back(std::move(span));
    };
    OutgoingVideo one = video(1, "Sample0003", 25, SubjectRole::Train);
    one.persons = {{0, "Anna"}, {1, ""}};
    add(one, {0, 50}, 0, SpanState::Accepted, 0, "anna", {});
    add(one, {10, 30}, 0, SpanState::Corrected, 0, "bert", {});
    add(one, {20, 40}, 0, SpanState::Accepted, 0, "", {});
    add(one, {20, 40}, 1, SpanState::Accepted, 1, "", {});
    add(one, {50, 51}, 0, SpanState::Accepted, 0, "", {});
    add(one, {60, 90}, 2, SpanState::Proposed, 0, "", 0.625);
    OutgoingVideo two = video(2, "höhe 2", 29.97, SubjectRole::Test);
    add(two, {999, 1000}, 2, SpanState::Accepted, 0, "anna", {});
    add(two, {7, 8}, 1, SpanState::Proposed, 0, "", 0.25);
    project.videos = {std::move(one), std::move(two)};
    return project;
}

/// What of a span a test compares.
struct PlainSpan {
    std::string video;
    FrameSpan frames;
    std::string label;
    std::string person;
    SpanState state = SpanState::Accepted;
    double score = -1;
    std::string annotator;

    auto key() const
    {
        return std::tie(video, frames.first, frames.last, label, person, state, score, annotator);
    }
    bool operator==(const PlainSpan& other) const { return key() == other.key(); }
    bool operator<(const PlainSpan& other) const { return key() < other.key(); }
};

inline std::ostream& operator<<(std::ostream& out, const PlainSpan& span)
{
    return out << span.video << " [" << span.frames.first << "," << span.frames.last << ") " << span.label
               << " of " << span.person << ", " << nameOf(span.state) << " " << span.score << " by "
               << span.annotator;
}

inline std::vector<PlainSpan> plain(const OutgoingProject& project)
{
    std::vector<PlainSpan> spans;
    for (const OutgoingVideo& video : project.videos)
        for (const OutgoingSpan& span : video.spans)
            spans.push_back({video.name, span.frames, span.label, video.personName(span.person), span.state,
                span.score.value_or(-1), span.annotator});
    std::ranges::sort(spans, std::less<>());
    return spans;
}

/// The same of what was read, with the frame times of the project that was written.
inline std::vector<PlainSpan> plain(const std::vector<IntakeVideo>& videos, const OutgoingProject& project)
{
    std::vector<PlainSpan> spans;
    for (const IntakeVideo& video : videos) {
        const auto written = std::ranges::find(project.videos, video.name, &OutgoingVideo::name);
        if (written == project.videos.end()) {
            ADD_FAILURE() << "there is no video " << video.name;
            continue;
        }
        for (const IntakeSpan& span : video.spans)
            spans.push_back(
                {video.name, span.inSeconds ? written->times.spanOf(span.start, span.end) : span.frames,
                    span.label.empty() && span.classId >= 0
                        ? project.scheme.classes.at(static_cast<size_t>(span.classId)).name
                        : span.label,
                    span.personName.empty() ? written->personName(span.person) : span.personName, span.state,
                    span.state == SpanState::Proposed ? span.score.value_or(-1) : -1, span.annotator});
    }
    std::ranges::sort(spans, std::less<>());
    return spans;
}

} // namespace telltale
