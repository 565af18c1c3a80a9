// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/volumekinds.h"
#include "nn/vit/visiontransformer.h"
#include "nn/volumes/r2plus1d.h"
#include "nn/volumes/slowonly.h"

namespace telltale {

namespace {

std::array<int64_t, 2> strides(
    const NetworkSpec& spec, const std::string& name, const std::array<int64_t, 2>& fallback)
{
    const auto found = spec.counts(name, {fallback[0], fallback[1]});
    TORCH_CHECK(found.size() == 2, "\"", name, "\" is a stride in time and one in space");
    return {found[0], found[1]};
}

/// "mean" and "deviation" of a recipe; both empty: pictures stay as they are.
ColourScale colours(const NetworkSpec& spec, const NetworkInput& input, const ColourScale& fallback)
{
    const auto* const mean = spec.find("mean");
    const auto* const deviation = spec.find("deviation");
    ColourScale scale = fallback;
    if (mean)
        scale.mean = *mean;
    if (deviation)
        scale.deviation = *deviation;
    const auto channels = static_cast<size_t>(input.channels);
    TORCH_CHECK(
        scale.mean.size() == scale.deviation.size() && (scale.mean.empty() || scale.mean.size() == channels),
        "\"mean\" and \"deviation\" need one number for each of the ", channels, " channels, or none");
    for (const double value : scale.deviation)
        TORCH_CHECK(value > 0, "a deviation is above 0");
    return scale;
}

} // namespace

SlowOnlyOptions slowOnlyOptions(const NetworkSpec& spec, const NetworkInput& input)
{
    const SlowOnlyOptions published;
    SlowOnlyOptions options;
    options.channels = input.channels;
    options.base = spec.count("base_channels", published.base);
    options.stemStride = strides(spec, "conv1_stride", published.stemStride);
    options.poolStride = strides(spec, "pool1_stride", published.poolStride);
    options.blocks = spec.counts("stage_blocks", published.blocks);
    options.inflate = spec.counts("inflate", published.inflate);
    options.spaceStrides = spec.counts("spatial_strides", published.spaceStrides);
    options.timeStrides = spec.counts("temporal_strides", published.timeStrides);
    return options;
}

Result<std::shared_ptr<ClipNetwork>> makeSlowOnly(const NetworkSpec& spec, const NetworkInput& input)
{
    return std::shared_ptr<ClipNetwork>(std::make_shared<SlowOnly>(slowOnlyOptions(spec, input)));
}

Result<std::shared_ptr<ClipNetwork>> makeR2Plus1d(const NetworkSpec& spec, const NetworkInput& input)
{
    R2Plus1dOptions options;
    options.channels = input.channels;
    options.width = spec.count("width", options.width);
    options.blocks = spec.counts("stage_blocks", options.blocks);
    options.colours = colours(spec, input, options.colours);
    return std::shared_ptr<ClipNetwork>(std::make_shared<R2Plus1d>(options));
}

Result<std::shared_ptr<ClipNetwork>> makeVideoMae(const NetworkSpec& spec, const NetworkInput& input)
{
    VisionTransformerOptions options;
    const auto size = spec.texts.find("size");
    if (size != spec.texts.end()) {
        const auto published = visionTransformerOfSize(size->second);
        if (!published)
            return published.error();
        options = *published;
    } else {
        options.clip = {input.frames, input.height, input.width};
    }
    options.channels = input.channels;
    options.width = spec.count("embed_dim", options.width);
    options.depth = spec.count("depth", options.depth);
    options.heads = spec.count("num_heads", options.heads);
    options.mlpRatio = spec.number("mlp_ratio", options.mlpRatio);
    options.patch = spec.count("patch_size", options.patch);
    options.tubelet = spec.count("tubelet_size", options.tubelet);
    const int64_t side = spec.count("img_size", 0);
    options.clip = {spec.count("all_frames", options.clip[0]), side > 0 ? side : options.clip[1],
        side > 0 ? side : options.clip[2]};
    options.dropPath = spec.number("drop_path", 0);
    options.colours = colours(spec, input, options.colours);
    return std::shared_ptr<ClipNetwork>(std::make_shared<VisionTransformer>(options));
}

} // namespace telltale
