// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What people change in pose tracks and crops.
#include "data/draft/draft.h"
#include "data/rows.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

namespace telltale {
namespace {

struct Operation {
    const char* name;
    bool pair; ///< needs a second person
};
constexpr std::array<Operation, 4> kOperations{
    {{"swap", true}, {"split", false}, {"join", true}, {"remove", false}}};
constexpr std::array kCropKinds{"person", "left_hand", "right_hand", "face", "motion"};

bool isCropKind(const std::string& kind) { return std::ranges::find(kCropKinds, kind) != kCropKinds.end(); }

/// Empty ones say that there is nothing to look at.
bool isBox(const CropRectangle& one)
{
    return std::isfinite(one.x) && std::isfinite(one.y) && std::isfinite(one.width)
        && std::isfinite(one.height) && one.width >= 0 && one.height >= 0;
}

bool isRectangle(const CropRectangle& one) { return isBox(one) && one.width > 0 && one.height > 0; }

bool isPoint(const CorrectedPoint& one)
{
    return one.point >= 0 && std::isfinite(one.x) && std::isfinite(one.y) && one.score >= 0 && one.score <= 1;
}

/// `points` over those of `below`, ascending by point.
std::vector<CorrectedPoint> mergedPoints(
    const std::vector<CorrectedPoint>& below, const std::vector<CorrectedPoint>& points)
{
    std::map<int, CorrectedPoint> merged;
    for (const auto* some : {&below, &points})
        for (const CorrectedPoint& one : *some)
            merged[one.point] = one;
    std::vector<CorrectedPoint> result;
    result.reserve(merged.size());
    for (const auto& [point, one] : merged)
        result.push_back(one);
    return result;
}

} // namespace

const VideoEntry* Draft::trackedVideo(int64_t id)
{
    const VideoEntry* known = knownVideo(id);
    if (known && known->track.empty()) {
        fail(ErrorCode::NotFound,
            known->name + ": has no pose track to change, analyze it with a pose model or import one");
        return nullptr;
    }
    return known;
}

bool Draft::checkFrame(const VideoEntry& video, int64_t frame, int person)
{
    const bool bounded = !video.offline && video.frameCount > 0;
    if (person >= 0 && frame >= 0 && (!bounded || frame < video.frameCount))
        return true;
    fail(ErrorCode::InvalidArgument,
        video.name + ": there is no person " + std::to_string(person) + " in frame " + std::to_string(frame));
    return false;
}

void Draft::editTrack(TrackEdit edit, const std::vector<PoseCorrection>& corrections)
{
    const VideoEntry* known = trackedVideo(edit.videoId);
    if (!known || !checkFrame(*known, edit.first, edit.person))
        return;
    const auto operation
        = std::ranges::find_if(kOperations, [&](const Operation& one) { return edit.operation == one.name; });
    if (operation == kOperations.end())
        return fail(ErrorCode::InvalidArgument,
            "persons are swapped, split, joined or removed, there is no '" + edit.operation + "'");
    if (operation->pair && (edit.other < 0 || edit.other == edit.person))
        return fail(ErrorCode::InvalidArgument, "that takes two different persons");
    if (edit.last >= 0 && edit.last <= edit.first)
        return fail(ErrorCode::InvalidArgument, "the stretch of frames is empty");
    edit.track = known->track;
    edit.annotator = m_context.annotator;
    edit.position = 1;
    for (const TrackEdit& other : m_state.trackEdits().all())
        if (other.videoId == edit.videoId && other.track == edit.track)
            edit.position = std::max(edit.position, other.position + 1);
    edit.id = nextId(Table::TrackEdits);
    record(Table::TrackEdits, edit.id, nullptr, rowOf(edit));
    std::map<std::pair<int64_t, int>, const PoseCorrection*> old;
    for (const PoseCorrection& one : m_state.poseCorrections().all())
        if (one.videoId == edit.videoId && one.track == edit.track)
            old[{one.frame, one.person}] = &one;
    for (PoseCorrection one : corrections) {
        one.videoId = edit.videoId;
        one.track = edit.track;
        const auto before = old.find({one.frame, one.person});
        const bool there = before != old.end();
        one.annotator = there ? before->second->annotator : m_context.annotator;
        one.id = there ? before->second->id : nextId(Table::PoseCorrections);
        record(Table::PoseCorrections, one.id, there ? rowOf(*before->second) : nlohmann::json(nullptr),
            rowOf(one));
        if (there)
            old.erase(before);
    }
    for (const auto& [place, one] : old)
        record(Table::PoseCorrections, one->id, rowOf(*one), nullptr);
}

int64_t Draft::correctPose(PoseCorrection correction)
{
    const VideoEntry* known = trackedVideo(correction.videoId);
    if (!known || !checkFrame(*known, correction.frame, correction.person))
        return 0;
    if (correction.points.empty() || !std::ranges::all_of(correction.points, isPoint)) {
        fail(ErrorCode::InvalidArgument, "corrected points need numbers for x and y and a score from 0 to 1");
        return 0;
    }
    correction.track = known->track;
    correction.annotator = m_context.annotator;
    const auto& all = m_state.poseCorrections().all();
    const auto old = std::ranges::find_if(all, [&](const PoseCorrection& one) {
        return one.frame == correction.frame && one.person == correction.person
            && one.videoId == correction.videoId && one.track == correction.track;
    });
    const bool there = old != all.end();
    correction.points = mergedPoints(there ? old->points : std::vector<CorrectedPoint>(), correction.points);
    correction.id = there ? old->id : nextId(Table::PoseCorrections);
    record(Table::PoseCorrections, correction.id, there ? rowOf(*old) : nlohmann::json(nullptr),
        rowOf(correction));
    return correction.id;
}

void Draft::uncorrectPoses(int64_t videoId, int person, const FrameSpan& frames)
{
    const VideoEntry* known = trackedVideo(videoId);
    if (!known)
        return;
    for (const PoseCorrection& one : m_state.poseCorrections().all())
        if (one.videoId == videoId && one.track == known->track && one.person == person
            && frames.contains(one.frame))
            record(Table::PoseCorrections, one.id, rowOf(one), nullptr);
}

void Draft::setCrops(int64_t videoId, std::vector<SavedCrop> crops)
{
    if (!knownVideo(videoId))
        return;
    std::set<std::pair<int, std::string>> named;
    for (const SavedCrop& one : crops) {
        const bool ascending
            = std::ranges::adjacent_find(one.keys, std::greater_equal<>(), &SavedCropKey::frame)
            == one.keys.end();
        if (one.person < 0 || !isCropKind(one.kind) || !ascending
            || !std::ranges::all_of(one.keys, isBox, &SavedCropKey::rectangle)
            || !named.emplace(one.person, one.kind).second)
            return fail(ErrorCode::InvalidArgument,
                "crops need a person, a known kind, each once, and rectangles in ascending frames");
    }
    // A path that is the same again keeps its row, so that nothing is written for it.
    std::map<std::pair<int, std::string>, const SavedCrop*> old;
    for (const SavedCrop& one : m_state.crops().all())
        if (one.videoId == videoId)
            old[{one.person, one.kind}] = &one;
    for (SavedCrop& one : crops) {
        one.videoId = videoId;
        const auto known = old.find({one.person, one.kind});
        one.id = known != old.end() ? known->second->id : nextId(Table::Crops);
        record(Table::Crops, one.id, known != old.end() ? rowOf(*known->second) : nlohmann::json(nullptr),
            rowOf(one));
        if (known != old.end())
            old.erase(known);
    }
    for (const auto& [name, one] : old)
        record(Table::Crops, one->id, rowOf(*one), nullptr);
}

int64_t Draft::correctCrop(CropCorrection correction)
{
    const VideoEntry* known = knownVideo(correction.videoId);
    if (!known || !checkFrame(*known, correction.frame, correction.person))
        return 0;
    if (!isCropKind(correction.kind) || !isRectangle(correction.rectangle)) {
        fail(ErrorCode::InvalidArgument, "a crop needs a known kind, a width and a height");
        return 0;
    }
    correction.annotator = m_context.annotator;
    const auto& all = m_state.cropCorrections().all();
    const auto old = std::ranges::find_if(all, [&](const CropCorrection& one) {
        return one.frame == correction.frame && one.person == correction.person && one.kind == correction.kind
            && one.videoId == correction.videoId;
    });
    const bool there = old != all.end();
    correction.id = there ? old->id : nextId(Table::CropCorrections);
    record(Table::CropCorrections, correction.id, there ? rowOf(*old) : nlohmann::json(nullptr),
        rowOf(correction));
    return correction.id;
}

void Draft::uncorrectCrops(int64_t videoId, int person, const std::string& kind, const FrameSpan& frames)
{
    if (!knownVideo(videoId))
        return;
    for (const CropCorrection& one : m_state.cropCorrections().all())
        if (one.videoId == videoId && (person < 0 || one.person == person)
            && (kind.empty() || one.kind == kind) && frames.contains(one.frame))
            record(Table::CropCorrections, one.id, rowOf(one), nullptr);
}

} // namespace telltale
