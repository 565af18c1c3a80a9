// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/estimator.h"
#include <filesystem>
#include <vector>

namespace telltale {

/// Cards to try on a model: the one in `MODEL.card.json` (MODEL with or without its extension) beside it,
/// else the built-in ones. BadFormat names the card and the field that makes no sense.
Result<std::vector<PoseModelCard>> poseModelCards(const std::filesystem::path& model);

} // namespace telltale
