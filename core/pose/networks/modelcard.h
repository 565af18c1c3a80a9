// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/estimator.h"
#include <filesystem>
#include <vector>

namespace telltale {

/// A card and the file it stands in; no file for a built-in one.
struct CardInFile {
    PoseModelCard card;
    std::filesystem::path file;
};

/// NotFound; BadFormat names the card and the key that makes no sense.
Result<PoseModelCard> readPoseModelCard(const std::filesystem::path& file);

/// Cards to try on a model: the one in `MODEL.card.json` (MODEL with or without its extension) beside it or
/// in models/pose, else the built-in ones. BadFormat as readPoseModelCard().
Result<std::vector<CardInFile>> poseModelCards(const std::filesystem::path& model);

} // namespace telltale
