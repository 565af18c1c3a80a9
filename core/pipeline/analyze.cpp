// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analyze.h"
#include "base/files.h"
#include "data/times.h"
#include "media/framesource.h"
#include "pipeline/analyzerecipe.h"
#include "pipeline/clipinput.h"
#include "pipeline/cropping.h"
#include "pipeline/lanes.h"
#include "pipeline/models.h"
#include "pipeline/motionpath.h"
#include "pipeline/posing.h"
#include "pipeline/sequence.h"
#include "pose/layout.h"
#include <QUndoStack>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {

constexpr int64_t kPresenceReach = 3; ///< rows: a body may be lost for a moment inside a gesture

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

/// One analysis from top to bottom; its members are what the stages hand on.
class Analysis {
public:
    Analysis(const AnalyzeRequest& request, ProgressSink& progress)
        : m_request(request)
        , m_progress(progress)
        , m_cache(request.project / "cache" / "features")
    {
    }
    Result<AnalyzeResult> run();

private:
    Status openMedia();
    Status findTrack();
    Status findSpansInPose();
    Status findSpansInMotion();
    Status findCrops();
    Status nameSpans();
    Status writeCurves();
    Prediction predictionOf(const ClipInput& input, const Prediction& found);
    bool stopped() const { return m_progress.cancelled(); }
    void note(std::string sentence) { m_result.notes.push_back(std::move(sentence)); }
    std::filesystem::path inProject(const std::string& path) const { return m_request.project / path; }

    const AnalyzeRequest& m_request;
    ProgressSink& m_progress;
    FeatureCache m_cache;
    AnalyzeRecipe m_recipe;
    LoadedModels m_models;
    std::unique_ptr<FrameSource> m_source; ///< null while the video is offline
    FrameTimes m_times;
    std::optional<PoseTrack> m_track;
    LaneCurves m_lanes;
    AnalyzeResult m_result;
};

const Error kCancelled{ErrorCode::Cancelled, "cancelled"};

Status Analysis::openMedia()
{
    const std::filesystem::path file = inProject(m_request.video.path);
    std::error_code ignored;
    if (!m_request.video.offline || std::filesystem::exists(file, ignored)) {
        OpenOptions options;
        options.cacheFolder = m_request.project / "cache" / "index";
        Result<std::unique_ptr<FrameSource>> source = openVideo(file, options, &m_progress);
        if (!source)
            return source.error();
        m_source = std::move(*source);
        m_times = m_source->times();
        for (const std::string& warning : m_source->info().warnings)
            note(warning);
        return {};
    }
    if (m_request.video.track.empty())
        return Error{ErrorCode::NotFound,
            "The video " + m_request.video.name + " (" + file.string()
                + ") is not there and has no pose track; connect the disk it lies on or add the file again."};
    m_times
        = FrameTimes::nominal(m_request.video.frameCount, m_request.video.fps > 0 ? m_request.video.fps : 25);
    note(
        "The video is not there: poses alone were analyzed, at a nominal rate and without the RGB modality.");
    return {};
}

Status Analysis::findTrack()
{
    std::string path = m_request.video.track;
    if (!m_request.poseModel.empty()) {
        if (!m_source)
            return Error{
                ErrorCode::NotFound, "The video " + m_request.video.name + " is not there to find poses in."};
        std::string fingerprint = m_request.video.fingerprint;
        if (fingerprint.empty()) {
            const Result<std::string> made = fileFingerprint(m_source->info().file);
            if (!made)
                return made.error();
            fingerprint = *made;
        }
        const Result<std::string> target = poseTrackPath(fingerprint, m_request.poseModel);
        if (!target)
            return target.error();
        path = *target;
        m_result.track = path;
        m_result.poseModel = m_request.poseModel.stem().string();
        std::error_code ignored;
        if (!std::filesystem::exists(inProject(path), ignored)) {
            // What a cancelled analysis found is gone on with.
            const Result<PosingResult> made
                = extractPoses(m_source->info().file, m_request.poseModel, inProject(path), {}, m_progress);
            if (!made)
                return made.error();
        }
    }
    if (path.empty())
        return {};
    Result<PoseTrack> read = readTrack(inProject(path));
    if (read)
        read = mapTo68(*read);
    if (!read && read.error().code == ErrorCode::NotFound) {
        note("The pose track " + path + " is gone; choose a pose model to make it again.");
        return {};
    }
    if (!read)
        return read.error();
    m_track = std::move(*read);
    if (path == m_request.corrections.track) {
        CorrectedTrack corrected = correctedTrack(
            std::move(*m_track), m_request.corrections.persons, m_request.corrections.points);
        m_track = std::move(corrected.track);
        for (std::string& sentence : corrected.notes)
            note(std::move(sentence));
    }
    return {};
}

