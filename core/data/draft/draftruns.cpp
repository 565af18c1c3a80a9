// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/draft/draft.h"
#include "data/labelindex.h"
#include "data/rows.h"
#include "data/times.h"
#include <algorithm>
#include <map>

namespace telltale {
namespace {

bool untouched(const Annotation& annotation)
{
    return annotation.state == SpanState::Proposed && annotation.origin != SpanOrigin::Human
        && annotation.predictionId > 0 && annotation.annotator.empty();
}

} // namespace

const ModelEntry* Draft::modelOf(int64_t id, const std::string& kind)
{
    for (const ModelEntry& one : m_state.models().all())
        if (one.id == id && (kind.empty() || one.kind == kind))
            return &one;
    fail(ErrorCode::NotFound,
        "there is no model " + std::to_string(id) + (kind.empty() ? "" : " of the kind " + kind)
            + " in the project");
    return nullptr;
}

std::vector<Annotation> Draft::clearOpenProposals(int64_t videoId)
{
    std::vector<Annotation> stays;
    for (const Annotation& one : m_state.annotations(videoId)) {
        const bool noted = std::ranges::any_of(
            m_state.notes().all(), [&](const Note& note) { return note.annotationId == one.id; });
        if (untouched(one) && !noted)
            record(Table::Annotations, one.id, rowOf(one), nullptr);
        else
            stays.push_back(one);
    }
    for (const Annotation& fresh : m_newAnnotations)
        if (fresh.videoId == videoId)
            stays.push_back(fresh);
    return stays;
}

bool Draft::checkHead(int64_t videoId, const PredictionHead& head)
{
    if (!checkSpan(videoId, head.span))
        return false;
    if (head.classes > scheme().classCount())
        fail(ErrorCode::InvalidArgument,
            "a prediction has " + std::to_string(head.classes) + " classes, the scheme '" + scheme().name
                + "' has " + std::to_string(scheme().classCount()) + ", use heads that were trained for it");
    return !m_failure;
}

std::vector<std::string> Draft::codingLayers(int64_t videoId) const
{
    std::vector<std::string> layers;
    for (const Assignment& one : m_state.assignments().all())
        if (one.videoId == videoId)
            layers.push_back(one.annotator);
    if (layers.empty())
        layers.emplace_back();
    return layers;
}

void Draft::propose(
    int64_t videoId, int64_t predictionId, const PredictionHead& head, const std::vector<Annotation>& decided)
{
    for (const std::string& layer : codingLayers(videoId)) {
        const bool known = std::ranges::any_of(decided, [&](const Annotation& one) {
            return one.layer == layer && one.person == head.person
                && temporalIou(one.span, head.span) >= kDecidedOverlap;
        });
        const Withholding* withheld = withholdingOf(videoId, layer);
        if (known || (withheld && isWithheld(predictionId, withheld->percent)))
            continue;
        Annotation proposal;
        proposal.id = nextId(Table::Annotations);
        proposal.videoId = videoId;
        proposal.person = head.person;
        proposal.span = head.span;
        proposal.classId = head.bestClass;
        proposal.state = SpanState::Proposed;
        proposal.origin = SpanOrigin::Model;
        proposal.layer = layer;
        proposal.predictionId = predictionId;
        proposal.startUs = head.startUs;
        proposal.endUs = head.endUs;
        record(Table::Annotations, proposal.id, nullptr, rowOf(proposal));
    }
}

int64_t Draft::addRun(PreparedRun prepared)
{
    PredictionRun& run = prepared.run;
    if (!knownVideo(run.videoId))
        return 0;
    const std::vector<Annotation> decided
        = prepared.adds ? std::vector<Annotation>() : clearOpenProposals(run.videoId);
    run.id = nextId(Table::Runs);
    if (run.time.empty())
        run.time = timeNow();
    run.predictions = static_cast<int64_t>(prepared.heads.size());
    run.firstPrediction = run.predictions > 0 ? takeIds("predictions", run.predictions) : 0;
    record(Table::Runs, run.id, nullptr, rowOf(run));
    if (!prepared.block.digest.empty()) {
        prepared.block.id = nextId(Table::Blocks);
        prepared.block.runId = run.id;
        record(Table::Blocks, prepared.block.id, nullptr, rowOf(prepared.block));
    }
    for (PseudoLabel& label : prepared.pseudoLabels) {
        label.id = nextId(Table::PseudoLabels);
        label.runId = run.id;
        label.videoId = run.videoId;
        label.predictionId += run.firstPrediction;
        record(Table::PseudoLabels, label.id, nullptr, rowOf(label));
    }
    for (size_t i = 0; i < prepared.heads.size(); ++i) {
        if (!checkHead(run.videoId, prepared.heads[i]))
            return 0;
        propose(run.videoId, run.firstPrediction + static_cast<int64_t>(i), prepared.heads[i], decided);
    }
    return run.id;
}

void Draft::recordScheme(LabelScheme changed)
{
    changed.version = scheme().version + 1;
    try {
        record(Table::Schemes, nextId(Table::Schemes), nullptr, rowOf(changed));
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::InvalidArgument, "the name of a class holds characters that are not UTF-8");
    }
    m_scheme = std::move(changed);
}

