// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/document.h"
#include "features/cache/featurecache.h"
#include "features/crops/croppath.h"
#include "learn/clips/clipset.h"
#include "media/framesource.h"
#include "pipeline/corrections.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

inline constexpr int kProjectChannels = 3; ///< of a point: x, y, score

/// What is cut out of a project, copied out of the document, so that it can run on any thread.
struct ProjectCut {
    std::filesystem::path project;
    LabelScheme scheme;
    std::vector<VideoEntry> videos;
    std::map<int64_t, VideoCorrections> corrections; ///< by video
    std::map<int64_t, std::vector<FrameSpan>>
        reviewed; ///< by video, where somebody has looked; empty: unknown
    std::vector<Annotation> spans; ///< of the working layers, as wanted: by video, start, person
    /// Who the persons are that are not the subject of their video; by video and number.
    std::map<std::pair<int64_t, int>, Subject> persons;
    int64_t basedOn = 0; ///< entry of the edit log whose state this is
};

/// All of a project but its spans, once the edits so far are durable.
Result<ProjectCut> snapshotOf(Document& document);
/// In the order of ProjectCut::spans.
void sortSpans(std::vector<Annotation>& spans);

/// A person accepted, corrected or added it, or it was imported as truth, and it has a name.
bool isLabelled(const Annotation& span);
/// Nobody decided: an open proposal, or a span without a name.
bool isOpen(const Annotation& span);
/// By a person of this project; what was imported is the data set's.
bool isDecidedHere(const Annotation& span);
/// Name and role of who is seen.
std::pair<std::string, ClipRole> subjectOf(const ProjectCut& project, const VideoEntry& video, int person);

/// Enters crops that were found, by video, so that people see and correct them; one undo step a video.
Status keepFoundCrops(Document& document, const std::map<int64_t, std::vector<SavedCrop>>& found);

/// "motion", "person", "hands", "face". InvalidArgument with `where` and the names.
Status checkCrop(const std::string& where, const std::string& crop);

/// Poses, pictures and crops of one video of a project. `project` must outlive it. One thread.
class VideoParts {
public:
    VideoParts(
        const ProjectCut& project, const VideoEntry& video, FeatureCache& cache, ProgressSink& progress);

    /// The corrected track; none, with a note, where its file is gone. Errors of readTrack() but that.
    Status readPoses();
    /// The video; none, with a note, where it is away or cannot be read. Cancelled.
    Status openPictures();
    /// With pictures open: as the project keeps them, or made now; with what people corrected. Cancelled.
    Status findCrops();

    const PoseTrack* track() const { return m_track ? &*m_track : nullptr; }
    bool hasPerson(int person) const { return m_track && person >= 0 && person < m_track->persons; }
    FrameSource* source() const { return m_source.get(); }
    /// Of the video's file; empty: what is made of its pictures cannot be kept.
    const std::string& fingerprint() const { return m_fingerprint; }
    /// In pixels of the video; empty where nothing of that kind is seen in the span.
    CropBox boxOf(const std::string& crop, int person, const FrameSpan& span) const;
    /// [68, 3] of one person in one frame, missing ones with score 0; false if all are missing.
    /// InvalidArgument names the point that is no number.
    Result<bool> pointsAt(int64_t frame, int person, float* to) const;

    void note(std::string text) { notes.push_back(std::move(text)); }
    std::vector<std::string> notes; ///< sentences
    std::vector<SavedCrop> foundCrops; ///< of a video that had none

private:
    const ProjectCut& m_project;
    const VideoEntry& m_video;
    FeatureCache& m_cache;
    ProgressSink& m_progress;
    VideoCorrections m_corrections;
    std::optional<PoseTrack> m_track;
    std::unique_ptr<FrameSource> m_source;
    std::string m_fingerprint;
    std::vector<CropPath> m_crops;
};

} // namespace telltale
