// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"
#include <functional>
#include <nlohmann/json_fwd.hpp>

namespace telltale {

/// What the descriptions of clip sets and of untrimmed sets share. Private to their readers and writers.

nlohmann::json skeletonJson(const ClipSkeleton& skeleton);
/// Throws std::exception with a sentence about what does not fit.
ClipSkeleton skeletonOf(const nlohmann::json& json);
ClipRole roleNamed(const std::string& name);

/// Parses `text` and hands it to `read`; false, with what was thrown in `why`.
bool readJson(
    const std::string& text, std::string& why, const std::function<void(const nlohmann::json&)>& read);

} // namespace telltale
