// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/projectdetector.h"
#include "data/times.h"
#include "learn/spans/detection.h"
#include "pipeline/lanes.h"
#include "pipeline/modelfolder.h"
#include "pipeline/projectsystem.h"
#include "pipeline/untrimmedsets/projectvideos.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

ModelEntry entryFor(const Document& document, const fs::path& folder, const DetectorFacts& facts)
{
    ModelEntry entry;
    entry.time = timeNow();
    entry.file = fs::relative(folder, document.folder()).generic_string();
    entry.kind = kTrack2Kind;
    entry.recipe = Json({{"name", facts.recipe.name}, {"seed", facts.seed}}).dump();
    entry.metrics = facts.figures;
    return entry;
}

std::string birthOf(const Detection& found, const Track2System& system, const LabelScheme& scheme)
{
    const DetectorFacts& facts = system.facts();
    return Json({{"method", "temporal detector"}, {"model", kTrack2Kind}, {"digest", system.digest()},
                    {"recipe", facts.recipe.name}, {"label", found.span.classId},
                    {"name", scheme.classes[static_cast<size_t>(found.span.classId)].name},
                    {"score", found.span.score},
                    {"thresholds", {{"score", facts.decision.thresholdOf(found.span.classId)}}}})
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What the detector says of one video of the project, all its persons together.
class VideoDetections {
public:
    VideoDetections(const Document& document, const Track2System& system, const VideoEntry& video)
        : m_document(document)
        , m_system(system)
        , m_video(video)
    {
    }

    /// `all`: of one person, whatever their scores.
    void add(int person, const std::vector<ScoredSpan>& all)
    {
        const auto frames = static_cast<size_t>(std::max<int64_t>(0, m_video.frameCount));
        std::vector<float>& curve = m_lanes["detector"];
        curve.resize(frames);
        for (const ScoredSpan& span : all) {
            const FrameSpan inside = framesOf(span);
            for (int64_t frame = inside.first; frame < inside.last; ++frame)
                curve[static_cast<size_t>(frame)]
                    = std::max(curve[static_cast<size_t>(frame)], static_cast<float>(span.score));
        }
        for (const Detection& found :
            detectionsOf(all, m_system.facts().decision, m_document.scheme().classCount())) {
            Prediction prediction;
            prediction.videoId = m_video.id;
            prediction.person = person;
            prediction.span = framesOf(found.span);
            if (prediction.span.empty())
                continue;
            prediction.detectorScore = found.span.score;
            prediction.fused = found.classes; // until an ensemble names it
            prediction.modalities[kDetectorModality].probabilities = found.classes;
            prediction.birth = birthOf(found, m_system, m_document.scheme());
            m_predictions.push_back(std::move(prediction));
        }
    }

    Result<PreparedRun> run(int64_t basedOn)
    {
        std::ranges::sort(m_predictions, {}, [](const Prediction& prediction) {
            return std::tuple(prediction.span.first, prediction.person, prediction.span.last);
        });
        const Result<std::string> curves = writeLanes(m_document.folder() / "cache", m_lanes);
        if (!curves)
            return curves.error();
        PredictionRun run;
        run.videoId = m_video.id;
        run.time = timeNow();
        run.model = std::string(kTrack2Kind) + " " + m_system.digest();
        run.recipe = m_system.facts().recipe.name;
        run.seed = m_system.facts().seed;
        run.curves = *curves;
        run.basedOn = basedOn;
        return prepareRun(*m_document.scoreFiles(), run, m_predictions);
    }

    int64_t count() const { return static_cast<int64_t>(m_predictions.size()); }

private:
    FrameSpan framesOf(const ScoredSpan& span) const
    {
        return clampSpan({std::llround(span.start), std::llround(span.end)}, m_video.frameCount);
    }

    const Document& m_document;
    const Track2System& m_system;
    const VideoEntry& m_video;
    LaneCurves m_lanes;
    std::vector<Prediction> m_predictions;
};

/// Rows of the set by the video of the project that they show.
Result<std::map<int64_t, std::vector<size_t>>> rowsByVideo(const Document& document, const UntrimmedSet& set)
{
    std::map<int64_t, std::vector<size_t>> rows;
    for (size_t i = 0; i < set.videos().size(); ++i) {
        const VideoEntry* video = document.videoByName(videoNameOf(set.videos()[i]));
        if (!video)
            return Error{ErrorCode::NotFound,
                "The video " + set.videos()[i].id
                    + " was removed while it was looked through; nothing was "
                      "entered."};
        rows[video->id].push_back(i);
    }
    return rows;
}

/// Everything that the detector finds, ready to be entered.
Result<ImportBatch> detected(const Document& document, const Track2System& system,
    const ProjectVideos& videos, ProgressSink& progress, AppliedDetections& applied)
{
    const auto rows = rowsByVideo(document, *videos.set);
    if (!rows)
        return rows.error();
    ImportBatch batch;
    int64_t done = 0;
    for (const auto& [id, own] : *rows) {
        const VideoEntry* video = document.video(id);
        VideoDetections found(document, system, *video);
        for (const size_t row : own) {
            progress.report(done++, static_cast<int64_t>(videos.set->videos().size()), "finding gestures");
            const auto spans = system.spans(*videos.set, {row}, progress);
            if (!spans)
                return spans.error();
            found.add(videos.set->videos()[row].person, *spans);
        }
        auto run = found.run(videos.basedOn);
        if (!run)
            return run.error();
        applied.detections += found.count();
        batch.runs.push_back(std::move(*run));
    }
    applied.videos = static_cast<int64_t>(rows->size());
    return batch;
}

} // namespace

