// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/networkfamily.h"
#include <algorithm>
#include <array>
#include <string_view>

namespace telltale {

namespace {

/// A size that can be read off the shape of a tensor.
struct Size {
    std::string_view name;
    std::string_view tensor;
    size_t dimension;
};

struct Family {
    std::string_view kind;
    std::string_view title;
    std::array<std::string_view, 3> marks; ///< tensors that it has; empty: no more
    std::array<Size, 3> sizes; ///< empty: no more
    std::string_view repeated; ///< numbered from 0 behind this start; their count is the depth
};

constexpr std::array kFamilies = {
    Family{"slowonly", "PoseConv3D SlowOnly (PYSKL, MMAction2)",
        {"conv1.conv.weight", "layer1.0.conv3.bn.weight"},
        {{{"channels", "conv1.conv.weight", 1}, {"width", "conv1.conv.weight", 0}}}, ""},
    Family{"stgcnpp", "ST-GCN++ or ST-GCN (PYSKL)", {"data_bn.weight", "gcn.0.gcn.A"},
        {{{"points", "gcn.0.gcn.A", 2}, {"channels", "gcn.0.gcn.conv.weight", 1}}}, "gcn."},
    Family{"ctrgcn", "CTR-GCN (PYSKL)", {"data_bn.weight", "net.0.gcn1.A", "net.0.gcn1.alpha"},
        {{{"points", "net.0.gcn1.A", 2}, {"channels", "net.0.gcn1.convs.0.conv1.weight", 1}}}, "net."},
    Family{"videomae", "vision transformer of VideoMAE and VideoMAEv2",
        {"patch_embed.proj.weight", "blocks.0.attn.qkv.weight", "blocks.0.mlp.fc1.weight"},
        {{{"width", "patch_embed.proj.weight", 0}, {"tubelet", "patch_embed.proj.weight", 2},
            {"patch", "patch_embed.proj.weight", 3}}},
        "blocks."},
    Family{"r2plus1d", "R(2+1)D (torchvision)", {"stem.0.weight", "layer1.0.conv1.0.0.weight"},
        {{{"channels", "stem.0.weight", 1}}}, ""},
};

const NdArray* find(const TensorFile& content, std::string_view name)
{
    const auto found = content.tensors.find(std::string(name));
    return found == content.tensors.end() ? nullptr : &found->second;
}

bool fits(const TensorFile& content, const Family& family)
{
    return std::all_of(family.marks.begin(), family.marks.end(),
        [&](std::string_view mark) { return mark.empty() || find(content, mark); });
}

int64_t countNumbered(const TensorFile& content, std::string_view start)
{
    for (int64_t count = 0;; ++count) {
        const std::string prefix = std::string(start) + std::to_string(count) + ".";
        const auto next = content.tensors.lower_bound(prefix);
        if (next == content.tensors.end() || !next->first.starts_with(prefix))
            return count;
    }
}

} // namespace

std::optional<NetworkGuess> guessNetwork(const TensorFile& content)
{
    const auto family = std::find_if(kFamilies.begin(), kFamilies.end(),
        [&](const Family& candidate) { return fits(content, candidate); });
    if (family == kFamilies.end())
        return std::nullopt;
    NetworkGuess guess{std::string(family->kind), std::string(family->title), {}};
    const auto add = [&](const Size& size) {
        const NdArray* tensor = size.tensor.empty() ? nullptr : find(content, size.tensor);
        if (tensor && size.dimension < tensor->shape.size())
            guess.sizes.emplace_back(size.name, tensor->shape[size.dimension]);
    };
    std::for_each(family->sizes.begin(), family->sizes.end(), add);
    if (!family->repeated.empty())
        guess.sizes.emplace_back("depth", countNumbered(content, family->repeated));
    add({"classes", "classifier.weight", 0});
    return guess;
}

} // namespace telltale
