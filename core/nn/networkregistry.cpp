// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/networkregistry.h"
#include "nn/scriptbackbone.h"
#include "nn/skeleton/skeletonkinds.h"
#include "nn/volumekinds.h"
#include <array>
#include <set>

namespace telltale {

namespace {

using Made = Result<std::shared_ptr<ClipNetwork>>;

struct Kind {
    const char* name;
    Made (*make)(const NetworkSpec& spec, const NetworkInput& input);
};

Made makeSmallHeatmap(const NetworkSpec&, const NetworkInput& input)
{
    return makeHeatmapNetwork(input.channels);
}

Made makeSmallRgb(const NetworkSpec&, const NetworkInput&) { return makeRgbNetwork(); }

/// Every kind of network there is; a room that adds one adds a row.
constexpr std::array kKinds = {
    Kind{"small_heatmap", makeSmallHeatmap},
    Kind{"small_rgb", makeSmallRgb},
    Kind{"stgcnpp", makeStGcnPlusPlusKind},
    Kind{"stgcn", makeStGcnKind},
    Kind{"ctrgcn", makeCtrGcnKind},
    Kind{"decoupled", makeDecoupledKind},
    Kind{"slowonly", makeSlowOnly},
    Kind{"r2plus1d", makeR2Plus1d},
    Kind{"videomae", makeVideoMae},
    Kind{"script", makeScriptBackbone},
};

Error unknownKind(const std::string& name)
{
    std::string names;
    for (const Kind& kind : kKinds)
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return {ErrorCode::InvalidArgument,
        "There is no network \"" + name + "\"; the recipe can name: " + names + "."};
}

/// Of a constant that the network never asked for: a recipe that is not followed would be believed.
std::string strangeNumber(const NetworkSpec& spec, const std::set<std::string>& asked)
{
    for (const auto& [name, numbers] : spec.numbers)
        if (!asked.contains(name))
            return name;
    return {};
}

} // namespace

Result<std::shared_ptr<ClipNetwork>> makeNetwork(
    const NetworkSpec& spec, const NetworkInput& input, uint64_t seed)
{
    for (const Kind& kind : kKinds) {
        if (spec.kind != kind.name)
            continue;
        std::set<std::string> asked;
        NetworkSpec watched = spec;
        watched.asked = &asked;
        try {
            Made network = kind.make(watched, input);
            if (!network)
                return network;
            if (const std::string strange = strangeNumber(spec, asked); !strange.empty())
                return Error{ErrorCode::InvalidArgument,
                    "The network \"" + spec.kind + "\" has no \"" + strange
                        + "\"; take it out of the recipe or mend its name."};
            (*network)->drawWeights(seed);
            return network;
        } catch (const std::exception& error) {
            return Error{ErrorCode::InvalidArgument,
                "The network \"" + spec.kind + "\" cannot be built as the recipe says: " + error.what()};
        }
    }
    return unknownKind(spec.kind);
}

} // namespace telltale
