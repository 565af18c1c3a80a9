// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "pose/readers/skeletonfile.h"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Points as Python programs keep them.
struct KeypointArrays {
    enum class Order { Unknown, FramesFirst, PersonsFirst };

    NdArray points; ///< [T, V, C], [T, P, V, C] or [P, T, V, C]; C is 2 (x, y) or 3 (x, y, score)
    std::optional<NdArray> scores; ///< the shape of `points` without its last dimension
    Order order
        = Order::Unknown; ///< of four dimensions. Unknown: frames first, unless there are more persons
    std::string layout; ///< empty: by the number of points
    std::vector<int64_t> frames; ///< ascending, one per row; empty: 0 and on
};

/// A track of them. A point is missing if it has no score, if a number is none, or at 0, 0 where nothing has
/// a score. BadFormat names what does not fit; also for places in space, whose third number goes below 0.
Result<SkeletonFile> trackOfArrays(const KeypointArrays& arrays, const std::string& name);

/// NumPy's .npy, and .npz with the keys points, keypoints or keypoint (and scores: keypoint_score,
/// keypoint_scores, scores; frames; layout).
bool looksLikeNpy(std::string_view bytes);
Result<SkeletonFile> readNpyPoints(std::string_view bytes, const std::string& name);
class ZipReader;
bool looksLikePointsArchive(const ZipReader& zip);
/// The key of scores that stand beside the points; empty: there are none.
std::string pointsScoresKey(const ZipReader& zip);
Result<SkeletonFile> readPointsArchive(const ZipReader& zip, const std::string& name);

/// PYSKL's pickle, a list of its annotations, or one of them. `clip` is the frame_dir that is wanted; empty:
/// the file has to have one alone.
bool looksLikePickle(std::string_view bytes);
Result<SkeletonFile> readPyskl(std::string_view bytes, const std::string& name, const std::string& clip);

/// Coordinates none of which goes beyond 1 are shares of the picture, and from -1 to 1 shares counted from
/// its middle: that is said of the file, and the latter are made shares from its corner.
void findShares(SkeletonFile& file);

} // namespace telltale
