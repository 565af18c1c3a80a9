// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// Who is measured on: named subjects, or one of several equal parts of them.
struct SubjectSplit {
    std::vector<std::string> test; ///< empty: by fold
    int fold = 1; ///< 1 to `folds`: every folds-th subject from this one on
    int folds = 5;
};

struct SkeletonVideoCounts {
    int64_t videos = 0;
    int64_t frames = 0;
    int64_t spans = 0;
    std::vector<std::string> subjects; ///< in the order of their names
    std::vector<std::string> test;
    /// A quarter of those who are not tested (at least one), who follow the test subjects in the list; nobody
    /// where less than two would be left to learn from.
    std::vector<std::string> validation;
    std::vector<std::string> notes; ///< sentences: what was left out
};

/// The untrimmed sequences of UTKinect-Action3D (Xia et al. 2012) as an UntrimmedSet without pictures: points
/// are x, y, z in metres and a score. The sensor's frame numbers count 30 a second and go on in uneven steps:
/// a frame of the set is every second number, interpolated between the rows around it, and missing where they
/// lie more than half a second apart. Errors as writeUtKinectClips(); InvalidArgument for subjects or folds
/// that are not there, and where nobody is left to learn from. Cancelled.
Result<SkeletonVideoCounts> writeUtKinectVideos(const std::filesystem::path& folder,
    const SubjectSplit& split, const std::filesystem::path& out, ProgressSink& progress);

} // namespace telltale
