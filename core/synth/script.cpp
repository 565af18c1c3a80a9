// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/script.h"
#include <numbers>

namespace telltale::synth {
namespace {

constexpr double kLongestPulse = 40; ///< seconds; bounds the search in channelsAt

/// Writes one script from left to right in time.
class Planner {
public:
    Planner(const Subject& subject, const SynthOptions& options, double duration)
        : m_subject(subject)
        , m_book(gestureBook(options.scheme))
        , m_duration(duration)
        , m_fps(options.fps)
        , m_gap(60 / std::max(0.5, options.gesturesPerMinute))
        , m_random(Random(options.seed).fork(0xac710).fork(static_cast<uint64_t>(options.subject)))
    {
        rest(-10, 1);
    }

    Script run()
    {
        double t = m_random.uniform(0.5, 1.5);
        while (true) {
            const double begun = t;
            const GestureRow& row = pickRow();
            const double end = gesture(row, t);
            if (end < 0)
                break;
            const double pause = std::max(0.5, m_gap * m_random.uniform(0.55, 1.45) - (end - begun));
            fillPause(end + 0.15, end + pause);
            t = end + pause + 0.1;
        }
        addSpeechAndBlinks();
        std::ranges::stable_sort(m_script.pulses, {}, &Pulse::start);
        return std::move(m_script);
    }

private:
    const GestureRow& pickRow()
    {
        const auto pick = [&](auto&& weight, size_t count) {
            double sum = 0;
            for (size_t i = 0; i < count; ++i)
                sum += weight(i);
            double left = m_random.uniform() * sum;
            size_t i = 0;
            for (; i + 1 < count && left >= weight(i); ++i)
                left -= weight(i);
            return i;
        };
        const size_t wanted
            = pick([&](size_t i) { return m_subject.classWeights[i]; }, m_subject.classWeights.size());
        return m_book.rows[pick(
            [&](size_t i) {
                const GestureRow& row = m_book.rows[i];
                return row.classId == static_cast<int>(wanted) ? row.share : 0.0;
            },
            m_book.rows.size())];
    }

    Vec3 jitter(double size)
    {
        const double x = m_random.normal();
        const double y = m_random.normal();
        return Vec3{x, y, 0.3 * m_random.normal()} * size;
    }

    double moveTime(double distanceFactor = 1)
    {
        return m_random.uniform(0.4, 0.75) * distanceFactor / m_subject.speed;
    }

    static size_t armIndex(double side) { return side > 0 ? 0 : 1; }

    void key(double side, double start, double end, const ArmGoal& goal)
    {
        m_script.arms[armIndex(side)].push_back({start, end, goal});
    }

    ArmGoal restGoal()
    {
        ArmGoal goal;
        goal.wristTwist = 0.15 * m_random.normal();
        goal.offset = jitter(0.015);
        if (m_subject.seat == Seat::Standing)
            goal.target = Target::Hang;
        else if (m_subject.seat == Seat::Table)
            goal.target = m_random.chance(0.75) ? Target::TableTop : Target::Thigh;
        else
            goal.target = m_random.chance(0.7) ? Target::Thigh : Target::Armrest;
        return goal;
    }

    /// Both arms to rest poses.
    void rest(double start, double time)
    {
        for (const double side : {1.0, -1.0}) {
            m_rest[armIndex(side)] = restGoal();
            key(side, start, start + time, m_rest[armIndex(side)]);
        }
    }

    /// -1 if there is no room left.
    double gesture(const GestureRow& row, double start)
    {
        const double hold = m_random.uniform(row.holdLow, row.holdHigh);
        const double approach = row.hands == Hands::None ? m_random.uniform(0.25, 0.45) : moveTime();
        const double retract = row.hands == Hands::None ? m_random.uniform(0.3, 0.55) : moveTime();
        const double end = start + approach + hold + retract;
        if (end + 0.3 > m_duration)
            return -1;
        m_lastSide = m_random.chance(0.5) ? 1 : -1;
        if (row.path == Path::Beats)
            beats(row, start, approach, hold, retract);
        else if (row.hands != Hands::None)
            reach(row, start, approach, hold, retract);
        const double gain = m_subject.amplitude * m_random.uniform(0.8, 1.25);
        for (const ChannelMove& move : row.moves)
            if (move.channel != Channel::Count) {
                const bool bounded = move.channel >= Channel::Breath && move.channel != Channel::LegJiggle
                    && move.channel != Channel::LegShift;
                const double direction = mirrored(move.channel) ? m_lastSide : 1;
                m_script.pulses.push_back({move.channel, start, end, approach, retract,
                    move.amplitude * direction * (bounded ? 1 : gain),
                    move.frequency * m_random.uniform(0.85, 1.2)});
            }
        const auto frame = [&](double t) { return static_cast<int64_t>(std::lround(t * m_fps)); };
        m_script.spans.push_back({row.classId, {frame(start), frame(end - retract / 2)}});
        return end;
    }

