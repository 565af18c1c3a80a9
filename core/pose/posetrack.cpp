// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/posetrack.h"
#include "pose/layout.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr int kLeftEye = 1;
constexpr int kRightEye = 2;
constexpr int kHead = 17;
constexpr int kNeck = 18;
constexpr float kHeadOverEyes = 0.45f;

PosePoint meanOf(const PosePoint* points, const std::vector<int>& sources)
{
    if (sources.empty())
        return {};
    PosePoint mean{0, 0, points[sources.front()].score};
    for (const int source : sources) {
        const PosePoint& point = points[source];
        if (!(point.score > 0))
            return {};
        mean.x += point.x / static_cast<float>(sources.size());
        mean.y += point.y / static_cast<float>(sources.size());
        mean.score = std::min(mean.score, point.score);
    }
    return mean;
}

PosePoint headOver(const PosePoint* points68)
{
    const PosePoint eyes = meanOf(points68, {kLeftEye, kRightEye});
    const PosePoint& neck = points68[kNeck];
    if (!(eyes.score > 0) || !(neck.score > 0))
        return {};
    return {
        eyes.x + (eyes.x - neck.x) * kHeadOverEyes, eyes.y + (eyes.y - neck.y) * kHeadOverEyes, eyes.score};
}

} // namespace

int64_t PoseTrack::rowOf(int64_t frame) const
{
    const auto found = std::lower_bound(frames.begin(), frames.end(), frame);
    return found != frames.end() && *found == frame ? found - frames.begin() : -1;
}

Result<PoseTrack> mapTo68(const PoseTrack& track)
{
    const auto layout = findPoseLayout(track.layout);
    if (!layout)
        return layout.error();
    const PoseLayout& source = **layout;
    if (track.pointCount != static_cast<int>(source.points.size())
        || track.points.size() != static_cast<size_t>(track.rows() * track.persons * track.pointCount))
        return Error{ErrorCode::BadFormat,
            "the track has " + std::to_string(track.pointCount) + " points a person, but layout "
                + track.layout + " has " + std::to_string(source.points.size())};
    PoseTrack mapped;
    mapped.persons = track.persons;
    mapped.pointCount = kPointCount;
    mapped.frames = track.frames;
    mapped.points.resize(static_cast<size_t>(track.rows()) * track.persons * kPointCount);
    for (int64_t row = 0; row < track.rows(); ++row)
        for (int person = 0; person < track.persons; ++person) {
            const PosePoint* in = track.at(row, person);
            PosePoint* out = mapped.at(row, person);
            for (int i = 0; i < kPointCount; ++i)
                out[i] = meanOf(in, source.sources68[i]);
            if (source.headFromEyes)
                out[kHead] = headOver(out);
        }
    return mapped;
}

} // namespace telltale
