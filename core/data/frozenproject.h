// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "data/types.h"
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

namespace telltale {

class ScoreFiles;
class State;

/// The project at one moment, for what reads it on other threads: no later edit shows in it. Taking one costs
/// well under a millisecond for 100,000 spans, because rows are shared with the document until they change.
/// Immutable, any thread; copies share.
class FrozenProject {
public:
    /// Document::freeze() makes them. `layers`: the working layer of each video; `seesAll`: whether the
    /// annotator may read the layers of others.
    FrozenProject(const State& state, std::map<int64_t, std::string> layers, std::filesystem::path folder,
        std::shared_ptr<ScoreFiles> files, int64_t sequence, bool seesAll = false);

    /// Last entry of the edit log that was known to be durable; edits on their way are in the rows, too.
    int64_t sequence() const;
    const std::filesystem::path& folder() const;
    std::filesystem::path absolute(const std::string& pathInProject) const;
    const LabelScheme& scheme() const;
    const std::vector<VideoEntry>& videos() const;
    const VideoEntry* video(int64_t id) const;
    const std::vector<Subject>& subjects() const;
    const std::vector<Person>& persons() const; ///< of all videos, by id
    const std::vector<ModelEntry>& models() const;
    const std::vector<PredictionRun>& runs() const; ///< of all videos, by id
    /// Spans of the working layers, by video as in videos() and then by start.
    std::vector<Annotation> annotations() const;
    bool seesAll() const; ///< whether the next two have the layers of others
    std::vector<Annotation> layeredAnnotations() const; ///< of all layers that may be read, ordered as above
    std::vector<ReviewedRange> reviewed() const; ///< of the same layers
    std::vector<Assignment> assignments() const;
    std::vector<Withholding> withholdings() const;
    /// A span of a working layer; null if it is none. Valid as long as the project.
    const Annotation* annotation(int64_t id) const;
    std::vector<ReviewedRange> reviewed(int64_t videoId) const; ///< these five as those of Document
    std::vector<TrackEdit> trackEdits(int64_t videoId) const;
    std::vector<PoseCorrection> poseCorrections(int64_t videoId) const;
    std::vector<SavedCrop> crops(int64_t videoId) const;
    std::vector<CropCorrection> cropCorrections(int64_t videoId) const;

private:
    friend class PredictionReader;
    struct Rows;
    /// The annotations that `wanted` wants, by video and start.
    template <typename Wanted> std::vector<Annotation> ordered(const Wanted& wanted) const;
    std::shared_ptr<const Rows> m_rows;
};

/// Reads the numbers of predictions of a frozen project, block by block as they are asked for. Belongs to one
/// thread.
class PredictionReader {
public:
    explicit PredictionReader(FrozenProject project);
    ~PredictionReader();
    PredictionReader(const PredictionReader&) = delete;
    PredictionReader& operator=(const PredictionReader&) = delete;

    /// Null if unknown, damaged, or not on this machine.
    std::shared_ptr<const Prediction> prediction(int64_t id);
    /// The run that it is from; null if unknown. Valid as long as the project.
    const PredictionRun* runOf(int64_t predictionId) const;

private:
    struct Blocks;
    FrozenProject m_project;
    std::map<int64_t, const PredictionRun*> m_runs; ///< by first prediction
    std::unique_ptr<Blocks> m_blocks;
};

} // namespace telltale
