// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include "pose/posepoint.h"
#include "pose/tracks/pointbuffer.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// Points of all persons over time: data[t][person][point] = (x, y, score). Copyable value; the points of a
/// track that was read from a file stay there (see PointBuffer), so hold it const while nobody changes it.
struct PoseTrack {
    std::string layout = "telltale68";
    int persons = 0;
    int pointCount = 0;
    std::vector<int64_t> frames; ///< presentation index of each row, ascending
    PointBuffer points; ///< rows * persons * pointCount

    int64_t rows() const { return static_cast<int64_t>(frames.size()); }
    const PosePoint* at(int64_t row, int person) const
    {
        return points.data() + (row * persons + person) * pointCount;
    }
    PosePoint* at(int64_t row, int person) { return points.data() + (row * persons + person) * pointCount; }
    /// Row that shows `frame`: the exact one or -1.
    int64_t rowOf(int64_t frame) const;
};

/// `track` in our 68 points; what the source lacks is missing (score 0), synthesised joints by the layout
/// table.
Result<PoseTrack> mapTo68(const PoseTrack& track);

/// TRACK files: .npz with points f4 [T, P, V, 3], frames i8 [T], layout (UTF-8 bytes). What writeTrack()
/// wrote is mapped, not read; the points of other archives (packed, other number types) come into memory,
/// checked. NotFound, Io; BadFormat names the array and the row.
Result<PoseTrack> readTrack(const std::filesystem::path& file);
/// Points that are no numbers or have no score are written as missing. Atomic: also onto the file that
/// `track` itself is mapped from.
Status writeTrack(const std::filesystem::path& file, const PoseTrack& track);

/// Skeleton files of others, told apart by content: OpenPose JSON folder, SMG Kinect csv (25 x 11 columns),
/// iMiGUE 137-point table (csv or xlsx, 411 columns), TRACK .npz. NotFound / BadFormat name file and line.
Result<PoseTrack> readSkeleton(const std::filesystem::path& path);
/// SMG `_skeleton.csv` (25 x 11 columns, pixels in columns 7 and 8 of each joint).
Status writeKinectCsv(const std::filesystem::path& file, const PoseTrack& track68);
/// iMiGUE `_openpose.xlsx`: 137 x (x, y, score) = 411 columns, no header, one row a frame.
Status writeOpenPoseTable(const std::filesystem::path& file, const PoseTrack& track68);

} // namespace telltale
