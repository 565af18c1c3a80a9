// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// What people changed in pose tracks and crops. Track files are never written to: these rows are applied on
/// top of them, so that each change can be undone, is in the log, and reaches the team.

/// A change of who is who in a track, from `first` up to but not including `last`. They apply in the order of
/// `position`, each to what the ones before it made of the track.
struct TrackEdit {
    int64_t id = 0;
    int64_t videoId = 0;
    std::string track; ///< file of the track it belongs to; given by the document
    int64_t position = 0; ///< given by the document
    std::string operation; ///< "swap", "split", "join", "remove"
    int person = 0;
    int other = 0; ///< the second person of a swap or join
    int64_t first = 0;
    int64_t last = -1; ///< -1: to the end
    std::string annotator; ///< given by the document

    bool operator==(const TrackEdit&) const = default;
};

/// A point as a person put it: pixels of the displayed picture.
struct CorrectedPoint {
    int point = 0; ///< of the 68
    double x = 0;
    double y = 0;
    double score = 1; ///< 0: the point is not there

    bool operator==(const CorrectedPoint&) const = default;
};

/// The corrected points of one person in one frame of a track.
struct PoseCorrection {
    int64_t id = 0;
    int64_t videoId = 0;
    std::string track; ///< given by the document
    int person = 0; ///< after the track edits
    int64_t frame = 0;
    std::vector<CorrectedPoint> points; ///< ascending by point
    std::string annotator; ///< given by the document

    bool operator==(const PoseCorrection&) const = default;
};

/// A rectangle in pixels of the displayed picture; may reach outside it.
struct CropRectangle {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    bool operator==(const CropRectangle&) const = default;
};

struct SavedCropKey {
    int64_t frame = 0;
    CropRectangle rectangle;

    bool operator==(const SavedCropKey&) const = default;
};

/// Where a model looks at a person: a path of rectangles as the analysis made it, linear between its keys.
struct SavedCrop {
    int64_t id = 0;
    int64_t videoId = 0;
    int person = 0;
    std::string kind; ///< "person", "left_hand", "right_hand", "face", "motion"
    std::string recipe; ///< what made it
    std::vector<SavedCropKey> keys; ///< ascending by frame

    bool operator==(const SavedCrop&) const = default;
};

/// The rectangle that a person put into one frame; how it reaches the frames around it: withCorrections().
struct CropCorrection {
    int64_t id = 0;
    int64_t videoId = 0;
    int person = 0;
    std::string kind;
    int64_t frame = 0;
    CropRectangle rectangle;
    std::string annotator; ///< given by the document

    bool operator==(const CropCorrection&) const = default;
};

} // namespace telltale
