// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/wilson.h"
#include "learn/cmpl/cmpl.h"

namespace telltale {

/// Bookkeeping of CMPL rounds. Pure functions.

/// What became of a student's pseudo-labels from one round to the next over the same pool.
struct SelectionDiff {
    int64_t kept = 0; ///< same label
    int64_t added = 0;
    int64_t dropped = 0;
    int64_t relabelled = 0;
};

SelectionDiff compareSelections(const StudentSelection& before, const StudentSelection& after);

struct StudentSummary {
    std::string stream;
    int64_t offered = 0;
    int64_t accepted = 0;
    int64_t decided = 0; ///< of these by a person
    double meanProbability = 0; ///< of the teacher on accepted clips that no person decided
    std::vector<int64_t> perClass; ///< accepted
    SelectionDiff change; ///< since the round before; all added in the first
};

struct RoundSummary {
    int round = 0;
    std::vector<StudentSummary> students;
    /// [stream][stream]: share of the clips with both streams on whose top class the two agree; NaN without
    /// such clips.
    std::vector<std::vector<double>> agreement;
};

RoundSummary summarise(const CmplPool& pool, const CmplRound& round, const CmplRound* previous = nullptr);
std::string toJson(const RoundSummary& summary);

/// Clips of the pool to show to a person, `size` of the accepted ones that nobody decided yet, drawn without
/// their classes; ascending.
std::vector<size_t> auditSample(const StudentSelection& student, size_t size, uint64_t seed);
/// Precision of the pseudo-labels on clips whose class is known: `known` by clip of the pool. For an audit by
/// a person or a report after the fact; nothing that selects may call it. Decided clips do not count.
PrecisionEstimate estimatePrecision(const StudentSelection& student, const std::map<size_t, int>& known);

} // namespace telltale
