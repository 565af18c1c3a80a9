// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"

namespace telltale {

/// Which clips of a set do what. Indices ascend.
struct ClipSides {
    std::vector<size_t> train; ///< labelled, of training subjects
    std::vector<size_t> validation; ///< labelled, of subjects that select epochs and calibrate
    std::vector<size_t> test; ///< labelled, of the evaluated subjects
    std::vector<std::string> notes; ///< sentences for a person
};

/// Sides by role. Where no subject has the role validation, training subjects that have together about
/// `heldShare` of the clips are held out, drawn by `seed`; with a single training subject every so many of
/// its clips, with a note that calibration then knows the subject. InvalidArgument: a subject on two sides,
/// fewer than two classes or no clips to train on.
Result<ClipSides> clipSides(const ClipSet& set, double heldShare, uint64_t seed);

/// Labelled clips of each class.
std::vector<int64_t> classCounts(const ClipSet& set, const std::vector<size_t>& clips);

} // namespace telltale
