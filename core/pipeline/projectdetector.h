// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "learn/track2/detectorsystem.h"
#include "pipeline/clipsets/clipscores.h"

namespace telltale {

/// The Track 2 system on a project: its videos with their decided spans are the set, the detector lands in
/// models/, what it finds comes back as proposals. All functions block and change the document; those of the
/// window's thread use their parts (untrimmedsets/, learn/track2).

inline constexpr const char* kTrack2Kind = "track2"; ///< ModelEntry::kind of a detector

struct ProjectVideos {
    std::shared_ptr<const UntrimmedSet> set;
    int64_t basedOn = 0; ///< entry of the edit log that the videos were read at
    std::vector<std::string> notes;
};
/// Lays the project's videos into its cache. `unlabelled`: also those in which nobody decided anything, with
/// every person whom their tracks have. `pictures`: also small pictures, for detectors that see them.
Result<ProjectVideos> cutProjectVideos(
    Document& document, bool unlabelled, bool pictures, ProgressSink& progress);

/// Trains on the project's decided spans and registers the detector as the one in use: one undo step.
Result<DetectorFacts> trainDetectorOnProject(Document& document, const Track2Recipe& recipe,
    const DetectorSystemOptions& options, ProgressSink& progress,
    const std::function<void(const DetectorEpoch&)>& onEpoch);

/// Folder of the detector in use. NotFound with what to do.
Result<std::filesystem::path> activeDetector(const Document& document);

struct AppliedDetections {
    int64_t videos = 0; ///< that were looked through
    int64_t detections = 0; ///< that the decision leaves
    int64_t named = 0; ///< of them, those that the Track 1 system in use has scored
    std::vector<std::string> notes;
};
/// Finds gestures in every video with the detector in `folder` and enters them as proposals; what people
/// decided stays. If the project has a Track 1 system in use, it names them: a prediction then has the
/// detector's score and classes (modality kDetectorModality) beside the system's streams and their vote. One
/// undo step each.
Result<AppliedDetections> detectInProject(Document& document, const std::filesystem::path& folder,
    const std::string& device, ProgressSink& progress);

} // namespace telltale
