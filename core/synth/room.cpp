// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/room.h"
#include <numbers>

namespace telltale::synth {
namespace {

constexpr double kWall = -1.15; ///< z of the wall behind the subject
constexpr float kFar = 1e6f;
constexpr int kOversampling = 2;

class RoomBuilder {
public:
    RoomBuilder(const Subject& subject, Painter& painter)
        : m_subject(subject)
        , m_painter(painter)
        , m_random(subject.look.roomSeed)
    {
    }

    void build()
    {
        wallAndFloor();
        if (m_subject.seat == Seat::Table && m_random.chance(0.6)) {
            sponsorWall();
        } else {
            if (m_random.chance(0.75))
                window(m_random.chance(0.5) ? 1 : -1);
            if (m_random.chance(0.7))
                shelf(m_random.chance(0.5) ? 1 : -1);
            pictures();
            if (m_random.chance(0.7))
                plant(m_random.chance(0.5) ? 1 : -1);
            sideboard();
        }
        if (m_subject.seat != Seat::Standing)
            chair();
        if (m_subject.seat == Seat::Table)
            table();
        else
            floorShadow();
    }

private:
    uint32_t seed() { return static_cast<uint32_t>(m_random.next()); }

    Color color(double saturation, double low, double high)
    {
        const double value = m_random.uniform(low, high);
        const auto one = [&] {
            return static_cast<float>(
                std::clamp(value * (1 + saturation * m_random.uniform(-1, 1)), 0.02, 0.97));
        };
        const float r = one();
        const float g = one();
        return {r, g, one()};
    }

    Texture wood(const Color& base)
    {
        const uint32_t s = seed();
        return paintTexture(8, [=](float u, float v) {
            const float grain = noise(u * 3 + 2 * noise(u * 2, v * 2, 2, 2, s), v * 40, 120, 3, s + 1);
            const float plank = std::fmod(v * 4, 1.0f) < 0.02f ? 0.6f : 1.0f;
            return base * ((0.68f + 0.5f * grain) * plank);
        });
    }

    Texture cloth(const Color& base) { return clothTexture(ClothPattern::Plain, base, base, seed()); }

    void wallAndFloor()
    {
        const Color wall = color(0.15, 0.45, 0.85);
        const uint32_t s = seed();
        const bool papered = m_random.chance(0.35);
        const auto spot = static_cast<float>(m_random.uniform(0.2, 0.8));
        const Texture paint = paintTexture(9, [=](float u, float v) {
            const float plaster = noise(u * 6, v * 6, 6, 6, s);
            const float glow
                = std::exp(-std::pow((u - spot) / 0.35f, 2.0f) - std::pow((v - 0.35f) / 0.4f, 2.0f));
            const float motif
                = papered ? 0.05f * std::sin(u * 190) * std::sin(v * 150 + 3 * std::sin(u * 95)) : 0.0f;
            return wall * (0.62f + 0.16f * plaster + 0.38f * glow + motif);
        });
        m_painter.panel({-4, 3.2, kWall}, {8, 0, 0}, {0, -3.2, 0}, {0, 0, 1}, {&paint});
        const Texture planks
            = m_random.chance(0.6) ? wood(color(0.25, 0.3, 0.55)) : cloth(color(0.2, 0.25, 0.5));
        const double near = std::min(2.2, m_subject.camera.eye.z - 0.6);
        m_painter.panel(
            {-4, 0, kWall}, {8, 0, 0}, {0, 0, near - kWall}, {0, 1, 0}, {&planks}, 8, near - kWall);
        const Texture skirting = wood(wall * 0.6f);
        m_painter.box({0, 0.05, kWall + 0.015}, {4, 0.05, 0.012}, {&skirting});
    }