/// Rows without a body in sight do not hold gestures of it.
void maskAbsence(const std::vector<float>& presence, std::vector<float>& curve)
{
    const auto rows = static_cast<int64_t>(curve.size());
    for (int64_t r = 0; r < rows; ++r) {
        const auto first = presence.begin() + std::max<int64_t>(0, r - kPresenceReach);
        const auto last = presence.begin() + std::min(rows, r + kPresenceReach + 1);
        if (std::find(first, last, 1.0f) == last)
            curve[static_cast<size_t>(r)] = 0;
    }
}

void mergeLane(std::vector<float>& lane, const std::vector<float>& other)
{
    lane.resize(std::max(lane.size(), other.size()));
    for (size_t i = 0; i < other.size(); ++i)
        lane[i] = std::max(lane[i], other[i]);
}

Status Analysis::findSpansInPose()
{
    double share = 0;
    for (int person = 0; person < m_track->persons; ++person) {
        if (stopped())
            return kCancelled;
        m_progress.report(person, m_track->persons, "detector");
        const NdArray points = resampleTrack(*m_track, person, m_times);
        const std::vector<float> presence = bodyPresence(points);
        double seen = 0;
        for (const float value : presence)
            seen += static_cast<double>(value);
        share = std::max(share, presence.empty() ? 0 : seen / static_cast<double>(presence.size()));
        if (seen < 1)
            continue;
        const NdArray features = sequenceFeatures(points);
        std::vector<float> curve = m_models.ensemble->actionness(features);
        maskAbsence(presence, curve);
        if (limitShare(curve, kSequenceRate, m_recipe.decode))
            note("Nearly everything looked like a gesture to the detector: only the strongest stretches are "
                 "proposed.");
        for (const RowSpan& span : decodeSpans(curve, kSequenceRate, m_recipe.decode)) {
            Prediction found;
            found.person = person;
            found.span = framesOfRows(m_times, span.first, span.last);
            found.detectorScore = span.score;
            if (!found.span.empty())
                m_result.predictions.push_back(std::move(found));
        }
        mergeLane(m_lanes["detector"], rowsToFrames(curve, m_times));
        mergeLane(m_lanes["motion"], rowsToFrames(skeletonMotion(features), m_times));
    }
    m_progress.report(m_track->persons, m_track->persons, "detector");
    m_result.poseShare = share;
    if (share < m_recipe.leastBodyShare)
        note("An upper body was found in only " + percent(share)
            + " of the video: gestures are looked for only there. The pose model needs head and shoulders in "
              "view.");
    else
        note("An upper body was found in " + percent(share) + " of the video.");
    return {};
}

Status Analysis::findSpansInMotion()
{
    note(
        "There are no poses, so spans come from moving pixels and names from the RGB modality alone. Better: "
        "analyze with a pose model (--pose-model FILE), or import a skeleton file.");
    Result<std::vector<float>> curve = motionRows(*m_source, m_recipe, m_progress, &m_cache);
    if (!curve)
        return curve.error();
    for (const RowSpan& span : decodeSpans(*curve, kSequenceRate, m_recipe.decode)) {
        Prediction found;
        found.span = framesOfRows(m_times, span.first, span.last);
        found.detectorScore = span.score;
        if (!found.span.empty())
            m_result.predictions.push_back(std::move(found));
    }
    m_lanes["motion"] = rowsToFrames(*curve, m_times);
    return {};
}

/// What the networks gave their own top class, before calibration.
nlohmann::json rawScores(const HeadSet& heads, const std::map<std::string, std::vector<float>>& embeddings)
{
    nlohmann::json raw = nlohmann::json::object();
    for (const auto& [modality, embedding] : embeddings) {
        const std::vector<float> logits = heads.logits(modality, embedding);
        if (const int top = topClass(logits); top >= 0)
            raw[modality] = {{"class", top}, {"logit", logits[static_cast<size_t>(top)]}};
    }
    return raw;
}

/// So that the probabilities before calibration can be had back from those that are kept.
nlohmann::json temperaturesOf(const HeadSet& heads, const Vote& vote)
{
    nlohmann::json temperatures = nlohmann::json::object();
    for (const auto& [modality, row] : vote.probabilities)
        temperatures[modality] = heads.heads.at(modality).temperature;
    return temperatures;
}

