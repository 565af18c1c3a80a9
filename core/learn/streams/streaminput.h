// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/clips/clipset.h"
#include "nn/networkspec.h"
#include <string>
#include <vector>

namespace telltale {

/// How a stream sees a clip of a ClipSet. The values are those of a small run; recipes on disk give each with
/// its provenance.
struct StreamInput {
    std::string kind = "skeleton"; ///< "skeleton", "heatmap", "rgb"
    /// Skeleton: what stands beside each other in the channels: "joint", "bone", "joint-motion",
    /// "bone-motion".
    std::vector<std::string> features{"joint"};
    /// Taken from equal parts of the clip: at chance while training, their middle when scoring. Shorter clips
    /// repeat frames. RGB: at most what the set has.
    int frames = 32;
    int side = 56; ///< of a heat map or picture, pixels
    double sigma = 0.6; ///< heat maps: in pixels of the map
    bool limbs = false; ///< heat maps of the links instead of the points
    double padding = 0.25; ///< heat maps: around the body
    double interpolateBelow = 0.1; ///< score below which a point is filled in between two sightings
    bool flipView = true; ///< scoring averages over the clip and its mirror image
    // While training, each by chance for each clip:
    double least = 0.8; ///< share of the clip's length that is seen, at least
    double flip = 0.5;
    double rotation = 0.1; ///< skeleton: radians
    double turn = 0; ///< skeleton with z: radians
    double scale = 0.1; ///< skeleton
    double shift = 0.05; ///< skeleton: body units
    double noise = 0.01; ///< skeleton: body units
    double drop = 0.05; ///< skeleton: of each point
    double leastArea = 0.56; ///< heat maps and pictures: of a random crop
    double brightness = 0.2; ///< pictures: greatest change, also of contrast
    bool operator==(const StreamInput&) const = default;
};

/// InvalidArgument names the value that is out of range.
Status checkStreamInput(const StreamInput& input);
/// One line of JSON: equal inputs give equal texts.
std::string streamInputText(const StreamInput& input);
Result<StreamInput> parseStreamInput(const std::string& text, const std::string& place);

/// What a network of such a stream is fed with.
NetworkInput networkInputOf(const StreamInput& input, const ClipSetInfo& set);
/// Whether the clip has what the stream needs: points that are seen, or pictures.
bool hasInput(const ClipSet& set, size_t clip, const StreamInput& input);

} // namespace telltale
