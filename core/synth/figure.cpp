// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/figure.h"
#include "synth/target.h"
#include <numbers>
#include <optional>

namespace telltale::synth {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

/// Slow movement that never repeats within a session: three incommensurate sines with phases by seed.
double drift(Random random, double t, double slowest)
{
    double sum = 0;
    constexpr std::array<double, 3> kRatios{1, 2.618, 5.7};
    for (const double ratio : kRatios) {
        const double rate = slowest * ratio * random.uniform(0.85, 1.15);
        sum += std::sin(kTwoPi * (rate * t + random.uniform())) / ratio;
    }
    return sum / 1.5;
}

struct Idle {
    Channel channel;
    double amplitude;
    double rate; ///< Hz of the slowest part
};
constexpr std::array<Idle, 9> kIdle{{{Channel::HeadPitch, 0.028, 0.11}, {Channel::HeadYaw, 0.05, 0.08},
    {Channel::HeadRoll, 0.02, 0.07}, {Channel::TorsoPitch, 0.01, 0.06}, {Channel::TorsoYaw, 0.014, 0.05},
    {Channel::TorsoRoll, 0.006, 0.06}, {Channel::TorsoShift, 0.006, 0.07},
    {Channel::ShoulderLeft, 0.003, 0.09}, {Channel::ShoulderRight, 0.003, 0.09}}};

std::array<double, kChannelCount> allChannels(
    const Subject& subject, const Script& script, double t, uint64_t idleSeed)
{
    auto values = channelsAt(script, t);
    const Random random(idleSeed);
    for (const Idle& idle : kIdle) {
        const auto channel = static_cast<size_t>(idle.channel);
        values[channel] += subject.sway * idle.amplitude * drift(random.fork(channel), t, idle.rate);
    }
    values[static_cast<size_t>(Channel::Breath)] += 0.12 * std::sin(kTwoPi * 0.27 * t);
    return values;
}

/// Joint between a and c with bones of the given lengths, bent towards `pole`; moves c into reach.
Vec3 bend(const Vec3& a, Vec3& c, double first, double second, const Vec3& pole)
{
    Vec3 along = c - a;
    const double most = 0.995 * (first + second);
    const double least = std::abs(first - second) + 0.02;
    const double distance = std::clamp(length(along), least, most);
    along = unit(along, {0, -1, 0});
    c = a + along * distance;
    const double x = (distance * distance + first * first - second * second) / (2 * distance);
    const double h = std::sqrt(std::max(0.0, first * first - x * x));
    const Vec3 sideways = unit(pole - along * dot(pole, along), {0, 0, -1});
    return a + along * x + sideways * h;
}

/// What one goal asks of the hand, in world space.
struct HandAim {
    Vec3 wrist;
    Mat3 axes;
    Vec3 pole;
    FingerPose fingers;
};

struct ReferenceFrame {
    Vec3 origin;
    Mat3 axes;
    Vec3 scale;
};

/// Solves one arm of a figure whose trunk and head are in place.
class ArmSolver {
public:
    ArmSolver(const Subject& subject, const Figure& figure, double side, const Arm* other)
        : m_subject(subject)
        , m_figure(figure)
        , m_side(side)
        , m_other(other)
    {
    }

    Arm solve(const Vec3& shoulder, const std::vector<ArmKey>& keys, double t) const
    {
        auto next = std::ranges::upper_bound(keys, t, {}, &ArmKey::start);
        const ArmKey& key = *std::prev(next);
        HandAim aim = aimOf(key, next == keys.end() ? 1e9 : next->start, t);
        const double s = minimumJerk((t - key.start) / std::max(1e-3, key.end - key.start));
        if (s < 1 && std::prev(next) != keys.begin()) {
            const ArmKey& before = *std::prev(next, 2);
            aim = between(aimOf(before, key.start, t), aim, s);
        }
        const Body& body = m_subject.body;
        Arm arm;
        arm.shoulder = shoulder;
        arm.wrist = aim.wrist;
        arm.elbow = bend(shoulder, arm.wrist, body.upperArm, body.forearm, aim.pole);
        arm.hand = aim.axes;
        arm.points = handPoints(aim.fingers, m_side, body.hand);
        for (Vec3& p : arm.points)
            p = arm.wrist + arm.hand * p;
        return arm;
    }

