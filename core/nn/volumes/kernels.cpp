// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/volumes/kernels.h"
#include <cmath>
#include <torch/nn.h>

namespace telltale {

torch::nn::Conv3dOptions volumeKernel(int64_t in, int64_t out, Sizes3 size, Sizes3 stride)
{
    return torch::nn::Conv3dOptions(in, out, {size[0], size[1], size[2]})
        .stride({stride[0], stride[1], stride[2]})
        .padding({size[0] / 2, size[1] / 2, size[2] / 2})
        .bias(false);
}

torch::Tensor framePool(const torch::Tensor& volume, Sizes3 stride)
{
    const auto kept = stride[0] == 1 ? volume : volume.slice(2, 0, c10::nullopt, stride[0]);
    const auto pooled = torch::max_pool2d(kept.flatten(1, 2), {3, 3}, {stride[1], stride[2]}, {1, 1});
    return pooled.view({kept.size(0), kept.size(1), kept.size(2), pooled.size(2), pooled.size(3)});
}

void fillNormal(torch::Tensor tensor, double deviation, Random& random, double most)
{
    std::vector<float> values(static_cast<size_t>(tensor.numel()));
    for (float& value : values) {
        double drawn = random.normal();
        while (std::abs(drawn) > most)
            drawn = random.normal();
        value = static_cast<float>(deviation * drawn);
    }
    tensor.copy_(torch::from_blob(values.data(), tensor.sizes()));
}

void drawConvolutions(torch::nn::Module& module, Random& random)
{
    const torch::NoGradGuard guard;
    for (const auto& part : module.modules(false)) {
        if (const auto* convolution = part->as<torch::nn::Conv3dImpl>()) {
            const auto& weight = convolution->weight;
            const double fanOut = static_cast<double>(weight.numel()) / static_cast<double>(weight.size(1));
            fillNormal(weight, std::sqrt(2.0 / fanOut), random);
        } else if (auto* norm = part->as<torch::nn::BatchNorm3dImpl>()) {
            norm->reset_running_stats();
            norm->weight.fill_(1);
            norm->bias.zero_();
        }
    }
}

void checkVolumes(const torch::Tensor& clips, int64_t channels, Sizes3 least)
{
    TORCH_CHECK(clips.dim() == 5, "the network reads [clips, channels, frames, height, width], not ",
        clips.dim(), " dimensions");
    TORCH_CHECK(clips.size(1) == channels, "the network reads clips of ", channels, " channels, these have ",
        clips.size(1));
    TORCH_CHECK(clips.size(2) >= least[0] && clips.size(3) >= least[1] && clips.size(4) >= least[2],
        "the network reads clips of at least ", least[0], " x ", least[1], " x ", least[2],
        " (frames, height, width), these have ", clips.size(2), " x ", clips.size(3), " x ", clips.size(4));
}

torch::Tensor normalized(const torch::Tensor& pictures, const ColourScale& scale)
{
    if (scale.mean.empty())
        return pictures;
    const auto perColour = [&](const std::vector<double>& values) {
        return torch::tensor(values, torch::kFloat).to(pictures.options()).view({1, -1, 1, 1, 1});
    };
    return (pictures - perColour(scale.mean)) / perColour(scale.deviation);
}

} // namespace telltale
