// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "exchange/correctedtrack.h"
#include "features/crops/croppath.h"
#include "pose/posetrack.h"
#include "pose/tracks/identityedit.h"
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// Between the rows in which a project keeps what people changed in tracks and crops, and the values that
/// core/pose and core/features work with.

/// What people changed in one video.
struct VideoCorrections {
    std::string track; ///< the active track, which `persons` and `points` belong to
    std::vector<TrackEdit> persons;
    std::vector<PoseCorrection> points;
    std::vector<SavedCrop> crops; ///< as the analysis saw them
    std::vector<CropCorrection> cropCorrections;
};
VideoCorrections correctionsOf(const Document& document, int64_t videoId);
VideoCorrections correctionsOf(const FrozenProject& project, int64_t videoId);

/// Enters one more change of who is who, and moves corrected points with the persons that they belong to: one
/// undo step. `track68` is the track as its file has it. Errors of applyIdentityEdits() and of the document.
Status changePersons(Document& document, const PoseTrack& track68, const TrackEdit& edit);

/// Rows by frame and person, as Document::correctPoses() takes them.
std::vector<PoseCorrection> poseCorrectionsOf(std::span<const PointCorrection> points);

/// As Document::setCrops() takes them. `recipe` says what made them.
std::vector<SavedCrop> savedCropsOf(
    int64_t videoId, std::span<const CropPath> paths, const std::string& recipe);
/// The paths with what people corrected; a correction fades out over a second. Also paths that have
/// corrections only.
std::vector<CropPath> correctedCrops(
    std::span<const SavedCrop> saved, std::span<const CropCorrection> corrections, double fps);
/// Only those paths that people corrected, and of them only what a correction reaches (a second before the
/// first to a second behind the last). Elsewhere the RGB networks look as they always did, so that one
/// correction changes the names of the spans around it and of no others.
std::vector<CropPath> chosenCrops(const VideoCorrections& corrections, double fps);

} // namespace telltale
