// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What holds for every format with spans that can be read and written, whichever they are.
#include "base/random.h"
#include "exchange/spanformat.h"
#include "exchangetest.h"
#include <cmath>

using namespace telltale;

namespace {

constexpr double kHour = 3600;
constexpr std::array<double, 7> kRates{23.976, 25, 28, 29.97, 30, 50, 59.94};

std::vector<const SpanFormat*> bothWays()
{
    std::vector<const SpanFormat*> list;
    for (const auto& format : exchangeFormats())
        if (const auto* spans = dynamic_cast<const SpanFormat*>(format.get());
            spans && spans->canImport() && spans->canExport())
            list.push_back(spans);
    return list;
}

/// Frames of 5 to 100 ms, of a time base that does not divide milliseconds.
FrameTimes variableRate()
{
    Random random(7);
    std::vector<MediaTime> starts;
    double at = 0;
    while (at < kHour) {
        starts.emplace_back(std::llround(at * 1e6));
        at += static_cast<double>(450 + random.below(8550)) / 90'000;
    }
    return {starts, MediaTime(std::llround(at * 1e6))};
}

/// Spans in a row and over each other, the shortest and both ends among them; no two are equal.
OutgoingProject projectOf(const FrameTimes& times, double fps, const LabelScheme& scheme)
{
    OutgoingProject project;
    project.name = "project";
    project.scheme = scheme;
    OutgoingVideo video;
    video.id = 1;
    video.name = "Sample0003";
    video.file = "/videos/Sample0003.mp4";
    video.subject = "s3";
    video.fps = fps;
    video.frameCount = times.frameCount();
    video.width = 640;
    video.height = 480;
    video.times = times;
    const auto add = [&](int64_t first, int64_t last) {
        OutgoingSpan span;
        span.id = static_cast<int64_t>(video.spans.size()) + 1;
        span.classId = static_cast<int>(span.id % scheme.classCount());
        span.label = scheme.classes[static_cast<size_t>(span.classId)].name;
        span.frames = {first, last};
        span.start = times.seconds(first);
        span.end = times.seconds(last);
        span.annotator = "anna";
        video.spans.push_back(span);
    };
    // Every frame of the hour is the first one of a span, and the last one of another.
    for (int64_t i = 0; i < times.frameCount(); ++i)
        add(i, std::min(times.frameCount(), i + 1 + i % 7));
    project.videos.push_back(std::move(video));
    return project;
}

using Row = std::tuple<int64_t, int64_t, std::string>;

std::vector<Row> rowsOf(const OutgoingProject& project)
{
    std::vector<Row> rows;
    for (const OutgoingSpan& span : project.videos.front().spans)
        rows.emplace_back(span.frames.first, span.frames.last, span.label);
    std::ranges::sort(rows);
    return rows;
}

std::vector<Row> rowsOf(const std::vector<IntakeVideo>& videos, const OutgoingProject& project)
{
    std::vector<Row> rows;
    for (const IntakeVideo& video : videos) {
        EXPECT_EQ(video.name, project.videos.front().name);
        for (const IntakeSpan& span : video.spans) {
            const FrameSpan frames
                = span.inSeconds ? project.videos.front().times.spanOf(span.start, span.end) : span.frames;
            rows.emplace_back(frames.first, frames.last,
                span.label.empty() ? project.scheme.classes.at(static_cast<size_t>(span.classId)).name
                                   : span.label);
        }
    }
    std::ranges::sort(rows);
    return rows;
}

/// What an import would read of the written files, each with its companion.
std::vector<SourceFile> sourcesOf(const SpanFormat& format, const OutgoingFile& file)
{
    std::map<std::string, const OutgoingFile*> files{{file.name, &file}};
    std::set<std::string> companions;
    for (const OutgoingFile& one : file.more)
        files[one.name] = &one;
    std::vector<SourceFile> sources;
    for (const auto& [name, one] : files) {
        sources.push_back({name, one->content, std::make_shared<const std::string>(name)});
        const auto companion = files.find(format.companionOf(name).string());
        if (companion != files.end()) {
            sources.back().companion = companion->second->content;
            companions.insert(companion->first);
        }
    }
    std::erase_if(sources, [&](const SourceFile& one) { return companions.contains(*one.name); });
    return sources;
}

/// The project after it was written and read.
void expectSameRows(const SpanFormat& format, const OutgoingProject& project, const std::string& what)
{
    std::vector<std::string> notes;
    const auto file = format.render(project, {}, notes);
    ASSERT_TRUE(file.ok()) << what << ": " << file.error().message;
    const ImportOptions options;
    ImportProblems problems;
    ProgressSink quiet;
    std::vector<IntakeVideo> videos;
    for (const SourceFile& source : sourcesOf(format, *file)) {
        auto some = format.read(source, {options, project.scheme, problems, notes, quiet});
        ASSERT_TRUE(some.ok()) << what << ": " << some.error().message;
        std::ranges::move(*some, std::back_inserter(videos));
    }
    ASSERT_TRUE(problems.empty()) << what << ": " << problems.refusal().message;
    const auto before = rowsOf(project);
    const auto after = rowsOf(videos, project);
    ASSERT_EQ(after.size(), before.size()) << what;
    const auto [wrong, wanted] = std::ranges::mismatch(after, before);
    EXPECT_TRUE(wrong == after.end())
        << what << ": frames " << std::get<0>(*wanted) << " to " << std::get<1>(*wanted) << " became "
        << std::get<0>(*wrong) << " to " << std::get<1>(*wrong) << ", " << std::get<2>(*wrong);
}

} // namespace

TEST(EveryFormat, KeepsEveryFrameOfAnHourAtEveryRate)
{
    const LabelScheme scheme = *loadLabelScheme("smg");
    for (const double fps : kRates) {
        const auto project
            = projectOf(FrameTimes::nominal(static_cast<int64_t>(kHour * fps), fps), fps, scheme);
        for (const SpanFormat* format : bothWays())
            expectSameRows(*format, project, format->name() + " at " + std::to_string(fps));
    }
}

TEST(EveryFormat, KeepsEveryFrameOfAnHourOfVariableRate)
{
    const FrameTimes times = variableRate();
    const auto project = projectOf(times, times.meanFps(), *loadLabelScheme("smg"));
    for (const SpanFormat* format : bothWays())
        expectSameRows(*format, project, format->name());
}

TEST(EveryFormat, RefusesWhatIsNoneOfIt)
{
    const LabelScheme scheme = *loadLabelScheme("smg");
    const ImportOptions options;
    for (const SpanFormat* format : bothWays())
        for (const std::string& content :
            {std::string(), std::string("\0\1\2\3", 4), std::string(100'000, '['), std::string(100'000, '<'),
                std::string("\xff\xfe\xfd nonsense")}) {
            if (content.empty() && format->name() == "srt")
                continue; // a video without spans
            ImportProblems problems;
            std::vector<std::string> notes;
            ProgressSink quiet;
            const SourceFile source{"x", content, std::make_shared<const std::string>("x")};
            const auto videos = format->read(source, {options, scheme, problems, notes, quiet});
            EXPECT_TRUE(!videos.ok() || !problems.empty())
                << format->name() << " takes " << content.substr(0, 5);
            if (videos)
                continue;
            const std::string& told = videos.error().message;
            EXPECT_TRUE(told.starts_with("x: ") || told.starts_with("x, ")) << told;
        }
}