    static bool needsOther(const std::vector<ArmKey>& keys, double t)
    {
        const auto next = std::ranges::upper_bound(keys, t, {}, &ArmKey::start);
        const auto key = std::prev(next);
        return key->goal.target >= Target::OtherForearm
            || (key != keys.begin() && t < key->end && std::prev(key)->goal.target >= Target::OtherForearm);
    }

private:
    ReferenceFrame frameOf(Frame frame) const
    {
        const Body& body = m_subject.body;
        const double k = body.scale;
        const double depth = k * (0.6 + 0.4 * body.girth);
        switch (frame) {
        case Frame::Head:
            return {m_figure.skull, m_figure.headAxes, {body.head, body.head, body.head}};
        case Frame::Pelvis:
            return {m_figure.pelvis, m_figure.pelvisAxes, {k, k, k}};
        case Frame::OtherForearm:
            if (m_other)
                return boneFrame(m_other->elbow, m_other->wrist, depth);
            break;
        case Frame::OtherUpperArm:
            if (m_other)
                return boneFrame(m_other->shoulder, m_other->elbow, depth);
            break;
        case Frame::Trunk:
            break;
        }
        return {m_figure.trunk, m_figure.trunkAxes, {k * (0.5 + 0.5 * body.girth), body.trunk / 0.5, depth}};
    }

    ReferenceFrame boneFrame(const Vec3& a, const Vec3& b, double depth) const
    {
        // Forwards and up: the side of the arm that a hand can reach.
        const Vec3 outwards = m_figure.trunkAxes.z + m_figure.trunkAxes.y * 0.6;
        ReferenceFrame frame{a, synth::frameOf(b - a, outwards), {depth, length(b - a), depth}};
        return frame;
    }

    HandAim aimOf(const ArmKey& key, double until, double t) const
    {
        const ArmGoal& goal = key.goal;
        const TargetRow& row = targetRow(goal.target, m_subject.seat);
        const ReferenceFrame frame = frameOf(row.frame);
        const bool onArm = row.frame == Frame::OtherForearm || row.frame == Frame::OtherUpperArm;
        // Directions on the other arm stay those of the trunk: hands come from in front.
        const Mat3& directions = onArm ? m_figure.trunkAxes : frame.axes;
        HandAim aim;
        aim.fingers = fingerPose(goal.shape);
        aim.pole = m_figure.trunkAxes * sided(row.pole, m_side);
        aim.axes
            = synth::frameOf(directions * sided(row.fingers, m_side), directions * sided(row.palm, m_side));
        aim.axes = aim.axes * rotation(goal.wristTwist * m_side, 0, 0);
        const Vec3 shift
            = onArm ? Vec3{goal.offset.x, goal.offset.y / frame.scale.y, goal.offset.z} : goal.offset;
        Vec3 at = frame.origin + frame.axes * scaled(sided(row.point + shift, m_side), frame.scale);
        at = at + movement(goal.motion, key.end, until, t, frame, aim);
        aim.wrist = at
            - aim.axes * contactPoint(goal.contact, handPoints(aim.fingers, m_side, m_subject.body.hand));
        return aim;
    }

    /// Displacement of the repeated movement; also works the fingers while they scratch.
    Vec3 movement(const Motion& motion, double from, double until, double t, const ReferenceFrame& frame,
        HandAim& aim) const
    {
        const double on = minimumJerk((t - from + 0.1) / 0.25) * minimumJerk((until - t + 0.1) / 0.25);
        if (motion.path == Path::Hold || on <= 0)
            return {};
        const double turn = kTwoPi * motion.frequency * (t - from) + motion.phase;
        const Vec3 axis = frame.axes * sided(unit(motion.axis), m_side);
        const double reach = motion.amplitude * on;
        switch (motion.path) {
        case Path::Circle:
            return (aim.axes.x * std::cos(turn) + aim.axes.y * std::sin(turn)) * reach;
        case Path::Tap:
            return aim.axes.z * (-reach * (1 - std::cos(turn)));
        case Path::Stroke: {
            // Slow on the body, quick back, a little off it.
            const double part = turn / kTwoPi - std::floor(turn / kTwoPi);
            const double along = part < 0.7 ? minimumJerk(part / 0.7) : 1 - minimumJerk((part - 0.7) / 0.3);
            const double off = part < 0.7 ? 0 : std::sin((part - 0.7) / 0.3 * std::numbers::pi);
            return axis * (2 * reach * (along - 0.5)) + aim.axes.z * (-0.02 * on * off);
        }
        case Path::Scratch:
            for (double& curl : aim.fingers.curl)
                curl = std::clamp(curl + 0.18 * on * std::sin(turn), 0.0, 1.0);
            return axis * (reach * std::sin(turn));
        default:
            return axis * (reach * std::sin(turn));
        }
    }