    static bool mirrored(Channel channel)
    {
        return channel == Channel::HeadYaw || channel == Channel::HeadRoll || channel == Channel::TorsoYaw
            || channel == Channel::TorsoRoll || channel == Channel::TorsoShift;
    }

    Motion motionOf(const GestureRow& row)
    {
        return {row.path, row.axis, row.amplitude * m_subject.amplitude * m_random.uniform(0.8, 1.25),
            row.frequency * m_subject.speed * m_random.uniform(0.85, 1.2), m_random.uniform(0, 6.28)};
    }

    void reach(const GestureRow& row, double start, double approach, double hold, double retract)
    {
        const double side = m_random.chance(0.82) ? m_subject.dominant : -m_subject.dominant;
        m_lastSide = side;
        ArmGoal goal{
            row.target, row.shape, row.contact, motionOf(row), jitter(0.006), 0.1 * m_random.normal()};
        const bool other = row.hands == Hands::Both || row.hands == Hands::BothUnlike
            || (row.hands == Hands::OneOrBoth && m_random.chance(0.5));
        const double late = other ? m_random.uniform(0, 0.12) : 0;
        move(side, start, approach, hold, retract, goal);
        if (!other)
            return;
        if (row.hands == Hands::BothUnlike) {
            goal.target = row.otherTarget;
            goal.motion = {};
            goal.contact = Contact::Palm;
        }
        if (row.path == Path::Counter)
            goal.motion.phase += std::numbers::pi;
        move(-side, start + late, approach - late, hold, retract, goal);
    }

    void move(double side, double start, double approach, double hold, double retract, const ArmGoal& goal)
    {
        key(side, start, start + approach, goal);
        if (m_random.chance(0.3))
            m_rest[armIndex(side)] = restGoal();
        key(side, start + approach + hold, start + approach + hold + retract, m_rest[armIndex(side)]);
    }

    /// Talking hands: from place to place in front of the body.
    void beats(const GestureRow& row, double start, double approach, double hold, double retract)
    {
        const double side = m_random.chance(0.75) ? m_subject.dominant : -m_subject.dominant;
        const bool both = row.hands == Hands::OneOrBoth && m_random.chance(0.5);
        ArmGoal goal{row.target, row.shape, row.contact, {}, {}, 0};
        const double end = start + approach + hold;
        double t = start;
        double step = approach;
        while (t + step <= end + 1e-9) {
            goal.shape = m_random.chance(0.7) ? HandShape::Open : HandShape::Pinch;
            goal.offset = scaled(jitter(0.065 * m_subject.amplitude), {1, 1, 2});
            goal.wristTwist = 0.35 * m_random.normal();
            key(side, t, t + step, goal);
            if (both)
                key(-side, t, t + step, goal);
            t += step + m_random.uniform(0.02, 0.16);
            step = m_random.uniform(0.22, 0.42) / m_subject.speed;
        }
        key(side, end, end + retract, m_rest[armIndex(side)]);
        if (both)
            key(-side, end, end + retract, m_rest[armIndex(-side)]);
        m_script.pulses.push_back({Channel::MouthOpen, start, end, 0.1, 0.1, 0.45, 2.7});
        m_script.pulses.push_back({Channel::HeadPitch, start, end, 0.2, 0.2, 0.05, 1.3});
    }

    /// What nobody labels: shifting about, resettling a hand, looking aside, a hand that starts and thinks
    /// better.
    void fillPause(double start, double end)
    {
        double t = start + m_random.uniform(0.1, 0.5);
        while (t + 1.6 < end && t + 2 < m_duration) {
            const double kind = m_random.uniform();
            const double time = m_random.uniform(0.9, 1.5);
            if (kind < 0.16)
                t = nearMiss(t, end);
            else if (kind < 0.32)
                t = resettle(t, time);
            else if (kind < 0.5)
                t = lean(t, time);
            else if (kind < 0.72)
                t = lookAside(t);
            else
                t += time;
            t += m_random.uniform(0.3, 1.4);
        }
    }

