// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"

namespace telltale::toy {

/// A small world to learn: three classes that differ in which of five points moves how, and in the colour
/// that passes over the pictures. Each subject has a size, a place and a speed.
struct ToyOptions {
    int trainSubjects = 4;
    int validationSubjects = 2;
    int testSubjects = 2;
    int clipsPerClass = 6; ///< of each subject; the last class has a third of them
    uint64_t seed = 1;
    double noise = 0.5; ///< pixels
};

inline constexpr int kClasses = 3;
inline constexpr int kPoints = 5;

/// Writes the set and opens it.
std::shared_ptr<const ClipSet> toyClips(const std::filesystem::path& file, const ToyOptions& options = {});

} // namespace telltale::toy
