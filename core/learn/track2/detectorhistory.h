// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/track2/detectorepoch.h"
#include <string>

namespace telltale {

/// JSON of the epochs so far, as track2.json and checkpoints keep it.
std::string detectorHistoryText(const std::vector<DetectorEpoch>& history);
/// InvalidArgument says what does not fit.
Result<std::vector<DetectorEpoch>> parseDetectorHistory(const std::string& text);

} // namespace telltale
