// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// How long calibration and modalities take on 100,000 decided spans of 40 videos and 20 people: the first
// time, after a decision, and the intervals that follow. Prints milliseconds.
#include "base/random.h"
#include "data/document.h"
#include "pipeline/analysis/calibrationanalysis.h"
#include "pipeline/analysis/modalityanalysis.h"
#include <QCoreApplication>
#include <QTemporaryDir>
#include <chrono>
#include <cstdio>
#include <string>

using namespace telltale;

namespace {

constexpr int kVideos = 40;
constexpr int kSpans = 2500; ///< of each
constexpr int kLooks = 5;

class Watch {
public:
    double ms() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

std::vector<float> randomRow(Random& random, int classes)
{
    std::vector<float> row(static_cast<size_t>(classes), 0.02F);
    row[static_cast<size_t>(random.below(classes))] = static_cast<float>(random.uniform(0.3, 0.9));
    return row;
}

bool addVideo(Document& document, int number, Random& random)
{
    VideoEntry video;
    video.name = std::string("v").append(std::to_string(number));
    video.path = video.name + ".mp4";
    video.subject = std::string("s").append(std::to_string(number / 2));
    video.frameCount = 200000;
    video.fps = 25;
    video.offline = true;
    const auto id = document.addVideo(video);
    if (!id)
        return false;
    const int classes = document.scheme().classCount();
    std::vector<Prediction> answers(kSpans);
    for (int i = 0; i < kSpans; ++i) {
        Prediction& one = answers[static_cast<size_t>(i)];
        one.span = {i * 20, i * 20 + 10};
        one.fused = randomRow(random, classes);
        for (const char* modality : {"joint", "heatmap", "rgb"}) {
            one.modalities[modality].probabilities = randomRow(random, classes);
            one.modalities[modality].embedding.assign(64, 0.1F);
        }
        one.birth = R"({"method":"leave-one-out consensus","model":"demo 12345678",
            "temperatures":{"joint":1.5,"heatmap":1.2,"rgb":1.1}})";
    }
    PredictionRun run;
    run.videoId = *id;
    run.model = "demo 12345678";
    return document.importRun(run, answers).ok();
}

bool decideAll(Document& document, Random& random)
{
    std::vector<int64_t> accepted;
    std::vector<int64_t> rejected;
    for (const Annotation& span : document.allAnnotations())
        (random.chance(0.8) ? accepted : rejected).push_back(span.id);
    return document.decideProposals(accepted, rejected).ok();
}

void look(Document& document, AnswerBook& book, bool intervals)
{
    ProgressSink quiet;
    const FrozenProject project = document.freeze();
    const Watch modalityWatch;
    auto modalities = analyzeModalities(project, {}, book, quiet);
    const double modalityMs = modalityWatch.ms();
    const Watch calibrationWatch;
    auto calibration = analyzeCalibration(project, {}, book, quiet);
    std::printf("modalities %8.1f  (%zu spans)   calibration %8.1f  (%zu audit items)\n", modalityMs,
        modalities->spans.size(), calibrationWatch.ms(), calibration->items.size());
    if (!intervals)
        return;
    const Watch first;
    (void)addIntervals(*modalities, {}, quiet);
    const double firstMs = first.ms();
    const Watch second;
    (void)addIntervals(*calibration, {}, quiet);
    std::printf("intervals  %8.1f                 intervals   %8.1f\n", firstMs, second.ms());
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    auto document = Document::create(folder.filePath("p").toStdString(), *loadLabelScheme("smg"));
    Random random(1);
    if (!document)
        return 1;
    for (int i = 0; i < kVideos; ++i)
        if (!addVideo(**document, i, random))
            return 1;
    if (!decideAll(**document, random))
        return 1;
    AnswerBook book;
    const std::vector<Annotation> spans = (*document)->allAnnotations();
    for (int i = 0; i < kLooks; ++i) {
        look(**document, book, i + 1 == kLooks);
        if (!(*document)->setState(spans[static_cast<size_t>(i)].id, SpanState::Flagged).ok())
            return 1;
    }
    return 0;
}
