// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "exchange/dataset/datasetplan.h"
#include "pose/posetrack.h"
#include <filesystem>

namespace telltale {

/// The points of one span: of its own person and, behind that one, of the others who are seen in it.
struct SamplePoints {
    int64_t frames = 0;
    int persons = 0;
    int points = 0;
    std::vector<PosePoint> values; ///< [frames, persons, points]; what is missing is 0
    bool seen = false; ///< the person of the span
};
SamplePoints samplePoints(const PoseTrack& track, const FrameSpan& frames, int person);

/// Writes what the options want of the active pose tracks, as people corrected them, into `folder`:
/// tracks/VIDEO.npz, joints/SAMPLE.npy, heatmaps/SAMPLE.npy and pyskl/NAME.pkl. The plan learns which samples
/// have points. A track that is gone or damaged is left out and said. `notes`: sentences for the log.
/// Cancelled, Io.
Status writePoses(const Document& document, DatasetPlan& plan, const std::filesystem::path& folder,
    ProgressSink& progress, std::vector<std::string>& notes);

} // namespace telltale
