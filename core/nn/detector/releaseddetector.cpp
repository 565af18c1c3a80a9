// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/detector/releaseddetector.h"
#include "nn/weights.h"
#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace telltale {

namespace {

/// `from` N . rest becomes `to` N . `within` rest.
struct Renaming {
    std::string_view from;
    std::string_view to;
    std::string_view within;
};

// OpenTAD's names are ours.
constexpr std::array kOpenTad = {
    Renaming{"projection.", "projection.", ""},
    Renaming{"neck.fpn_norms.", "neck.fpn_norms.", ""},
    Renaming{"rpn_head.", "rpn_head.", ""},
};

// ActionFormer, libs/modeling/backbones.py and meta_archs.py.
constexpr std::array kActionFormer = {
    Renaming{"backbone.embd.", "projection.embed.", ""},
    Renaming{"backbone.embd_norm.", "projection.embed.", "norm."},
    Renaming{"backbone.stem.", "projection.stem.", ""},
    Renaming{"backbone.branch.", "projection.branch.", ""},
    Renaming{"neck.fpn_norms.", "neck.fpn_norms.", ""},
    Renaming{"cls_head.head.", "rpn_head.cls_convs.", ""},
    Renaming{"cls_head.norm.", "rpn_head.cls_convs.", "norm."},
    Renaming{"cls_head.cls_head.conv.", "rpn_head.cls_head.", ""},
    Renaming{"reg_head.head.", "rpn_head.reg_convs.", ""},
    Renaming{"reg_head.norm.", "rpn_head.reg_convs.", "norm."},
    Renaming{"reg_head.offset_head.conv.", "rpn_head.reg_head.", ""},
    Renaming{"reg_head.scale.", "rpn_head.scale.", ""},
};

constexpr std::string_view kWrapper = "module.";
constexpr const char* kLastWeight = "rpn_head.cls_head.weight";
constexpr const char* kLastBias = "rpn_head.cls_head.bias";

/// Nothing: the tensor is not the detector's.
std::optional<std::string> renamed(std::string_view name, std::span<const Renaming> renamings)
{
    while (name.starts_with(kWrapper))
        name.remove_prefix(kWrapper.size());
    for (const Renaming& renaming : renamings) {
        if (!name.starts_with(renaming.from))
            continue;
        const std::string_view rest = name.substr(renaming.from.size());
        const size_t number = renaming.within.empty() ? 0 : rest.find('.') + 1;
        return std::string(renaming.to)
            .append(rest.substr(0, number))
            .append(renaming.within)
            .append(rest.substr(number));
    }
    return std::nullopt;
}

TensorFile detectorOf(const TensorFile& content, std::span<const Renaming> renamings)
{
    TensorFile own;
    for (const auto& [name, tensor] : content.tensors)
        if (const auto key = renamed(name, renamings))
            own.tensors[*key] = tensor;
    return own;
}

} // namespace

Result<ReleasedDetector> loadReleasedDetector(
    ActionFormer& detector, const TensorFile& content, const std::string& file)
{
    ReleasedDetector released{"OpenTAD", {}};
    TensorFile own = detectorOf(content, kOpenTad);
    TensorFile other = detectorOf(content, kActionFormer);
    if (other.tensors.size() > own.tensors.size()) {
        released.program = "ActionFormer";
        own = std::move(other);
    }
    const TensorFile present = saveWeights(detector);
    for (auto& [name, tensor] : own.tensors) {
        const auto wanted = present.tensors.find(name);
        if (wanted == present.tensors.end() || wanted->second.shape == tensor.shape)
            continue;
        // ActionFormer's norms are [1, channels, 1].
        if (tensor.shape == std::vector<int64_t>{1, wanted->second.count(), 1})
            tensor.shape = wanted->second.shape;
        else if (name == kLastWeight)
            released.notes.push_back(file + ": its last layer of shape " + shapeText(tensor.shape)
                + " is left out; wanted is " + shapeText(wanted->second.shape)
                + ". The classes are learned anew.");
    }
    if (!released.notes.empty())
        for (const char* name : {kLastWeight, kLastBias})
            own.tensors[name] = present.tensors.at(name);
    if (const Status status = loadWeights(detector, own, file); !status)
        return status.error();
    return released;
}

} // namespace telltale
