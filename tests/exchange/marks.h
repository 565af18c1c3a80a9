// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"
#include "exchangetest.h"

namespace telltale {

/// What a reader says of bytes that stand nowhere.
struct MarksRead {
    std::vector<IntakeVideo> videos;
    std::vector<std::string> problems; ///< sentences
    std::vector<std::string> notes;
    std::string error; ///< empty: the file is one of the format
};

inline MarksRead readMarks(const std::string& format, const std::filesystem::path& path,
    const std::string& content, std::optional<std::string> companion = {},
    const FormatSettings& settings = {})
{
    const auto* spans = dynamic_cast<const SpanFormat*>(*findFormat(format));
    ImportOptions options;
    options.settings = settings;
    const LabelScheme scheme;
    ImportProblems problems;
    ProgressSink quiet;
    MarksRead read;
    SourceFile file{path, content, std::make_shared<const std::string>(path.string())};
    if (companion)
        file.companion = *companion;
    auto videos = spans->read(file, {options, scheme, problems, read.notes, quiet});
    if (videos)
        read.videos = std::move(*videos);
    else
        read.error = videos.error().message;
    for (const ImportProblem& one : problems.kept())
        read.problems.push_back(one.sentence());
    return read;
}

inline OutgoingFile renderMarks(const std::string& format, const OutgoingVideo& video,
    const LabelScheme& scheme, const FormatSettings& settings = {})
{
    OutgoingProject project;
    project.name = "project";
    project.scheme = scheme;
    project.videos.push_back(video);
    ExportOptions options;
    options.settings = settings;
    std::vector<std::string> notes;
    auto file = dynamic_cast<const SpanFormat*>(*findFormat(format))->render(project, options, notes);
    EXPECT_TRUE(file.ok()) << file.error().message;
    return file ? std::move(*file) : OutgoingFile();
}

/// Two people, one with a name, all states that are exported, a score, overlaps and a gesture without a name;
/// names with everything that files use to separate parts.
inline OutgoingVideo marksVideo(const LabelScheme& scheme)
{
    OutgoingVideo video;
    video.name = "A & B/50% <one>";
    video.file = "/videos/a.mp4";
    video.fps = 25;
    video.frameCount = 1000;
    video.width = 640;
    video.height = 480;
    video.times = FrameTimes::nominal(1000, 25);
    video.persons = {{1, "Zoë; \"x\" <y>/z--> 10%"}};
    const auto add = [&](int64_t first, int64_t last, int classId, int person, SpanState state) {
        OutgoingSpan span;
        span.id = static_cast<int64_t>(video.spans.size()) + 1;
        span.classId = classId;
        span.label = classId < 0 ? std::string() : scheme.classes.at(static_cast<size_t>(classId)).name;
        span.frames = {first, last};
        span.start = video.times.seconds(first);
        span.end = video.times.seconds(last);
        span.person = person;
        span.state = state;
        video.spans.push_back(span);
    };
    add(0, 10, 0, 0, SpanState::Accepted);
    add(5, 20, 1, 0, SpanState::Corrected);
    add(5, 20, 2, 1, SpanState::Accepted);
    add(7, 8, 3, 1, SpanState::Accepted);
    add(10, 30, -1, 0, SpanState::Accepted);
    add(20, 21, 4, 1, SpanState::Proposed);
    add(990, 1000, 5, 0, SpanState::Proposed);
    for (OutgoingSpan& span : video.spans)
        if (span.state == SpanState::Proposed)
            span.score = span.classId == 4 ? 0.25 : 0.987654321;
        else
            span.annotator = span.person == 0 ? "anna" : "bo; [ö] = 1/2 --> <3>";
    return video;
}

/// A scheme whose names hold what formats separate parts with.
inline LabelScheme awkwardScheme()
{
    LabelScheme scheme;
    scheme.name = "own";
    for (const char* name : {"Arms akimbo", "a, b; \"c\" 'd'", "R&D &amp; <b>x</b> {\\an8}", "1 --> 2",
             "Füße/脚 %41 #3", "P1: x = [y]"})
        scheme.classes.push_back({name, {}, {}, {}, {}});
    return scheme;
}

using MarkRow = std::tuple<int64_t, int64_t, std::string, std::string, SpanState, std::string, double>;

/// Frames, label, person, state, annotator and score of every span, in order.
inline std::vector<MarkRow> marksOf(const OutgoingVideo& video)
{
    std::vector<MarkRow> rows;
    for (const OutgoingSpan& span : video.spans)
        rows.emplace_back(span.frames.first, span.frames.last, span.label, video.personName(span.person),
            span.state, span.annotator, span.score.value_or(-1));
    std::ranges::sort(rows);
    return rows;
}

inline std::vector<MarkRow> marksOf(const std::vector<IntakeVideo>& videos, const FrameTimes& times)
{
    std::vector<MarkRow> rows;
    for (const IntakeVideo& video : videos)
        for (const IntakeSpan& span : video.spans) {
            const FrameSpan frames = span.inSeconds ? times.spanOf(span.start, span.end) : span.frames;
            rows.emplace_back(frames.first, frames.last, span.label,
                span.personName.empty() ? "P" + std::to_string(span.person) : span.personName, span.state,
                span.annotator, span.score.value_or(-1));
        }
    std::ranges::sort(rows);
    return rows;
}

/// start, end, label
using SecondsRow = std::tuple<double, double, std::string>;
inline std::vector<SecondsRow> secondsOf(const IntakeVideo& video)
{
    std::vector<SecondsRow> rows;
    for (const IntakeSpan& span : video.spans)
        rows.emplace_back(span.start, span.end, span.label);
    return rows;
}

} // namespace telltale