    /// Panels with signs as behind athletes who are interviewed.
    void sponsorWall()
    {
        const Color ground = color(0.5, 0.15, 0.9);
        const Color first = color(0.9, 0.3, 0.9);
        const Color second = color(0.9, 0.5, 0.95);
        const uint32_t s = seed();
        const Texture signs = paintTexture(9, [=](float u, float v) {
            const float gx = u * 7;
            const float gy = v * 9;
            const int row = static_cast<int>(gy);
            const int column = static_cast<int>(gx);
            const float x = gx - static_cast<float>(column) - 0.5f;
            const float y = gy - static_cast<float>(row) - 0.5f;
            const uint32_t kind = static_cast<uint32_t>(row + column) % 3;
            bool on = false;
            if (kind == 0)
                on = std::hypot(x * 1.4f, y) < 0.3f && std::hypot(x * 1.4f + 0.1f, y + 0.06f) > 0.2f;
            else if (kind == 1)
                on = std::abs(y) < 0.16f && std::abs(x) < 0.36f
                    && std::fmod(std::abs(x * 9 + y * 3), 1.0f) > 0.35f;
            else
                on = std::abs(x) + std::abs(y) * 1.6f < 0.36f && std::abs(x) > 0.07f;
            const float wrinkle = 0.85f + 0.2f * noise(u * 5, v * 3, 5, 3, s);
            return (on ? (kind == 1 ? second : first) : ground) * wrinkle;
        });
        m_painter.panel({-1.7, 2.3, kWall + 0.12}, {3.4, 0, 0}, {0, -2.3, 0}, {0, 0, 1}, {&signs});
    }

    void window(double side)
    {
        const uint32_t s = seed();
        const Texture view = paintTexture(8, [=](float u, float v) {
            const float cloud = noise(u * 4, v * 4, 4, 4, s);
            const Color sky = mix(Color{0.75f, 0.86f, 0.98f}, Color{0.98f, 0.98f, 0.98f}, cloud);
            const float hill = 0.68f + 0.12f * noise(u * 5, 0.5f, 5, 3, s + 1);
            const Color leaves
                = Color{0.35f, 0.48f, 0.30f} * (0.7f + 0.6f * noise(u * 30, v * 30, 30, 2, s + 2));
            const bool bar = std::abs(u - 0.5f) < 0.018f || std::abs(v - 0.45f) < 0.015f || u < 0.03f
                || u > 0.97f || v < 0.03f || v > 0.97f;
            return bar ? Color{0.8f, 0.79f, 0.76f} : v > hill ? leaves : sky * 1.1f;
        });
        const double x = side * m_random.uniform(0.55, 1.0);
        m_painter.panel(
            {x - 0.42, 2.0, kWall + 0.01}, {0.84, 0, 0}, {0, -1.1, 0}, m_subject.look.light, {&view, 30});
        const Texture curtain = cloth(color(0.3, 0.4, 0.85));
        std::vector<Ring> rings;
        for (const double y : {2.15, 1.5, 0.75})
            rings.push_back({{x + side * 0.5, y, kWall + 0.05}, {0.10 + 0.02 * y, 0, 0}, {0, 0, 0.035},
                static_cast<float>(y * 3), 1});
        m_painter.tube(rings, 16, 6, {&curtain});
    }

    void shelf(double side)
    {
        const Texture boards = wood(color(0.25, 0.25, 0.6));
        const double x = side * m_random.uniform(0.75, 1.15);
        const double half = 0.42;
        for (const double s : {-1.0, 1.0})
            m_painter.box({x + s * half, 1.0, kWall + 0.14}, {0.015, 1.0, 0.14}, {&boards});
        std::vector<Texture> covers;
        covers.reserve(9);
        for (int i = 0; i < 9; ++i)
            covers.push_back(
                clothTexture(ClothPattern::Stripes, color(0.5, 0.15, 0.7), color(0.4, 0.2, 0.8), seed()));
        for (const double y : {0.35, 0.72, 1.09, 1.46, 1.83}) {
            m_painter.box({x, y, kWall + 0.14}, {half, 0.012, 0.14}, {&boards});
            double at = x - half + 0.03;
            while (at < x + half - 0.06) {
                const double width = m_random.uniform(0.018, 0.05);
                const double tall = m_random.uniform(0.18, 0.29);
                if (m_random.chance(0.85)) {
                    const Texture& cover = covers[static_cast<size_t>(m_random.below(9))];
                    m_painter.box(
                        {at + width / 2, y + 0.012 + tall / 2, kWall + 0.15 + m_random.uniform(0, 0.04)},
                        {width / 2 * 0.94, tall / 2, 0.08}, {&cover, 8}, 0.6);
                }
                at += width;
            }
        }
    }

