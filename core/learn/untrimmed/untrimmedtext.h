// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/untrimmed/untrimmedset.h"

namespace telltale {

/// What the reader and the writer of untrimmed sets share; private to them.

inline constexpr const char* kUntrimmedFormat = "telltale-videos/1";

/// The texts in the metadata of the file.
std::string textOf(const UntrimmedSetInfo& info);
std::string textOf(const std::vector<UntrimmedVideo>& videos);
/// False, with the place in `why`, for texts that are not such.
bool parseInfo(const std::string& text, UntrimmedSetInfo& info, std::string& why);
bool parseVideos(const std::string& text, std::vector<UntrimmedVideo>& videos, std::string& why);

/// What is wrong, behind "The set" and "Video "X""; empty if nothing is.
std::string faultOf(const UntrimmedSetInfo& info);
std::string faultOf(const UntrimmedVideo& video, const UntrimmedSetInfo& info);

/// Numbers in a frame's points, bytes in a picture.
size_t pointNumbers(const UntrimmedSetInfo& info);
size_t pictureBytes(const UntrimmedSetInfo& info);
int64_t pictureCount(const UntrimmedVideo& video, const UntrimmedSetInfo& info);
/// Fewest and most rows of a feature that a video may have.
std::pair<int64_t, int64_t> featureRows(const UntrimmedVideo& video, const FeatureKind& kind);

/// Names of the tensors; the start of each video's rows is in the one that ends with "_rows".
inline constexpr const char* kPointsTensor = "points";
inline constexpr const char* kPicturesTensor = "pictures";
std::string featureTensor(size_t kind);
std::string rowsTensor(const std::string& tensor);

} // namespace telltale
