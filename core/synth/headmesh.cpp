// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/headmesh.h"
#include <numbers>

namespace telltale::synth {
namespace {

constexpr int kRows = 42;
constexpr int kColumns = 49; ///< the last repeats the first
constexpr Vec3 kCentre{0, 0.094, 0.012};
constexpr Vec3 kRadii{0.0745, 0.124, 0.098};
// The window of the face texture in the head frame, metres.
constexpr double kLeftEdge = -0.1;
constexpr double kTopEdge = 0.23;
constexpr double kWidth = 0.2;
constexpr double kHeight = 0.28;

double bump(double x, double width) { return std::exp(-(x / width) * (x / width)); }

/// Direction of a grid node; columns are closer together in front, where the face is.
Vec3 direction(int row, int column)
{
    const double s = 2.0 * column / (kColumns - 1) - 1;
    const double around = std::numbers::pi * std::copysign(std::pow(std::abs(s), 1.5), s);
    const double up = std::numbers::pi * (static_cast<double>(row) / (kRows - 1) - 0.5);
    return {std::cos(up) * std::sin(around), std::sin(up), std::cos(up) * std::cos(around)};
}

/// Point of the skin in this direction: an ellipsoid with jaw, nose, eye sockets, lips and chin.
Vec3 skinPoint(const Vec3& d, double puff)
{
    Vec3 p = scaled(d, kRadii);
    const double below = std::max(0.0, -d.y);
    p.x *= 1 - 0.30 * below * below;
    if (p.z < 0)
        p.z *= 1 - 0.35 * below; // the neck comes in here
    p = p + kCentre;
    if (d.z > 0) {
        const double x = p.x;
        const double y = p.y;
        const double side = std::abs(x);
        const double front = d.z;
        const double bridge
            = std::clamp((0.112 - y) / 0.05, 0.0, 1.0) * (y > 0.055 ? 1 : bump(y - 0.055, 0.009));
        double z = 0.030 * bridge * bump(x, 0.008 + 0.006 * bridge);
        z -= 0.011 * bump(side - 0.032, 0.018) * bump(y - 0.098, 0.013);
        z += 0.004 * bump(y - 0.122, 0.012) * bump(x, 0.05);
        z += 0.006 * bump(x, 0.024) * bump(y - 0.030, 0.011);
        z += 0.010 * bump(x, 0.022) * bump(y + 0.010, 0.016);
        z -= 0.004 * bump(x, 0.03) * bump(y - 0.010, 0.007);
        p.z += z * front;
        const double cheek = bump(side - 0.05, 0.025) * bump(y - 0.035, 0.03);
        p.z += 0.012 * puff * cheek;
        p.x += std::copysign(0.012 * puff * cheek, x);
    }
    return p;
}

/// Normals from the neighbours, after the points are there.
void finishGrid(Grid& grid)
{
    grid.normals.resize(grid.points.size());
    const auto at = [&](int r, int c) {
        return grid.points[static_cast<size_t>(r) * kColumns + static_cast<size_t>(c)];
    };
    for (int r = 0; r < kRows; ++r)
        for (int c = 0; c < kColumns; ++c) {
            const int left = c == 0 ? kColumns - 2 : c - 1;
            const int right = c == kColumns - 1 ? 1 : c + 1;
            const Vec3 across = at(r, right) - at(r, left);
            const Vec3 up = at(std::min(kRows - 1, r + 1), c) - at(std::max(0, r - 1), c);
            const Vec3 outwards = at(r, c) - kCentre;
            Vec3 n = unit(cross(across, up), outwards);
            if (r < 2 || r > kRows - 3)
                n = unit(outwards);
            grid.normals[static_cast<size_t>(r) * kColumns + static_cast<size_t>(c)] = n;
        }
}

Grid makeHead(double puff)
{
    Grid grid;
    grid.rows = kRows;
    grid.columns = kColumns;
    for (int r = 0; r < kRows; ++r)
        for (int c = 0; c < kColumns; ++c) {
            const Vec3 p = skinPoint(direction(r, c), puff);
            grid.points.push_back(p);
            grid.u.push_back(static_cast<float>(std::clamp((p.x - kLeftEdge) / kWidth, 0.005, 0.995)));
            grid.v.push_back(static_cast<float>(std::clamp((kTopEdge - p.y) / kHeight, 0.005, 0.995)));
        }
    finishGrid(grid);
    return grid;
}

/// Positive where there is hair, metres from the hairline.
double hairMask(HairStyle style, const Vec3& p, const Vec3& d)
{
    const double around = std::abs(std::atan2(d.x, d.z)); // 0 in front, pi behind
    if (style == HairStyle::Cap)
        return p.y - 0.136 - 0.012 * std::cos(around);
    const bool longHair = style == HairStyle::Long;
    const double behind = longHair ? -0.03 : 0.03;
    const double side = longHair ? 0.02 : 0.088;
    const double front = 0.165 - 0.008 * std::cos(4 * around);
    double line = 0;
    if (around < 0.8)
        line = front;
    else if (around < 1.25)
        line = mix(front, side, (around - 0.8) / 0.45);
    else
        line = mix(side, behind, std::clamp((around - 1.6) / 0.7, 0.0, 1.0));
    return p.y - line;
}

class FacePainter {
public:
    FacePainter(const Look& look, Mouth mouth, bool closed, uint32_t seed)
        : m_look(look)
        , m_mouth(mouth)
        , m_closed(closed)
        , m_seed(seed)
    {
    }

