// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/figurepainter.h"

namespace telltale::synth {
namespace {

constexpr double kTile = 0.25; ///< metres of one cloth repeat

/// Radius at a distance along a limb.
struct Girth {
    double along; ///< 0 first joint, 1 middle joint, 2 last joint
    double radius; ///< metres
    double shade = 1;
};

/// A bent limb as one tube: rounds the middle joint, keeps the rings from twisting.
std::vector<Ring> limb(const Vec3& a, const Vec3& b, const Vec3& c, std::span<const Girth> girths,
    double scale, const Vec3& flat)
{
    const Vec3 upper = b - a;
    const Vec3 lower = c - b;
    const double lengthA = length(upper);
    const double lengthB = length(lower);
    Vec3 side = cross(upper, lower);
    side = dot(side, side) > 1e-5 * lengthA * lengthB * lengthA * lengthB ? unit(side) : unit(flat);
    std::vector<Ring> rings;
    for (const Girth& girth : girths) {
        const double s = girth.along;
        // Both bones' directions blend near the joint.
        const double blend = std::clamp((s - 0.8) / 0.4, 0.0, 1.0);
        const Vec3 along = unit(mix(unit(upper), unit(lower), blend));
        Vec3 at = s < 1 ? a + upper * s : b + lower * (s - 1);
        if (blend > 0 && blend < 1) {
            const Vec3 chord = mix(a + upper * 0.8, b + lower * 0.2, blend);
            at = mix(at, chord, 0.35);
        }
        const Vec3 across = unit(cross(along, side), flat);
        const double v = s < 1 ? s * lengthA : lengthA + (s - 1) * lengthB;
        rings.push_back({at, side * (girth.radius * scale), across * (girth.radius * scale),
            static_cast<float>(v / kTile), static_cast<float>(girth.shade)});
    }
    return rings;
}

constexpr Girth kBareArm[] = {{0, 0.040}, {0.25, 0.044}, {0.6, 0.041}, {0.85, 0.037}, {0.95, 0.037},
    {1.0, 0.037}, {1.06, 0.038}, {1.2, 0.040}, {1.5, 0.034}, {1.8, 0.026}, {2.0, 0.0235}, {2.04, 0.022}};
constexpr Girth kLongSleeve[] = {{-0.02, 0.020, 0.9}, {0.0, 0.043, 0.97}, {0.06, 0.050}, {0.2, 0.053},
    {0.42, 0.051}, {0.7, 0.047}, {0.88, 0.045}, {0.96, 0.046}, {1.03, 0.046}, {1.1, 0.046}, {1.3, 0.045},
    {1.6, 0.039}, {1.85, 0.034}, {1.95, 0.034}, {1.96, 0.025, 0.6}};
constexpr Girth kShortSleeve[] = {{-0.02, 0.020, 0.9}, {0.0, 0.043, 0.97}, {0.06, 0.050}, {0.2, 0.055},
    {0.38, 0.056}, {0.6, 0.056}, {0.61, 0.042, 0.5}};
constexpr Girth kTrouserLeg[]
    = {{-0.1, 0.07}, {0, 0.088}, {0.15, 0.090}, {0.4, 0.080}, {0.7, 0.068}, {0.88, 0.062}, {0.96, 0.062},
        {1.04, 0.061}, {1.12, 0.060}, {1.35, 0.060}, {1.7, 0.053}, {1.94, 0.050}, {1.95, 0.03, 0.6}};

struct TrunkRow {
    double y; ///< metres from the shoulder line, adult trunk of 0.5 m
    double width;
    double depth;
    double forward;
    double shade;
};
constexpr TrunkRow kShirtRows[] = {{-0.475, 0.10, 0.07, -0.004, 0.5}, {-0.474, 0.172, 0.127, -0.004, 0.9},
    {-0.43, 0.165, 0.121, -0.004, 0.97}, {-0.37, 0.150, 0.111, 0, 0.98}, {-0.31, 0.143, 0.106, 0.002, 0.98},
    {-0.24, 0.148, 0.110, 0.006, 1}, {-0.17, 0.158, 0.117, 0.010, 1}, {-0.11, 0.165, 0.119, 0.012, 1},
    {-0.06, 0.170, 0.112, 0.008, 1}, {-0.025, 0.176, 0.098, 0.002, 1}, {0.002, 0.166, 0.084, -0.004, 1},
    {0.020, 0.138, 0.074, -0.006, 1}, {0.036, 0.100, 0.066, -0.005, 1}, {0.048, 0.074, 0.060, -0.002, 1},
    {0.060, 0.061, 0.057, 0.002, 0.98}, {0.066, 0.050, 0.048, 0.002, 0.6}};
constexpr TrunkRow kHipRows[] = {{-0.60, 0.02, 0.03, 0, 0.6}, {-0.585, 0.09, 0.075, -0.005, 0.75},
    {-0.55, 0.150, 0.110, -0.008, 0.88}, {-0.50, 0.162, 0.119, -0.006, 0.95},
    {-0.45, 0.158, 0.116, -0.005, 0.95}, {-0.41, 0.13, 0.09, -0.003, 0.9}};

/// Cross-section of the trunk: hips follow the pelvis, the top follows the shoulders.
Ring trunkRing(const Body& body, const Figure& f, const TrunkRow& row)
{
    const auto value = [&](Channel c) { return f.channels[static_cast<size_t>(c)]; };
    const double raise = (value(Channel::ShoulderLeft) + value(Channel::ShoulderRight)) / 2;
    const double tilt
        = (value(Channel::ShoulderLeft) - value(Channel::ShoulderRight)) / (2 * body.shoulderHalf);
    const double upper = std::clamp(1 + row.y / 0.2, 0.0, 1.0); // 0 below the ribs, 1 at the shoulders
    const double low = std::clamp(-row.y / 0.5, 0.0, 1.0);
    const double wide
        = mix(body.shoulderHalf / 0.178, body.scale * body.girth, std::clamp(-row.y / 0.25, 0.0, 1.0));
    const Mat3& axes = f.trunkAxes;
    const Vec3 bone
        = row.y > 0 ? f.trunk + axes.y * (row.y * body.scale) : mix(f.trunk, f.pelvis, -row.y / 0.5);
    const Vec3 sideways = unit(mix(axes.x, f.pelvisAxes.x, low * 0.8));
    const Vec3 front = unit(mix(axes.z, f.pelvisAxes.z, low * 0.8));
    const double lift = row.y > 0.03 ? 0.35 : 1.0; // the collar follows the neck, not the shoulders
    const double chest = std::clamp(1 - std::abs(row.y + 0.13) / 0.15, 0.0, 1.0);
    const double deep
        = row.depth * body.scale * (0.55 + 0.45 * body.girth) * (1 + 0.05 * value(Channel::Breath) * chest);
    Ring ring;
    ring.centre
        = bone + axes.y * (raise * upper * lift * 0.85 * body.scale) + front * (row.forward * body.girth);
    ring.a = (sideways + axes.y * (tilt * upper * lift)) * (row.width * wide);
    ring.b = front * deep;
    ring.v = static_cast<float>(std::clamp((0.066 - row.y) / 0.65, 0.0, 0.998));
    ring.shade = static_cast<float>(row.shade);
    return ring;
}

} // namespace

FigurePainter::FigurePainter(const Subject& subject) : m_subject(subject)
{
    const Look& look = subject.look;
    const auto seed = static_cast<uint32_t>(look.roomSeed);
    m_skin = skinTexture(look.skin, seed);
    m_sleeve = clothTexture(look.pattern, look.top, look.topSecond, seed + 1);
    m_trunk = trunkTexture(look, seed + 1);
    m_trousers = clothTexture(ClothPattern::Plain, look.trousers, look.trousers, seed + 2);
    m_shoes = clothTexture(ClothPattern::Plain, look.shoes, look.shoes, seed + 3);
    m_hair = look.hairStyle == HairStyle::Cap
        ? clothTexture(ClothPattern::Plain, look.topSecond * 0.8f, look.topSecond, seed + 4)
        : hairTexture(look.hair, seed + 4);
    m_faces = faceTextures(look, seed + 5);
    m_head = headGrid(look);
    m_puffedHead = puffedHeadGrid(look);
    m_hairShell = hairGrid(look);
}

void FigurePainter::draw(const Figure& figure, Painter& painter) const
{
    // Near things first: what they hide then costs only a look at the depth.
    for (size_t i = 0; i < 2; ++i) {
        drawHand(figure.arms[i], painter);
        drawArm(figure.arms[i], i == 0 ? 1 : -1, painter);
    }
    drawHead(figure, painter);
    drawTrunk(figure, painter);
    for (const Leg& leg : figure.legs)
        drawLeg(leg, painter);
}

void FigurePainter::drawTrunk(const Figure& f, Painter& painter) const
{
    const auto rings = [&](std::span<const TrunkRow> rows) {
        std::vector<Ring> all;
        for (const TrunkRow& row : rows)
            all.push_back(trunkRing(m_subject.body, f, row));
        return all;
    };
    painter.tube(rings(kShirtRows), 28, 1, {&m_trunk, 0});
    painter.tube(rings(kHipRows), 24, 4, {&m_trousers, 0});
    for (const Arm& arm : f.arms)
        drawShoulder(f, arm, painter);
}

/// From beside the neck over the joint into the sleeve, so that no step shows where the arm begins.
void FigurePainter::drawShoulder(const Figure& f, const Arm& arm, Painter& painter) const
{
    struct ShoulderRow {
        double along; ///< 0 middle of the trunk, 1 the joint
        double up;
        double high;
        double deep;
        double into; ///< metres along the upper arm
    };
    constexpr ShoulderRow kRows[]
        = {{0.40, -0.006, 0.020, 0.040, 0}, {0.60, -0.012, 0.034, 0.054, 0}, {0.82, -0.016, 0.042, 0.055, 0},
            {1.0, -0.012, 0.045, 0.050, 0.012}, {1.12, -0.010, 0.040, 0.043, 0.026},
            {1.22, -0.012, 0.022, 0.026, 0.034}, {1.245, -0.012, 0.003, 0.004, 0.036}};
    const double k = m_subject.body.scale * (0.45 + 0.55 * m_subject.body.girth);
    const Vec3 way = arm.shoulder - f.trunk;
    const Vec3 down = unit(arm.elbow - arm.shoulder);
    std::vector<Ring> rings;
    for (const ShoulderRow& row : kRows) {
        const Vec3 at = f.trunk + way * row.along + f.trunkAxes.y * (row.up * k) + down * (row.into * k);
        rings.push_back({at, f.trunkAxes.y * (row.high * k), f.trunkAxes.z * (row.deep * k),
            static_cast<float>(length(way) * row.along / kTile), 1});
    }
    painter.tube(rings, 14, 1, {&m_sleeve, 0});
}

void FigurePainter::drawHead(const Figure& f, Painter& painter) const
{
    const auto value = [&](Channel c) { return f.channels[static_cast<size_t>(c)]; };
    const Look& look = m_subject.look;
    const double h = m_subject.body.head;
    const Vec3 scale{h, h, h};
    const double open = std::abs(value(Channel::MouthOpen));
    const Mouth mouth = value(Channel::LipPress) > 0.5 ? Mouth::Pressed
        : open > 0.34                                  ? Mouth::Wide
        : open > 0.13                                  ? Mouth::Open
                                                       : Mouth::Closed;
    const size_t blink = value(Channel::Blink) > 0.5 ? 1 : 0;
    const size_t face = 2 * static_cast<size_t>(mouth) + blink;
    const Finish skin{&m_skin, 22};
    const double puff = std::clamp(value(Channel::CheekPuff), 0.0, 1.0);
    Grid head;
    const Grid* shape = &m_head;
    if (puff > 0.02) {
        head = m_head;
        for (size_t i = 0; i < head.points.size(); ++i)
            head.points[i] = mix(m_head.points[i], m_puffedHead.points[i], puff);
        shape = &head;
    }
    painter.grid(*shape, f.headAxes, f.skull, scale, {&m_faces[face], 26});
    if (!m_hairShell.points.empty())
        painter.grid(m_hairShell, f.headAxes, f.skull, scale,
            {&m_hair, look.hairStyle == HairStyle::Cap ? 4.0f : 30.0f});
    const auto at = [&](double x, double y, double z) { return f.skull + f.headAxes * (Vec3{x, y, z} * h); };
    for (const double side : {1.0, -1.0}) {
        const Mat3 turned = f.headAxes * rotation(side * 0.35, 0, side * -0.1);
        painter.ellipsoid(at(side * 0.075, 0.083, -0.006), turned, Vec3{0.011, 0.031, 0.019} * h, skin);
    }
    if (look.hairStyle == HairStyle::Bun)
        painter.ellipsoid(at(0, 0.205, -0.06), f.headAxes, Vec3{0.042, 0.04, 0.042} * h, {&m_hair, 30});
    if (look.hairStyle == HairStyle::Cap)
        painter.ellipsoid(at(0, 0.152, 0.118), f.headAxes * rotation(0, 0.18, 0),
            Vec3{0.070, 0.006, 0.062} * h, {&m_hair, 4});
    if (look.hairStyle == HairStyle::Long) {
        std::vector<Ring> rings;
        constexpr std::array<std::array<double, 4>, 6> kFall{
            {{0.17, 0.080, 0.05, -0.035}, {0.10, 0.092, 0.058, -0.042}, {0.03, 0.093, 0.052, -0.045},
                {-0.05, 0.095, 0.045, -0.05}, {-0.12, 0.093, 0.035, -0.055}, {-0.16, 0.070, 0.012, -0.058}}};
        for (const auto& [y, wide, deep, back] : kFall) {
            // The ends hang from the head but lie on the shoulders.
            const Mat3 axes = y < -0.03 ? f.trunkAxes : f.headAxes;
            rings.push_back({at(0, y, back), axes.x * (wide * h), axes.z * (deep * h),
                static_cast<float>((0.2 - y) * 4)});
        }
        painter.tube(rings, 18, 3, {&m_hair, 26});
    }
    const Vec3 low = f.trunk + f.trunkAxes * Vec3{0, -0.02, -0.005};
    const Vec3 high = at(0, 0.035, -0.008);
    const double neck = 0.053 * h * (0.6 + 0.4 * m_subject.body.girth);
    std::vector<Ring> rings;
    for (const double s : {0.0, 0.3, 0.6, 0.85, 1.0})
        rings.push_back({mix(low, high, s), f.trunkAxes.x * (neck * (1.08 - 0.1 * s)),
            f.trunkAxes.z * (neck * 1.02), static_cast<float>(s), static_cast<float>(1 - 0.38 * s * s)});
    painter.tube(rings, 16, 2, skin);
}

void FigurePainter::drawArm(const Arm& arm, double side, Painter& painter) const
{
    const Body& body = m_subject.body;
    const double thick = body.scale * (0.45 + 0.55 * body.girth);
    const Vec3 flat{side, 0, 0.2};
    if (m_subject.look.shortSleeves) {
        painter.tube(limb(arm.shoulder, arm.elbow, arm.wrist, kBareArm, thick, flat), 12, 2, {&m_skin, 18});
        painter.tube(
            limb(arm.shoulder, arm.elbow, arm.wrist, kShortSleeve, thick, flat), 14, 1, {&m_sleeve, 0});
    } else {
        painter.tube(
            limb(arm.shoulder, arm.elbow, arm.wrist, kLongSleeve, thick, flat), 14, 1, {&m_sleeve, 0});
        const Vec3 cuff = mix(arm.elbow, arm.wrist, 0.9);
        const double wrist = 0.0235 * thick;
        std::vector<Ring> rings;
        for (const double s : {0.0, 1.0, 1.15})
            rings.push_back({mix(cuff, arm.wrist, s), arm.hand.x * (wrist * 1.1), arm.hand.z * (wrist * 0.9),
                static_cast<float>(s), s < 0.5 ? 0.7f : 1.0f});
        painter.tube(rings, 10, 1, {&m_skin, 18});
    }
}

void FigurePainter::drawHand(const Arm& arm, Painter& painter) const
{
    const double k = m_subject.body.hand;
    const Finish skin{&m_skin, 20};
    struct PalmRow {
        double y;
        double width;
        double depth;
        double shift; ///< towards the palm
    };
    constexpr PalmRow kPalm[] = {{-0.012, 0.024, 0.019, 0}, {0.012, 0.029, 0.018, 0.001},
        {0.04, 0.036, 0.0175, 0.002}, {0.07, 0.040, 0.015, 0.002}, {0.092, 0.040, 0.0125, 0.001},
        {0.101, 0.035, 0.008, 0.001}, {0.104, 0.02, 0.003, 0}};
    std::vector<Ring> rings;
    for (const PalmRow& row : kPalm)
        rings.push_back({arm.wrist + (arm.hand.y * row.y + arm.hand.z * row.shift) * k,
            arm.hand.x * (row.width * k), arm.hand.z * (row.depth * k), static_cast<float>(row.y * 10), 1});
    painter.tube(rings, 12, 1, skin);
    for (size_t finger = 0; finger < 5; ++finger) {
        const Vec3* joints = &arm.points[1 + 4 * finger];
        const double thick = (finger == 0 ? 0.0115 : finger == 4 ? 0.0078 : 0.0092) * k;
        rings.clear();
        const Vec3 first = finger == 0 ? arm.wrist : mix(arm.wrist, joints[0], 0.8);
        Vec3 side = arm.hand.x;
        const auto add = [&](const Vec3& at, const Vec3& along, double radius, double shade) {
            const Vec3 across = unit(cross(side, along), arm.hand.z);
            side = unit(cross(along, across), side);
            rings.push_back({at, side * radius, across * radius, static_cast<float>(rings.size()) * 0.2f,
                static_cast<float>(shade)});
        };
        add(mix(first, joints[0], finger == 0 ? 0.4 : 0.3), unit(joints[0] - first), thick * 0.9, 0.95);
        add(joints[0], unit(joints[1] - first), thick * (finger == 0 ? 1.25 : 1.02), 0.97);
        add(mix(joints[0], joints[1], 0.5), unit(joints[1] - joints[0]), thick * 0.96, 0.92);
        add(joints[1], unit(joints[2] - joints[0]), thick * 0.97, 1);
        add(joints[2], unit(joints[3] - joints[1]), thick * 0.88, 1);
        add(mix(joints[2], joints[3], 0.8), unit(joints[3] - joints[2]), thick * 0.76, 1.04);
        add(joints[3], unit(joints[3] - joints[2]), thick * 0.45, 1.04);
        add(joints[3] + unit(joints[3] - joints[2]) * (thick * 0.15), unit(joints[3] - joints[2]),
            thick * 0.1, 1);
        painter.tube(rings, 7, 1, skin);
    }
}

void FigurePainter::drawLeg(const Leg& leg, Painter& painter) const
{
    const Body& body = m_subject.body;
    const double thick = body.scale * (0.4 + 0.6 * body.girth);
    const Vec3 flat{1, 0, 0.1};
    painter.tube(limb(leg.hip, leg.knee, leg.ankle, kTrouserLeg, thick, flat), 14, 2, {&m_trousers, 0});
    const Vec3 toes = mix(leg.bigToe, leg.smallToe, 0.4);
    const Vec3 along = unit(toes - leg.heel);
    const Mat3 foot = frameOf(along, {0, 1, 0});
    const double k = body.scale;
    struct ShoeRow {
        double s;
        double width;
        double height;
        double up;
    };
    constexpr ShoeRow kShoe[] = {{-0.08, 0.01, 0.01, 0.02}, {-0.05, 0.03, 0.035, 0.03},
        {0.1, 0.038, 0.05, 0.035}, {0.35, 0.040, 0.045, 0.03}, {0.65, 0.047, 0.033, 0.018},
        {0.9, 0.045, 0.026, 0.012}, {1.06, 0.03, 0.018, 0.008}, {1.1, 0.01, 0.008, 0.006}};
    std::vector<Ring> rings;
    for (const ShoeRow& row : kShoe)
        rings.push_back({mix(leg.heel, toes, row.s) + foot.z * (row.up * k), foot.x * (row.width * k),
            foot.z * (row.height * k), static_cast<float>(row.s), 1});
    painter.tube(rings, 12, 1, {&m_shoes, 25});
}

} // namespace telltale::synth
