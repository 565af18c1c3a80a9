// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// How soon every view of the analysis shows a decision, in the real window: wall time from the key's edit to
// the figures, and to the figures with all that comes later (intervals). `bench_analysis [SPANS
// [DECISIONS]]`.
#include "../app/sampleproject.h"
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/mainwindow.h"
#include "base/random.h"
#include "widgets/models/texts.h"
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QStandardPaths>
#include <QTimer>
#include <QUndoStack>
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace telltale {
namespace {

constexpr int kVideos = 40;
constexpr int kSubjects = 20;
constexpr int64_t kFrames = 400000;
constexpr double kLimit = 100; ///< milliseconds
constexpr int kLongest = 120000; ///< milliseconds until a view is given up

std::vector<float> randomShares(Random& random, int classes, int favoured)
{
    std::vector<float> shares(static_cast<size_t>(classes));
    double sum = 0;
    for (float& share : shares)
        sum += share = static_cast<float>(std::pow(random.uniform(), 6));
    shares[static_cast<size_t>(favoured)] += 1;
    for (float& share : shares)
        share = static_cast<float>(share / (sum + 1));
    return shares;
}

/// Classes as rare as they are far behind, as gestures are.
int randomClass(Random& random, int classes)
{
    return static_cast<int>(std::pow(random.uniform(), 2.5) * classes);
}

Status fill(Document& document, int spans)
{
    Random random(1);
    const int classes = document.scheme().classCount();
    for (int i = 0; i < kVideos; ++i) {
        VideoEntry video;
        video.name = std::string("v").append(std::to_string(i));
        video.path = std::string(video.name).append(".mp4");
        video.subject = std::string("s").append(std::to_string(i % kSubjects));
        video.frameCount = kFrames;
        video.durationUs = kFrames * 40000;
        video.fps = 25;
        video.offline = true;
        const auto id = document.addVideo(video);
        if (!id)
            return id.error();
        PredictionRun run;
        run.videoId = *id;
        run.model = "bench";
        std::vector<Prediction> made(static_cast<size_t>(spans / kVideos));
        int64_t at = 0;
        for (Prediction& one : made) {
            at += 5 + random.below(2 * kFrames / (std::ssize(made) + 1) - 30);
            one = sample::prediction(*id, {at, at + 5 + random.below(20)}, 0, 0.5F, classes);
            const int favoured = randomClass(random, classes);
            one.fused = randomShares(random, classes, favoured);
            for (auto& [name, scores] : one.modalities)
                scores.probabilities = randomShares(random, classes, favoured);
        }
        if (const auto entered = document.importRun(run, made); !entered)
            return entered.error();
    }
    std::vector<int64_t> decided;
    for (const Annotation& span : document.allAnnotations())
        if (random.uniform() < 0.5)
            decided.push_back(span.id);
    return document.setStates(decided, SpanState::Accepted);
}

void print(const QString& view, const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto at = [&times](double share) {
        return times[std::min(
            times.size() - 1, static_cast<size_t>(share * static_cast<double>(times.size())))];
    };
    std::printf("%-16s %-22s %8.1f ms median %8.1f ms p95 %8.1f ms worst (limit %.0f)\n", qPrintable(view),
        what, at(0.5), at(0.95), times.back(), kLimit);
    std::fflush(stdout);
}

template <typename Done> void turnUntil(const Done& done)
{
    QElapsedTimer clock;
    clock.start();
    QTimer awake;
    awake.start(1);
    while (!done() && clock.elapsed() < kLongest)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void measure(MainWindow& window, AnalysisPage& page, const std::vector<int64_t>& open, int decisions)
{
    Document& document = *window.bench().session.document();
    window.analysisPanel().showPage(&page);
    QCoreApplication::processEvents();
    turnUntil([&page] { return !page.busy(); });
    std::vector<double> first;
    std::vector<double> whole;
    int shown = 0;
    const auto link = QObject::connect(&page, &AnalysisPage::shown, [&shown] { ++shown; });
    for (int i = 0; i < decisions; ++i) {
        shown = 0;
        QElapsedTimer clock;
        clock.start();
        if (!document.setState(open[static_cast<size_t>(i)], SpanState::Accepted))
            std::abort();
        turnUntil([&shown] { return shown > 0; });
        first.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
        turnUntil([&page] { return !page.busy(); });
        whole.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
        document.undoStack()->undo();
        turnUntil([&page] { return !page.busy(); });
    }
    QObject::disconnect(link);
    print(page.name(), "to its figures", first);
    print(page.name(), "to all of them", whole);
}

int run(int spans, int decisions)
{
    QStandardPaths::setTestModeEnabled(true);
    const QTemporaryDir folder;
    const auto project = toPath(folder.filePath(QStringLiteral("project")));
    {
        const auto scheme = loadLabelScheme("smg");
        const auto document = Document::create(project, *scheme);
        const Status filled = document ? fill(**document, spans) : Status(document.error());
        if (!filled) {
            std::fprintf(stderr, "%s\n", filled.error().message.c_str());
            return 1;
        }
    }
    MainWindow window(Settings(), false);
    window.resize(1600, 1000);
    window.show();
    window.commands().openProject(toQString(project));
    Document& document = *window.bench().session.document();
    window.showPanel("statistics");
    turnUntil([&window] { return !window.bench().session.loading(); });
    std::vector<int64_t> open;
    for (const Annotation& span : document.allAnnotations())
        if (span.state == SpanState::Proposed)
            open.push_back(span.id);
    std::printf("%d spans in %d videos, %d decisions a view\n", spans, kVideos, decisions);
    for (AnalysisPage* const page : window.analysisPanel().pages())
        measure(window, *page, open, decisions);
    return 0;
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    return telltale::run(argc > 1 ? std::atoi(argv[1]) : 2000, argc > 2 ? std::atoi(argv[2]) : 20);
}
