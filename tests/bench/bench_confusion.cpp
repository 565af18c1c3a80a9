// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Measures the confusion of a project with 40 videos and 100,000 decided spans: the first look, which reads
// every prediction, and the look after each decision, which reads none.
#include "base/random.h"
#include "data/document.h"
#include "pipeline/analysis/confusionanalysis.h"
#include <QCoreApplication>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <ctime>

namespace telltale {
namespace {

constexpr int kVideos = 40;
constexpr int kSpans = 2500; ///< of each
constexpr int kDecisions = 15;
constexpr int64_t kFrames = 500'000;

/// Of this process alone, so that what else the machine does is not in it.
double since(std::clock_t start)
{
    return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void fill(Document& document, int classes)
{
    Random random(1);
    for (int i = 0; i < kVideos; ++i) {
        VideoEntry video;
        video.name = std::string("v").append(std::to_string(i));
        video.path = std::string(video.name).append(".mp4");
        video.subject = std::string("s").append(std::to_string(i % 10));
        video.frameCount = kFrames;
        video.fps = 25;
        video.offline = true;
        PredictionRun run;
        run.videoId = *document.addVideo(video);
        run.model = "demo bench";
        std::vector<Prediction> made(kSpans);
        for (Prediction& one : made) {
            one.videoId = run.videoId;
            one.span.first = random.below(kFrames - 200);
            one.span.last = one.span.first + 10 + random.below(100);
            one.detectorScore = random.uniform();
            one.fused.assign(static_cast<size_t>(classes), 0.01F);
            one.fused[static_cast<size_t>(random.below(classes))] = 0.8F;
            for (const char* modality : {"heatmap", "joint", "rgb"})
                one.modalities[modality] = {one.fused, {}};
        }
        if (!document.importRun(run, made))
            std::abort();
    }
}

void measure(Document& document, ConfusionTask task, const char* name)
{
    AnswerMemory memory;
    ProgressSink quiet;
    const ConfusionRequest request{task, {}, {}};
    const auto look = [&] {
        const std::clock_t start = std::clock();
        if (!analyzeConfusion(document.freeze(), request, memory, quiet))
            std::abort();
        return since(start);
    };
    std::printf("%-24s first look %8.1f ms of the processor", name, look());
    std::vector<double> times;
    Random random(2);
    const std::vector<Annotation> spans = document.allAnnotations();
    for (int i = 0; i < kDecisions; ++i) {
        const Annotation& span = spans[static_cast<size_t>(random.below(std::ssize(spans)))];
        if (!document.relabel(span.id, static_cast<int>(random.below(5))))
            std::abort();
        times.push_back(look());
    }
    std::ranges::sort(times);
    std::printf(
        ", after a decision median %7.1f ms, longest %7.1f ms\n", times[times.size() / 2], times.back());
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    using namespace telltale;
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const auto scheme = loadLabelScheme("imigue");
    auto made = Document::create(std::filesystem::path(folder.path().toStdString()) / "p", *scheme);
    Document& document = **made;
    fill(document, scheme->classCount());
    std::vector<int64_t> ids;
    for (const Annotation& span : document.allAnnotations())
        ids.push_back(span.id);
    if (!document.setStates(ids, SpanState::Accepted))
        std::abort();
    std::printf("%zu decided spans in %d videos\n", ids.size(), kVideos);
    measure(document, ConfusionTask::Clips, "names of spans");
    measure(document, ConfusionTask::Spans, "spans that were found");
    return 0;
}
