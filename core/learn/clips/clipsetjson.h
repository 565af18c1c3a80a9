// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"

namespace telltale {

/// The texts in the metadata of a clip set's file. Private to the set's reader and writer.
std::string textOf(const ClipSetInfo& info);
std::string textOf(const std::vector<ClipInfo>& clips);
/// False, with the place in `why`, for texts that are not such.
bool parseInfo(const std::string& text, ClipSetInfo& info, std::string& why);
bool parseClips(const std::string& text, std::vector<ClipInfo>& clips, std::string& why);

inline constexpr const char* kClipSetFormat = "telltale-clips/1";

} // namespace telltale