nlohmann::json birthOf(const Consensus& consensus, const AnalyzeRecipe& recipe, const Vote& vote,
    const LoadedModels& models, const LabelScheme& scheme)
{
    nlohmann::json votes = nlohmann::json::object();
    for (const auto& [modality, probabilities] : vote.probabilities) {
        const int top = topClass(probabilities);
        votes[modality] = {{"class", top}, {"probability", probabilities[static_cast<size_t>(top)]}};
    }
    nlohmann::json label = nullptr;
    if (consensus.label >= 0 && consensus.label < scheme.classCount())
        label = scheme.classes[static_cast<size_t>(consensus.label)].name;
    return {{"method", "leave-one-out consensus"}, {"recipe", recipe.name}, {"model", models.name},
        {"digest", models.ensemble->digest()}, {"accepted", consensus.accepted}, {"label", consensus.label},
        {"name", label}, {"score", consensus.score}, {"agreeing", consensus.votes},
        {"teacher", consensus.teacher}, {"votes", votes}, {"weights", vote.weights},
        {"thresholds",
            {{"probability", recipe.consensus.threshold}, {"margin", recipe.consensus.margin},
                {"agreeing", recipe.consensus.agreeing}}}};
}

Prediction Analysis::predictionOf(const ClipInput& input, const Prediction& found)
{
    Prediction prediction = found;
    prediction.videoId = m_request.video.id;
    const auto embeddings = m_models.ensemble->embed(input);
    const Vote vote = voteOf(m_models.heads, embeddings);
    prediction.fused = vote.fused;
    for (const auto& [modality, embedding] : embeddings) {
        ModalityScores& scores = prediction.modalities[modality];
        scores.embedding = embedding;
        if (const auto row = vote.probabilities.find(modality); row != vote.probabilities.end())
            scores.probabilities = row->second;
    }
    const Consensus consensus = leaveOneOutConsensus(vote.probabilities, vote.weights, m_recipe.consensus);
    prediction.pseudoLabel = consensus.accepted;
    nlohmann::json birth = birthOf(consensus, m_recipe, vote, m_models, m_request.scheme);
    birth["raw"] = rawScores(m_models.heads, embeddings);
    birth["temperatures"] = temperaturesOf(m_models.heads, vote);
    prediction.birth = birth.dump();
    return prediction;
}

/// Kept in the project, so that people see where the models look.
Status Analysis::findCrops()
{
    if (!m_source)
        return {};
    const Result<std::vector<CropPath>> paths
        = videoCrops(m_source->info(), m_track ? &*m_track : nullptr, &m_cache, m_progress);
    if (!paths)
        return paths.error();
    m_result.crops = savedCropsOf(m_request.video.id, *paths, kCropRecipe);
    return {};
}

Status Analysis::nameSpans()
{
    const std::vector<CropPath> chosen
        = m_source ? chosenCrops(m_request.corrections, m_source->info().meanFps) : std::vector<CropPath>();
    std::vector<ClipSpan> clips;
    for (const Prediction& found : m_result.predictions)
        clips.push_back({found.span, found.person});
    const PoseTrack* track = m_track ? &*m_track : nullptr;
    const auto visit = [&](size_t index, const ClipInput& input) -> Status {
        Prediction& prediction = m_result.predictions[index];
        prediction = predictionOf(input, prediction);
        return {};
    };
    if (m_source) {
        const Result<int64_t> damaged
            = forEachClipInput(*m_source, clips, {track, chosen, &m_cache}, m_progress, visit);
        if (!damaged)
            return damaged.error();
        if (*damaged > 0)
            note(std::to_string(*damaged)
                + " pictures could not be decoded; the picture before stands for them.");
    } else {
        for (size_t i = 0; i < clips.size(); ++i) {
            if (stopped())
                return kCancelled;
            m_progress.report(static_cast<int64_t>(i), static_cast<int64_t>(clips.size()), "clips");
            if (Status status = visit(i, makeClipInput(track, clips[i], {})); !status)
                return status;
        }
    }
    std::sort(m_result.predictions.begin(), m_result.predictions.end(),
        [](const Prediction& a, const Prediction& b) {
            return std::pair(a.span.first, a.person) < std::pair(b.span.first, b.person);
        });
    return {};
}

