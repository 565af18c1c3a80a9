// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/volumes/poseconvlayers.h"
#include <memory>

namespace telltale {

/// PoseConv3D's SlowOnly on a processor, from points: the stem without its volume (SparseStem), the rest a
/// frozen graph whose weights lie as oneDNN reads them. The features are those of SlowOnly::embed() in
/// evaluation of the painted volume, up to rounding. Belongs to one thread.
class FastPoseConv {
public:
    /// BadFormat names a tensor of `weights` (read from `file`) that is missing, surplus or of another shape;
    /// Unsupported as foldedLayers().
    static Result<FastPoseConv> create(
        const SlowOnlyOptions& options, const TensorFile& weights, const std::string& file);
    ~FastPoseConv();
    FastPoseConv(FastPoseConv&&) noexcept;
    FastPoseConv& operator=(FastPoseConv&&) noexcept;

    /// Features [features] of one clip, by `stem.threads` threads; ReLU and pooling are its own business.
    /// InvalidArgument as SparseStem::run().
    Result<NdArray> embed(const StemPoints& points, const StemOptions& stem);

private:
    struct Parts;
    explicit FastPoseConv(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace telltale