    /// On the way between two goals the hand swings out, so that it does not go through the body.
    HandAim between(const HandAim& a, const HandAim& b, double s) const
    {
        HandAim aim;
        const double way = length(b.wrist - a.wrist);
        const auto behind = [&](const HandAim& h) {
            return inverseTimes(m_figure.trunkAxes, h.wrist - m_figure.trunk).z < -0.03;
        };
        const Vec3 out = behind(a) || behind(b) ? Vec3{0.9, 0.1, 0.1} : Vec3{0.25, 0, 0.8};
        const Vec3 arc
            = m_figure.trunkAxes * sided(out, m_side) * (4 * s * (1 - s) * 0.22 * std::min(way, 0.6));
        aim.wrist = mix(a.wrist, b.wrist, s) + arc;
        const Vec3 fingers = mix(a.axes.y, b.axes.y, s) + m_figure.trunkAxes.z * (0.15 * s * (1 - s));
        aim.axes = synth::frameOf(fingers, mix(a.axes.z, b.axes.z, s));
        aim.pole = mix(a.pole, b.pole, s);
        aim.fingers = mix(a.fingers, b.fingers, s);
        return aim;
    }

    const Subject& m_subject;
    const Figure& m_figure;
    double m_side;
    const Arm* m_other;
};

Leg poseLeg(
    const Subject& subject, const Figure& figure, double side, double cross, double jiggle, double apart)
{
    const Body& body = subject.body;
    const double k = body.scale;
    Leg leg;
    leg.hip = figure.pelvis + figure.pelvisAxes * Vec3{side * body.hipHalf, -0.03 * k, 0};
    Vec3 ankle;
    Vec3 toes{side * 0.25, -0.25, 1};
    if (subject.seat == Seat::Standing) {
        const Vec3 usual{side * (0.11 * k + std::abs(apart)) + 0.4 * apart, 0.075 * k, 0.0};
        ankle = mix(usual, Vec3{-side * 0.07 * k, 0.075 * k, 0.13 * k}, cross);
        ankle.y += 0.05 * std::sin(std::numbers::pi * cross);
    } else {
        const double out = body.thigh + 0.02;
        const Vec3 usual{side * (0.12 * k + 0.5 * std::abs(apart)) + 0.5 * apart, 0.075 * k, out};
        ankle = mix(usual, Vec3{-side * 0.16 * k, body.pelvisHeight - 0.24 * k, out + 0.13 * k}, cross);
        ankle.z += 0.12 * std::sin(std::numbers::pi * cross);
    }
    ankle.y += std::abs(jiggle);
    const Vec3 pole = subject.seat == Seat::Standing ? Vec3{side * 0.15, 0, 1} : Vec3{0, 1, 0.35};
    leg.ankle = ankle;
    leg.knee = bend(leg.hip, leg.ankle, body.thigh, body.shin, pole);
    const Mat3 foot = frameOf(unit(toes), {0, 1, 0});
    const double lift = std::min(0.05, std::abs(jiggle)); // a jiggling foot stays on its toes
    leg.heel = leg.ankle + foot * Vec3{0, -0.05 * k, -0.05 * k};
    leg.bigToe = leg.ankle + foot * Vec3{-side * 0.02 * k, 0.17 * k, 0.0} - Vec3{0, lift + 0.01, 0};
    leg.smallToe = leg.ankle + foot * Vec3{side * 0.045 * k, 0.14 * k, 0.0} - Vec3{0, lift + 0.01, 0};
    return leg;
}

} // namespace