Status Analysis::writeCurves()
{
    const auto frames = static_cast<size_t>(m_times.frameCount());
    for (const Prediction& prediction : m_result.predictions)
        for (const auto& [modality, scores] : prediction.modalities) {
            const int top = topClass(scores.probabilities);
            if (top < 0)
                continue;
            std::vector<float>& lane = m_lanes[modality];
            lane.resize(frames);
            for (int64_t f = prediction.span.first; f < prediction.span.last; ++f)
                lane[static_cast<size_t>(f)]
                    = std::max(lane[static_cast<size_t>(f)], scores.probabilities[static_cast<size_t>(top)]);
        }
    const Result<std::string> file = writeLanes(m_request.project / "cache", m_lanes);
    if (!file)
        return file.error();
    m_result.run.curves = *file;
    return {};
}

Result<AnalyzeResult> Analysis::run()
{
    Result<AnalyzeRecipe> recipe = readAnalyzeRecipe(analyzeRecipeFile());
    if (!recipe)
        return recipe.error();
    m_recipe = std::move(*recipe);
    Result<LoadedModels> models = loadModels(m_request.heads, m_request.scheme);
    if (!models)
        return models.error();
    m_models = std::move(*models);
    m_result.notes = m_models.notes;
    const auto stages = {&Analysis::openMedia, &Analysis::findTrack};
    for (const auto stage : stages)
        if (const Status status = (this->*stage)(); !status)
            return status.error();
    if (!m_track && !m_source)
        return Error{ErrorCode::NotFound,
            "The video " + m_request.video.name
                + " and its pose track are both gone; connect the disk they lie on."};
    const auto find = m_track ? &Analysis::findSpansInPose : &Analysis::findSpansInMotion;
    for (const auto stage : {find, &Analysis::findCrops, &Analysis::nameSpans}) {
        if (stopped())
            return kCancelled;
        if (const Status status = (this->*stage)(); !status)
            return status.error();
    }
    if (stopped())
        return kCancelled;
    if (const Status status = writeCurves(); !status)
        return status.error();
    for (std::string& sentence : m_cache.takeNotes())
        note(std::move(sentence));
    m_result.run.videoId = m_request.video.id;
    m_result.run.time = timeNow();
    m_result.run.model = m_models.name;
    m_result.run.recipe = m_recipe.name;
    m_result.run.basedOn = m_request.basedOn;
    auto prepared = prepareRun(*m_request.scores, m_result.run, m_result.predictions);
    if (!prepared)
        return prepared.error();
    m_result.prepared = std::move(*prepared);
    return std::move(m_result);
}

} // namespace

AnalyzeRequest makeAnalyzeRequest(
    Document& document, const VideoEntry& video, const std::filesystem::path& poseModel)
{
    AnalyzeRequest request;
    request.video = video;
    (void)document.flush(); // if it fails the run is based on what is durable, which is true as well
    request.project = document.folder();
    request.scheme = document.scheme();
    request.poseModel = poseModel;
    request.scores = document.scoreFiles();
    request.corrections = correctionsOf(document, video.id);
    request.basedOn = document.sequence();
    for (const ModelEntry& model : document.models())
        if (model.active && model.kind == "heads")
            request.heads = document.absolute(model.file);
    return request;
}

Result<AnalyzeResult> analyzeVideo(const AnalyzeRequest& request, ProgressSink& progress)
{
    return Analysis(request, progress).run();
}

Status applyAnalysis(Document& document, int64_t videoId, const AnalyzeResult& result)
{
    const VideoEntry* video = document.video(videoId);
    if (!video)
        return Error{
            ErrorCode::NotFound, "The video was removed while it was analyzed; nothing was entered."};
    ImportBatch batch;
    if (!result.track.empty() && video->track != result.track) {
        TrackEntry track;
        track.videoId = videoId;
        track.file = result.track;
        track.layout = poseLayouts().front().name;
        track.model = result.poseModel;
        batch.tracks.push_back(std::move(track));
    }
    batch.runs.push_back(result.prepared);
    batch.crops = result.crops;
    return document.importBatch(std::move(batch), Document::tr("Add proposals"));
}

LaneCurves loadCurves(const Document& document, int64_t videoId)
{
    const std::vector<PredictionRun> runs = document.runs(videoId);
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (run->curves.empty())
            continue;
        const Result<LaneCurves> lanes = readLanes(document.folder() / "cache" / run->curves);
        if (lanes)
            return *lanes;
    }
    return {};
}

} // namespace telltale