    Color operator()(float u, float v) const
    {
        const auto x = static_cast<float>(kLeftEdge + kWidth * u);
        const auto y = static_cast<float>(kTopEdge - kHeight * v);
        const float side = std::abs(x);
        Color c = skin(x, y, u, v);
        paintBeard(c, side, y, u, v);
        paintMouth(c, x, y);
        paintEyes(c, x, side, y);
        const float brow = 0.121f + 0.004f * (1 - std::abs(side - 0.036f) / 0.02f);
        const float hairs
            = soft(std::abs(y - brow), 0.0035f, 0.002f) * soft(std::abs(side - 0.034f), 0.017f, 0.006f);
        c = mix(c, m_look.hair * 0.8f, 0.85f * hairs);
        if (m_look.glasses)
            paintGlasses(c, side, y);
        return c;
    }

private:
    static float soft(float distance, float inner, float fade)
    {
        return 1 - ramp(inner, inner + fade, distance);
    }

    Color skin(float x, float y, float u, float v) const
    {
        const float blotch = noise(u * 10, v * 10, 10, 3, m_seed);
        Color c{m_look.skin.r * (0.95f + 0.08f * blotch), m_look.skin.g * (0.92f + 0.12f * blotch),
            m_look.skin.b * (0.92f + 0.12f * blotch)};
        const float side = std::abs(x);
        const float cheek
            = std::exp(-std::pow((side - 0.042f) / 0.02f, 2.0f) - std::pow((y - 0.055f) / 0.02f, 2.0f));
        c = mix(c, {c.r * 1.0f, c.g * 0.82f, c.b * 0.80f}, 0.5f * cheek);
        const float socket
            = std::exp(-std::pow((side - 0.031f) / 0.02f, 2.0f) - std::pow((y - 0.104f) / 0.014f, 2.0f));
        const float underNose = std::exp(-std::pow(x / 0.016f, 2.0f) - std::pow((y - 0.05f) / 0.006f, 2.0f));
        const float underLip = std::exp(-std::pow(x / 0.02f, 2.0f) - std::pow((y - 0.012f) / 0.006f, 2.0f));
        c = c * (1 - 0.22f * socket - 0.3f * underNose - 0.16f * underLip);
        const float nostril = soft(std::hypot((side - 0.008f) * 0.8f, y - 0.054f), 0.0025f, 0.002f);
        return mix(c, c * 0.35f, nostril);
    }

    void paintBeard(Color& c, float side, float y, float u, float v) const
    {
        if (!m_look.beard)
            return;
        const float jaw = ramp(0.055f, 0.03f, y - 0.35f * side + 0.012f);
        const float lips = soft(std::hypot(side / 2.2f, y - 0.03f), 0.011f, 0.005f);
        const float hairs = 0.55f + 0.45f * noise(u * 40, v * 40, 40, 2, m_seed + 3);
        c = mix(c, m_look.hair * 0.9f, 0.75f * jaw * (1 - lips) * hairs);
    }

    void paintMouth(Color& c, float x, float y) const
    {
        const float wide = m_mouth == Mouth::Pressed ? 0.029f : m_mouth == Mouth::Closed ? 0.025f : 0.023f;
        const float open = m_mouth == Mouth::Wide ? 0.011f : m_mouth == Mouth::Open ? 0.005f : 0.0f;
        const float full = m_mouth == Mouth::Pressed ? 0.0022f : 0.0075f;
        const float across = std::clamp(1 - (x / wide) * (x / wide), 0.0f, 1.0f);
        if (std::abs(x) > wide + 0.004f)
            return;
        const float middle = 0.031f - 0.4f * open + 0.003f * (1 - across);
        const float gap = open * std::sqrt(across);
        const float above = y - (middle + gap);
        const float below = (middle - gap) - y;
        const Color lips{std::min(1.0f, m_look.skin.r * 0.80f), m_look.skin.g * 0.50f, m_look.skin.b * 0.50f};
        const float lip = soft(std::max(above, below), full * std::sqrt(across) * 0.85f, 0.002f);
        c = mix(c, lips, 0.85f * lip);
        if (open > 0 && above < 0 && below < 0) {
            const bool teeth = y > middle + gap * 0.35f && m_mouth == Mouth::Wide;
            c = teeth ? Color{0.85f, 0.83f, 0.78f} : Color{0.22f, 0.06f, 0.06f};
        } else if (open <= 0) {
            const float line
                = soft(std::abs(y - middle), m_mouth == Mouth::Pressed ? 0.0016f : 0.0008f, 0.0012f);
            c = mix(c, lips * 0.35f, line * (across > 0 ? 1.0f : 0.0f));
        }
        if (m_mouth == Mouth::Pressed) {
            const float crease = soft(std::abs(std::abs(x) - 0.031f), 0.0015f, 0.003f)
                * soft(std::abs(y - 0.031f), 0.006f, 0.004f);
            c = c * (1 - 0.3f * crease);
        }
    }