Figure poseAt(const Subject& subject, const Script& script, double t, uint64_t idleSeed)
{
    const Body& body = subject.body;
    Figure f;
    f.channels = allChannels(subject, script, t, idleSeed);
    const auto value = [&](Channel c) { return f.channels[static_cast<size_t>(c)]; };
    const double k = body.scale;
    const bool standing = subject.seat == Seat::Standing;
    f.pelvis = {value(Channel::TorsoShift) * (standing ? 1 : 0.3) * k, body.pelvisHeight, 0};
    f.pelvisAxes = rotation(value(Channel::TorsoYaw) * (standing ? 0.4 : 0.15), 0, 0);
    const double slouch = standing ? 0.02 : 0.09;
    const Mat3 trunkAxes
        = rotation(value(Channel::TorsoYaw), value(Channel::TorsoPitch) + slouch, value(Channel::TorsoRoll));
    f.trunkAxes = trunkAxes;
    const double rise = 0.004 * value(Channel::Breath) + value(Channel::TorsoRise);
    f.trunk = f.pelvis + trunkAxes * Vec3{value(Channel::TorsoShift) * 0.7 * k, body.trunk + rise * k, 0};
    f.skull = f.trunk
        + trunkAxes
            * Vec3{0, body.neck - value(Channel::NeckDrop) * k, (0.012 + 0.5 * value(Channel::NeckDrop)) * k};
    // The head keeps looking at the camera while the trunk leans.
    f.headAxes = rotation(value(Channel::TorsoYaw) * 0.45 + value(Channel::HeadYaw),
        value(Channel::TorsoPitch) * 0.4 + value(Channel::HeadPitch),
        value(Channel::TorsoRoll) * 0.4 + value(Channel::HeadRoll));
    const std::array<double, 2> raise{value(Channel::ShoulderLeft), value(Channel::ShoulderRight)};
    std::array<Vec3, 2> shoulders;
    for (size_t i = 0; i < 2; ++i) {
        const double side = i == 0 ? 1 : -1;
        const double in = 0.15 * std::abs(raise[i]);
        shoulders[i]
            = f.trunk + trunkAxes * Vec3{side * (body.shoulderHalf - in), -0.012 * k + raise[i] * k, 0};
    }
    const bool leftLast = ArmSolver::needsOther(script.arms[0], t);
    const size_t first = leftLast ? 1 : 0;
    const size_t second = 1 - first;
    const auto side = [](size_t i) { return i == 0 ? 1.0 : -1.0; };
    f.arms[first]
        = ArmSolver(subject, f, side(first), nullptr).solve(shoulders[first], script.arms[first], t);
    f.arms[second] = ArmSolver(subject, f, side(second), &f.arms[first])
                         .solve(shoulders[second], script.arms[second], t);
    const double cross = std::clamp(value(Channel::LegCross), 0.0, 1.0);
    const size_t crossing = subject.dominant > 0 ? 0 : 1;
    for (size_t i = 0; i < 2; ++i)
        f.legs[i] = poseLeg(subject, f, side(i), i == crossing ? cross : 0,
            i == crossing ? value(Channel::LegJiggle) : 0, value(Channel::LegShift));
    return f;
}

std::array<Vec3, kPointCount> points68(const Subject& subject, const Figure& f)
{
    std::array<Vec3, kPointCount> points;
    const double h = subject.body.head;
    const auto head = [&](double x, double y, double z) {
        return f.skull + f.headAxes * (Vec3{x, y, z} * h);
    };
    points[0] = head(0, 0.065, 0.122);
    points[1] = head(0.032, 0.1, 0.092);
    points[2] = head(-0.032, 0.1, 0.092);
    points[3] = head(0.078, 0.085, 0.0);
    points[4] = head(-0.078, 0.085, 0.0);
    for (size_t i = 0; i < 2; ++i) {
        const Arm& arm = f.arms[i];
        const Leg& leg = f.legs[i];
        points[5 + i] = arm.shoulder;
        points[7 + i] = arm.elbow;
        points[9 + i] = arm.wrist;
        points[11 + i] = leg.hip;
        points[13 + i] = leg.knee;
        points[15 + i] = leg.ankle;
        points[20 + i] = leg.bigToe;
        points[22 + i] = leg.smallToe;
        points[24 + i] = leg.heel;
        const size_t start = i == 0 ? kLeftHandStart : kRightHandStart;
        std::ranges::copy(arm.points, points.begin() + static_cast<std::ptrdiff_t>(start));
    }
    points[17] = head(0, 0.222, 0.01);
    points[18] = f.trunk + f.trunkAxes * Vec3{0, 0.015, 0};
    points[19] = (points[11] + points[12]) * 0.5;
    return points;
}

} // namespace telltale::synth
