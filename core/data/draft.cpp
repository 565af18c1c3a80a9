// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/draft.h"
#include "data/rows.h"
#include <QDateTime>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// A decided span that a prediction overlaps this much needs no proposal any more.
constexpr double kSameSpan = 0.5;

std::string timeNow() { return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString(); }

bool untouched(const Annotation& annotation)
{
    return annotation.state == SpanState::Proposed && annotation.origin != SpanOrigin::Human
        && annotation.predictionId > 0 && annotation.annotator.empty();
}

bool allFinite(const std::vector<float>& values)
{
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

int bestClass(const std::vector<float>& fused)
{
    return fused.empty() ? -1 : static_cast<int>(std::ranges::max_element(fused) - fused.begin());
}

} // namespace

std::string storedVideoPath(const fs::path& folder, const fs::path& file)
{
    if (!file.is_absolute())
        return file.lexically_normal().string();
    const fs::path target = file.lexically_normal();
    const fs::path home = folder.lexically_normal();
    const auto top = [](const fs::path& path) {
        const fs::path inside = path.relative_path();
        return inside.empty() ? fs::path() : *inside.begin();
    };
    const bool apart = top(target).empty() || top(target) != top(home);
    return apart ? target.string() : target.lexically_relative(home).string();
}

Draft::Draft(const State& state, fs::path folder, std::string annotator, LastIds& lastIds)
    : m_state(state)
    , m_folder(std::move(folder))
    , m_annotator(std::move(annotator))
    , m_lastIds(lastIds)
{
}

void Draft::fail(ErrorCode code, std::string sentence)
{
    if (!m_failure)
        m_failure = Error{code, std::move(sentence)};
}

void Draft::record(Table table, int64_t id, nlohmann::json before, nlohmann::json after)
{
    if (before != after)
        m_changes.push_back({table, id, std::move(before), std::move(after)});
}

const VideoEntry* Draft::video(int64_t id) const
{
    for (const VideoEntry& fresh : m_newVideos)
        if (fresh.id == id)
            return &fresh;
    return m_state.video(id);
}

const Annotation* Draft::annotation(int64_t id)
{
    const Annotation* found = m_state.annotation(id);
    if (!found)
        fail(ErrorCode::NotFound, "there is no span " + std::to_string(id) + " any more");
    return found;
}

bool Draft::checkVideo(const VideoEntry& wanted)
{
    const auto clash = [&](const VideoEntry& other) {
        if (other.name == wanted.name)
            fail(ErrorCode::Conflict, "the project has a video named '" + wanted.name + "' already");
        else if (!wanted.path.empty() && other.path == wanted.path)
            fail(ErrorCode::Conflict, wanted.path + ": is in the project already, as '" + other.name + "'");
    };
    std::ranges::for_each(m_state.videos(), clash);
    std::ranges::for_each(m_newVideos, clash);
    if (!std::isfinite(wanted.fps) || wanted.fps < 0 || wanted.frameCount < 0 || wanted.durationUs < 0)
        fail(ErrorCode::InvalidArgument,
            wanted.name + ": rate, number of frames and duration cannot be negative");
    return !m_failure;
}

int64_t Draft::addVideo(VideoEntry wanted)
{
    wanted.path = storedVideoPath(m_folder, wanted.path);
    if (wanted.path == ".")
        wanted.path.clear();
    if (wanted.name.empty())
        wanted.name = fs::path(wanted.path).stem().string();
    if (wanted.name.empty())
        fail(ErrorCode::InvalidArgument, "a video needs a name or a file");
    if (!checkVideo(wanted))
        return 0;
    wanted.id = nextId(Table::Videos);
    record(Table::Videos, wanted.id, nullptr, rowOf(wanted));
    m_newVideos.push_back(wanted);
    return wanted.id;
}

void Draft::findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times)
{
    const VideoEntry* known = m_state.video(videoId);
    if (!known || !known->offline)
        return fail(ErrorCode::Conflict, "video " + std::to_string(videoId) + " is not waiting for its file");
    found.path = storedVideoPath(m_folder, found.path);
    found.name = known->name;
    found.track = known->track;
    found.offline = false;
    record(Table::Videos, videoId, rowOf(*known), rowOf(found));
    for (const Annotation& one : m_state.annotations(videoId)) {
        Annotation aligned = one;
        if (one.startUs >= 0 && one.endUs >= 0)
            aligned.span = {
                times.nearestBoundary(MediaTime(one.startUs)), times.nearestBoundary(MediaTime(one.endUs))};
        aligned.span.last = std::max(aligned.span.last, aligned.span.first + 1);
        aligned.span = clampSpan(aligned.span, found.frameCount);
        if (aligned.span.empty())
            return fail(ErrorCode::Conflict,
                found.path + ": ends before the span at frame " + std::to_string(one.span.first) + " of '"
                    + known->name + "', it is another video or cut short");
        aligned.startUs = aligned.endUs = -1;
        record(Table::Annotations, one.id, rowOf(one), rowOf(aligned));
    }
}

