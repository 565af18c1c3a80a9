// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/frozenproject.h"
#include "data/rowsof.h"
#include "data/store/predictionblock.h"
#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>

namespace telltale {

struct FrozenProject::Rows {
    int64_t sequence = 0;
    std::filesystem::path folder;
    std::map<int64_t, std::string> layers;
    std::shared_ptr<ScoreFiles> files;
    LabelScheme scheme;
    telltale::Rows<VideoEntry> videos;
    telltale::Rows<Subject> subjects;
    telltale::Rows<Person> persons;
    telltale::Rows<ModelEntry> models;
    telltale::Rows<PredictionRun> runs;
    telltale::Rows<ScoreBlock> blocks;
    telltale::Rows<TrackEdit> trackEdits;
    telltale::Rows<PoseCorrection> poseCorrections;
    telltale::Rows<SavedCrop> crops;
    telltale::Rows<CropCorrection> cropCorrections;
    SharedRows<Annotation> annotations;
    bool seesAll = false;
    telltale::Rows<ReviewedRange> reviewed;
    telltale::Rows<Assignment> assignments;
    telltale::Rows<Withholding> withholdings;

    bool isWorkingLayer(int64_t videoId, const std::string& layer) const
    {
        const auto working = layers.find(videoId);
        return working != layers.end() && layer == working->second;
    }
};

FrozenProject::FrozenProject(const State& state, std::map<int64_t, std::string> layers,
    std::filesystem::path folder, std::shared_ptr<ScoreFiles> files, int64_t sequence, bool seesAll)
    : m_rows(std::make_shared<const Rows>(Rows{sequence, std::move(folder), std::move(layers),
        std::move(files), state.scheme(), state.videoRows(), state.subjects(), state.persons(),
        state.models(), state.runs(), state.blocks(), state.trackEdits(), state.poseCorrections(),
        state.crops(), state.cropCorrections(), state.allAnnotations(), seesAll, state.reviewed(),
        state.assignments(), state.withholdings()}))
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
const std::vector<Subject>& FrozenProject::subjects() const { return m_rows->subjects.all(); }
const std::vector<Person>& FrozenProject::persons() const { return m_rows->persons.all(); }
const std::vector<ModelEntry>& FrozenProject::models() const { return m_rows->models.all(); }
const std::vector<PredictionRun>& FrozenProject::runs() const { return m_rows->runs.all(); }

bool FrozenProject::seesAll() const { return m_rows->seesAll; }

template <typename Wanted> std::vector<Annotation> FrozenProject::ordered(const Wanted& wanted) const
{
    std::unordered_map<int64_t, size_t> places;
    for (const VideoEntry& video : videos())
        places.emplace(video.id, places.size());
    std::vector<std::vector<Annotation>> parts(places.size());
    m_rows->annotations.forEach([&](const Annotation& one) {
        if (const auto place = places.find(one.videoId); place != places.end() && wanted(one))
            parts[place->second].push_back(one);
    });
    std::vector<Annotation> result;
    for (std::vector<Annotation>& part : parts) {
        std::ranges::sort(part, {},
            [](const Annotation& one) { return std::tuple(one.span.first, one.span.last, one.id); });
        std::ranges::move(part, std::back_inserter(result));
    }
    return result;
}

std::vector<Annotation> FrozenProject::annotations() const
{
    return ordered([this](const Annotation& one) { return m_rows->isWorkingLayer(one.videoId, one.layer); });
}

std::vector<Annotation> FrozenProject::layeredAnnotations() const
{
    return ordered([this](const Annotation& one) {
        return seesAll() || m_rows->isWorkingLayer(one.videoId, one.layer);
    });
}

std::vector<ReviewedRange> FrozenProject::reviewed() const
{
    std::vector<ReviewedRange> ranges;
    std::ranges::copy_if(
        m_rows->reviewed.all(), std::back_inserter(ranges), [this](const ReviewedRange& one) {
            return seesAll() || m_rows->isWorkingLayer(one.videoId, one.layer);
        });
    return ranges;
}

std::vector<Assignment> FrozenProject::assignments() const { return m_rows->assignments.all(); }
std::vector<Withholding> FrozenProject::withholdings() const { return m_rows->withholdings.all(); }

const Annotation* FrozenProject::annotation(int64_t id) const
{
    const Annotation* one = m_rows->annotations.find(id);
    const auto layer = one ? m_rows->layers.find(one->videoId) : m_rows->layers.end();
    return layer != m_rows->layers.end() && one->layer == layer->second ? one : nullptr;
}

std::vector<ReviewedRange> FrozenProject::reviewed(int64_t videoId) const
{
    auto ranges = ofVideo(m_rows->reviewed, videoId);
    std::erase_if(
        ranges, [&](const ReviewedRange& one) { return !m_rows->isWorkingLayer(videoId, one.layer); });
    std::ranges::sort(ranges, {}, [](const ReviewedRange& one) { return one.span.first; });
    return ranges;
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