void Draft::addClasses(const std::vector<LabelClass>& classes, bool force)
{
    if (classes.empty() || !allowed(MemberRole::Owner, "change the label scheme"))
        return;
    LabelScheme changed = scheme();
    if (changed.fixed && !force)
        return fail(ErrorCode::Conflict,
            "the scheme '" + changed.name + "' is fixed and has no class '" + classes.front().name + "'");
    LabelIndex known(changed);
    for (LabelClass one : classes) {
        if (one.name.empty())
            return fail(ErrorCode::InvalidArgument, "a class needs a name");
        if (known.find(one.name) >= 0)
            return fail(ErrorCode::Conflict, "the scheme has a class '" + one.name + "' already");
        if (one.color.empty())
            one.color = defaultClassColor(changed.classCount());
        known.add(one.name);
        changed.classes.push_back(std::move(one));
    }
    recordScheme(std::move(changed));
}

void Draft::setScheme(LabelScheme wanted)
{
    if (!allowed(MemberRole::Owner, "change the label scheme"))
        return;
    if (wanted.classCount() < scheme().classCount())
        return fail(ErrorCode::InvalidArgument,
            "a class cannot be taken out of the scheme, because spans may use it: retire it instead");
    for (int i = 0; i < wanted.classCount(); ++i) {
        LabelClass& one = wanted.classes[static_cast<size_t>(i)];
        if (one.name.empty())
            return fail(
                ErrorCode::InvalidArgument, "class " + std::to_string(i) + " (counted from 0) needs a name");
        if (wanted.find(one.name) != i)
            return fail(ErrorCode::Conflict, "two classes are named '" + one.name + "'");
        if (one.color.empty())
            one.color = defaultClassColor(i);
        for (const int other : one.excludes)
            if (other < 0 || other >= wanted.classCount() || other == i)
                return fail(ErrorCode::InvalidArgument,
                    "class '" + one.name + "' excludes class " + std::to_string(other)
                        + ", which is no other class");
    }
    wanted.version = scheme().version;
    if (wanted == scheme())
        return;
    recordScheme(std::move(wanted));
}

int64_t Draft::addModel(ModelEntry model, bool active)
{
    if (active)
        useModel(0, model.kind);
    model.id = nextId(Table::Models);
    model.active = active;
    if (model.time.empty())
        model.time = timeNow();
    record(Table::Models, model.id, nullptr, rowOf(model));
    return model.id;
}

void Draft::useModel(int64_t id, const std::string& kind)
{
    if (id != 0 && !modelOf(id, kind))
        return;
    for (const ModelEntry& one : m_state.models().all()) {
        if (one.kind != kind || one.active == (one.id == id))
            continue;
        ModelEntry changed = one;
        changed.active = !one.active;
        record(Table::Models, one.id, rowOf(one), rowOf(changed));
    }
}

void Draft::removeModel(int64_t id)
{
    const ModelEntry* model = modelOf(id, {});
    if (!model)
        return;
    if (model->active)
        return fail(ErrorCode::Conflict,
            "model " + std::to_string(id) + " is in use; use another one before it is removed");
    record(Table::Models, id, rowOf(*model), nullptr);
}

void Draft::addBatch(ImportBatch batch)
{
    addClasses(batch.classes, batch.extendFixed);
    std::vector<int64_t> ids;
    ids.reserve(batch.videos.size());
    for (VideoEntry& entry : batch.videos) {
        if (entry.id > 0) {
            lengthenVideo(entry);
            setTrack(entry.id, trackAt(entry.track));
        }
        ids.push_back(entry.id > 0 ? entry.id : addVideo(entry));
    }
    const auto resolve = [&ids](int64_t id) {
        const auto index = static_cast<size_t>(-id - 1);
        return id < 0 && index < ids.size() ? ids[index] : id;
    };
    for (TrackEntry& one : batch.tracks) {
        const int64_t video = resolve(one.videoId);
        setTrack(video, std::move(one));
    }
    for (Person& one : batch.persons) {
        one.videoId = resolve(one.videoId);
        setPerson(std::move(one));
    }
    for (Annotation& one : batch.annotations) {
        one.videoId = resolve(one.videoId);
        addAnnotation(std::move(one));
        if (m_failure)
            return;
    }
    for (const ReviewedRange& one : batch.reviewed)
        markReviewed(resolve(one.videoId), one.span);
    for (const int64_t id : batch.confirmed)
        setState(id, SpanState::Accepted);
    for (PreparedRun& one : batch.runs) {
        one.run.videoId = resolve(one.run.videoId);
        addRun(std::move(one));
    }
    std::map<int64_t, std::vector<SavedCrop>> crops;
    for (SavedCrop& one : batch.crops)
        crops[resolve(one.videoId)].push_back(std::move(one));
    for (auto& [id, some] : crops)
        setCrops(id, std::move(some));
}

} // namespace telltale
