// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/networks.h"
#include "nn/networkspec.h"

namespace telltale {

/// Skeleton networks as recipes name them, over the points of `input.graph`; numbers that a recipe leaves out
/// are the references' (skeletonnetworks.h). All kinds but "decoupled" know base_channels, stages, inflate,
/// down and, where the input's normalisation is bound to it, persons. InvalidArgument names the number.

Result<std::shared_ptr<ClipNetwork>> makeStGcnPlusPlusKind(
    const NetworkSpec& spec, const NetworkInput& input);
Result<std::shared_ptr<ClipNetwork>> makeStGcnKind(const NetworkSpec& spec, const NetworkInput& input);
/// Also kernel, dilations, original (1: as the authors' own repository).
Result<std::shared_ptr<ClipNetwork>> makeCtrGcnKind(const NetworkSpec& spec, const NetworkInput& input);
/// widths, strides, places, groups, kernel, dilations, motion, bones.
Result<std::shared_ptr<ClipNetwork>> makeDecoupledKind(const NetworkSpec& spec, const NetworkInput& input);

} // namespace telltale
