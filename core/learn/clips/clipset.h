// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/ndarray.h"
#include "base/result.h"
#include "nn/skeletongraph.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Which side of an evaluation a clip stands on. All clips of a subject stand on the same side.
enum class ClipRole { Train, Validation, Test, Unlabelled };
std::string_view nameOf(ClipRole role); ///< "train", "validation", "test", "unlabelled"

/// One cut clip: what is known of it beside its pictures and points.
struct ClipInfo {
    std::string id; ///< unique in the set
    std::string video;
    std::string subject;
    ClipRole role = ClipRole::Train;
    FrameSpan span; ///< in the video
    int person = 0;
    int label = -1; ///< class, -1: nobody has said
    /// How much the label counts: 1 as the data set gives it, more where a person accepted or corrected it.
    double weight = 1;
    bool decided = false; ///< a person of this project accepted or corrected it
    int64_t annotation = 0; ///< row of the project, 0: none
    int64_t prediction = 0; ///< of the proposal that the span was made from, 0: none
    bool operator==(const ClipInfo&) const = default;
};

/// The skeleton that the points of all clips follow.
struct ClipSkeleton {
    std::string layout;
    SkeletonGraph graph; ///< points, links and centre
    std::vector<std::pair<int, int>> flipPairs; ///< (left, right)
    /// Points that place and scale a body: its origin, and the two whose distance is one unit; -1: none.
    int origin = -1;
    int unitFrom = -1;
    int unitTo = -1;
};

/// What all clips of a set have in common.
struct ClipSetInfo {
    std::string scheme; ///< "smg", "imigue", ...
    std::vector<std::string> classes;
    ClipSkeleton skeleton;
    int channels = 3; ///< of a point: x, y in pixels of the picture, score; or x, y, z, score
    int rgbFrames = 0; ///< of a clip's pictures; 0: the set has none
    int rgbSide = 0; ///< pixels
    std::string origin; ///< where it came from, a sentence
    std::string recipe; ///< JSON of how clips were cut and sampled
};

/// Clips with labels, subjects, points and pictures in one .safetensors file, which may travel to a machine
/// that has LibTorch alone. The file is mapped: only what is asked for is read. Immutable; any thread.
class ClipSet {
public:
    /// NotFound; BadFormat names what does not fit.
    static Result<std::shared_ptr<const ClipSet>> open(const std::filesystem::path& file);
    virtual ~ClipSet() = default;

    virtual const ClipSetInfo& info() const = 0;
    virtual const std::vector<ClipInfo>& clips() const = 0;
    /// [rows, points, channels] of the clip, a row per frame of its span; empty without a skeleton. Missing
    /// points have score 0. Valid as long as the set.
    virtual std::span<const float> points(size_t clip) const = 0;
    /// [rgbFrames, rgbSide, rgbSide, 3], red first; empty without pictures. Valid as long as the set.
    virtual std::span<const uint8_t> rgb(size_t clip) const = 0;
    /// Of the content, 16 hex digits.
    virtual std::string digest() const = 0;

    int64_t rows(size_t clip) const
    {
        const auto row
            = static_cast<size_t>(info().skeleton.graph.points) * static_cast<size_t>(info().channels);
        return row > 0 ? static_cast<int64_t>(points(clip).size() / row) : 0;
    }
    int classCount() const { return static_cast<int>(info().classes.size()); }
};

/// Writes a set clip by clip; nothing is at `file` before finish(). One thread.
class ClipSetWriter {
public:
    /// Io where the folder cannot be written.
    static Result<std::unique_ptr<ClipSetWriter>> create(const std::filesystem::path& file, ClipSetInfo info);
    virtual ~ClipSetWriter() = default;
    /// `points` [rows, points, channels] or empty; `rgb` as ClipSet::rgb() or empty. InvalidArgument names
    /// the clip: wrong length, a number that is none, an id that was there before, a label outside the
    /// classes.
    virtual Status add(ClipInfo clip, std::span<const float> points, std::span<const uint8_t> rgb) = 0;
    virtual Status finish() = 0;
};

/// Refuses what would let answers leak: a subject that stands on two sides is named with both. Unlabelled
/// clips stand on none. Ok otherwise. `what`: what the message calls them.
Status checkSplits(const std::vector<ClipInfo>& clips, const std::string& what = "clip");

} // namespace telltale
