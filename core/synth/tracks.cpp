// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/tracks.h"
#include "synth/room.h"
#include <algorithm>

namespace telltale::synth {
namespace {

constexpr size_t kHandRun = 21;
constexpr size_t kNeck = 18;
constexpr size_t kHip = 19;

bool inside(const Vec3& p, const Vec3& low, const Vec3& high)
{
    return p.x > low.x && p.x < high.x && p.y > low.y && p.y < high.y && p.z > low.z && p.z < high.z;
}

/// Does the table top or its front stand between the eye and the point?
bool behindTable(const Subject& subject, const Vec3& p)
{
    if (subject.seat != Seat::Table)
        return false;
    const Vec3& eye = subject.camera.eye;
    const Table table = tableOf(subject);
    const auto crosses = [&](double s, bool top) {
        if (s <= 0 || s >= 0.999)
            return false;
        const Vec3 q = mix(eye, p, s);
        return std::abs(q.x) < table.halfWidth
            && (top ? q.z > table.back && q.z < table.front : q.y < table.top);
    };
    return crosses((table.top - eye.y) / (p.y - eye.y), true)
        || crosses((table.front - eye.z) / (p.z - eye.z), false);
}

/// Hidden by the person's own trunk or head.
bool behindBody(const Subject& subject, const Figure& figure, const Vec3& p)
{
    const double k = subject.body.scale;
    const Vec3 onTrunk = inverseTimes(figure.trunkAxes, p - figure.trunk) * (1 / k);
    const Vec3 onHead = inverseTimes(figure.headAxes, p - figure.skull) * (1 / subject.body.head);
    return inside(onTrunk, {-0.17, -0.52, -0.5}, {0.17, 0.02, -0.05})
        || inside(onHead, {-0.075, -0.02, -0.5}, {0.075, 0.2, -0.03});
}

int handOf(int point) { return point < kLeftHandStart ? -1 : point < kRightHandStart ? 0 : 1; }

void swapArms(FramePoints& points)
{
    std::swap(points[9], points[10]);
    for (size_t i = 0; i < kHandRun; ++i)
        std::swap(points[kLeftHandStart + i], points[kRightHandStart + i]);
}

} // namespace

FramePoints projectFigure(const Subject& subject, const Figure& figure, int width, int height)
{
    FramePoints seen;
    const auto points = points68(subject, figure);
    for (size_t i = 0; i < points.size(); ++i) {
        const Vec3 p = subject.camera.project(points[i]);
        const bool outside = p.x < 0 || p.y < 0 || p.x >= width || p.y >= height;
        // Shoulders and hips lie inside the body that would hide them.
        const bool ownBody = (i >= 7 && i <= 10) || i >= kLeftHandStart;
        const bool hidden = outside || behindTable(subject, points[i])
            || (ownBody && behindBody(subject, figure, points[i]));
        seen[i] = {static_cast<float>(p.x), static_cast<float>(p.y), hidden ? kHiddenScore : 1.0f};
    }
    return seen;
}

FramePoints PoseObserver::observe(const FramePoints& exact)
{
    if (!m_begun) {
        const double trunk = std::hypot(exact[kNeck].x - exact[kHip].x, exact[kNeck].y - exact[kHip].y);
        m_metre = std::max(20.0, trunk / 0.5);
        m_before = exact;
        m_begun = true;
    }
    FramePoints seen = exact;
    advanceHands(exact);
    for (int i = 0; i < kPointCount; ++i)
        observe(seen[static_cast<size_t>(i)], m_before[static_cast<size_t>(i)], i);
    if (m_swap > 0)
        swapArms(seen);
    m_before = exact;
    return seen;
}

/// Which hands are lost in this frame, and whether left and right are mixed up.
void PoseObserver::advanceHands(const FramePoints& now)
{
    const double apart = std::hypot(now[9].x - now[10].x, now[9].y - now[10].y) / m_metre;
    for (size_t hand = 0; hand < 2; ++hand) {
        const PosePoint& wrist = now[9 + hand];
        const double speed
            = std::hypot(wrist.x - m_before[9 + hand].x, wrist.y - m_before[9 + hand].y) / m_metre * m_fps;
        const double rate = 0.05 + 0.25 * speed + (wrist.score < 1 ? 3.0 : 0.0) + (apart < 0.12 ? 0.5 : 0.0);
        if (m_lost[hand] > 0)
            --m_lost[hand];
        else if (m_random.chance(m_noise * rate / m_fps))
            m_lost[hand] = 1 + static_cast<int>(m_random.uniform(1, 0.35 * m_fps));
    }
    if (m_swap > 0)
        --m_swap;
    else if (m_random.chance(m_noise * (apart < 0.2 ? 0.12 : 0.015) / m_fps))
        m_swap = 1 + static_cast<int>(m_random.below(3));
}

void PoseObserver::observe(PosePoint& p, const PosePoint& before, int index)
{
    const bool hidden = p.score < 1;
    const int hand = handOf(index);
    const double speed = std::hypot(p.x - before.x, p.y - before.y) / m_metre * m_fps;
    const double base = m_noise
        * (index <= 4                        ? 0.003
                : hand >= 0                  ? 0.005
                : index >= 11 && index <= 16 ? 0.011
                                             : 0.006);
    const double sigma = base + m_noise * 0.006 * std::min(speed, 3.0) + (hidden ? m_noise * 0.03 : 0);
    // Errors last: an estimator is wrong in the same way for some frames.
    auto& error = m_error[static_cast<size_t>(index)];
    const double keep = 0.75;
    const double fresh = std::sqrt(1 - keep * keep) * sigma * m_metre;
    error.x = keep * error.x + fresh * m_random.normal();
    error.y = keep * error.y + fresh * m_random.normal();
    const double luck = m_random.uniform();
    const bool lost
        = (hand >= 0 && m_lost[static_cast<size_t>(hand)] > 0) || luck < (hidden ? 0.55 : 0.004 * m_noise);
    const double score = (hidden ? 0.42 : 0.93) - 9 * (sigma - base) * (hidden ? 0.3 : 1)
        - (hand >= 0 ? 0.12 : 0) + 0.06 * m_random.normal();
    if (lost) {
        p = {};
        return;
    }
    p.x += static_cast<float>(error.x);
    p.y += static_cast<float>(error.y);
    p.score = static_cast<float>(std::clamp(score, 0.05, 0.99));
}

PoseTrack observeTrack(const PoseTrack& exact, double fps, Random random, double noise)
{
    PoseTrack seen = exact;
    PoseObserver observer(fps, random, noise);
    FramePoints frame;
    for (int64_t row = 0; row < seen.rows(); ++row) {
        std::copy_n(exact.at(row, 0), frame.size(), frame.begin());
        std::ranges::copy(observer.observe(frame), seen.at(row, 0));
    }
    return seen;
}

} // namespace telltale::synth
