// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/posecurves.h"
#include "features/features.h"
#include "pose/tracks/trackquality.h"
#include "widgets/video/overlaypainter.h"
#include "widgets/video/pointnames.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr int kLaneHeight = 18;
constexpr double kFullHeight = 0.995; ///< share of the moving rows below the top of a lane. Ours.

/// One value of each row, put at the row's frame.
std::vector<float> byFrame(const PoseTrack& track, int64_t frames, const auto& valueOf)
{
    std::vector<float> curve(static_cast<size_t>(frames), 0.0F);
    for (int64_t row = 0; row < track.rows(); ++row)
        if (const int64_t frame = track.frames[static_cast<size_t>(row)]; frame >= 0 && frame < frames)
            curve[static_cast<size_t>(frame)] = valueOf(row);
    return curve;
}

bool isFlat(const std::vector<float>& curve)
{
    return std::ranges::all_of(curve, [](float value) { return !(value > 0); });
}

} // namespace

PoseCurves::PoseCurves(Session& session, PoseEditing& poses, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_poses(poses)
    , m_job(session.workers())
{
    connect(&session, &Session::trackChanged, this, &PoseCurves::refresh);
    connect(&session, &Session::timesChanged, this, &PoseCurves::refresh);
    connect(&poses, &PoseEditing::personChanged, this, &PoseCurves::refresh);
}

void PoseCurves::setShown(bool motion, bool quality)
{
    if (motion == m_motion && quality == m_quality)
        return;
    const bool had = m_motion || m_quality;
    m_motion = motion;
    m_quality = quality;
    if (had && (motion || quality))
        emit changed();
    else
        refresh();
}

Result<PoseCurves::PartCurves> PoseCurves::compute(
    const PoseTrack& track, int person, const FrameTimes& times)
{
    PartCurves curves;
    const NdArray energy = motionEnergy(track, person, times.meanFps());
    const auto quality = qualityOf(track, times);
    if (!quality)
        return quality.error();
    // One scale for all parts, so that they can be compared; single jumps of the model do not set it.
    std::vector<float> moving;
    std::ranges::copy_if(energy.values, std::back_inserter(moving), [](float value) { return value > 0; });
    float top = 1;
    if (!moving.empty()) {
        const auto place
            = moving.begin() + static_cast<ptrdiff_t>(kFullHeight * static_cast<double>(moving.size() - 1));
        std::ranges::nth_element(moving, place);
        top = *place;
    }
    for (int part = 0; part < kBodyParts; ++part) {
        curves.motion.push_back(byFrame(track, times.frameCount(), [&](int64_t row) {
            return std::min(1.0F, energy.values[static_cast<size_t>(row * kBodyParts + part)] / top);
        }));
        curves.quality.push_back(byFrame(track, times.frameCount(),
            [&](int64_t row) { return quality->at(row, person, static_cast<BodyPart>(part)); }));
    }
    return curves;
}

void PoseCurves::refresh()
{
    m_job.cancel();
    m_curves = {};
    const auto track = m_session.track();
    const auto times = m_session.times();
    const int person = m_poses.person();
    if ((m_motion || m_quality) && track && times && person < track->persons)
        m_job.start([track, times, person](ProgressSink&) { return compute(*track, person, *times); },
            [this](const Result<PartCurves>& curves) {
                if (curves)
                    m_curves = *curves;
                emit changed();
            });
    emit changed();
}

void PoseCurves::add(
    std::vector<TimelineLane>& lanes, const std::vector<std::vector<float>>& curves, bool motion) const
{
    const size_t before = lanes.size();
    for (size_t part = 0; part < curves.size(); ++part) {
        if (isFlat(curves[part]))
            continue;
        const QString name = partName(static_cast<BodyPart>(part));
        TimelineLane lane;
        lane.title = motion ? tr("%1 moves").arg(name) : tr("%1 is sure").arg(name);
        lane.curve = curves[part];
        lane.color = partColor(static_cast<BodyPart>(part)).darker(motion ? 125 : 170);
        lane.height = kLaneHeight;
        lane.explanation = motion
            ? tr("How fast this part of %1 moves, in body lengths a second; all parts have the same scale.")
                  .arg(personName(m_poses.person()))
            : tr(
                "How far this part of the skeleton of %1 can be trusted, from 0 to 1: points that are there, "
                "their scores, lengths of bones and leaps.")
                  .arg(personName(m_poses.person()));
        lanes.push_back(std::move(lane));
    }
    if (lanes.size() > before)
        return;
    TimelineLane lane;
    lane.title = motion ? tr("Body parts") : tr("Pose quality");
    lane.height = kLaneHeight;
    lane.note = m_job.running() ? tr("is being computed...")
        : m_session.track()     ? tr("nobody is seen")
                                : tr("no skeleton yet: analyze the video");
    lanes.push_back(std::move(lane));
}

std::vector<TimelineLane> PoseCurves::lanes() const
{
    std::vector<TimelineLane> lanes;
    if (m_motion)
        add(lanes, m_curves.motion, true);
    if (m_quality)
        add(lanes, m_curves.quality, false);
    return lanes;
}

} // namespace telltale
