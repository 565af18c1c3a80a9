// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/result.h"
#include "learn/clips/clipset.h"
#include "learn/cmpl/rounds.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What stays of an adaptation beside the system it made: every round with every pseudo-label, so that people
/// see later, after a restart and on another computer, what each round did. Lies as rounds.json in the
/// system's folder. Plain values, no torch.

/// A pseudo-label of one round by where it lies. Of several students that took the clip, the label and the
/// probability are those of the surest, of equally sure ones of the first.
struct RecordedLabel {
    std::string video; ///< its name in the project or the set
    int person = 0;
    FrameSpan span;
    int classId = -1;
    double probability = 0; ///< what the teacher gave the class
    std::vector<std::string> students; ///< streams that learn from it
    bool decided = false; ///< by a person, before the round

    bool operator==(const RecordedLabel&) const = default;
};

struct RecordedStudent {
    std::string stream;
    int64_t offered = 0;
    int64_t accepted = 0;

    bool operator==(const RecordedStudent&) const = default;
};

struct RecordedRound {
    int round = 0; ///< from 1
    int64_t pool = 0; ///< clips
    std::vector<RecordedStudent> students;
    /// [stream][stream] in the order of the students: RoundSummary::agreement; NaN where there is none.
    std::vector<std::vector<double>> agreement;
    /// By class: clips of the pool, nobody's decision among them, of which a teacher's top class it is.
    std::vector<int64_t> named;
    std::vector<RecordedLabel> labels; ///< in the order of the pool
};

struct RecordedRun {
    std::string protocol; ///< "inductive", "transductive"
    std::string base; ///< digest of the system that was adapted
    std::string scheme;
    std::vector<std::string> classes;
    std::vector<int64_t> trainingCounts; ///< labelled clips that the system had learned from, by class
    std::vector<RecordedRound> rounds;
};

inline constexpr const char* kRoundsFile = "rounds.json";

/// For each clip of the pool that a student takes, which student's acceptance stands for it: (student,
/// place in its list), in the order of the pool.
std::vector<std::pair<size_t, size_t>> surestAcceptances(const CmplRound& round);

/// `clips`: of the set; `places`: which of them each clip of the pool is.
RecordedRound recordOf(const CmplPool& pool, const CmplRound& round, const RoundSummary& summary,
    const std::vector<ClipInfo>& clips, const std::vector<size_t>& places);

std::string toJson(const RecordedRun& run);
/// BadFormat names `where` and what does not fit.
Result<RecordedRun> recordedRunFromJson(std::string_view text, std::string_view where);

} // namespace telltale
