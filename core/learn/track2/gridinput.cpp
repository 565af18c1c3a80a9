// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/gridinput.h"
#include <algorithm>
#include <array>

namespace telltale {

namespace {

/// What can be seen of a point, with the numbers that it takes in a space of so many axes.
struct SkeletonFeature {
    const char* name;
    bool vector; ///< a number an axis, else one
};
constexpr std::array<SkeletonFeature, 4> kSkeleton{
    {{"position", true}, {"displacement", true}, {"speed", false}, {"score", false}}};

const SkeletonFeature* featureNamed(const std::string& name)
{
    const auto* const found = std::find_if(
        kSkeleton.begin(), kSkeleton.end(), [&](const SkeletonFeature& entry) { return name == entry.name; });
    return found == kSkeleton.end() ? nullptr : found;
}

} // namespace

size_t featureKind(const UntrimmedSetInfo& set, const std::string& name)
{
    const auto found = std::find_if(
        set.features.begin(), set.features.end(), [&](const FeatureKind& kind) { return kind.name == name; });
    return static_cast<size_t>(found - set.features.begin());
}

Status checkGridInput(const GridInput& input, const UntrimmedSetInfo& set)
{
    if (input.skeleton.empty() && input.features.empty() && !input.pictures)
        return Error{ErrorCode::InvalidArgument,
            "The detector sees nothing: its recipe names neither skeleton features, nor cached ones, nor "
            "pictures."};
    if (input.pictures && set.pictureSide < 1)
        return Error{ErrorCode::InvalidArgument,
            "The detector wants pictures and the set has none; take a recipe for skeletons."};
    for (const std::string& name : input.skeleton)
        if (featureNamed(name) == nullptr)
            return Error{ErrorCode::InvalidArgument,
                "\"" + name
                    + "\" is no skeleton feature; there are position, displacement, speed and score."};
    if (!input.skeleton.empty() && set.skeleton.graph.points < 1)
        return Error{ErrorCode::InvalidArgument,
            "The detector wants skeletons and the set has none; take a recipe for pictures or features."};
    for (const std::string& name : input.features)
        if (featureKind(set, name) >= set.features.size())
            return Error{ErrorCode::InvalidArgument,
                "The set has no features \"" + name + "\"; compute them first or take another recipe."};
    return {};
}

int64_t gridChannels(const GridInput& input, const UntrimmedSetInfo& set)
{
    int64_t channels = 0;
    for (const std::string& name : input.skeleton)
        channels += int64_t{set.skeleton.graph.points} * (featureNamed(name)->vector ? set.channels - 1 : 1);
    for (const std::string& name : input.features)
        channels += set.features[featureKind(set, name)].size;
    return channels;
}

} // namespace telltale
