// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/layout.h"
#include "pose/readers/skeletonfile.h"
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A track of nothing but missing points, frames 0 .. rows - 1.
PoseTrack emptyTrack(std::string_view layout, int points, int64_t rows, int persons = 1);

/// BadFormat for a track that would take more memory than it is good for (some 3 GB).
Status checkTrackSize(int64_t rows, int64_t persons, int64_t points, const std::string& name);

/// The number that a name ends with, as in "img0012"; -1 without one, or of more than 15 digits.
int64_t trailingNumber(std::string_view name);

/// The .pose container of sign-language-processing/pose, versions 0.0 to 0.2, from its bytes.
bool looksLikePoseFile(std::string_view bytes);
Result<SkeletonFile> readPoseContainer(std::string_view bytes, const std::string& name);

/// A table whose first line names the columns (NOSE_x, X_NOSE, ...).
bool looksLikeNamedTable(std::string_view text);
Result<SkeletonFile> readNamedTable(std::string_view text, const std::string& name);

/// COCO annotations, and lists of results as AlphaPose and COCO have them.
bool looksLikeCoco(std::string_view text);
Result<SkeletonFile> readCoco(std::string_view text, const std::string& name);

/// DeepLabCut's csv: rows of names (scorer, perhaps individuals, bodyparts, coords), then a row for each
/// frame.
bool looksLikeDeepLabCut(std::string_view text);
Result<SkeletonFile> readDeepLabCutCsv(std::string_view text, const std::string& name);

/// The same from a table in memory: `levels` has the names of each column, `values` a row for each frame;
/// `frames` may be empty and then counts from 0.
Result<SkeletonFile> readDeepLabCutValues(const std::vector<std::vector<std::string>>& levels,
    const std::vector<double>& values, const std::vector<int64_t>& frames, const std::string& name);

/// HDF5: SLEAP's .slp and analysis files, DeepLabCut's tables.
bool looksLikeHdf5(std::string_view bytes);
Result<SkeletonFile> readHdf5Points(const std::filesystem::path& path);

/// Where named joints lie in one of our layouts.
struct JointPlaces {
    const PoseLayout* layout = nullptr;
    std::vector<int> places; ///< one per joint; -1: the layout has none of it
    std::string note; ///< which joints are left out, for the log; empty: none
};
/// The smallest layout that has most of the joints, by the names as they are or translated. BadFormat where
/// none has two of them; `name` is used in messages.
Result<JointPlaces> placesOfJoints(const std::vector<std::string>& joints, const std::string& name);

/// What other programs call the joints ("RElbow", "MOUTH_LEFT", "LEFT_INDEX_FINGER_TIP", "left knee") as our
/// layouts name them; empty where the name says nothing. `ofHand`: of a file or block that has hands only,
/// whose wrist is the hand's root.
std::string jointOfName(std::string_view name, bool ofHand);
/// A joint that only hands have: its name tells the finger's joint.
bool isFingerJoint(std::string_view name);

} // namespace telltale
