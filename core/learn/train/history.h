// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/train/trainoutcome.h"
#include <string_view>

namespace telltale {

/// JSON of the epochs so far. Confusion matrices are left out.
std::string historyText(const std::vector<EpochReport>& history);
/// Exactly the numbers that historyText() was given. BadFormat names `place`.
Result<std::vector<EpochReport>> parseHistory(std::string_view text, const std::string& place);

} // namespace telltale
