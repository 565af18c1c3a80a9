// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Measures the analysis of the long tail on a project of 40 videos and 100,000 spans, half of them decided.
//   bench_tail
#include "data/document.h"
#include "pipeline/analysis/tailanalysis.h"
#include <QCoreApplication>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <unistd.h>

namespace telltale {
namespace {

constexpr int kVideos = 40;
constexpr int kSpans = 100000;

void print(const char* what, const std::function<void()>& work)
{
    const auto from = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - from;
    std::printf("%-44s %9.1f ms\n", what, took.count());
    std::fflush(stdout);
}

Status fill(Document& document)
{
    const int classes = document.scheme().classCount();
    for (int v = 0; v < kVideos; ++v) {
        VideoEntry video;
        video.name = std::string("v").append(std::to_string(v));
        video.path = video.name + ".mp4";
        video.subject = std::string("s").append(std::to_string(v));
        video.frameCount = 1000000;
        const auto id = document.addVideo(video);
        if (!id)
            return id.error();
        std::vector<Prediction> predictions;
        for (int i = 0; i < kSpans / kVideos; ++i) {
            Prediction one;
            one.videoId = *id;
            one.span = {i * 100, i * 100 + 50};
            one.fused.assign(static_cast<size_t>(classes), 0.01F);
            one.fused[static_cast<size_t>((i * i + v) % (i % classes + 1))] = 0.7F;
            predictions.push_back(std::move(one));
        }
        PredictionRun run;
        run.videoId = *id;
        if (const auto entered = document.importRun(run, predictions); !entered)
            return entered.error();
    }
    std::vector<int64_t> half;
    for (const Annotation& span : document.allAnnotations())
        if (span.id % 2 == 0)
            half.push_back(span.id);
    return document.setStates(half, SpanState::Accepted);
}

int measure(const std::filesystem::path& folder)
{
    auto document = Document::create(folder, *loadLabelScheme("smg"));
    if (!document || !fill(**document))
        return 1;
    const FrozenProject project = (*document)->freeze();
    TailOptions options;
    options.predicted = std::make_shared<PredictedClasses>();
    CancelFlag progress;
    print("counts", [&] { (void)tailCounts(project, options); });
    print("all, nothing read yet", [&] { (void)tailAnalysis(project, options, progress); });
    print("all, after a further decision", [&] { (void)tailAnalysis(project, options, progress); });
    return 0;
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto folder = std::filesystem::temp_directory_path()
        / std::string("telltale_bench_tail_").append(std::to_string(getpid()));
    const int result = telltale::measure(folder);
    std::filesystem::remove_all(folder);
    return result;
}
