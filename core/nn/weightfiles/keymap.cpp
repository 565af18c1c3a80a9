// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/keymap.h"
#include "nn/weightfiles/networkfamily.h"
#include <algorithm>
#include <array>
#include <optional>

namespace telltale {

namespace {

using Place = KeyRule::Place;

// PYSKL: recognizers hold "backbone" and "cls_head"; torch's wrappers put "module." before everything.
constexpr std::array kPyskl = {
    KeyRule{Place::Start, "module.", ""},
    KeyRule{Place::Start, "backbone.", ""},
    KeyRule{Place::Start, "cls_head.fc_cls.", kClassifier},
};

// MMAction2, and OpenTAD, whose converter gives VideoMAEv2 the names of MMAction2's transformer and keeps the
// position table, which is computed here.
constexpr std::array kMmaction = {
    KeyRule{Place::LeaveOut, "data_preprocessor.", ""},
    KeyRule{Place::Start, "module.", ""},
    KeyRule{Place::Start, "model.", ""},
    KeyRule{Place::Start, "backbone.", ""},
    KeyRule{Place::Start, "cls_head.fc_cls.", kClassifier},
    KeyRule{Place::LeaveOut, "pos_embed", ""},
    KeyRule{Place::Within, "patch_embed.projection.", "patch_embed.proj."},
    KeyRule{Place::Within, ".mlp.layers.0.0.", ".mlp.fc1."},
    KeyRule{Place::Within, ".mlp.layers.1.", ".mlp.fc2."},
};

// VideoMAE and VideoMAEv2: prefixes of pre-training, fine-tuning and compiled modules.
constexpr std::array kVideomae = {
    KeyRule{Place::Start, "module.", ""},
    KeyRule{Place::Start, "_orig_mod.", ""},
    KeyRule{Place::Start, "model.", ""},
    KeyRule{Place::Start, "backbone.", ""},
    KeyRule{Place::Start, "encoder.", ""},
    KeyRule{Place::Start, "head.", kClassifier},
    KeyRule{Place::LeaveOut, "pos_embed", ""},
    KeyRule{Place::LeaveOut, "decoder.", ""},
    KeyRule{Place::LeaveOut, "encoder_to_decoder.", ""},
    KeyRule{Place::LeaveOut, "mask_token", ""},
};

constexpr std::array kTorchvision = {
    KeyRule{Place::Start, "module.", ""},
    KeyRule{Place::Start, "fc.", kClassifier},
};

constexpr std::array kMaps = {
    KeyMap{"plain", "as they are", {}},
    KeyMap{"pyskl", "PYSKL", kPyskl},
    KeyMap{"mmaction2", "MMAction2 and OpenTAD", kMmaction},
    KeyMap{"videomaev2", "VideoMAE and VideoMAEv2", kVideomae},
    KeyMap{"torchvision", "torchvision", kTorchvision},
};

constexpr std::string_view kCounter = "num_batches_tracked";

/// Whether the rule fitted.
bool apply(const KeyRule& rule, std::string& name)
{
    const size_t found = rule.place == Place::Within ? name.find(rule.from)
        : name.starts_with(rule.from)                ? 0
                                                     : std::string::npos;
    if (found == std::string::npos)
        return false;
    name.replace(found, rule.from.size(), rule.to);
    return true;
}

/// The name in our networks; none: the tensor is left out.
std::optional<std::string> mapped(std::string name, const KeyMap& map)
{
    if (name.ends_with(kCounter))
        return std::nullopt;
    constexpr int kMostRounds = 16; // wrappers in wrappers
    bool changed = true;
    for (int round = 0; changed && round < kMostRounds; ++round) {
        changed = false;
        for (const KeyRule& rule : map.rules) {
            if (rule.place == Place::LeaveOut && name.starts_with(rule.from))
                return std::nullopt;
            changed = (rule.place != Place::LeaveOut && apply(rule, name)) || changed;
        }
    }
    return name;
}

/// The map with the largest score, the earlier one where two are equal.
template <typename Score> const KeyMap& best(const Score& score)
{
    return *std::max_element(
        kMaps.begin(), kMaps.end(), [&](const KeyMap& a, const KeyMap& b) { return score(a) < score(b); });
}

} // namespace

std::span<const KeyMap> keyMaps() { return kMaps; }

Result<const KeyMap*> findKeyMap(std::string_view name)
{
    std::string names;
    for (const KeyMap& map : kMaps) {
        if (map.name == name)
            return &map;
        names += (names.empty() ? "" : ", ") + std::string(map.name);
    }
    return Error{ErrorCode::InvalidArgument,
        "there are no names of tensors called \"" + std::string(name) + "\"; choose one of " + names};
}

Result<TensorFile> mapKeys(TensorFile content, const KeyMap& map)
{
    TensorFile ours;
    ours.metadata = std::move(content.metadata);
    for (auto& [name, tensor] : content.tensors) {
        const auto key = mapped(name, map);
        if (!key)
            continue;
        if (key->empty() || !ours.tensors.try_emplace(*key, std::move(tensor)).second)
            return Error{ErrorCode::BadFormat,
                "tensor \"" + name + "\" and another one would both be called \"" + *key
                    + "\" when the names of " + std::string(map.title)
                    + " are read. Choose the names that the file was written with."};
    }
    return ours;
}

const KeyMap& chooseKeyMap(const TensorFile& content, const WantedTensors& wanted)
{
    return best([&](const KeyMap& map) {
        int64_t score = 0;
        for (const auto& [name, tensor] : content.tensors) {
            const auto key = mapped(name, map);
            const auto found = key ? wanted.find(*key) : wanted.end();
            if (found != wanted.end() && found->second == tensor.shape)
                ++score;
            else if (key && !key->starts_with(kClassifier))
                --score;
        }
        return score;
    });
}

const KeyMap& chooseKeyMap(const TensorFile& content)
{
    // Shapes suffice to know a network; a tensor without numbers stands for each.
    return best([&](const KeyMap& map) {
        TensorFile shapes;
        for (const auto& [name, tensor] : content.tensors)
            if (const auto key = mapped(name, map))
                shapes.tensors[*key].shape = tensor.shape;
        const auto guess = guessNetwork(shapes);
        return guess ? 1 + guess->sizes.size() : 0;
    });
}

} // namespace telltale