void Draft::setTrack(int64_t videoId, const std::string& track)
{
    const VideoEntry* known = video(videoId);
    if (!known)
        return fail(ErrorCode::NotFound, "there is no video " + std::to_string(videoId));
    VideoEntry changed = *known;
    changed.track = track;
    record(Table::Videos, videoId, rowOf(*known), rowOf(changed));
}

bool Draft::checkSpan(int64_t videoId, const FrameSpan& span)
{
    const VideoEntry* owner = video(videoId);
    if (!owner) {
        fail(ErrorCode::NotFound, "there is no video " + std::to_string(videoId));
        return false;
    }
    // An offline video may turn out longer than what is known of it.
    const bool bounded = !owner->offline && owner->frameCount > 0;
    if (span.first < 0 || span.empty() || (bounded && span.last > owner->frameCount)) {
        fail(ErrorCode::InvalidArgument,
            owner->name + ": frames " + std::to_string(span.first) + " to " + std::to_string(span.last)
                + " are no span of this video"
                + (bounded ? " of " + std::to_string(owner->frameCount) + " frames" : std::string()));
        return false;
    }
    return true;
}

bool Draft::checkClass(int classId)
{
    if (classId >= -1 && classId < scheme().classCount())
        return true;
    fail(ErrorCode::InvalidArgument,
        "there is no class " + std::to_string(classId) + ", the scheme '" + scheme().name + "' has "
            + std::to_string(scheme().classCount()));
    return false;
}

int64_t Draft::addAnnotation(Annotation wanted)
{
    if (!checkSpan(wanted.videoId, wanted.span) || !checkClass(wanted.classId))
        return 0;
    if (wanted.annotator.empty() && wanted.origin == SpanOrigin::Human)
        wanted.annotator = m_annotator;
    wanted.id = nextId(Table::Annotations);
    record(Table::Annotations, wanted.id, nullptr, rowOf(wanted));
    m_newAnnotations.push_back(wanted);
    return wanted.id;
}

void Draft::update(const Annotation& before, Annotation after)
{
    if (before == after)
        return;
    after.annotator = m_annotator;
    record(Table::Annotations, before.id, rowOf(before), rowOf(after));
}

void Draft::removeAnnotation(int64_t id)
{
    if (const Annotation* known = annotation(id))
        record(Table::Annotations, id, rowOf(*known), nullptr);
}

void Draft::setSpan(int64_t id, FrameSpan span)
{
    const Annotation* known = annotation(id);
    if (!known || !checkSpan(known->videoId, span) || known->span == span)
        return;
    Annotation changed = *known;
    changed.span = span;
    changed.startUs = changed.endUs = -1;
    const bool accepted = known->state == SpanState::Accepted && known->predictionId > 0;
    if (known->state == SpanState::Proposed || accepted)
        changed.state = SpanState::Corrected;
    update(*known, changed);
}

void Draft::relabel(int64_t id, int classId)
{
    const Annotation* known = annotation(id);
    if (!known || !checkClass(classId))
        return;
    Annotation changed = *known;
    changed.classId = classId;
    const bool sameName = known->classId == classId;
    if (known->state == SpanState::Proposed)
        changed.state = sameName ? SpanState::Accepted : SpanState::Corrected;
    else if (known->state == SpanState::Accepted && known->predictionId > 0 && !sameName)
        changed.state = SpanState::Corrected;
    update(*known, changed);
}

void Draft::setState(int64_t id, SpanState state)
{
    const Annotation* known = annotation(id);
    if (!known)
        return;
    Annotation changed = *known;
    changed.state = state;
    update(*known, changed);
}

std::vector<Annotation> Draft::clearOpenProposals(int64_t videoId)
{
    std::vector<Annotation> stays;
    for (const Annotation& one : m_state.annotations(videoId)) {
        if (untouched(one))
            record(Table::Annotations, one.id, rowOf(one), nullptr);
        else
            stays.push_back(one);
    }
    for (const Annotation& fresh : m_newAnnotations)
        if (fresh.videoId == videoId)
            stays.push_back(fresh);
    return stays;
}

