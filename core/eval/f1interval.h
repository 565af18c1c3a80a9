// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/bootstrap.h"
#include "eval/wilson.h"
#include <vector>

namespace telltale {

/// How sure the F1 of one class is. Pure functions, any thread.

/// What was right of one class; sums over clips, so that subjects can be added up.
struct ClassTally {
    int64_t truth = 0;
    int64_t predicted = 0;
    int64_t correct = 0;

    ClassTally& operator+=(const ClassTally& other)
    {
        truth += other.truth;
        predicted += other.predicted;
        correct += other.correct;
        return *this;
    }
};

/// 2 correct / (truth + predicted); NaN where the class is neither true nor predicted.
double f1Of(const ClassTally& tally);

/// 95 % interval by Wilson's score: F* = correct / (truth + predicted - correct) is a share of the clips that
/// are of the class or were taken for it, and F1 = 2 F* / (1 + F*) grows with it, so Wilson's ends of F* are
/// those of F1 ("indirect" of Lam, Gopal, Qian 2023, arXiv 2309.14621). Right for clips that are independent
/// of each other, as of one subject or where nothing is known of subjects. [0, 1] without clips.
ShareInterval f1WilsonInterval(const ClassTally& tally);

/// Percentiles of each class's F1 over resampled subjects; right where there are several. `bySubject`:
/// [subject][class], as many classes each. A resample in which a class does not occur is left out of its
/// interval.
std::vector<BootstrapInterval> subjectF1Intervals(
    const std::vector<std::vector<ClassTally>>& bySubject, const BootstrapOptions& options);

} // namespace telltale
