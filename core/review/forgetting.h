// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/classscore.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// Which classes new heads have forgotten beside those in use, measured on the same held-out examples. Pure,
/// any thread.

struct ForgettingRule {
    double margin = 0.15; ///< falls of F1 that are larger count
    int64_t fewestExamples = 5; ///< of the class among the held-out ones, so that a fall says anything
};

struct ForgottenClass {
    int classId = -1;
    double from = 0; ///< F1 of the heads in use
    double to = 0; ///< F1 of the new ones
    int64_t examples = 0; ///< held-out ones of the class

    bool operator==(const ForgottenClass&) const = default;
};

/// The largest fall first, of equal ones the lower class. `now` and `next` by class; what only one of them
/// has is left out.
std::vector<ForgottenClass> forgottenClasses(
    std::span<const ClassScore> now, std::span<const ClassScore> next, const ForgettingRule& rule = {});

} // namespace telltale