    void pictures()
    {
        const int64_t count = 1 + m_random.below(3);
        for (int64_t i = 0; i < count; ++i) {
            const double x = m_random.uniform(-1.3, 1.3);
            const double y = m_random.uniform(1.25, 1.85);
            const double halfX = m_random.uniform(0.12, 0.28);
            const double halfY = m_random.uniform(0.12, 0.24);
            const Color a = color(0.7, 0.2, 0.9);
            const Color b = color(0.7, 0.2, 0.9);
            const uint32_t s = seed();
            const Texture art = paintTexture(7, [=](float u, float v) {
                const float n = noise(u * 3, v * 3, 3, 4, s);
                const bool mat = u < 0.12f || u > 0.88f || v < 0.12f || v > 0.88f;
                return mat ? Color{0.9f, 0.89f, 0.86f} : mix(a, b, ramp(0.35f, 0.65f, n)) * (0.8f + 0.4f * v);
            });
            const Texture frame = wood(color(0.2, 0.08, 0.5));
            m_painter.box({x, y, kWall + 0.012}, {halfX + 0.02, halfY + 0.02, 0.01}, {&frame, 10});
            m_painter.panel({x - halfX, y + halfY, kWall + 0.026}, {2 * halfX, 0, 0}, {0, -2 * halfY, 0},
                {0, 0, 1}, {&art});
        }
    }

    void plant(double side)
    {
        const double x = side * m_random.uniform(0.75, 1.25);
        const double z = kWall + 0.35;
        const Texture pot = cloth(color(0.4, 0.3, 0.75));
        std::vector<Ring> rings;
        for (const auto& [y, r] : {std::pair{0.0, 0.11}, {0.2, 0.15}, {0.3, 0.16}, {0.31, 0.12}})
            rings.push_back({{x, y, z}, {r, 0, 0}, {0, 0, r}, static_cast<float>(y * 4), 1});
        m_painter.tube(rings, 16, 2, {&pot, 10});
        const Texture leaf
            = clothTexture(ClothPattern::Knit, {0.20f, 0.42f, 0.17f}, {0.3f, 0.5f, 0.2f}, seed());
        for (int i = 0; i < 46; ++i) {
            const double turn = m_random.uniform(0, 2 * std::numbers::pi);
            const double lean = m_random.uniform(0.05, 0.45);
            const double tall = m_random.uniform(0.4, 1.25);
            const Vec3 root{x, 0.3, z};
            const Vec3 tip = root + Vec3{std::cos(turn) * lean, tall, std::sin(turn) * lean * 0.6};
            const Vec3 along = unit(tip - mix(root, tip, 0.7));
            const Vec3 wide = unit(cross(along, Vec3{m_random.normal(), 0.2, m_random.normal()}), {1, 0, 0});
            rings.clear();
            for (const auto& [s, w] : {std::pair{0.0, 0.002}, {0.55, 0.006}, {0.7, 0.03}, {0.85, 0.045},
                     {0.95, 0.03}, {1.0, 0.002}})
                rings.push_back({mix(root, tip, s), wide * w, cross(wide, along) * 0.004,
                    static_cast<float>(s * 3), static_cast<float>(0.6 + 0.5 * s)});
            m_painter.tube(rings, 6, 1, {&leaf, 14});
        }
    }

    void sideboard()
    {
        const Texture boards = wood(color(0.2, 0.2, 0.65));
        const double x = m_random.uniform(-0.9, 0.9);
        const double tall = m_random.uniform(0.55, 0.85);
        m_painter.box({x, tall / 2, kWall + 0.22}, {0.5, tall / 2, 0.2}, {&boards, 6}, 0.8);
        for (int i = 0; i < 6; ++i) {
            const Texture thing = clothTexture(static_cast<ClothPattern>(m_random.below(4)),
                color(0.5, 0.2, 0.9), color(0.5, 0.3, 0.9), seed());
            const double half = m_random.uniform(0.03, 0.08);
            const Vec3 at{
                x + m_random.uniform(-0.42, 0.42), tall + half, kWall + 0.2 + m_random.uniform(-0.08, 0.12)};
            if (m_random.chance(0.5))
                m_painter.box(at, {half, half, half * 0.7}, {&thing, 10}, 0.3);
            else
                m_painter.ellipsoid(at, Mat3{}, {half * 0.7, half, half * 0.7}, {&thing, 30});
        }
    }

