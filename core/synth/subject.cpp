// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/subject.h"
#include <numbers>

namespace telltale::synth {
namespace {

// What a whole shift changes, ours: twice to four times the spread among the others, so that half of it puts
// a person at their edge or just beyond.
constexpr double kShiftScale = 0.16;
constexpr double kShiftGirth = 0.4;
constexpr double kShiftArms = 0.12;
constexpr double kShiftAmplitude = 0.5; ///< always smaller
constexpr double kShiftSpeed = 0.7; ///< of the logarithm
constexpr double kShiftYaw = 0.5; ///< radians, away from the front
constexpr double kShiftPitch = 0.3; ///< radians, from above
constexpr double kShiftAmbient = 0.25; ///< always darker
constexpr double kShiftWarmth = 1.0;
constexpr double kShiftSensor = 1.5;
constexpr double kShiftPose = 1.5;

/// How far and which way: each member is the shift or its negative.
struct Shift {
    double amount = 0;
    double size = 0;
    double girth = 0;
    double arms = 0;
    double speed = 0;
    double warmth = 0;
};

Shift makeShift(Random random, double amount)
{
    Shift shift;
    shift.amount = std::clamp(amount, 0.0, 1.0);
    for (double* way : {&shift.size, &shift.girth, &shift.arms, &shift.speed, &shift.warmth})
        *way = random.chance(0.5) ? shift.amount : -shift.amount;
    return shift;
}

// Spread of the body measures, ours: about what adults differ by.
Body makeBody(Random random, Seat seat, const Shift& shift)
{
    Body body;
    body.scale = std::clamp(1.0 + 0.05 * random.normal(), 0.88, 1.14) * (1 + kShiftScale * shift.size);
    body.girth = std::clamp(1.0 + 0.12 * random.normal(), 0.8, 1.35) * (1 + kShiftGirth * shift.girth);
    const auto vary
        = [&](double value, double spread) { return value * body.scale * (1 + spread * random.normal()); };
    body.shoulderHalf = vary(0.178, 0.05);
    body.trunk = vary(0.5, 0.03);
    body.neck = vary(0.095, 0.08);
    body.head = std::clamp(1.0 + 0.03 * random.normal(), 0.92, 1.08);
    body.upperArm = vary(0.29, 0.03);
    body.forearm = vary(0.255, 0.03);
    body.hand = vary(1.0, 0.05);
    body.hipHalf = vary(0.095, 0.05);
    body.thigh = vary(0.43, 0.03);
    body.shin = vary(0.43, 0.03);
    body.upperArm *= 1 + kShiftArms * shift.arms;
    body.forearm *= 1 + kShiftArms * shift.arms;
    body.pelvisHeight = seat == Seat::Standing ? (body.thigh + body.shin) * 0.985 + 0.08 * body.scale : 0.52;
    return body;
}

Color vary(const Color& color, Random& random, double spread)
{
    const auto one
        = [&](float v) { return static_cast<float>(std::clamp(v + spread * random.normal(), 0.02, 0.98)); };
    const float r = one(color.r);
    const float g = one(color.g);
    return {r, g, one(color.b)};
}

Color fromHsv(double hue, double saturation, double value)
{
    const auto channel = [&](double n) {
        const double k = std::fmod(n + hue * 6, 6.0);
        return static_cast<float>(value - value * saturation * std::max(0.0, std::min({k, 4 - k, 1.0})));
    };
    return {channel(5), channel(3), channel(1)};
}

constexpr std::array<Color, 7> kSkins{{{0.96f, 0.80f, 0.70f}, {0.92f, 0.73f, 0.60f}, {0.85f, 0.64f, 0.49f},
    {0.74f, 0.53f, 0.38f}, {0.58f, 0.39f, 0.27f}, {0.48f, 0.32f, 0.23f}, {0.40f, 0.27f, 0.20f}}};
constexpr std::array<Color, 6> kHairs{{{0.07f, 0.06f, 0.06f}, {0.16f, 0.11f, 0.08f}, {0.31f, 0.20f, 0.12f},
    {0.55f, 0.40f, 0.22f}, {0.75f, 0.60f, 0.36f}, {0.50f, 0.49f, 0.48f}}};
constexpr std::array<Color, 4> kEyes{
    {{0.25f, 0.15f, 0.08f}, {0.22f, 0.32f, 0.42f}, {0.25f, 0.33f, 0.2f}, {0.12f, 0.08f, 0.06f}}};

Look makeLook(Random random, SynthScheme scheme)
{
    Look look;
    const auto skin = static_cast<size_t>(random.below(static_cast<int64_t>(kSkins.size())));
    look.skin = vary(kSkins[skin], random, 0.015);
    // Fair hair on dark skin is rare.
    look.hair = vary(kHairs[static_cast<size_t>(random.below(skin >= 3 ? 2 : 6))], random, 0.015);
    look.eyes = kEyes[static_cast<size_t>(random.below(skin >= 3 ? 1 : 4))];
    const double styles = random.uniform();
    look.hairStyle = styles < 0.42 ? HairStyle::Short
        : styles < 0.65            ? HairStyle::Long
        : styles < 0.78            ? HairStyle::Bun
        : styles < 0.86            ? HairStyle::Bald
                                   : HairStyle::Cap;
    const bool longHair = look.hairStyle == HairStyle::Long || look.hairStyle == HairStyle::Bun;
    look.beard = !longHair && random.chance(0.3);
    look.glasses = random.chance(0.25);
    look.pattern = static_cast<ClothPattern>(random.below(5));
    const double hue = random.uniform();
    look.top = fromHsv(hue, random.uniform(0.1, 0.75), random.uniform(0.25, 0.85));
    look.topSecond = fromHsv(
        std::fmod(hue + random.uniform(0.3, 0.7), 1.0), random.uniform(0.05, 0.5), random.uniform(0.6, 0.95));
    look.shortSleeves = look.pattern != ClothPattern::Jacket && random.chance(0.45);
    look.tie
        = look.pattern == ClothPattern::Jacket && random.chance(scheme == SynthScheme::Imigue ? 0.5 : 0.25);
    look.trousers = fromHsv(random.uniform(0.55, 0.7), random.uniform(0.1, 0.5), random.uniform(0.15, 0.5));
    look.shoes = fromHsv(random.uniform(), random.uniform(0.0, 0.4), random.uniform(0.08, 0.4));
    look.light = unit({random.uniform(-0.8, 0.8), random.uniform(0.4, 1.0), random.uniform(0.5, 1.0)});
    look.ambient = random.uniform(0.36, 0.52);
    look.warmth = random.uniform(-0.6, 0.8);
    look.sensorNoise = random.uniform(1.5, 4.5);
    look.roomSeed = random.next();
    return look;
}

/// Framing: how much of the body is in the picture follows the real set (SMG: whole person, iMiGUE:
/// close-up).
Camera makeCamera(Random random, const SynthOptions& options, const Subject& subject, double shift)
{
    struct Framing {
        double low;
        double high;
        double distance;
    };
    const double shoulders = subject.body.pelvisHeight + subject.body.trunk;
    const double top = shoulders + 0.36 * subject.body.scale;
    Framing framing{-0.03, top + 0.07, 3.2};
    if (options.scheme == SynthScheme::Imigue) {
        const double low
            = subject.seat == Seat::Table ? subject.tableHeight - 0.16 : subject.body.pelvisHeight - 0.16;
        framing = {low, top + 0.1, 1.9};
    }
    const double distance = framing.distance * random.uniform(0.9, 1.25);
    const double middle = (framing.low + framing.high) / 2 + 0.015 * random.normal();
    const double height = (framing.high - framing.low) * random.uniform(1.0, 1.12);
    Camera camera;
    double yaw = random.uniform(-0.2, 0.2);
    yaw += std::copysign(kShiftYaw * shift, yaw);
    const double pitch = random.uniform(-0.14, 0.03) - kShiftPitch * shift; // mostly a little from above
    camera.axes = rotation(yaw, pitch, 0.01 * random.normal());
    const Vec3 aim{random.uniform(-0.08, 0.08), middle, 0.05};
    camera.eye = aim + camera.axes.z * distance;
    camera.focal = options.height * distance / height;
    camera.centreX = options.width / 2.0;
    camera.centreY = options.height / 2.0;
    return camera;
}

} // namespace

Subject makeSubject(const SynthOptions& options)
{
    const Random root = Random(options.seed)
                            .fork(0x5b1ec7)
                            .fork(static_cast<uint64_t>(options.subject))
                            .fork(options.scheme == SynthScheme::Smg ? 1 : 2);
    Random random = root.fork(1);
    Subject subject;
    if (options.scheme == SynthScheme::Smg)
        subject.seat = random.chance(0.6) ? Seat::Standing : Seat::Chair;
    else
        subject.seat = random.chance(0.8) ? Seat::Table : Seat::Standing;
    subject.dominant = random.chance(0.12) ? 1 : -1;
    subject.speed = std::exp(0.18 * random.normal());
    subject.amplitude = std::clamp(std::exp(0.16 * random.normal()), 0.65, 1.5);
    subject.sway = random.uniform(0.6, 1.5);
    subject.talk = random.uniform(0.25, 0.7);
    const Shift shift = makeShift(root.fork(6), options.shift);
    subject.speed *= std::exp(kShiftSpeed * shift.speed);
    subject.amplitude *= 1 - kShiftAmplitude * shift.amount;
    subject.poseNoise = 1 + kShiftPose * shift.amount;
    subject.body = makeBody(root.fork(2), subject.seat, shift);
    subject.tableHeight = subject.body.pelvisHeight + 0.2 * subject.body.scale;
    const GestureBook& book = gestureBook(options.scheme);
    Random habits = root.fork(3);
    for (const double count : book.counts) {
        const double habit = std::exp(0.5 * habits.normal());
        subject.classWeights.push_back(options.balanced ? 1.0 : count * habit);
    }
    subject.look = makeLook(root.fork(4), options.scheme);
    subject.look.ambient -= kShiftAmbient * shift.amount;
    subject.look.warmth += kShiftWarmth * shift.warmth;
    subject.look.sensorNoise *= 1 + kShiftSensor * shift.amount;
    subject.camera = makeCamera(root.fork(5), options, subject, shift.amount);
    return subject;
}

} // namespace telltale::synth
