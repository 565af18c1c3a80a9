// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/clips/clipset.h"
#include "learn/cmpl/cmpl.h"
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace telltale {

/// Which unlabelled clips a system adapts on before it is evaluated on new subjects.
enum class AdaptationProtocol {
    Transductive, ///< on the evaluated clips themselves, without their labels (as 2606.13030)
    Inductive, ///< on other unlabelled clips of the same subjects
};
std::string_view nameOf(AdaptationProtocol protocol); ///< "transductive", "inductive"
std::optional<AdaptationProtocol> adaptationProtocolFromName(std::string_view name);

/// Indices into the list of clips, ascending.
struct AdaptationSplit {
    std::vector<size_t> pool; ///< their labels may not be read
    std::vector<size_t> evaluation;
};

/// Evaluated subjects are those with clips of role Test.
/// Transductive: evaluation = all Test clips with a label; pool = all Test clips and the Unlabelled ones of
/// the same subjects. Inductive: of each subject's Test clips the share `poolShare` goes to the pool, drawn
/// by `seed` without regard to labels, the rest with a label is the evaluation; Unlabelled clips of these
/// subjects join the pool. Clips that overlap an evaluated clip (same video and person) are in no pool.
/// InvalidArgument: no Test clips, a share outside [0, 1), nothing left for one of the two, or a leak
/// (checkAdaptation).
Result<AdaptationSplit> adaptationSplit(const std::vector<ClipInfo>& clips, AdaptationProtocol protocol,
    double poolShare = 0.5, uint64_t seed = 0);

/// Refuses, with the clip or subject by name: an evaluated subject that is trained or validated on;
/// inductive: a clip on both sides, or overlapping one of the other side.
Status checkAdaptation(
    const std::vector<ClipInfo>& clips, const AdaptationSplit& split, AdaptationProtocol protocol);

/// What persons decided about the clips of the pool (in its order), for CmplClip::decision: only clips that
/// are not evaluated, because there a person's word is the answer that is asked for.
std::vector<std::optional<ClipDecision>> poolDecisions(
    const std::vector<ClipInfo>& clips, const AdaptationSplit& split);

} // namespace telltale
