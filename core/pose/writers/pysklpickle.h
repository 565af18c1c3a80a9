// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// One clip of a labelled skeleton set as PYSKL and MMAction2 read it (kennymckormick/pyskl,
/// tools/data/README.md): M persons, T frames, V points.
struct PysklSample {
    std::string frameDir; ///< its name, unique in the set
    int64_t totalFrames = 0; ///< T
    int height = 0; ///< pixels of the picture that the points lie in
    int width = 0;
    std::optional<int> label; ///< left out of the file where there is none
    int persons = 0; ///< M
    int points = 0; ///< V
    std::vector<float> keypoint; ///< [M, T, V, 2], pixels; missing points are 0, 0
    std::vector<float> score; ///< [M, T, V]; 0 is missing
};

struct PysklSet {
    /// Names of the parts of the set ("train", "val") with the names of their samples.
    std::vector<std::pair<std::string, std::vector<std::string>>> splits;
    std::vector<PysklSample> samples;
};

/// The frames [span.first, span.last) of a track as a sample with a row for every frame: frames that the
/// track has no row for are missing. Label and picture size are the caller's to fill in.
PysklSample pysklSample(const PoseTrack& track, FrameSpan span, std::string frameDir);

/// The set as a Python pickle of protocol 5 that names nothing but numpy.ndarray: {'split': {name:
/// [frame_dir,
/// ...]}, 'annotations': [{'frame_dir', 'total_frames', 'img_shape': (height, width), 'original_shape',
/// 'label', 'keypoint', 'keypoint_score'}, ...]}. numpy gives writable float32 arrays. Arrays whose size is
/// not that of their shape are made to fit with zeros.
std::string pysklPickle(const PysklSet& set);

} // namespace telltale
