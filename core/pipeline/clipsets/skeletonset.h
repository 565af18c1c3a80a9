// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"
#include "pipeline/clipsets/skeletonclips.h"
#include <optional>
#include <string_view>

namespace telltale {

/// What the readers of skeleton data sets share.

inline constexpr int kSetChannels = 4; ///< x, y, z, score

/// A sequence of rows of [points, 3] numbers.
struct SkeletonSequence {
    std::string name; ///< "s01_e02"
    std::string subject;
    std::vector<float> values;
};

struct SequenceClip {
    size_t sequence = 0;
    FrameSpan rows;
    int label = -1;
};

/// A whole number or a fraction at the start of `text`, which is shortened by it and by the blanks around it;
/// "NaN" gives nothing.
std::optional<double> takeNumber(std::string_view& text);
/// The next line without its end; false behind the last one.
bool takeLine(std::string_view& text, std::string_view& line);
/// "a, b, c"
std::string listed(const std::vector<std::string>& names);
/// "FILE, line N: what"
Error lineError(const std::filesystem::path& file, int64_t line, const std::string& what);

/// `cut` says what a clip is. Writes the clips with the roles of leave-one-subject-out: `test` (empty: the
/// first subject), the subject after it for validation where a third is left to train on.
Result<SkeletonClipCounts> writeSequences(const std::vector<SkeletonSequence>& sequences,
    const std::vector<SequenceClip>& clips, ClipSetInfo info, const std::string& cut, const std::string& test,
    const std::filesystem::path& out, ProgressSink& progress);

} // namespace telltale
