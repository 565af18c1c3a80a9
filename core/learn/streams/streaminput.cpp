// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/streams/streaminput.h"
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr std::array kKinds{"skeleton", "heatmap", "rgb"};
constexpr std::array kFeatures{"joint", "bone", "joint-motion", "bone-motion"};

template <typename Names> bool isOneOf(const std::string& name, const Names& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

struct Range {
    const char* name;
    double StreamInput::*value;
    double low;
    double high;
};

constexpr std::array kRanges{
    Range{"sigma", &StreamInput::sigma, 0.05, 20},
    Range{"padding", &StreamInput::padding, 0, 4},
    Range{"interpolateBelow", &StreamInput::interpolateBelow, 0, 1},
    Range{"least", &StreamInput::least, 0.05, 1},
    Range{"flip", &StreamInput::flip, 0, 1},
    Range{"rotation", &StreamInput::rotation, 0, 3.15},
    Range{"turn", &StreamInput::turn, 0, 3.15},
    Range{"scale", &StreamInput::scale, 0, 4},
    Range{"shift", &StreamInput::shift, 0, 10},
    Range{"noise", &StreamInput::noise, 0, 10},
    Range{"drop", &StreamInput::drop, 0, 0.95},
    Range{"leastArea", &StreamInput::leastArea, 0.05, 1},
    Range{"brightness", &StreamInput::brightness, 0, 1},
};

Error outOfRange(const std::string& what)
{
    return {ErrorCode::InvalidArgument, "A stream's input has " + what + "."};
}

} // namespace

Status checkStreamInput(const StreamInput& input)
{
    if (!isOneOf(input.kind, kKinds))
        return outOfRange("the kind \"" + input.kind + "\"; there are skeleton, heatmap and rgb");
    if (input.frames < 1 || input.frames > 1024)
        return outOfRange("frames " + std::to_string(input.frames) + ", which has to be 1 to 1024");
    if (input.side < 4 || input.side > 1024)
        return outOfRange("side " + std::to_string(input.side) + ", which has to be 4 to 1024");
    if (input.kind == "skeleton" && input.features.empty())
        return outOfRange("no features");
    for (const std::string& feature : input.features)
        if (!isOneOf(feature, kFeatures))
            return outOfRange(
                "the feature \"" + feature + "\"; there are joint, bone, joint-motion and bone-motion");
    for (const Range& range : kRanges)
        if (!(input.*range.value >= range.low && input.*range.value <= range.high))
            return outOfRange(std::string(range.name) + " " + std::to_string(input.*range.value)
                + ", which has to be between " + std::to_string(range.low) + " and "
                + std::to_string(range.high));
    return {};
}

std::string streamInputText(const StreamInput& input)
{
    Json json = {{"kind", input.kind}, {"features", input.features}, {"frames", input.frames},
        {"side", input.side}, {"limbs", input.limbs}, {"flipView", input.flipView}};
    for (const Range& range : kRanges)
        json[range.name] = input.*range.value;
    return json.dump();
}

Result<StreamInput> parseStreamInput(const std::string& text, const std::string& place)
{
    StreamInput input;
    try {
        const Json json = Json::parse(text);
        for (const auto& [key, value] : json.items()) {
            const auto range = std::find_if(
                kRanges.begin(), kRanges.end(), [&key = key](const Range& r) { return key == r.name; });
            if (range != kRanges.end())
                value.get_to(input.*range->value);
            else if (key == "kind")
                value.get_to(input.kind);
            else if (key == "features")
                value.get_to(input.features);
            else if (key == "frames")
                value.get_to(input.frames);
            else if (key == "side")
                value.get_to(input.side);
            else if (key == "limbs")
                value.get_to(input.limbs);
            else if (key == "flipView")
                value.get_to(input.flipView);
            else
                return Error{ErrorCode::BadFormat, place + ": \"" + key + "\" is nothing that an input has."};
        }
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat, place + ": the input cannot be read: " + error.what() + "."};
    }
    if (Status status = checkStreamInput(input); !status)
        return Error{ErrorCode::BadFormat, place + ": " + status.error().message};
    return input;
}

NetworkInput networkInputOf(const StreamInput& input, const ClipSetInfo& set)
{
    NetworkInput network;
    network.graph = set.skeleton.graph;
    network.frames = input.frames;
    network.height = input.side;
    network.width = input.side;
    if (input.kind == "skeleton")
        network.channels = set.channels * static_cast<int64_t>(input.features.size());
    else if (input.kind == "rgb")
        network.channels = 3;
    else
        network.channels = input.limbs ? static_cast<int64_t>(set.skeleton.graph.inward.size())
                                       : set.skeleton.graph.points;
    return network;
}

bool hasInput(const ClipSet& set, size_t clip, const StreamInput& input)
{
    if (input.kind == "rgb")
        return !set.rgb(clip).empty();
    const auto points = set.points(clip);
    const auto channels = static_cast<size_t>(set.info().channels);
    for (size_t i = channels - 1; i < points.size(); i += channels)
        if (points[i] > 0)
            return true;
    return false;
}

} // namespace telltale
