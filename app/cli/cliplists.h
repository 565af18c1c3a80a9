// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

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
