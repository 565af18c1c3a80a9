// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// What several people made of the same videos, as agreement between them is computed from it. Plain values.

/// A labelled span of one coder.
struct CodedSpan {
    FrameSpan span;
    int label = 0; ///< class in [0, CodedSet::labels)
    int64_t id = 0; ///< of whoever asks; not read here

    bool operator==(const CodedSpan&) const = default;
};

/// What one coder made of one unit.
struct Coding {
    std::vector<CodedSpan> spans;
    /// What the coder has looked through: only there no span means no gesture. Nothing: all of the unit.
    std::optional<std::vector<FrameSpan>> looked;
    std::vector<FrameSpan> shown; ///< spans that a model proposed and the coder could see while coding
    std::vector<FrameSpan> withheld; ///< spans that a model proposed and the coder could not see
};

/// One person in one video.
struct CodedUnit {
    int group = 0; ///< what is drawn anew for intervals: a subject or a video, in [0, CodedSet::groups)
    int64_t frames = 0; ///< of the video
    double msPerFrame = 40;
    std::vector<std::optional<Coding>> codings; ///< by coder; nothing: has not coded the unit
};

struct CodedSet {
    int labels = 0;
    int coders = 0;
    int groups = 0;
    std::vector<CodedUnit> units;
};

/// Stretches of frames in which nobody's label changes.
struct LabelRun {
    int64_t frames = 0;
    std::vector<int> labels; ///< by coder: a label, `labels` of the set for background, kNotCoded
};
inline constexpr int kNotCoded = -1;

/// What a coder says frame by frame, from the ends of spans alone: the cost grows with spans, not with
/// frames. Where spans of one coder overlap, the one that began last counts (of equal ones the later row).
/// Without the frames that nobody coded. `within`: only frames of these spans (any order, may overlap); null:
/// all.
std::vector<LabelRun> labelRuns(const CodedUnit& unit, const std::vector<int>& coders, int labels,
    const std::vector<FrameSpan>* within = nullptr);

/// The frames of any of the spans as spans that neither overlap nor touch, ascending.
std::vector<FrameSpan> unionOf(std::vector<FrameSpan> spans);
/// The frames of `from` that are not in `taken`; both as unionOf() gives them.
std::vector<FrameSpan> without(const std::vector<FrameSpan>& from, const std::vector<FrameSpan>& taken);
/// The frames of both; as above.
std::vector<FrameSpan> common(const std::vector<FrameSpan>& a, const std::vector<FrameSpan>& b);
/// Whether a span shares frames with any of `spans`, which are as unionOf() gives them.
bool touches(const std::vector<FrameSpan>& spans, const FrameSpan& span);

} // namespace telltale
