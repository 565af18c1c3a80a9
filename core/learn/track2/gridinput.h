// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/untrimmed/untrimmedset.h"
#include <string>
#include <vector>

namespace telltale {

/// What a detector is fed with, and by how much that is varied while it trains. Chances and shares of the
/// ranges come from ASBA. The values are those of a small run; recipes give each with its provenance.
struct GridInput {
    /// Of each point and row: "position", "displacement" (from the row's first to its last frame), "speed"
    /// (mean length of the steps from frame to frame), "score". Empty: no skeleton is seen.
    std::vector<std::string> skeleton{"position", "displacement", "speed"};
    double interpolateBelow = 0.1; ///< score below which a point is filled in between two sightings
    std::vector<std::string> features; ///< cached features of the set, by name
    bool pictures = false; ///< the set's pictures are seen, by a network that learns
    /// Of pictures: what each video shows all the time is taken off (twice the difference from its mean
    /// picture, around grey). For cameras that stand still and networks that learned it so.
    bool still = false;
    // Greatest ranges of the operations:
    double rotation = 0.2; ///< radians
    double scale = 0.25;
    double shift = 0.2; ///< body units
    double noise = 0.03; ///< body units
    double drop = 0.15; ///< of each point
    double flip = 0.5; ///< chance, whatever ASBA says: a mirror image is no stronger or weaker
    double speed = 0.25; ///< up to 1 / (1 + speed) and 1 + speed as fast
    double boundary = 2; ///< frames that both ends of a gesture move
    double paste = 0.5; ///< chance of a gesture pasted into a free stretch, whatever is in the window
    int pastes = 1; ///< how often that is tried in a window
    double brightness = 0.3; ///< of pictures, also of contrast
    double crop = 0.3; ///< of pictures: share of a side that is cut away
    double erase = 0.3; ///< of pictures: share of a side that a grey square hides
    bool operator==(const GridInput&) const = default;
};

/// Place in UntrimmedSetInfo::features; its size where there is none of the name.
size_t featureKind(const UntrimmedSetInfo& set, const std::string& name);

/// InvalidArgument names the value that is out of range or the features that the set lacks.
Status checkGridInput(const GridInput& input, const UntrimmedSetInfo& set);
/// Numbers in a row of GridSample::features.
int64_t gridChannels(const GridInput& input, const UntrimmedSetInfo& set);

} // namespace telltale