bool Draft::checkPrediction(const Prediction& prediction)
{
    if (!checkSpan(prediction.videoId, prediction.span))
        return false;
    bool finite = std::isfinite(prediction.detectorScore) && allFinite(prediction.fused);
    size_t widest = prediction.fused.size();
    for (const auto& [name, scores] : prediction.modalities) {
        finite = finite && allFinite(scores.probabilities) && allFinite(scores.embedding);
        widest = std::max(widest, scores.probabilities.size());
    }
    if (!finite)
        fail(ErrorCode::InvalidArgument,
            "the prediction at frame " + std::to_string(prediction.span.first)
                + " holds a number that is not finite");
    else if (widest > static_cast<size_t>(scheme().classCount()))
        fail(ErrorCode::InvalidArgument,
            "a prediction has " + std::to_string(widest) + " classes, the scheme '" + scheme().name + "' has "
                + std::to_string(scheme().classCount()) + ", use heads that were trained for it");
    return !m_failure;
}

void Draft::addPrediction(Prediction prediction, const std::vector<Annotation>& decided)
{
    prediction.id = nextId(Table::Predictions);
    Payload payload;
    payload.bytes = formatPayload(prediction);
    payload.digest = payloadDigest(payload.bytes);
    record(Table::Predictions, prediction.id, nullptr, rowOf(prediction, payload.digest));
    m_payloads.push_back(std::move(payload));
    const bool known = std::ranges::any_of(decided, [&](const Annotation& one) {
        return one.person == prediction.person && temporalIou(one.span, prediction.span) >= kSameSpan;
    });
    if (known)
        return;
    Annotation proposal;
    proposal.id = nextId(Table::Annotations);
    proposal.videoId = prediction.videoId;
    proposal.person = prediction.person;
    proposal.span = prediction.span;
    proposal.classId = bestClass(prediction.fused);
    proposal.state = SpanState::Proposed;
    proposal.origin = SpanOrigin::Model;
    proposal.predictionId = prediction.id;
    record(Table::Annotations, proposal.id, nullptr, rowOf(proposal));
}

int64_t Draft::addRun(PredictionRun run, std::vector<Prediction> predictions)
{
    if (!video(run.videoId)) {
        fail(ErrorCode::NotFound, "there is no video " + std::to_string(run.videoId));
        return 0;
    }
    const std::vector<Annotation> decided = clearOpenProposals(run.videoId);
    run.id = nextId(Table::Runs);
    if (run.time.empty())
        run.time = timeNow();
    record(Table::Runs, run.id, nullptr, rowOf(run));
    for (Prediction& prediction : predictions) {
        prediction.runId = run.id;
        prediction.videoId = run.videoId;
        if (!checkPrediction(prediction))
            return 0;
        addPrediction(std::move(prediction), decided);
    }
    return run.id;
}

void Draft::addClasses(const std::vector<LabelClass>& classes, bool force)
{
    if (classes.empty())
        return;
    LabelScheme changed = scheme();
    if (changed.fixed && !force)
        return fail(ErrorCode::Conflict,
            "the scheme '" + changed.name + "' is fixed and has no class '" + classes.front().name + "'");
    for (LabelClass one : classes) {
        if (one.name.empty())
            return fail(ErrorCode::InvalidArgument, "a class needs a name");
        if (changed.find(one.name) >= 0)
            return fail(ErrorCode::Conflict, "the scheme has a class '" + one.name + "' already");
        if (one.color.empty())
            one.color = defaultClassColor(changed.classCount());
        changed.classes.push_back(std::move(one));
    }
    ++changed.version;
    try {
        record(Table::Schemes, 1, rowOf(scheme()), rowOf(changed));
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::InvalidArgument, "the name of a class holds characters that are not UTF-8");
    }
    m_scheme = std::move(changed);
}

int64_t Draft::addModel(ModelEntry model)
{
    for (const ModelEntry& other : m_state.models()) {
        if (!other.active || other.kind != model.kind)
            continue;
        ModelEntry retired = other;
        retired.active = false;
        record(Table::Models, other.id, rowOf(other), rowOf(retired));
    }
    model.id = nextId(Table::Models);
    model.active = true;
    if (model.time.empty())
        model.time = timeNow();
    record(Table::Models, model.id, nullptr, rowOf(model));
    return model.id;
}

void Draft::addBatch(ImportBatch batch)
{
    addClasses(batch.classes, batch.extendFixed);
    std::vector<int64_t> ids;
    for (VideoEntry& entry : batch.videos) {
        if (entry.id > 0)
            setTrack(entry.id, entry.track);
        ids.push_back(entry.id > 0 ? entry.id : addVideo(entry));
    }
    const auto resolve = [&ids](int64_t id) {
        const auto index = static_cast<size_t>(-id - 1);
        return id < 0 && index < ids.size() ? ids[index] : id;
    };
    for (Annotation& one : batch.annotations) {
        one.videoId = resolve(one.videoId);
        addAnnotation(std::move(one));
        if (m_failure)
            return;
    }
    for (ImportBatch::Run& one : batch.runs) {
        one.run.videoId = resolve(one.run.videoId);
        addRun(std::move(one.run), std::move(one.predictions));
    }
}

} // namespace telltale
