// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace telltale {

/// One figure of ours beside somebody else's or beside the limit, as a ratio ours / theirs.
struct BenchRow {
    std::string what;
    std::string unit;
    std::string against; ///< "ffms2", "OpenCV", "limit"
    double ours = 0;
    double theirs = 0;
    double ratio = 0; ///< median of the pairs' ratios where pairs were measured
    double goal = 0; ///< for the ratio; 0: none
    bool atLeast = false; ///< the ratio should be at least the goal, otherwise at most
    std::string missing{}; ///< why it was not measured; empty if it was
    std::string note{};
    bool met() const { return atLeast ? ratio >= goal : ratio <= goal; }
};

struct BenchSettings {
    std::filesystem::path folder; ///< for the videos that are measured; kept for the next time
    int targets = 40; ///< random seeks
    int actions = 200; ///< of the scripted session
    ProgressSink* progress = nullptr;
    /// Takes each row as soon as it is known.
    std::function<void(const BenchRow&)> row;
    bool cancelled() const { return progress && progress->cancelled(); }
};

struct Benchmark {
    const char* name;
    const char* summary;
    Status (*run)(const BenchSettings&);
};

// Parts of `bench video`.
Status benchOpening(const BenchSettings& settings);
Status benchSeeking(const BenchSettings& settings);
Status benchLinearDecoding(const BenchSettings& settings);
Status benchSession(const BenchSettings& settings);
Status benchHeldKey(const BenchSettings& settings);
Status benchMemory(const BenchSettings& settings);

// Parts of `bench features`.
Status benchHeatmaps(const BenchSettings& settings);
Status benchSparseStem(const BenchSettings& settings);
Status benchPoses(const BenchSettings& settings); ///< pose networks

/// `bench formats`.
Status benchFormats(const BenchSettings& settings);

/// `bench heads`.
Status benchHeads(const BenchSettings& settings);

/// `bench store`.
Status benchStore(const BenchSettings& settings);

/// `bench poseconv`.
Status benchPoseConv(const BenchSettings& settings);

/// `bench nms`.
Status benchSuppression(const BenchSettings& settings);

/// `bench skeleton`.
Status benchSkeleton(const BenchSettings& settings);

/// `bench vit`.
Status benchVit(const BenchSettings& settings);

} // namespace telltale
