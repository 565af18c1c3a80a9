// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/draft/draft.h"
#include "data/rows.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

constexpr size_t kMostCameras = 4;
/// Clocks of cameras differ by hours at most; a week catches a slip of the unit.
constexpr int64_t kLargestOffsetUs = int64_t{7} * 24 * 3600 * 1000000;

} // namespace

bool Draft::checkOffset(int64_t offsetUs)
{
    if (offsetUs < -kLargestOffsetUs || offsetUs > kLargestOffsetUs)
        fail(ErrorCode::InvalidArgument,
            "an offset of " + std::to_string(offsetUs / 1000000)
                + " seconds is more than a week; give the time between the starts of the two videos");
    return !m_failure;
}

bool Draft::checkCameras(const std::vector<SyncedVideo>& cameras)
{
    if (cameras.size() < 2 || cameras.size() > kMostCameras)
        fail(ErrorCode::InvalidArgument,
            "a session has 2 to " + std::to_string(kMostCameras) + " cameras, not "
                + std::to_string(cameras.size()));
    std::set<int64_t> seen;
    for (const SyncedVideo& camera : cameras) {
        const VideoEntry* entry = video(camera.videoId);
        if (!entry)
            fail(ErrorCode::NotFound, "there is no video " + std::to_string(camera.videoId));
        else if (!seen.insert(camera.videoId).second)
            fail(ErrorCode::InvalidArgument, "'" + entry->name + "' is named twice");
        checkOffset(camera.offsetUs);
    }
    return !m_failure;
}

void Draft::leaveSessions(const std::vector<int64_t>& videos)
{
    const auto leaves = [&](const SyncedVideo& camera) {
        return std::ranges::find(videos, camera.videoId) != videos.end();
    };
    for (const SyncedVideo& camera : m_state.cameras()) {
        const std::vector<SyncedVideo> together = m_state.camerasOf(camera.videoId);
        const auto leaving = std::ranges::count_if(together, leaves);
        const bool alone = static_cast<size_t>(leaving) + 1 >= together.size();
        if (leaves(camera) || (leaving > 0 && alone))
            record(Table::Syncs, camera.id, rowOf(camera), nullptr);
    }
}

void Draft::synchronize(const std::vector<SyncedVideo>& cameras)
{
    if (!checkCameras(cameras))
        return;
    std::vector<int64_t> videos;
    videos.reserve(cameras.size());
    for (const SyncedVideo& camera : cameras)
        videos.push_back(camera.videoId);
    leaveSessions(videos);
    int64_t session = 0;
    for (SyncedVideo camera : cameras) {
        camera.id = nextId(Table::Syncs);
        session = session == 0 ? camera.id : session; // row numbers are never used again
        camera.session = session;
        record(Table::Syncs, camera.id, nullptr, rowOf(camera));
    }
}

void Draft::setCameraOffset(int64_t videoId, int64_t offsetUs)
{
    const SyncedVideo* camera = m_state.camera(videoId);
    if (!camera)
        return fail(ErrorCode::NotFound, "the video is not synchronised with any other");
    if (!checkOffset(offsetUs))
        return;
    SyncedVideo moved = *camera;
    moved.offsetUs = offsetUs;
    record(Table::Syncs, camera->id, rowOf(*camera), rowOf(moved));
}

void Draft::unsynchronize(int64_t videoId)
{
    if (!m_state.camera(videoId))
        return fail(ErrorCode::NotFound, "the video is not synchronised with any other");
    leaveSessions({videoId});
}

} // namespace telltale
