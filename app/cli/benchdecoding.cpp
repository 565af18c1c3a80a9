// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Decoding from end to end, on one thread and on all.
#include "app/cli/bench.h"
#include "app/cli/benchtools.h"
#include "app/cli/benchvideos.h"
#include "media/framesource.h"
#include "media/parallelreader.h"
#include <algorithm>
#include <thread>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// A corner of each picture: decoding is measured, not conversion.
constexpr PictureView kCorner{{0, 0, 16, 16}, 0, 0};

Result<Cost> decodeWith(const fs::path& file, int workers, int64_t pictures)
{
    Status status;
    const Cost cost = costOf([&] {
        ParallelOptions options;
        options.frames = {0, pictures};
        options.view = kCorner;
        options.workers = workers;
        options.inOrder = false;
        auto reader = ParallelReader::open(file, options);
        if (!reader) {
            status = reader.error();
            return;
        }
        for (;;) {
            auto frame = (*reader)->next();
            if (!frame)
                status = frame.error();
            if (!frame || !*frame)
                return;
        }
    });
    if (!status)
        return status.error();
    return cost;
}

Status benchParallelDecoding(const BenchSettings& settings, const fs::path& file)
{
    constexpr int64_t kPictures = 3000;
    constexpr int kPairs = 3;
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    std::vector<Cost> alone;
    std::vector<Cost> together;
    for (int pair = 0; pair < kPairs && !settings.cancelled(); ++pair) {
        for (const bool first : {true, false}) {
            const bool one = first == (pair % 2 == 0);
            const auto cost = decodeWith(file, one ? 1 : cores, kPictures);
            if (!cost)
                return cost.error();
            (one ? alone : together).push_back(*cost);
        }
        settings.progress->report(pair + 1, kPairs, "decoding on all cores");
    }
    BenchRow row{"decode on all cores, times one core, wall", "x", "cores"};
    row.ours = medianRatio(alone, together, &Cost::wall);
    row.theirs = cores;
    row.ratio = row.ours / cores;
    row.goal = 0.9;
    row.atLeast = true;
    char note[80];
    std::snprintf(
        note, sizeof note, "CPU time %.2f of one thread's", medianRatio(together, alone, &Cost::cpu));
    row.note = note;
    settings.row(row);
    return {};
}

} // namespace

Status benchLinearDecoding(const BenchSettings& settings)
{
    constexpr int64_t kPictures = 3000;
    constexpr int kPairs = 5;
    const auto file = benchVideo(settings.folder, BenchVideo::TenMinutes);
    if (!file)
        return file.error();
    BenchRow row{"decode from end to end, pictures per CPU second", "1/s", "ffmpeg"};
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int pair = 0; pair < kPairs && row.missing.empty() && !settings.cancelled(); ++pair) {
        const auto cpu = programCpuMs({"ffmpeg", "-nostdin", "-v", "quiet", "-threads", "1", "-i",
            file->string(), "-frames:v", std::to_string(kPictures), "-f", "null", "-"});
        if (!cpu) {
            row.missing = cpu.error().message;
            break;
        }
        const auto usage = inChild([&](const std::function<void()>& measure) -> Status {
            OpenOptions options;
            options.cacheBytes = 1;
            auto source = openVideo(*file, options, nullptr);
            if (!source)
                return source.error();
            (*source)->setView(kCorner);
            for (int64_t i = 0; i < kPictures; ++i)
                if (auto frame = (*source)->read(i); !frame)
                    return frame.error();
            measure();
            return {};
        });
        if (!usage)
            return usage.error();
        ours.push_back(kPictures * 1e3 / usage->cpuMs);
        theirs.push_back(kPictures * 1e3 / *cpu);
        settings.progress->report(pair + 1, kPairs, "decoding from end to end");
    }
    if (!ours.empty()) {
        std::vector<double> ratios(ours.size());
        std::transform(ours.begin(), ours.end(), theirs.begin(), ratios.begin(), std::divides<>());
        row.ours = median(ours);
        row.theirs = median(theirs);
        row.ratio = median(ratios);
        row.goal = 0.97;
        row.atLeast = true;
    }
    settings.row(row);
    return benchParallelDecoding(settings, *file);
}

} // namespace telltale