    double resettle(double t, double time)
    {
        const double side = m_random.chance(0.5) ? 1 : -1;
        m_rest[armIndex(side)] = restGoal();
        key(side, t, t + time, m_rest[armIndex(side)]);
        return t + time;
    }

    double nearMiss(double t, double end)
    {
        const double up = moveTime(0.9);
        const double down = moveTime(0.9);
        const double stay = m_random.uniform(0.05, 0.3);
        if (t + up + stay + down > end || t + up + stay + down + 0.3 > m_duration)
            return end;
        const double side = m_random.chance(0.7) ? m_subject.dominant : -m_subject.dominant;
        constexpr std::array<Target, 5> kGoals{
            Target::Chin, Target::Notch, Target::NeckSide, Target::Belly, Target::TableObject};
        ArmGoal goal;
        goal.target = kGoals[static_cast<size_t>(m_random.below(kGoals.size()))];
        goal.contact = Contact::Fingertips;
        goal.offset = Vec3{0.05, -0.09, 0.16} + jitter(0.03); // short of the body
        key(side, t, t + up, goal);
        key(side, t + up + stay, t + up + stay + down, m_rest[armIndex(side)]);
        return t + up + stay + down;
    }

    double lean(double t, double time)
    {
        constexpr std::array<ChannelMove, 4> kLeans{{{Channel::TorsoPitch, 0.05}, {Channel::TorsoYaw, 0.06},
            {Channel::TorsoRoll, 0.025}, {Channel::TorsoShift, 0.02}}};
        const ChannelMove& move = kLeans[static_cast<size_t>(m_random.below(kLeans.size()))];
        const double stay = m_random.uniform(3, 14);
        m_script.pulses.push_back(
            {move.channel, t, t + 2 * time + stay, time, time, move.amplitude * m_random.normal(), 0});
        return t + time;
    }

    double lookAside(double t)
    {
        const double stay = m_random.uniform(0.3, 1.6);
        m_script.pulses.push_back(
            {Channel::HeadYaw, t, t + 0.9 + stay, 0.4, 0.5, 0.28 * m_random.normal(), 0});
        if (m_random.chance(0.4))
            m_script.pulses.push_back(
                {Channel::HeadPitch, t, t + 0.9 + stay, 0.4, 0.5, 0.08 * m_random.normal(), 0});
        return t + 0.9;
    }

    void addSpeechAndBlinks()
    {
        for (double t = m_random.uniform(0, 3); t < m_duration; t += m_random.uniform(1.5, 5.5))
            m_script.pulses.push_back({Channel::Blink, t, t + 0.2, 0.07, 0.1, 1, 0});
        for (double t = 0; t < m_duration;) {
            const double length = m_random.uniform(1.5, 6);
            if (m_random.chance(m_subject.talk)) {
                m_script.pulses.push_back({Channel::MouthOpen, t, t + length, 0.1, 0.1,
                    m_random.uniform(0.25, 0.6), m_random.uniform(2.2, 3.4)});
                m_script.pulses.push_back({Channel::HeadPitch, t, t + length, 0.3, 0.3,
                    m_random.uniform(0.01, 0.035), m_random.uniform(0.6, 1.6)});
            }
            t += length;
        }
    }

    const Subject& m_subject;
    const GestureBook& m_book;
    double m_duration;
    double m_fps;
    double m_gap;
    Random m_random;
    Script m_script;
    std::array<ArmGoal, 2> m_rest;
    double m_lastSide = 1;
};

} // namespace

double Pulse::at(double t) const
{
    if (t <= start || t >= end)
        return 0;
    const double envelope = minimumJerk((t - start) / std::max(attack, 1e-3))
        * minimumJerk((end - t) / std::max(release, 1e-3));
    const double wave = frequency > 0 ? std::sin(2 * std::numbers::pi * frequency * (t - start)) : 1;
    return amplitude * envelope * wave;
}

Script writeScript(const Subject& subject, const SynthOptions& options, double duration)
{
    return Planner(subject, options, duration).run();
}

std::array<double, kChannelCount> channelsAt(const Script& script, double t)
{
    std::array<double, kChannelCount> values{};
    auto pulse = std::ranges::lower_bound(script.pulses, t - kLongestPulse, {}, &Pulse::start);
    for (; pulse != script.pulses.end() && pulse->start < t; ++pulse)
        values[static_cast<size_t>(pulse->channel)] += pulse->at(t);
    return values;
}

} // namespace telltale::synth