    void paintEyes(Color& c, float x, float side, float y) const
    {
        const float ex = (side - 0.0315f) / 0.0145f;
        const float ey = y - 0.099f;
        if (std::abs(ex) > 1.2f || std::abs(ey) > 0.02f)
            return;
        const float lid = std::sqrt(std::max(0.0f, 1 - ex * ex));
        const float upper = 0.0068f * lid;
        const float lower = -0.0048f * lid;
        if (m_closed) {
            const float lash = soft(std::abs(ey + 0.002f * lid), 0.0008f, 0.0012f);
            c = mix(c, m_look.skin * 0.4f, lid > 0 ? 0.8f * lash : 0.0f);
            return;
        }
        if (lid > 0 && ey < upper && ey > lower) {
            c = Color{0.88f, 0.86f, 0.84f} * (0.75f + 0.25f * ramp(upper, lower, ey));
            const float iris = std::hypot(x - std::copysign(0.0315f, x), ey - 0.0008f);
            c = mix(c, m_look.eyes, soft(iris, 0.0052f, 0.001f));
            c = mix(c, {0.03f, 0.03f, 0.03f}, soft(iris, 0.0022f, 0.001f));
            const float spark = std::hypot(x - std::copysign(0.0315f, x) - 0.0018f, ey - 0.0028f);
            c = mix(c, {0.95f, 0.95f, 0.95f}, soft(spark, 0.0009f, 0.0007f));
        }
        const float lash = soft(std::abs(ey - upper), 0.0009f, 0.0013f);
        c = mix(c, m_look.skin * 0.2f, lid > 0 ? 0.85f * lash : 0.0f);
    }

    void paintGlasses(Color& c, float side, float y) const
    {
        const float distance = std::hypot((side - 0.033f) / 1.25f, y - 0.096f);
        const float rim = soft(std::abs(distance - 0.0195f), 0.0012f, 0.0012f);
        const float bridge = side < 0.012f ? soft(std::abs(y - 0.102f), 0.0012f, 0.0012f) : 0.0f;
        const float arm = side > 0.057f ? soft(std::abs(y - 0.1f), 0.0014f, 0.0012f) : 0.0f;
        if (distance < 0.0195f)
            c = mix(c, {0.85f, 0.9f, 0.95f}, 0.08f);
        c = mix(c, {0.08f, 0.07f, 0.07f}, std::max({rim, bridge, arm}));
    }

    const Look& m_look;
    Mouth m_mouth;
    bool m_closed;
    uint32_t m_seed;
};

} // namespace

Grid headGrid(const Look&) { return makeHead(0); }
Grid puffedHeadGrid(const Look&) { return makeHead(1); }

Grid hairGrid(const Look& look)
{
    Grid grid;
    if (look.hairStyle == HairStyle::Bald)
        return grid;
    grid.rows = kRows;
    grid.columns = kColumns;
    const double thick = look.hairStyle == HairStyle::Long ? 0.017
        : look.hairStyle == HairStyle::Cap                 ? 0.012
                                                           : 0.011;
    const auto seed = static_cast<uint32_t>(look.roomSeed);
    for (int r = 0; r < kRows; ++r)
        for (int c = 0; c < kColumns; ++c) {
            const Vec3 d = direction(r, c);
            const Vec3 skin = skinPoint(d, 0);
            const double mask = hairMask(look.hairStyle, skin, d);
            const float u = static_cast<float>(c) / (kColumns - 1) * 3;
            const float v = static_cast<float>(r) / (kRows - 1) * 2;
            const double rough
                = look.hairStyle == HairStyle::Cap ? 0 : 0.006 * noise(u * 9, v * 4, 27, 2, seed);
            const double on = ramp(-0.004f, 0.014f, static_cast<float>(mask));
            grid.points.push_back(skin + d * (mix(-0.012, thick + rough, on)));
            grid.u.push_back(u);
            grid.v.push_back(v);
        }
    finishGrid(grid);
    return grid;
}

std::vector<Texture> faceTextures(const Look& look, uint32_t seed)
{
    // What does not move is the same in all of them: only the bands of the eyes and the mouth are painted
    // anew.
    const auto part = [](double low, double high, float v) {
        const double y = kTopEdge - kHeight * v;
        return y > low && y < high;
    };
    const Texture still = paintTexture(8, FacePainter(look, Mouth::Closed, false, seed));
    std::vector<Texture> textures;
    for (int mouth = 0; mouth < kMouths; ++mouth)
        for (const bool closed : {false, true}) {
            const FacePainter painter(look, static_cast<Mouth>(mouth), closed, seed);
            textures.push_back(repaintTexture(
                still, painter, [&](float v) { return part(0.075, 0.125, v) || part(0.005, 0.055, v); }));
        }
    return textures;
}

} // namespace telltale::synth
