// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/frozenproject.h"
#include "data/rowsof.h"
#include "data/store/predictionblock.h"
#include <algorithm>
#include <unordered_map>

namespace telltale {

struct FrozenProject::Rows {
    int64_t sequence = 0;
    std::filesystem::path folder;
    std::map<int64_t, std::string> layers;
    std::shared_ptr<ScoreFiles> files;
    LabelScheme scheme;
    telltale::Rows<VideoEntry> videos;
    telltale::Rows<ModelEntry> models;
    telltale::Rows<PredictionRun> runs;
    telltale::Rows<ScoreBlock> blocks;
    telltale::Rows<TrackEdit> trackEdits;
    telltale::Rows<PoseCorrection> poseCorrections;
    telltale::Rows<SavedCrop> crops;
    telltale::Rows<CropCorrection> cropCorrections;
    SharedRows<Annotation> annotations;
};

FrozenProject::FrozenProject(const State& state, std::map<int64_t, std::string> layers,
    std::filesystem::path folder, std::shared_ptr<ScoreFiles> files, int64_t sequence)
    : m_rows(std::make_shared<const Rows>(
        Rows{sequence, std::move(folder), std::move(layers), std::move(files), state.scheme(),
            state.videoRows(), state.models(), state.runs(), state.blocks(), state.trackEdits(),
            state.poseCorrections(), state.crops(), state.cropCorrections(), state.allAnnotations()}))
{
}

int64_t FrozenProject::sequence() const { return m_rows->sequence; }
const std::filesystem::path& FrozenProject::folder() const { return m_rows->folder; }

std::filesystem::path FrozenProject::absolute(const std::string& pathInProject) const
{
    return (m_rows->folder / pathInProject).lexically_normal();
}

const LabelScheme& FrozenProject::scheme() const { return m_rows->scheme; }
const std::vector<VideoEntry>& FrozenProject::videos() const { return m_rows->videos.all(); }
const VideoEntry* FrozenProject::video(int64_t id) const { return m_rows->videos.find(id); }
const std::vector<ModelEntry>& FrozenProject::models() const { return m_rows->models.all(); }
const std::vector<PredictionRun>& FrozenProject::runs() const { return m_rows->runs.all(); }

std::vector<Annotation> FrozenProject::annotations() const
{
    std::unordered_map<int64_t, size_t> places;
    for (const VideoEntry& video : videos())
        places.emplace(video.id, places.size());
    std::vector<Annotation> result;
    result.reserve(m_rows->annotations.size());
    m_rows->annotations.forEach([&](const Annotation& one) {
        const auto layer = m_rows->layers.find(one.videoId);
        if (layer != m_rows->layers.end() && one.layer == layer->second && places.contains(one.videoId))
            result.push_back(one);
    });
    std::ranges::sort(result, [&places](const Annotation& a, const Annotation& b) {
        if (a.videoId != b.videoId)
            return places.at(a.videoId) < places.at(b.videoId);
        return std::tie(a.span.first, a.span.last, a.id) < std::tie(b.span.first, b.span.last, b.id);
    });
    return result;
}

std::vector<TrackEdit> FrozenProject::trackEdits(int64_t videoId) const
{
    return orderedEdits(m_rows->trackEdits, video(videoId));
}

std::vector<PoseCorrection> FrozenProject::poseCorrections(int64_t videoId) const
{
    return orderedPoses(m_rows->poseCorrections, video(videoId));
}

std::vector<SavedCrop> FrozenProject::crops(int64_t videoId) const { return ofVideo(m_rows->crops, videoId); }

std::vector<CropCorrection> FrozenProject::cropCorrections(int64_t videoId) const
{
    return orderedCrops(m_rows->cropCorrections, videoId);
}

struct PredictionReader::Blocks {
    std::unordered_map<int64_t, const ScoreBlock*> index; ///< by run
    std::unordered_map<int64_t, std::optional<PredictionBlock>> read; ///< nothing: cannot be read
};

PredictionReader::PredictionReader(FrozenProject project)
    : m_project(std::move(project))
    , m_blocks(std::make_unique<Blocks>())
{
    for (const PredictionRun& run : m_project.runs())
        if (run.predictions > 0)
            m_runs[run.firstPrediction] = &run;
    for (const ScoreBlock& block : m_project.m_rows->blocks.all())
        m_blocks->index[block.runId] = &block;
}

PredictionReader::~PredictionReader() = default;

const PredictionRun* PredictionReader::runOf(int64_t predictionId) const
{
    const auto behind = m_runs.upper_bound(predictionId);
    if (behind == m_runs.begin())
        return nullptr;
    const PredictionRun* run = std::prev(behind)->second;
    return predictionId < run->firstPrediction + run->predictions ? run : nullptr;
}

std::shared_ptr<const Prediction> PredictionReader::prediction(int64_t id)
{
    const PredictionRun* run = runOf(id);
    const auto index = run ? m_blocks->index.find(run->id) : m_blocks->index.end();
    if (index == m_blocks->index.end())
        return nullptr;
    const auto [known, fresh] = m_blocks->read.try_emplace(run->id);
    if (fresh)
        if (auto bytes = bytesOf(*m_project.m_rows->files, *index->second))
            if (auto block = PredictionBlock::read(std::move(*bytes)))
                known->second = std::move(*block);
    return known->second ? predictionOf(*known->second, *run, id) : nullptr;
}

} // namespace telltale
