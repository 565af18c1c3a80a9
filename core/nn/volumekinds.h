// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/networks.h"
#include "nn/networkspec.h"
#include "nn/volumes/slowonlyoptions.h"

namespace telltale {

/// Networks over volumes and pictures from a recipe's words. Errors as makeNetwork() says.

/// "slowonly". Numbers as PYSKL calls them: base_channels, stage_blocks, inflate, spatial_strides,
/// temporal_strides, conv1_stride, pool1_stride (time, space).
SlowOnlyOptions slowOnlyOptions(const NetworkSpec& spec, const NetworkInput& input);
Result<std::shared_ptr<ClipNetwork>> makeSlowOnly(const NetworkSpec& spec, const NetworkInput& input);
/// "r2plus1d". Numbers: width, stage_blocks, mean and deviation (per colour).
Result<std::shared_ptr<ClipNetwork>> makeR2Plus1d(const NetworkSpec& spec, const NetworkInput& input);
/// "videomae". Texts: size (S, B, L, H or g; else the numbers embed_dim, depth, num_heads, mlp_ratio,
/// patch_size have to say it). Numbers: tubelet_size, all_frames, img_size (of the position table; the
/// published 16 and 224 for a published size, otherwise those of the input), drop_path, mean, deviation.
Result<std::shared_ptr<ClipNetwork>> makeVideoMae(const NetworkSpec& spec, const NetworkInput& input);

} // namespace telltale
