// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/spans.h"
#include "learn/track2/detectorepoch.h"
#include <string>
#include <vector>

namespace telltale {

/// What programs print of detectors and what they find.

/// "epoch 3 of 30: loss ..."
std::string detectorEpochLine(const DetectorEpoch& epoch);
/// Of the JSON that detectionFiguresText() gives: a line for each overlap and one with the counts, in
/// percent, without a line break at the end. Empty for what is no such JSON.
std::string detectionFigureLines(const std::string& figures);
/// Of DetectorFacts::figures: a heading a side and its lines.
std::string detectorSideLines(const std::string& figures);
/// "video_id,class_id,start_frame,end_frame,score" and a line a span.
std::string spanLines(const std::vector<ScoredSpan>& spans);

} // namespace telltale
