// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/writers/poseflavours.h"

namespace telltale {

/// Writers of the flavours; tracks come in the flavour's layout, with clean points and a person at least.

/// A folder with NAME_000000000012_keypoints.json for each row (OpenPose 1.3). Who is who is said by
/// person_id.
Status writeOpenPoseJson(const std::filesystem::path& folder, const PoseTrack& track, const PoseVideo& video);
/// COCO's and COCO-WholeBody's annotations. Visibility has no scores: these stand in keypoint_scores.
Status writeCocoJson(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);
/// The list of results of AlphaPose, whose `idx` says who is who.
Status writeAlphaPoseJson(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);

/// Tables with a row for each frame from 0 to the last, of the first person: 137 x (x, y, score), and SMG's
/// 25 x 11 columns with pixels in the columns 7 and 8.
Status writeOpenPoseCsv(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);
Status writeKinectTable(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);
/// DeepLabCut's table of all people, likewise; who is missing has empty cells.
Status writeDeepLabCutCsv(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);

/// float32 [T, P, V, 3]: x, y, score; a row for each frame from 0 to the last.
Status writeNpyPoints(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);
/// The track as this program keeps it.
Status writeNpzTrack(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);
/// keypoint [M, T, V, 2], keypoint_score [M, T, V] and layout, a row for each frame from 0 to the last.
Status writeNpzArrays(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);
/// A PYSKL set of one clip.
Status writePyskl(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);
/// SLEAP's analysis file.
Status writeSleapAnalysis(const std::filesystem::path& file, const PoseTrack& track, const PoseVideo& video);

/// Frames of a table with a row for each one; InvalidArgument where the last one is too far away.
Result<int64_t> tableRows(const std::filesystem::path& file, const PoseTrack& track);

} // namespace telltale