Result<ProjectVideos> cutProjectVideos(
    Document& document, bool unlabelled, bool pictures, ProgressSink& progress)
{
    VideoExportOptions options;
    options.unlabelled = unlabelled;
    options.everyPerson = unlabelled;
    options.pictures = pictures;
    const fs::path folder = document.folder() / "cache" / "videos";
    const fs::path file = folder / (unlabelled ? "all.safetensors" : "labelled.safetensors");
    auto request = makeVideoExport(document, file, options);
    if (!request)
        return request.error();
    request->forLearning = !unlabelled;
    const auto exported = exportVideos(*request, progress);
    if (!exported)
        return exported.error();
    if (Status status = keepFoundCrops(document, exported->crops); !status)
        return status.error();
    auto set = UntrimmedSet::open(file);
    if (!set)
        return set.error();
    return ProjectVideos{std::move(*set), request->basedOn, exported->notes};
}

Result<DetectorFacts> trainDetectorOnProject(Document& document, const Track2Recipe& recipe,
    const DetectorSystemOptions& options, ProgressSink& progress,
    const std::function<void(const DetectorEpoch&)>& onEpoch)
{
    const auto videos = cutProjectVideos(document, false, recipe.input.pictures, progress);
    if (!videos)
        return videos.error();
    const fs::path folder = freshModelFolder(document, kTrack2Kind);
    auto facts = trainTrack2(videos->set, recipe, folder, options, progress, onEpoch);
    if (!facts)
        return facts;
    facts->notes.insert(facts->notes.begin(), videos->notes.begin(), videos->notes.end());
    ModelEntry entry = entryFor(document, folder, *facts);
    entry.basedOn = videos->basedOn;
    entry.active = true;
    if (const auto id = document.addModel(entry); !id)
        return id.error();
    return facts;
}

Result<fs::path> activeDetector(const Document& document)
{
    return activeModelFolder(document, kTrack2Kind,
        "The project has no trained detector yet; run telltale-cli train --system track2 on it first, or "
        "name "
        "one with --model.");
}

Result<AppliedDetections> detectInProject(
    Document& document, const fs::path& folder, const std::string& device, ProgressSink& progress)
{
    const auto system = Track2System::load(folder, device);
    if (!system)
        return system.error();
    const DetectorFacts& facts = (*system)->facts();
    const auto videos = cutProjectVideos(document, true, facts.recipe.input.pictures, progress);
    if (!videos)
        return videos.error();
    AppliedDetections applied;
    applied.notes = videos->notes;
    auto batch = detected(document, **system, *videos, progress, applied);
    if (!batch)
        return batch.error();
    if (Status status = document.importBatch(std::move(*batch), Document::tr("Add proposals")); !status)
        return status.error();
    const auto ensemble = activeSystem(document);
    if (!ensemble) {
        applied.notes.emplace_back("Classes are the detector's own: the project has no Track 1 system that "
                                   "could name what it found (telltale-cli train --system track1).");
        return applied;
    }
    const auto scored = scoreProject(document, *ensemble, {}, device, progress);
    if (!scored) {
        applied.notes.push_back(
            "The proposals are there, but the Track 1 system has not named them: " + scored.error().message);
        return applied;
    }
    applied.named = scored->predictions;
    applied.notes.insert(applied.notes.end(), scored->notes.begin(), scored->notes.end());
    return applied;
}

} // namespace telltale