    void chair()
    {
        const Texture fabric = cloth(color(0.6, 0.1, 0.6));
        const double seat = m_subject.body.pelvisHeight - 0.11;
        const double k = m_subject.body.scale;
        m_painter.box({0, seat, 0.14}, {0.25, 0.03, 0.24}, {&fabric});
        std::vector<Ring> rings;
        for (const auto& [s, w] :
            {std::pair{0.0, 0.02}, {0.02, 0.2}, {0.2, 0.235}, {0.8, 0.225}, {0.97, 0.19}, {1.0, 0.05}})
            rings.push_back({{0, seat + 0.1 + s * 0.50 * k, -0.17 - 0.05 * s}, {w, 0, 0}, {0, 0.005, 0.025},
                static_cast<float>(2 * s), 0.9f});
        m_painter.tube(rings, 20, 3, {&fabric});
        const Texture metal = cloth({0.25f, 0.25f, 0.27f});
        for (const double x : {-0.22, 0.22})
            for (const double z : {-0.06, 0.34})
                m_painter.box({x, seat / 2, z}, {0.014, seat / 2, 0.014}, {&metal, 20});
    }

    void table()
    {
        const Table table = tableOf(m_subject);
        const bool draped = m_random.chance(0.5);
        const Color base = draped ? color(0.5, 0.15, 0.9) : color(0.25, 0.25, 0.65);
        const Texture top = draped ? cloth(base) : wood(base);
        const double middle = (table.back + table.front) / 2;
        const double deep = (table.front - table.back) / 2;
        m_painter.box({0, table.top - 0.02, middle}, {table.halfWidth, 0.02, deep}, {&top, 12}, 0.9);
        m_painter.panel({-table.halfWidth, table.top - 0.04, table.front}, {2 * table.halfWidth, 0, 0},
            {0, 0.04 - table.top, 0}, {0, 0, 1}, {&top}, 3, 1);
        microphone(table);
        bottle(table);
        const Texture paper = cloth({0.93f, 0.93f, 0.9f});
        m_painter.box({m_random.uniform(-0.4, 0.4), table.top + 0.002, table.back + 0.32},
            {0.105, 0.0015, 0.074}, {&paper});
    }

    void microphone(const Table& table)
    {
        const Texture black = cloth({0.10f, 0.10f, 0.11f});
        const double x = m_random.uniform(-0.25, 0.25);
        const Vec3 foot{x, table.top, table.back + 0.42};
        const Vec3 head = foot + Vec3{-0.3 * x, 0.15, -0.12};
        m_painter.ellipsoid(foot + Vec3{0, 0.01, 0}, Mat3{}, {0.06, 0.012, 0.05}, {&black, 30});
        std::vector<Ring> rings;
        for (const double s : {0.0, 0.4, 0.75, 1.0})
            rings.push_back({mix(foot, head, s) + Vec3{0, 0.03 * s * (1 - s), 0}, {0.005, 0, 0},
                {0, 0, 0.005}, static_cast<float>(s), 1});
        m_painter.tube(rings, 8, 1, {&black, 60});
        m_painter.ellipsoid(head, Mat3{}, {0.016, 0.02, 0.02}, {&black, 20});
    }

    void bottle(const Table& table)
    {
        const Texture plastic = cloth(color(0.8, 0.35, 0.85));
        const Vec3 foot{
            (m_random.chance(0.5) ? 1 : -1) * m_random.uniform(0.42, 0.6), table.top, table.back + 0.25};
        std::vector<Ring> rings;
        for (const auto& [y, r] : {std::pair{0.0, 0.028}, {0.02, 0.032}, {0.14, 0.032}, {0.18, 0.02},
                 {0.2, 0.013}, {0.225, 0.013}, {0.226, 0.001}})
            rings.push_back({foot + Vec3{0, y, 0}, {r, 0, 0}, {0, 0, r}, static_cast<float>(y * 4), 1});
        m_painter.tube(rings, 14, 1, {&plastic, 90});
    }

