// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/untrimmed/untrimmedset.h"

namespace telltale::toy {

/// Untrimmed videos of a small world: now and then one of five points swings, which one and how fast is the
/// class; the colour of the pictures swings along.
struct ToyVideoOptions {
    int trainSubjects = 4;
    int validationSubjects = 1;
    int testSubjects = 2;
    int64_t frames = 600;
    int pictureSide = 0; ///< 0: no pictures
    uint64_t seed = 1;
};

inline constexpr int kVideoClasses = 3;

/// Writes the set and opens it.
std::shared_ptr<const UntrimmedSet> toyVideos(
    const std::filesystem::path& file, const ToyVideoOptions& options = {});

} // namespace telltale::toy
