// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The agreement report of a real project: 40 videos of 10 subjects, two annotators, 100,000 spans, 52
// classes. Wall clock, beside the limit.
#include "base/random.h"
#include "data/document.h"
#include "pipeline/analysis/agreementanalysis.h"
#include <QCoreApplication>
#include <QTemporaryDir>
#include <chrono>
#include <cstdio>

namespace telltale {
namespace {

constexpr int kVideos = 40;
constexpr int kSpans = 1250; ///< of each annotator in each video
constexpr int kClasses = 52;
constexpr int64_t kLength = 80; ///< of a span and what is around it, in frames
constexpr double kLimit = 2000;

class Clock {
public:
    double milliseconds() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

LabelScheme scheme()
{
    LabelScheme scheme;
    scheme.name = "bench";
    for (int i = 0; i < kClasses; ++i)
        scheme.classes.push_back({std::string("class ").append(std::to_string(i)), {}, {}, {}, {}});
    return scheme;
}

/// What one coder makes of gestures that are the same for all of them.
std::vector<Annotation> coded(int64_t video, uint64_t coder)
{
    Random gestures(static_cast<uint64_t>(video));
    Random own = gestures.fork(coder);
    std::vector<Annotation> spans;
    for (int i = 0; i < kSpans; ++i) {
        Annotation span;
        span.videoId = video;
        span.classId = static_cast<int>(gestures.below(kClasses));
        if (own.chance(0.2))
            span.classId = static_cast<int>(own.below(kClasses));
        const int64_t first = i * kLength + 10 + own.below(20);
        span.span = {first, first + 25 + own.below(25)};
        spans.push_back(span);
    }
    return spans;
}

Result<std::unique_ptr<Document>> makeProject(const std::filesystem::path& folder)
{
    auto made = Document::create(folder, scheme(), {false, "owner"});
    if (!made)
        return made;
    Document& document = **made;
    for (int i = 0; i < kVideos; ++i) {
        VideoEntry video;
        video.name = std::string("v").append(std::to_string(i));
        video.path = video.name + ".mp4";
        video.subject = std::string("s").append(std::to_string(i % 10));
        video.frameCount = kSpans * kLength + 100;
        video.durationUs = video.frameCount * 40000;
        video.offline = true;
        const auto id = document.addVideo(video);
        if (!id)
            return id.error();
        if (const Status status = document.assign(*id, {"anna", "bert"}); !status)
            return status.error();
        for (const uint64_t coder : {1U, 2U}) {
            document.setAnnotator(coder == 1 ? "anna" : "bert");
            if (const Status status = document.addAnnotations(coded(*id, coder), QStringLiteral("bench"));
                !status)
                return status.error();
        }
        document.setAnnotator("owner");
    }
    return made;
}

int run()
{
    const QTemporaryDir folder;
    const auto project = makeProject(folder.path().toStdString() + "/p");
    if (!project) {
        std::fprintf(stderr, "%s\n", project.error().message.c_str());
        return 1;
    }
    const FrozenProject frozen = (*project)->freeze();
    const auto measure = [&](const char* what, const AgreementRequest& request) {
        for (int i = 0; i < 3; ++i) {
            Clock clock;
            const auto analysis = analyzeAgreement(frozen, request);
            const auto made = analysis ? tables(*analysis, frozen.scheme()) : std::vector<Table>();
            const double time = clock.milliseconds();
            if (!analysis || made.empty())
                return;
            std::printf("%-46s %7.0f ms, limit %5.0f (%zu pairs and single spans)\n", what, time, kLimit,
                analysis->report.pairs[0].pairs.size());
        }
    };
    measure("figures without intervals", {0.3, false, false, 0});
    measure("whole report, 1000 drawings of 10 subjects", {});
    return 0;
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    return telltale::run();
}
