// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What a retraining costs the GUI thread when it begins in a project of 100,000 proposals, and how long its
// background work goes on after it was told to stop. Milliseconds on the wall.
#include "base/random.h"
#include "data/document.h"
#include "pipeline/models.h"
#include "pipeline/retrain.h"
#include "pipeline/retrainscores.h"
#include <QCoreApplication>
#include <QTemporaryDir>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>

namespace telltale {
namespace {

constexpr int kVideos = 10;
constexpr int kProposals = 10000; ///< of each video
constexpr int64_t kFrames = 200000;
constexpr int kRepeats = 20;

class Clock {
public:
    double milliseconds() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

void print(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-64s %9.3f ms median %9.3f ms worst\n", what, times[times.size() / 2], times.back());
}

std::vector<float> randomNumbers(Random& random, size_t count)
{
    std::vector<float> numbers(count);
    for (float& one : numbers)
        one = static_cast<float>(random.uniform());
    return numbers;
}

/// Proposals with the embeddings that the shipped heads want; every twentieth is decided.
Status fill(Document& document, const LoadedModels& models)
{
    Random random(2);
    const auto classes = static_cast<size_t>(document.scheme().classCount());
    const std::string birth
        = R"({"digest": ")" + models.ensemble->digest() + R"(", "label": 1, "score": 0.5})";
    for (int i = 0; i < kVideos; ++i) {
        VideoEntry video;
        video.name = std::string("v").append(std::to_string(i));
        video.path = std::string(video.name).append(".mp4");
        video.subject = std::string("s").append(std::to_string(i));
        video.frameCount = kFrames;
        video.fps = 25;
        video.offline = true;
        const auto id = document.addVideo(video);
        if (!id)
            return id.error();
        PredictionRun run;
        run.videoId = *id;
        run.model = "bench";
        std::vector<Prediction> made(kProposals);
        for (Prediction& one : made) {
            one.videoId = run.videoId;
            one.span.first = random.below(kFrames - 200);
            one.span.last = one.span.first + 10 + random.below(100);
            one.fused = randomNumbers(random, classes);
            one.birth = birth;
            for (const auto& [modality, head] : models.heads.heads)
                one.modalities[modality] = {
                    randomNumbers(random, classes), randomNumbers(random, static_cast<size_t>(head.inputs))};
        }
        if (const auto entered = document.importRun(run, made); !entered)
            return entered.error();
    }
    std::vector<int64_t> decided;
    for (const Annotation& span : document.allAnnotations())
        if (span.id % 20 == 0)
            decided.push_back(span.id);
    return document.setStates(decided, SpanState::Accepted);
}

/// Tells the work to stop after some of its reports, and measures how long it goes on.
class StopAfter final : public ProgressSink {
public:
    explicit StopAfter(int reports) : m_left(reports) { }
    bool cancelled() const override { return m_left <= 0; }
    void report(int64_t, int64_t, std::string_view) override
    {
        if (--m_left == 0)
            m_told = Clock();
    }
    bool told() const { return m_left <= 0; }
    double since() const { return m_told.milliseconds(); }

private:
    std::atomic<int> m_left;
    Clock m_told;
};

template <typename Work>
void measureStops(const char* what, const std::vector<int>& reports, const Work& work)
{
    std::vector<double> times;
    for (const int after : reports) {
        StopAfter stop(after);
        work(stop);
        if (stop.told())
            times.push_back(stop.since());
    }
    if (!times.empty())
        print(what, times);
}

void measure(Document& document, const std::filesystem::path& newHeads)
{
    std::vector<double> freezing;
    std::vector<double> copying;
    std::vector<double> editing;
    const std::vector<Annotation> spans = document.allAnnotations();
    for (int i = 0; i < kRepeats; ++i) {
        Clock one;
        const FrozenProject frozen = document.freeze();
        freezing.push_back(one.milliseconds());
        Clock edit;
        if (!document.setState(spans[static_cast<size_t>(i) * 4001].id, SpanState::Flagged))
            std::abort();
        editing.push_back(edit.milliseconds());
        Clock copy;
        if (document.allAnnotations().size() != spans.size())
            std::abort();
        copying.push_back(copy.milliseconds());
    }
    print("freeze 100,000 spans (what the GUI thread does)", freezing);
    print("first edit while they are frozen", editing);
    print("copy all of them (what it did before, the least part of it)", copying);
    const FrozenProject frozen = document.freeze();
    CancelFlag never;
    Clock request;
    const auto made = makeRetrainRequest(frozen, 1, false, never);
    if (!made)
        std::abort();
    print("request in the background", {request.milliseconds()});
    Clock compare;
    const auto found = whatIf(frozen, newHeads, never);
    if (!found)
        std::abort();
    std::printf("%lld of %lld open proposals would change\n", static_cast<long long>(found->changes.size()),
        static_cast<long long>(found->compared));
    print("what-if in the background", {compare.milliseconds()});
    measureStops("stop while the project is read", {1, 50, 200, 350},
        [&](ProgressSink& sink) { (void)makeRetrainRequest(frozen, 1, false, sink); });
    measureStops("stop of a retraining, first to later reports", {1, 2, 3, 5, 10, 20, 40, 80, 120, 121, 122},
        [&](ProgressSink& sink) { (void)retrainHeads(*made, sink, {}); });
    measureStops("stop of the comparison", {1, 50, 100, 300},
        [&](ProgressSink& sink) { (void)whatIf(frozen, newHeads, sink); });
}

int run()
{
    const QTemporaryDir folder;
    const auto scheme = loadLabelScheme("smg");
    const auto path = std::filesystem::path(folder.path().toStdString()) / "project";
    const auto models = loadModels({}, *scheme);
    if (!models)
        return 1;
    {
        auto made = Document::create(path, *scheme);
        if (const Status filled = fill(**made, *models); !filled) {
            std::fprintf(stderr, "%s\n", filled.error().message.c_str());
            return 1;
        }
    }
    HeadSet other = models->heads;
    for (auto& [modality, head] : other.heads)
        std::ranges::reverse(head.bias);
    const auto file = path / "models" / "heads-other.safetensors";
    if (!writeHeads(file, other, "{}"))
        return 1;
    DocumentOptions options;
    options.background = true;
    const auto document = std::move(*Document::open(path, options));
    measure(*document, file);
    return 0;
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return telltale::run();
}
