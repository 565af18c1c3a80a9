// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/spanside.h"
#include "base/result.h"
#include "eval/spans.h"
#include <map>
#include <string>
#include <vector>

namespace telltale {

struct SpanListOptions {
    std::string subjects; ///< csv video_id,subject; empty: what the sources say
    std::string role; ///< "train", ..., "all"; empty: see readSpanLists()
    std::string labels; ///< a label scheme (name or file) that gives class ids their names; empty: none
    double fps = 0;
    std::string run;
    ScoreKind score = ScoreKind::Both;
};

/// Truth and prediction of `evaluate --task spans`, with classes numbered alike on both sides.
struct SpanLists {
    std::vector<ScoredSpan> truth; ///< as it was read: with repetitions and spans of no length
    std::vector<ScoredSpan> predicted;
    std::vector<std::string> classes; ///< names, or ids as text, by number
    std::vector<std::string> videos; ///< what is evaluated, also videos without any span
    std::map<std::string, std::string> subjects; ///< by video; who is not here is alone in his video
    std::string subjectSource; ///< a sentence: where the subjects come from
    SpanUnit unit = SpanUnit::Frames;
    double starterTrim = 0; ///< SpanEvaluationOptions::starterTrim
    std::vector<std::string> notes; ///< videos that only one side has, what was left out
    const std::string& className(int classId) const { return classes.at(static_cast<size_t>(classId)); }
};

/// Reads both sides (readSpanSide()). Units: seconds if one side is ActivityNet JSON, else frames.
///
/// Rejected spans never count. Of a project only those are truth that somebody has decided on; of a file
/// all are, so that every file agrees with itself. Evaluated are the videos of `options.role`; without it
/// those of the test subjects where the truth is a project or the folders of SMG or iMiGUE and has test
/// subjects, else all. Predictions in known videos of other roles are left out, and so are those that lie
/// where the truth says that nobody has looked. Usage for a role that no video has.
Result<SpanLists> readSpanLists(
    const std::string& truth, const std::string& predicted, const SpanListOptions& options);

} // namespace telltale
