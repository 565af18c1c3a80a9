// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "eval/metrics.h"
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// Truth and prediction of `evaluate --task spans`, with classes numbered alike on both sides.
struct SpanLists {
    std::vector<ScoredSpan> truth; ///< seconds (ActivityNet) or frames (csv)
    std::vector<ScoredSpan> predicted;
    std::vector<std::string> classes; ///< names, or ids as text, by number
    std::vector<std::string> notes; ///< videos that only one side has, what was left out
    const std::string& className(int classId) const { return classes.at(static_cast<size_t>(classId)); }
};

/// Reads ActivityNet JSON or span lists (csv), told apart by content; both sides have to be of one kind,
/// because one counts seconds and the other frames. Rejected spans of a truth do not count. NotFound /
/// BadFormat.
Result<SpanLists> readSpanLists(const std::filesystem::path& truth, const std::filesystem::path& predicted);

/// Truth and prediction of `evaluate --task clips`, clip by clip.
struct ClipLists {
    std::vector<int> truth;
    std::vector<int> predicted;
    std::vector<std::vector<double>> scores; ///< empty, or a row per clip
    std::vector<std::string> classes;
    std::vector<std::string> notes; ///< clips that only one side has
};

/// Reads csv `clip_id,class_id[,score_0,...]`, header optional. Clips of the truth without a prediction are
/// not scored, which a note says.
Result<ClipLists> readClipLists(const std::filesystem::path& truth, const std::filesystem::path& predicted);

} // namespace telltale