    /// Darkens the floor where the body keeps the light off.
    void floorShadow()
    {
        const Canvas& canvas = m_painter.canvas();
        for (int y = 0; y < canvas.height; ++y)
            for (int x = 0; x < canvas.width; ++x) {
                const auto i
                    = static_cast<size_t>(y) * static_cast<size_t>(canvas.width) + static_cast<size_t>(x);
                const double depth = canvas.depth[i];
                const Camera camera = oversampled(m_subject.camera);
                const Vec3 ray{(x - camera.centreX) / camera.focal, (camera.centreY - y) / camera.focal, -1};
                const Vec3 p = camera.eye + camera.axes * (ray * depth);
                if (p.y > 0.02 || p.z < kWall + 0.02)
                    continue;
                const double distance
                    = std::hypot((p.x + 0.12 * m_subject.look.light.x) / 0.34, (p.z - 0.08) / 0.26);
                const auto keep = static_cast<float>(1 - 0.5 * std::exp(-distance * distance));
                for (size_t c = 0; c < 3; ++c)
                    canvas.bgra[4 * i + c]
                        = static_cast<uint8_t>(static_cast<float>(canvas.bgra[4 * i + c]) * keep);
            }
    }

public:
    static Camera oversampled(Camera camera)
    {
        camera.focal *= kOversampling;
        camera.centreX *= kOversampling;
        camera.centreY *= kOversampling;
        return camera;
    }

private:
    const Subject& m_subject;
    Painter& m_painter;
    Random m_random;
};

/// Averages the big picture down, darkens its corners and tints it by the lamp.
RoomPicture shrink(const Canvas& big, const Look& look)
{
    RoomPicture room;
    const int width = big.width / kOversampling;
    const int height = big.height / kOversampling;
    room.bgra.resize(static_cast<size_t>(width) * static_cast<size_t>(height) * 4);
    room.depth.resize(static_cast<size_t>(width) * static_cast<size_t>(height));
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const auto out = static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x);
            const double fx = 2.0 * x / width - 1;
            const double fy = 2.0 * y / height - 1;
            const double vignette = 1.02 - 0.2 * (fx * fx + fy * fy);
            const std::array<double, 3> tint{1 - 0.07 * look.warmth, 1, 1 + 0.06 * look.warmth};
            float nearest = kFar;
            std::array<int, 3> sum{};
            for (int dy = 0; dy < kOversampling; ++dy)
                for (int dx = 0; dx < kOversampling; ++dx) {
                    const auto in
                        = static_cast<size_t>(y * kOversampling + dy) * static_cast<size_t>(big.width)
                        + static_cast<size_t>(x * kOversampling + dx);
                    nearest = std::min(nearest, big.depth[in]);
                    for (size_t c = 0; c < 3; ++c)
                        sum[c] += big.bgra[4 * in + c];
                }
            room.depth[out] = nearest;
            for (size_t c = 0; c < 3; ++c)
                room.bgra[4 * out + c] = static_cast<uint8_t>(
                    std::clamp(sum[c] * vignette * tint[c] / (kOversampling * kOversampling), 0.0, 255.0));
            room.bgra[4 * out + 3] = 255;
        }
    return room;
}

} // namespace

Light lightOf(const Look& look) { return {look.light, look.ambient}; }

RoomPicture drawRoom(const Subject& subject, int width, int height)
{
    const auto pixels
        = static_cast<size_t>(width * kOversampling) * static_cast<size_t>(height * kOversampling);
    std::vector<uint8_t> bgra(pixels * 4);
    std::vector<float> depth(pixels, kFar);
    const Canvas big{width * kOversampling, height * kOversampling, bgra.data(), depth.data()};
    const Camera camera = RoomBuilder::oversampled(subject.camera);
    Painter painter(big, camera, lightOf(subject.look));
    RoomBuilder(subject, painter).build();
    return shrink(big, subject.look);
}

} // namespace telltale::synth
