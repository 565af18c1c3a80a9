// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What recording effort adds to an edit, and how long 100,000 entries of the log take to become figures.
#include "data/document.h"
#include "pipeline/analysis/effortanalysis.h"
#include <QCoreApplication>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

using namespace telltale;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kEntries = 100000;
constexpr int kEdits = 2000;

double milliseconds(Clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

/// Median microseconds of an edit, in the window's way.
double editTime(Document& document, const std::vector<int64_t>& spans, bool measured)
{
    const EditEffort effort{{1840, 1, 0}, {200, 1, 0}, EffortMode::Gain};
    document.setEffortSource(measured
            ? Document::EffortSource([effort](const std::string&) { return formatEffort(effort); })
            : Document::EffortSource());
    std::vector<double> times;
    for (int i = 0; i < kEdits; ++i) {
        const auto before = Clock::now();
        (void)document.relabel(spans[static_cast<size_t>(i) % spans.size()], i % 2 + (measured ? 2 : 0));
        times.push_back(milliseconds(before) * 1000);
    }
    (void)document.flush();
    std::ranges::nth_element(times, times.begin() + kEdits / 2);
    return times[kEdits / 2];
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const fs::path folder = fs::temp_directory_path() / "telltale_bench_effort";
    fs::remove_all(folder);
    LabelScheme scheme;
    scheme.name = "bench";
    for (int i = 0; i < 52; ++i) {
        LabelClass one;
        one.name = std::string("class ").append(std::to_string(i));
        scheme.classes.push_back(one);
    }
    DocumentOptions options;
    options.background = true;
    auto made = Document::create(folder, scheme, options);
    if (!made)
        return std::fprintf(stderr, "%s\n", made.error().message.c_str()), 1;
    Document& document = **made;
    VideoEntry video;
    video.name = video.path = "one.mp4";
    video.subject = "s";
    video.frameCount = 10'000'000;
    video.fps = 25;
    const auto id = document.addVideo(video);
    std::vector<int64_t> spans;
    EditEffort effort{{1840, 1, 0}, {}, EffortMode::Gain};
    document.setEffortSource([&effort](const std::string&) {
        effort.span.milliseconds = (effort.span.milliseconds * 7 + 13) % 9000;
        effort.mode = static_cast<EffortMode>(effort.span.milliseconds % kEffortModes);
        return formatEffort(effort);
    });
    for (int i = 0; i < kEntries; ++i) {
        Annotation span;
        span.videoId = *id;
        span.span = {i * 20, i * 20 + 15};
        span.classId = i % 52;
        spans.push_back(*document.addAnnotation(span));
        if (i % 5000 == 0)
            (void)document.flush();
    }
    (void)document.flush();
    std::printf("an edit without effort: %.1f us, with: %.1f us (medians of %d)\n",
        editTime(document, spans, false), editTime(document, spans, true), kEdits);

    EffortLedger ledger;
    ProgressSink quiet;
    double slowest = 0;
    std::atomic<bool> done = false;
    // Who asks the store something meanwhile, as a panel of the window does.
    std::thread other([&] {
        while (!done) {
            const auto before = Clock::now();
            (void)document.effortLog(0, 1);
            slowest = std::max(slowest, milliseconds(before));
            // A panel asks now and then, not without a pause: the load that is measured, not a wait for
            // something.
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    auto before = Clock::now();
    const Status read = readEffort(document, ledger, quiet);
    const double reading = milliseconds(before);
    done = true;
    other.join();
    before = Clock::now();
    const EffortAnalysis analysis = analyzeEffort(ledger, document.freeze());
    std::printf("%lld entries: read %.0f ms (others wait %.1f ms at most), figures %.0f ms\n",
        static_cast<long long>(ledger.sequence()), reading, slowest, milliseconds(before));
    (void)document.relabel(spans[7], 9);
    before = Clock::now();
    (void)readEffort(document, ledger, quiet);
    const EffortAnalysis next = analyzeEffort(ledger, document.freeze());
    std::printf("after one decision: %.0f ms (%lld spans)\n", milliseconds(before),
        static_cast<long long>(next.all.seconds.count));
    made->reset();
    fs::remove_all(folder);
    return read && analysis.missing == EffortMissing::Nothing ? 0 : 1;
}
