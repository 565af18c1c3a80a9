// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/longtail.h"
#include "learn/clips/clipset.h"
#include "learn/systemcalibration.h"
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// What one stream says of clips, by place in a list of clips; an empty row where a clip lacks its input.
struct ScoredClips {
    std::vector<std::vector<float>> logits;
    std::vector<std::vector<float>> features;
};

/// What the streams of a system say of clips of a set.
struct ClipScores {
    std::vector<size_t> clips; ///< in the set
    std::map<std::string, ScoredClips> streams;

    /// Logits of the clip at `place` by stream; without those that have none.
    std::map<std::string, std::vector<float>> logitsAt(size_t place) const;
};

/// The part of `scores` on `clips` (ascending, a subset).
ClipScores scoresOf(const ClipScores& scores, const std::vector<size_t>& clips);

/// Rows of the labelled clips for fitSystemCalibration(); subjects numbered in the order of their names.
std::vector<CalibrationRow> calibrationRows(const ClipSet& set, const ClipScores& scores);

/// What a stream or the vote reaches on labelled clips.
struct ClipFigures {
    int64_t clips = 0;
    double accuracy = 0;
    double top5 = 0;
    double macroF1 = 0; ///< over classes that occur in the truth or the prediction
    double headF1 = 0; ///< over classes that occur in the truth; NaN if none of the group does
    double mediumF1 = 0;
    double tailF1 = 0;
    double calibrationError = 0; ///< ECE, 15 bins
    double classwiseError = 0;
    std::vector<ClassScore> perClass;
};

/// What a calibrated system says of one labelled clip.
struct AnsweredClip {
    int label = 0;
    StreamProbabilities streams;
    std::vector<double> fused; ///< empty if no stream could be asked
};
/// Of the labelled clips among the scored ones.
std::vector<AnsweredClip> answersOf(
    const ClipSet& set, const ClipScores& scores, const SystemCalibration& calibration);

/// Figures by stream, and of the vote as "fused". Groups by `trainingCounts`, one a class.
std::map<std::string, ClipFigures> figuresOf(
    const std::vector<AnsweredClip>& answers, const std::vector<int64_t>& trainingCounts);
std::map<std::string, ClipFigures> figuresOf(const ClipSet& set, const ClipScores& scores,
    const SystemCalibration& calibration, const std::vector<int64_t>& trainingCounts);

/// Temperatures 1 and equal weights: what the networks say by themselves.
SystemCalibration uncalibrated(const ClipScores& scores);

/// JSON of figures by stream.
std::string figuresText(const std::map<std::string, ClipFigures>& figures);
/// Aligned lines for people, in percent.
std::string figureLines(const std::map<std::string, ClipFigures>& figures);
/// csv of the calibrated vote, clip_id,class_id,score_0,..., as `evaluate --task clips` reads it; clips that
/// no stream could be asked about are left out.
std::string scoreLines(const ClipSet& set, const ClipScores& scores, const SystemCalibration& calibration);

} // namespace telltale
